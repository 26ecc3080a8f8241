/** What follows each act of control: a line in the journal and letters, in the transaction of the act. */
import { sql } from 'kysely';
import { type Actor, namedWithSide, type Side } from '../access/index.ts';
import { writeJournal } from '../access/index.server.ts';
import type { LetterValues, Topic } from '../notification/index.ts';
import { correspondentsOver, peopleOfStructure, queueLetter } from '../notification/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import type { ResponsePlace } from './place.server.ts';

export interface Telling {
  readonly action: string;
  readonly purpose?: string;
  readonly detail?: { readonly [name: string]: unknown };
  readonly letter?: { readonly name: string; readonly topic: Topic; readonly values?: LetterValues };
  /** Who receives the letter: people of the structure, correspondents of one side or of both (never the author). */
  readonly to?: readonly ('structure' | Side)[];
}

export async function tell(tx: Db, actor: Actor, place: ResponsePlace, side: Side | undefined, telling: Telling): Promise<void> {
  await writeJournal(tx, {
    accountId: actor.accountId, action: telling.action, purpose: telling.purpose, structureId: place.structureId, territoryCode: place.territory,
    campaignYear: place.year, detail: { responseId: place.id, ...telling.detail },
  });
  if (!telling.letter || !telling.to) return;
  const recipients = [];
  for (const to of telling.to) recipients.push(...(to === 'structure' ? await peopleOfStructure(tx, place.structureId) : await correspondentsOver(tx, place.ancestors, to, actor.accountId)));
  const values = { year: place.year, structure: place.structure, author: side ? namedWithSide(actor.displayName, side) : actor.displayName, ...telling.letter.values };
  await queueLetter(tx, { name: telling.letter.name, topic: telling.letter.topic, values, structureId: place.structureId, campaignYear: place.year }, recipients);
}

/** The same line for many responses, in one statement. */
export async function journalMany(tx: Db, actor: Actor, places: readonly ResponsePlace[], action: string): Promise<void> {
  const rows = places.map((p) => ({ structure_id: p.structureId, territory_code: p.territory, campaign_year: p.year, detail: { responseId: p.id } }));
  await sql`insert into access.journal (account_id, action, structure_id, territory_code, campaign_year, detail)
    select ${actor.accountId}, ${action}, j.structure_id, j.territory_code, j.campaign_year, j.detail
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as j(structure_id uuid, territory_code text, campaign_year int, detail jsonb)`.execute(tx);
}
