/** The only hand that changes the state of a response: the table decides, the database has the same table, the change is written with its author and reason. */
import { sql } from 'kysely';
import type { AccountId, ResponseId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Db } from '../../platform/database.server.ts';
import { transitionRefused, unknownResponse } from './errors.ts';
import type { ResponseState } from './model.ts';
import { RESPONSE_TRANSITIONS, transitionAllowed } from './transitions.ts';

export interface Move {
  readonly to: ResponseState;
  /** null: the program itself. */
  readonly by: AccountId | null;
  readonly reason?: string | null;
  /** Side that validates, when `to` is `validated`. */
  readonly validatedSide?: 'caf' | 'federation' | null;
}

const list = (values: readonly string[]) => sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

const changes = (move: Move) => sql`state = ${move.to}, state_by = ${move.by}, state_reason = ${move.reason ?? null}, revision = revision + 1,
  submitted_at = case when ${move.to} in ('submitted', 'submitted_by_third_party', 'resubmitted') then now() else submitted_at end,
  validated_at = case when ${move.to} = 'validated' then now() when ${move.to} = 'frozen' then validated_at end,
  validated_by = case when ${move.to} = 'validated' then ${move.by}::uuid when ${move.to} = 'frozen' then validated_by end,
  validated_side = case when ${move.to} = 'validated' then ${move.validatedSide ?? null} when ${move.to} = 'frozen' then validated_side end`;

/** Moves one response; refused when the table has no such transition from where it stands. Call it inside the transaction of what causes it. */
export async function moveResponse(tx: Db, move: Move & { readonly responseId: ResponseId }): Promise<Result<{ from: ResponseState; to: ResponseState }>> {
  const { rows } = await sql<{ state: ResponseState }>`select state from entry.response where id = ${move.responseId} for update`.execute(tx);
  const from = rows[0]?.state;
  if (!from) return refuse(unknownResponse);
  if (!transitionAllowed(from, move.to)) return refuse(transitionRefused(from, move.to));
  await sql`update entry.response set ${changes(move)} where id = ${move.responseId}`.execute(tx);
  return ok({ from, to: move.to });
}

/** Moves many at once, in one statement: those whose present state allows it; the others stay and are not counted. */
export async function moveResponses(tx: Db, move: Move & { readonly responseIds: readonly ResponseId[] }): Promise<Result<{ moved: number }>> {
  const from = (Object.keys(RESPONSE_TRANSITIONS) as ResponseState[]).filter((state) => transitionAllowed(state, move.to));
  const { numAffectedRows } = await sql`update entry.response set ${changes(move)} where id in (select jsonb_array_elements_text(${JSON.stringify(move.responseIds)}::jsonb)::uuid) and state in ${list(from)}`.execute(tx);
  return ok({ moved: Number(numAffectedRows ?? 0) });
}
