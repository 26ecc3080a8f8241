/** Sources of what correspondents type for structures: said before the first value, tied to each value in its transaction; the structure is told. */
import { sql } from 'kysely';
import { type Actor, correspondentSide, namedWithSide } from '../../access/index.ts';
import { writeJournal } from '../../access/index.server.ts';
import { peopleOfStructure, queueLetter } from '../../notification/index.server.ts';
import { newId, type ResponseId, type StructureId } from '../../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { type Db, inTransaction } from '../../../platform/database.server.ts';
import { onlyCorrespondent, unknownResponse } from '../errors.ts';
import { type OnBehalfSource, readOnBehalfSource, sourceWords } from './source.ts';

export interface SaidSource extends OnBehalfSource {
  readonly id: string;
}

/** A correspondent says where the answers that it is about to type come from. `today`: ISO day in Paris. */
export async function sayOnBehalfSource(db: Db, actor: Actor, given: { readonly responseId: string; readonly support: string; readonly person: string; readonly givenOn: string }, today: string): Promise<Result<SaidSource>> {
  return inTransaction(db, async (tx): Promise<Result<SaidSource>> => {
    const { rows } = await sql<{ structureId: StructureId; territory: string; year: number; ancestors: string[] }>`
      select r.structure_id as "structureId", r.territory_code as territory, r.campaign_year as year, coalesce(g.ancestors, array['FR', r.territory_code]) as ancestors
      from entry.response r left join registry.current_territory g on g.code = r.territory_code where r.id = ${given.responseId}`.execute(tx);
    const place = rows[0];
    if (!place) return refuse(unknownResponse);
    if (!correspondentSide(actor, place)) return refuse(onlyCorrespondent);
    const read = readOnBehalfSource(given, today);
    if (!read.ok) return read;
    const id = newId();
    const { support, person, givenOn } = read.value;
    await sql`insert into entry.on_behalf_source (id, response_id, support, person, given_on, said_by) values (${id}, ${given.responseId}, ${support}, ${person}, ${givenOn}, ${actor.accountId})`.execute(tx);
    await writeJournal(tx, { accountId: actor.accountId, action: 'on_behalf.source', structureId: place.structureId, territoryCode: place.territory, campaignYear: place.year, detail: { responseId: given.responseId, sourceId: id, support } });
    return ok({ id, ...read.value });
  });
}

/** Those that a person said for a response, latest first. */
export async function onBehalfSourcesOf(db: Db, responseId: ResponseId, accountId: string): Promise<SaidSource[]> {
  const { rows } = await sql<SaidSource>`select id, support, person, given_on as "givenOn" from entry.on_behalf_source
    where response_id = ${responseId} and said_by = ${accountId} order by said_at desc, id desc`.execute(db);
  return rows;
}

/** Ties the values just saved to their source. */
export async function tieToSource(tx: Db, changes: readonly { readonly saveId: string; readonly sourceId?: string }[]): Promise<void> {
  const lines = changes.flatMap((c) => (c.sourceId ? [{ save: c.saveId, source: c.sourceId }] : []));
  if (lines.length === 0) return;
  await sql`insert into entry.on_behalf_value (save_id, source_id) select l.save, l.source from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(save uuid, source uuid)`.execute(tx);
}

/** The structure is written to at the first value typed for it in a day: one letter, not one per value. */
export async function tellOnBehalf(tx: Db, place: { readonly structureId: StructureId; readonly campaignYear: number }, actor: Actor, side: 'caf' | 'federation', source: OnBehalfSource | undefined): Promise<void> {
  const { rows } = await sql<{ name: string; told: boolean }>`select s.name, exists (select from notification.message m where m.topic = 'on_behalf_entered' and m.structure_id = s.structure_id
      and m.campaign_year = ${place.campaignYear} and m.created_at > now() - interval '1 day') as told
    from registry.current_structure s where s.structure_id = ${place.structureId}`.execute(tx);
  if (!rows[0] || rows[0].told) return;
  await queueLetter(
    tx,
    {
      name: 'on-behalf-entered', topic: 'on_behalf_entered', structureId: place.structureId, campaignYear: place.campaignYear,
      values: { year: place.campaignYear, structure: rows[0].name, author: namedWithSide(actor.displayName, side), basis: source ? `, ${sourceWords(source)}` : '' },
    },
    await peopleOfStructure(tx, place.structureId),
  );
}
