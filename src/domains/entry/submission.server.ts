/** What a structure does with its whole response: read the notice, send, take back, decline; and what a correspondent sends for it when asked. */
import { sql } from 'kysely';
import { type Actor, correspondentSide, mayEnter, maySubmit } from '../access/index.ts';
import { writeJournal } from '../access/index.server.ts';
import type { ResponseId } from '../../kernel/identifier.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { entryClosed, notYours, onlyCorrespondent, onlyDirector, stillBlocked, type SubmissionRefusal, thirdPartyNotAsked, transitionRefused, unknownResponse } from './errors.ts';
import { refreshFindings } from './findings.server.ts';
import type { Blocker, ResponseState, ResponseView } from './model.ts';
import { moveResponse } from './moves.server.ts';
import { readResponse, unreviewedOf } from './queries.server.ts';
import { blockersOf, mayDecline, mayTakeBack, whyNoEntry } from './rules.ts';
import { transitionAllowed } from './transitions.ts';

/** What still stops the submission of a response, from all of its rules. Values entered by others count for the structure only. */
export async function blockersOfResponse(db: Db, view: ResponseView): Promise<Blocker[]> {
  const compiled = await loadVersion(db, view.questionnaireYear);
  return blockersOf(compiled, view, view.findings, unreviewedOf(view), view.conflicts ?? []);
}

type Work = (tx: Db, view: ResponseView) => Promise<Result<{ state: ResponseState }, Refusal | SubmissionRefusal>>;

const onResponse = (db: Db, responseId: ResponseId, work: Work): Promise<Result<{ state: ResponseState }, Refusal | SubmissionRefusal>> =>
  inTransaction(db, async (tx) => {
    // The row is held while it is judged, so that no save slips between the judgement and the change of state.
    await sql`select 1 from entry.response where id = ${responseId} for update`.execute(tx);
    const view = await readResponse(tx, responseId);
    return view ? work(tx, view) : refuse(unknownResponse);
  });

async function move(tx: Db, actor: Actor, view: ResponseView, to: ResponseState, action: string, reason?: string): Promise<Result<{ state: ResponseState }>> {
  const moved = await moveResponse(tx, { responseId: view.id, to, by: actor.accountId, reason: reason ?? null });
  if (!moved.ok) return moved;
  await writeJournal(tx, { accountId: actor.accountId, action, structureId: view.structureId, territoryCode: view.territoryCode, campaignYear: view.campaignYear, ...(reason ? { purpose: reason } : {}) });
  return ok({ state: to });
}

/** The five lines read before the first question (R52, R126). */
export async function readNotice(db: Db, actor: Actor, responseId: ResponseId): Promise<Result<null>> {
  const { rows } = await sql<{ structure_id: never }>`select structure_id from entry.response where id = ${responseId}`.execute(db);
  if (!rows[0]) return refuse(unknownResponse);
  if (!mayEnter(actor, rows[0].structure_id)) return refuse(notYours);
  await sql`update entry.response set notice_read_at = coalesce(notice_read_at, now()) where id = ${responseId}`.execute(db);
  return ok(null);
}

/** Sends the response, or confirms one that a correspondent sent; refused with the list of what still stops it. */
export async function submitResponse(db: Db, actor: Actor, responseId: ResponseId): Promise<Result<{ state: ResponseState }, Refusal | SubmissionRefusal>> {
  return onResponse(db, responseId, async (tx, view) => {
    if (!mayEnter(actor, view.structureId)) return refuse(notYours);
    if (!maySubmit(actor, view.structureId)) return refuse(onlyDirector);
    if (!transitionAllowed(view.state, 'submitted')) return refuse(transitionRefused(view.state, 'submitted'));
    const closed = view.state === 'in_progress' ? whyNoEntry(view.state, view.phase, 'structure') : undefined;
    if (closed) return refuse(closed);
    const blockers = await blockersOfResponse(tx, view);
    if (blockers.length > 0) return refuse(stillBlocked(blockers));
    await refreshFindings(tx, view);
    return move(tx, actor, view, 'submitted', 'response.submit');
  });
}

/** Back to entry while it is open: after sending, after a correspondent sent, after declining. */
export async function takeBack(db: Db, actor: Actor, responseId: ResponseId): Promise<Result<{ state: ResponseState }>> {
  return onResponse(db, responseId, async (tx, view) => {
    if (!maySubmit(actor, view.structureId)) return refuse(mayEnter(actor, view.structureId) ? onlyDirector : notYours);
    if (!transitionAllowed(view.state, 'in_progress')) return refuse(transitionRefused(view.state, 'in_progress'));
    if (!mayTakeBack(view.state, view.phase)) return refuse(entryClosed);
    return move(tx, actor, view, 'in_progress', 'response.take_back');
  });
}

/** Answering is voluntary: declining stops the reminders and is never shown to the public by name (D1). */
export async function declineResponse(db: Db, actor: Actor, request: { readonly responseId: ResponseId; readonly reason?: string }): Promise<Result<{ state: ResponseState }>> {
  return onResponse(db, request.responseId, async (tx, view) => {
    if (!maySubmit(actor, view.structureId)) return refuse(mayEnter(actor, view.structureId) ? onlyDirector : notYours);
    if (!mayDecline(view.state)) return refuse(transitionRefused(view.state, 'declined'));
    return move(tx, actor, view, 'declined', 'response.decline', request.reason?.trim() || undefined);
  });
}

/** The structure asks a correspondent to send for it, or no longer does. */
export async function requestThirdParty(db: Db, actor: Actor, responseId: ResponseId, wanted = true): Promise<Result<{ state: ResponseState }>> {
  return onResponse(db, responseId, async (tx, view) => {
    if (!maySubmit(actor, view.structureId)) return refuse(mayEnter(actor, view.structureId) ? onlyDirector : notYours);
    // Of use only while a correspondent may still enter and send.
    const closed = whyNoEntry(view.state, view.phase, 'caf');
    if (closed) return refuse(closed);
    if (view.thirdPartyRequested === wanted) return ok({ state: view.state });
    await sql`update entry.response set third_party_requested = ${wanted} where id = ${responseId}`.execute(tx);
    await writeJournal(tx, {
      accountId: actor.accountId, action: wanted ? 'response.ask_third_party' : 'response.withdraw_third_party', structureId: view.structureId, territoryCode: view.territoryCode, campaignYear: view.campaignYear,
    });
    return ok({ state: view.state });
  });
}

/** A correspondent sends for a structure that asked; the structure then reviews each value entered by others, and confirms. */
export async function submitByThirdParty(db: Db, actor: Actor, responseId: ResponseId): Promise<Result<{ state: ResponseState }, Refusal | SubmissionRefusal>> {
  return onResponse(db, responseId, async (tx, view) => {
    const side = correspondentSide(actor, { structureId: view.structureId, ancestors: view.ancestors });
    if (!side) return refuse(onlyCorrespondent);
    if (!view.thirdPartyRequested) return refuse(thirdPartyNotAsked);
    const closed = whyNoEntry(view.state, view.phase, side);
    if (closed) return refuse(closed);
    const blockers = (await blockersOfResponse(tx, view)).filter((b) => b.kind !== 'unreviewed');
    if (blockers.length > 0) return refuse(stillBlocked(blockers));
    await refreshFindings(tx, view);
    return move(tx, actor, view, 'submitted_by_third_party', 'response.submit_for');
  });
}
