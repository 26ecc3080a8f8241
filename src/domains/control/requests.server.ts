/** The dialogue: precise questions to a structure, its replies, its resubmission. The aim is to agree openly, not to impose (charter 2.2, R70). */
import { sql } from 'kysely';
import { type Actor, correspondentSide, mayEnter, maySubmit } from '../access/index.ts';
import { moveResponse } from '../entry/index.server.ts';
import { answerEquals, type Answer } from '../questionnaire/index.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { NBSP } from '../../kernel/french-number.ts';
import { newId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import {
  directorOnly, explanationNeeded, hardBeforeResubmission, messageNeeded, noPoint, noRequest, notYourTerritory, pointsPending, unknownQuestion, unknownResponse, valueUnchanged,
} from './errors.ts';
import type { Reply } from './model.ts';
import { answering, placesOf, reviewing } from './place.server.ts';
import { tell } from './tell.server.ts';

/** Begins the reading of a response that was sent. Its structure is told. */
export async function openReview(db: Db, actor: Actor, responseId: string): Promise<Result<{ state: 'under_review' }>> {
  return inTransaction(db, async (tx): Promise<Result<{ state: 'under_review' }>> => {
    const review = await reviewing(tx, actor, responseId, ['submitted']);
    if (!review.ok) return review;
    const moved = await moveResponse(tx, { responseId: responseId as never, to: 'under_review', by: actor.accountId });
    if (!moved.ok) return moved;
    await tell(tx, actor, review.value.place, review.value.side, { action: 'response.review', letter: { name: 'review-opened', topic: 'review_opened' }, to: ['structure'] });
    return ok({ state: 'under_review' });
  });
}

export interface PointAsked {
  readonly dataYear: number;
  readonly key: string;
  readonly question?: string;
}

/** Asks the structure about precise answers. Each point keeps the value of the moment. Several requests may be open at once. */
export async function requestCorrection(db: Db, actor: Actor, asked: { readonly responseId: string; readonly points: readonly PointAsked[]; readonly message: string }): Promise<Result<{ requestId: string }>> {
  const message = asked.message.trim();
  if (asked.points.length === 0) return refuse(noPoint);
  if (!message) return refuse(messageNeeded);
  return inTransaction(db, async (tx): Promise<Result<{ requestId: string }>> => {
    const review = await reviewing(tx, actor, asked.responseId, ['submitted', 'under_review', 'correction_requested']);
    if (!review.ok) return review;
    const { place, side } = review.value;
    const { questions, dataYears } = await loadVersion(tx, await questionnaireYear(tx, place.year));
    const wrong = asked.points.find((p) => !questions.has(p.key) || !dataYears.includes(p.dataYear));
    if (wrong) return refuse(unknownQuestion(wrong.key));
    for (const to of place.state === 'submitted' ? (['under_review', 'correction_requested'] as const) : place.state === 'under_review' ? (['correction_requested'] as const) : []) {
      const moved = await moveResponse(tx, { responseId: place.id as never, to, by: actor.accountId });
      if (!moved.ok) return moved;
    }
    const requestId = newId();
    await sql`insert into control.correction_request (id, response_id, side, author_id, message) values (${requestId}, ${place.id}, ${side}, ${actor.accountId}, ${message})`.execute(tx);
    await sql`insert into control.correction_point (request_id, data_year, question_key, question, value_then)
      select distinct on (p.data_year, p.key) ${requestId}::uuid, p.data_year, p.key, p.question, a.answers->p.key
      from jsonb_to_recordset(${JSON.stringify(asked.points.map((p) => ({ data_year: p.dataYear, key: p.key, question: p.question?.trim() || null })))}::jsonb)
        as p(data_year int, key text, question text)
      left join entry.answer_sheet a on a.response_id = ${place.id} and a.data_year = p.data_year`.execute(tx);
    const lines = asked.points.map((p) => {
      const question = questions.get(p.key)!;
      return `- ${question.code}. ${question.label} (${p.dataYear})${p.question?.trim() ? `${NBSP}: ${p.question.trim()}` : ''}`;
    });
    await tell(tx, actor, place, side, {
      action: 'response.request_correction', detail: { requestId, points: asked.points.map((p) => p.key) },
      letter: { name: 'correction-request', topic: 'correction_request', values: { message, questions: lines.join('\n') } }, to: ['structure'],
    });
    return ok({ requestId });
  });
}

export async function questionnaireYear(tx: Db, year: number): Promise<number> {
  const { rows } = await sql<{ y: number }>`select questionnaire_year as y from campaign.campaign where year = ${year}`.execute(tx);
  return rows[0]?.y ?? year;
}

export interface PointReplied {
  readonly requestId: string;
  readonly dataYear: number;
  readonly key: string;
  readonly reply: Exclude<Reply, 'pending'>;
  readonly message?: string;
}

/** The structure answers points: corrected (the value must have changed), confirmed or contested (with a sentence). May be done in several times. */
export async function replyToRequest(db: Db, actor: Actor, given: { readonly responseId: string; readonly replies: readonly PointReplied[] }): Promise<Result<{ left: number }>> {
  return inTransaction(db, async (tx): Promise<Result<{ left: number }>> => {
    const found = await answering(tx, actor, given.responseId, ['correction_requested']);
    if (!found.ok) return found;
    const place = found.value;
    const { rows: points } = await sql<{ request_id: string; data_year: number; question_key: string; value_then: Answer | null; present: Answer | null }>`
      select p.request_id, p.data_year, p.question_key, p.value_then, a.answers->p.question_key as present
      from control.correction_point p join control.correction_request q on q.id = p.request_id and q.state = 'open'
      left join entry.answer_sheet a on a.response_id = q.response_id and a.data_year = p.data_year
      where q.response_id = ${place.id}`.execute(tx);
    const { questions } = await loadVersion(tx, await questionnaireYear(tx, place.year));
    for (const reply of given.replies) {
      const point = points.find((p) => p.request_id === reply.requestId && p.data_year === reply.dataYear && p.question_key === reply.key);
      if (!point) return refuse(noRequest);
      if (reply.reply === 'corrected' && answerEquals(point.value_then ?? undefined, point.present ?? undefined)) return refuse(valueUnchanged(questions.get(reply.key)?.label ?? reply.key));
      if (reply.reply !== 'corrected' && !reply.message?.trim()) return refuse(explanationNeeded);
    }
    await sql`update control.correction_point p set reply = g.reply, reply_message = g.message, replied_by = ${actor.accountId}, replied_at = now()
      from jsonb_to_recordset(${JSON.stringify(given.replies.map((r) => ({ request_id: r.requestId, data_year: r.dataYear, key: r.key, reply: r.reply, message: r.message?.trim() || null })))}::jsonb)
        as g(request_id uuid, data_year int, key text, reply text, message text)
      where p.request_id = g.request_id and p.data_year = g.data_year and p.question_key = g.key`.execute(tx);
    await tell(tx, actor, place, undefined, { action: 'response.reply', detail: { replies: given.replies.map((r) => [r.key, r.reply]) } });
    return ok({ left: await pendingPoints(tx, place.id) });
  });
}

async function pendingPoints(tx: Db, responseId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from control.correction_point p join control.correction_request q on q.id = p.request_id
    where q.response_id = ${responseId} and q.state = 'open' and p.reply = 'pending'`.execute(tx);
  return rows[0]!.n;
}

/** The director sends the response back; every point must have its reply, and no impossibility may remain. It is then under review again. */
export async function resubmit(db: Db, actor: Actor, responseId: string): Promise<Result<{ state: 'under_review' }>> {
  return inTransaction(db, async (tx): Promise<Result<{ state: 'under_review' }>> => {
    const found = await answering(tx, actor, responseId, ['correction_requested']);
    if (!found.ok) return found;
    const place = found.value;
    if (!maySubmit(actor, place.structureId)) return refuse(directorOnly);
    const pending = await pendingPoints(tx, responseId);
    if (pending > 0) return refuse(pointsPending(pending));
    if (place.openHard > 0) return refuse(hardBeforeResubmission(place.openHard));
    const { rows } = await sql<{ reply: Reply; n: number }>`select p.reply, count(*) as n from control.correction_point p join control.correction_request q on q.id = p.request_id
      where q.response_id = ${responseId} and q.state = 'open' group by 1`.execute(tx);
    const count = (reply: Reply): number => rows.find((row) => row.reply === reply)?.n ?? 0;
    await sql`update control.correction_request set state = 'answered', answered_at = now() where response_id = ${responseId} and state = 'open'`.execute(tx);
    for (const to of ['resubmitted', 'under_review'] as const) {
      const moved = await moveResponse(tx, { responseId: responseId as never, to, by: actor.accountId });
      if (!moved.ok) return moved;
    }
    await tell(tx, actor, place, undefined, {
      action: 'response.resubmit', letter: { name: 'resubmission', topic: 'resubmission', values: { corrected: count('corrected'), confirmed: count('confirmed'), contested: count('contested') } },
      to: ['caf', 'federation'],
    });
    return ok({ state: 'under_review' });
  });
}

/** A message under a request, from its structure or from either correspondent; the others are told. */
export async function writeMessage(db: Db, actor: Actor, written: { readonly requestId: string; readonly body: string }): Promise<Result<{ messageId: string }>> {
  const body = written.body.trim();
  if (!body) return refuse(messageNeeded);
  return inTransaction(db, async (tx): Promise<Result<{ messageId: string }>> => {
    const { rows } = await sql<{ response_id: string }>`select response_id from control.correction_request where id = ${written.requestId}`.execute(tx);
    const [place] = rows[0] ? await placesOf(tx, [rows[0].response_id]) : [];
    if (!place) return refuse(unknownResponse);
    const side = correspondentSide(actor, place);
    const own = mayEnter(actor, place.structureId);
    if (!side && !own) return refuse(notYourTerritory);
    const messageId = newId();
    await sql`insert into control.message (id, request_id, author_id, body) values (${messageId}, ${written.requestId}, ${actor.accountId}, ${body})`.execute(tx);
    await tell(tx, actor, place, side, {
      action: 'response.message', detail: { requestId: written.requestId }, letter: { name: 'dialogue', topic: 'correction_reply', values: { message: body } },
      to: own ? ['caf', 'federation'] : ['structure'],
    });
    return ok({ messageId });
  });
}
