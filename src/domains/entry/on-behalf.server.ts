/** R51: a value entered by the Caf or the federation is looked at by the structure, which accepts or contests it; silence is not consent. */
import { sql } from 'kysely';
import { type Actor, maySubmit } from '../access/index.ts';
import type { ResponseId, StructureId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { notYours, nothingToReview, unknownResponse } from './errors.ts';

export interface OnBehalfVerdict {
  readonly responseId: ResponseId;
  readonly dataYear: number;
  readonly key: string;
  readonly verdict: 'accepted' | 'contested';
  readonly comment?: string;
}

/** The verdict is about the very save that was shown: a later one by others is to be looked at again. */
export async function reviewOnBehalf(db: Db, actor: Actor, given: OnBehalfVerdict): Promise<Result<null>> {
  return inTransaction(db, async (tx): Promise<Result<null>> => {
    const { rows } = await sql<{ structure_id: StructureId; sequence: number | null; source: string | null; seen: boolean }>`
      select r.structure_id, h.sequence, h.source, v.response_id is not null as seen from entry.response r
      left join lateral (select sequence, source, answer from entry.answer_history where response_id = r.id and data_year = ${given.dataYear} and question_key = ${given.key}
        order by sequence desc limit 1) h on true
      left join entry.on_behalf_review v on v.response_id = r.id and v.data_year = ${given.dataYear} and v.question_key = ${given.key} and v.reviewed_sequence = h.sequence
      where r.id = ${given.responseId}`.execute(tx);
    const row = rows[0];
    if (!row) return refuse(unknownResponse);
    if (!maySubmit(actor, row.structure_id)) return refuse(notYours);
    if (row.sequence === null || (row.source !== 'caf' && row.source !== 'federation') || row.seen) return refuse(nothingToReview);
    await sql`insert into entry.on_behalf_review (response_id, data_year, question_key, reviewed_sequence, verdict, comment, reviewed_by)
      values (${given.responseId}, ${given.dataYear}, ${given.key}, ${row.sequence}, ${given.verdict}, ${given.comment?.trim() || null}, ${actor.accountId})
      on conflict do nothing`.execute(tx);
    return ok(null);
  });
}
