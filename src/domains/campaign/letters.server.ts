/** Invitations, reminders, extensions: a letter to each person of the structures concerned, in one reading and one writing. */
import { sql } from 'kysely';
import type { AccountId } from '../../kernel/identifier.ts';
import { formatDate } from '../../kernel/french-date.ts';
import type { Db } from '../../platform/database.server.ts';
import { queueMessages, writeLetter } from '../notification/index.server.ts';
import type { Topic } from '../notification/index.ts';
import type { Campaign } from './model.ts';

interface Row { readonly structure_id: string; readonly structure: string; readonly id: AccountId; readonly email: string; readonly display_name: string; readonly territory: string; readonly closes_on: string | null }

/** Writes to the people of the structures that have not sent yet (a structure that declined is left in peace). Returns the number of letters. */
export async function writeToAwaited(
  tx: Db, campaign: Campaign, letter: { readonly name: string; readonly topic: Topic; readonly values?: { readonly [name: string]: string | number } }, territories?: readonly string[],
): Promise<number> {
  const { rows } = await sql<Row>`
    select distinct r.structure_id, s.name as structure, a.id, a.email, a.display_name, coalesce(t.closes_on, c.closes_on) as closes_on,
      (select g.name from registry.territory g where g.code = r.territory_code order by g.geography_year desc limit 1) as territory
    from entry.response r
    join campaign.campaign c on c.year = r.campaign_year
    join campaign.territory_phase t on t.campaign_year = r.campaign_year and t.territory_code = r.territory_code
    join registry.current_structure s on s.structure_id = r.structure_id
    join access.mandate m on m.structure_id = r.structure_id and m.role in ('director', 'contributor') and m.state = 'active'
      and m.valid_from <= current_date and (m.valid_to is null or m.valid_to > current_date)
    join access.account a on a.id = m.account_id and a.closed_at is null
    where r.campaign_year = ${campaign.year} and r.state in ('not_started', 'in_progress')
      and (${territories ? JSON.stringify(territories) : null}::jsonb is null or r.territory_code in (select jsonb_array_elements_text(${territories ? JSON.stringify(territories) : null}::jsonb)))`.execute(tx);
  await queueMessages(tx, rows.map((row) => ({
    recipient: { accountId: row.id, email: row.email, displayName: row.display_name },
    topic: letter.topic, structureId: row.structure_id, campaignYear: campaign.year,
    ...writeLetter(letter.name, {
      year: campaign.year, dataYear: campaign.dataYear, structure: row.structure, person: row.display_name, territory: row.territory ?? '',
      closes: row.closes_on ? formatDate(row.closes_on) : 'la date que vous donneront vos correspondants', ...letter.values,
    }),
  })));
  return rows.length;
}
