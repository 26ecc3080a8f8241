/** The places that a structure gives to its accounts, jobs and columns, kept from one year to the next. */
import { sql } from 'kysely';
import { type Actor, mayEnter } from '../access/index.ts';
import type { StructureId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Db } from '../../platform/database.server.ts';
import { malformedChoice, notYourChoices } from './errors.ts';
import { type KeptChoice, parseKeptChoice } from './kept-choices.ts';

/** Most choices of one structure: some hundreds of accounts, codes and titles. */
const MOST_AT_ONCE = 500;

export async function keptChoicesOf(db: Db, structureId: StructureId): Promise<KeptChoice[]> {
  const { rows } = await sql<KeptChoice>`select kind, source, target from proposal.kept_choice where structure_id = ${structureId} order by kind, source`.execute(db);
  return rows;
}

/** Keeps choices as they come from the browser; all or none. */
export async function keepChoices(db: Db, actor: Actor, structureId: StructureId, raw: unknown): Promise<Result<number>> {
  if (!mayEnter(actor, structureId)) return refuse(notYourChoices);
  const choices = Array.isArray(raw) && raw.length <= MOST_AT_ONCE ? raw.map(parseKeptChoice) : [undefined];
  const read = choices.filter((choice) => choice !== undefined);
  if (read.length !== choices.length) return refuse(malformedChoice);
  // A place chosen twice in one message: the last word counts.
  const last = [...new Map(read.map((c) => [`${c.kind} ${c.source}`, c])).values()];
  await sql`
    insert into proposal.kept_choice (structure_id, kind, source, target, chosen_by)
    select ${structureId}, c.kind, c.source, c.target, ${actor.accountId} from jsonb_to_recordset(${JSON.stringify(last)}::jsonb) as c(kind text, source text, target text)
    on conflict (structure_id, kind, source) do update set target = excluded.target, chosen_by = excluded.chosen_by, chosen_at = now()`.execute(db);
  return ok(last.length);
}
