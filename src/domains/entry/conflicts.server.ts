/** Conflicts as they are kept: an answer that was not written stays beside the one that stands until a choice names it. */
import { sql } from 'kysely';
import type { Answer } from '../questionnaire/index.ts';
import type { AccountId, ResponseId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import type { KeptAnswer } from './conflict.ts';

interface Place {
  readonly responseId: ResponseId;
  readonly dataYear: number;
}
export interface AnswerToKeep {
  readonly saveId: string;
  readonly key: string;
  readonly answer: Answer | undefined;
  readonly settles?: readonly string[];
}

const ids = (list: readonly string[]) => sql`(select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb)::uuid)`;

/** Keeps answers beside those that stand; one received already stays as it was. Gives them back as the page shows them. */
export async function keepConflicts(tx: Db, place: Place, author: AccountId, kept: readonly AnswerToKeep[]): Promise<KeptAnswer[]> {
  const lines = kept.map((one) => ({ save: one.saveId, key: one.key, answer: one.answer ?? null }));
  await sql`insert into entry.answer_conflict (save_id, response_id, data_year, question_key, answer, author_id)
    select l.save, ${place.responseId}, ${place.dataYear}, l.key, nullif(l.answer, 'null'::jsonb), ${author}
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(save uuid, key text, answer jsonb) on conflict (save_id) do nothing`.execute(tx);
  // One's own later answer takes the place of the earlier one that was waiting for a choice.
  for (const one of kept) {
    // oxlint-disable-next-line no-await-in-loop -- as many as questions in conflict: one or two
    if (one.settles?.length) await settleConflicts(tx, place, one.saveId, one.key, one.settles);
  }
  return conflictsWhere(tx, sql`k.save_id in ${ids(kept.map((one) => one.saveId))}`);
}

/** The choice `by` settles these conflicts of its question. */
export async function settleConflicts(tx: Db, place: Place, by: string, key: string, settled: readonly string[]): Promise<void> {
  await sql`update entry.answer_conflict set settled_by = ${by}, settled_at = now()
    where save_id in ${ids(settled)} and response_id = ${place.responseId} and data_year = ${place.dataYear} and question_key = ${key}
      and settled_by is null and save_id <> ${by}`.execute(tx);
}

/** Conflicts of a response that wait for a choice, first come first, each with the value that stands and who gave it. */
export const openConflictsOf = (db: Db, responseId: ResponseId): Promise<KeptAnswer[]> => conflictsWhere(db, sql`k.response_id = ${responseId} and k.settled_by is null`);

const conflictJson = (condition: ReturnType<typeof sql>) => sql`(select json_agg(json_build_object('saveId', k.save_id, 'dataYear', k.data_year, 'key', k.question_key, 'answer', k.answer, 'author', case when b.id is null then a.display_name end,
    'managingBody', b.name, 'at', k.at, 'standing', json_build_object('answer', s.answers -> k.question_key, 'author', h.author, 'at', h.at)) order by k.at, k.save_id)
  from entry.answer_conflict k
  left join access.account a on a.id = k.author_id
  left join entry.shared_fact f on f.id = k.shared_fact_id left join registry.managing_body b on b.id = f.managing_body_id
  left join entry.answer_sheet s on s.response_id = k.response_id and s.data_year = k.data_year
  left join lateral (select w.display_name as author, x.at from entry.answer_history x left join access.account w on w.id = x.author_id
    where x.response_id = k.response_id and x.data_year = k.data_year and x.question_key in (k.question_key, '*') order by x.sequence desc limit 1) h on true
  where ${condition})`;

/** The open conflicts of the response `r` of a statement, as JSON; its instants are made alike by `datedConflicts`. */
export const openConflictsJson = conflictJson(sql`k.response_id = r.id and k.settled_by is null`);

const iso = (at: string): string => new Date(at).toISOString();

export const datedConflicts = (list: readonly KeptAnswer[]): KeptAnswer[] => list.map((k) => ({ ...k, at: iso(k.at), standing: { ...k.standing, at: k.standing.at === null ? null : iso(k.standing.at) } }));

async function conflictsWhere(db: Db, condition: ReturnType<typeof sql>): Promise<KeptAnswer[]> {
  const { rows } = await sql<{ conflicts: KeptAnswer[] | null }>`select ${conflictJson(condition)} as conflicts`.execute(db);
  return datedConflicts(rows[0]?.conflicts ?? []);
}
