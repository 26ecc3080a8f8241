/**
 * A response that a correspondent sent for a structure waits for the structure to look at every value. Silence is not consent: every fifteen days the
 * structure and both correspondents are reminded, and the state stays.
 */
import { sql } from 'kysely';
import { correspondentsOver, peopleOfStructure, queueLetter } from '../notification/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';

export const REMINDER_DAYS = 15;

interface Waiting {
  readonly structure_id: string;
  readonly structure: string;
  readonly year: number;
  readonly submitted_at: string;
  readonly ancestors: string[];
}

/** Queues the reminders that are due and returns for how many responses. Running it twice sends nothing more. */
export async function remindOnBehalf(db: Db): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<Waiting>`
      select r.structure_id, s.name as structure, r.campaign_year as year, r.submitted_at, g.ancestors
      from entry.response r
      join registry.current_structure s on s.structure_id = r.structure_id
      join lateral (select ancestors from registry.territory where code = r.territory_code order by geography_year desc limit 1) g on true
      where r.state = 'submitted_by_third_party' and r.submitted_at < now() - ${REMINDER_DAYS} * interval '1 day'
        and not exists (select 1 from notification.message m where m.structure_id = r.structure_id and m.campaign_year = r.campaign_year
          and m.topic = 'on_behalf' and m.created_at > now() - ${REMINDER_DAYS} * interval '1 day')
      order by r.id for update of r skip locked`.execute(tx);
    for (const row of rows) {
      const recipients = [...(await peopleOfStructure(tx, row.structure_id)), ...(await correspondentsOver(tx, row.ancestors))];
      const values = { year: row.year, structure: row.structure, since: formatDate(row.submitted_at) };
      await queueLetter(tx, { name: 'on-behalf', topic: 'on_behalf', values, structureId: row.structure_id, campaignYear: row.year }, recipients);
    }
    return rows.length;
  });
}
