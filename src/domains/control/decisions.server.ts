/** What a correspondent decides of a response: valid, to be read again, left out, taken late; of a finding, set aside; of a value, disputed. */
import { sql } from 'kysely';
import { namedWithSide, type Actor, correspondentSide, type Side } from '../access/index.ts';
import { inControl, isFrozen } from '../campaign/index.ts';
import { stateLabel } from '../entry/index.ts';
import { decideFinding, moveResponse, moveResponses } from '../entry/index.server.ts';
import { correspondentsOver, queueLetter } from '../notification/index.server.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { newId } from '../../kernel/identifier.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import {
  hardFindings, hardIsNotWaived, notDiscussed, notInControl, notYourTerritory, objectionIsTheOthers, reasonNeeded, requestsOpen, territoryFrozen, unknownFinding, unknownResponse, wrongState,
} from './errors.ts';
import { otherSide, placesOf, type ResponsePlace, reviewing } from './place.server.ts';
import { questionnaireYear } from './requests.server.ts';
import { journalMany, tell } from './tell.server.ts';

const DAY = 86_400_000;
/** Last day on which the other side may object (D13), `YYYY-MM-DD`. */
export const objectionUntil = (validatedAt: string, days: number): string => new Date(Date.parse(validatedAt) + days * DAY).toISOString().slice(0, 10);

/** Validates one response: no open request, no impossibility. The structure and the other correspondent are told. */
export async function validate(db: Db, actor: Actor, responseId: string): Promise<Result<{ until: string }>> {
  return inTransaction(db, async (tx): Promise<Result<{ until: string }>> => {
    const done = await validateAll(tx, actor, [responseId]);
    if (!done.ok) return done;
    const { place, side, until } = done.value[0]!;
    await tell(tx, actor, place, side, {
      action: 'response.validate', detail: { side }, letter: { name: 'validation', topic: 'validation', values: { until: formatDate(until) } }, to: ['structure', otherSide(side)],
    });
    return ok({ until });
  });
}

/** Validates many responses at once, or none: the same guards, a few statements. The other side receives one letter for all. */
export async function validateMany(db: Db, actor: Actor, responseIds: readonly string[]): Promise<Result<{ validated: number }>> {
  if (responseIds.length === 0) return ok({ validated: 0 });
  return inTransaction(db, async (tx): Promise<Result<{ validated: number }>> => {
    const done = await validateAll(tx, actor, responseIds);
    if (!done.ok) return done;
    await journalMany(tx, actor, done.value.map((d) => d.place), 'response.validate');
    const { place, side, until } = done.value[0]!;
    const others = await correspondentsOver(tx, place.ancestors, otherSide(side), actor.accountId);
    await queueLetter(tx, {
      name: 'validation', topic: 'validation', campaignYear: place.year,
      values: { year: place.year, structure: `${done.value.length} structures`, author: namedWithSide(actor.displayName, side), until: formatDate(until) },
    }, others);
    return ok({ validated: done.value.length });
  });
}

interface Validated { readonly place: ResponsePlace; readonly side: Side; readonly until: string }

async function validateAll(tx: Db, actor: Actor, responseIds: readonly string[]): Promise<Result<Validated[]>> {
  const places = await placesOf(tx, responseIds);
  if (places.length < new Set(responseIds).size) return refuse(unknownResponse);
  const refused = places.map((place) => refusalToValidate(actor, place)).find((r) => r !== undefined);
  if (refused) return refuse(refused);
  const ids = JSON.stringify(responseIds);
  const { rows } = await sql<{ n: number }>`select count(*) as n from control.correction_request
    where state = 'open' and response_id in (select (jsonb_array_elements_text(${ids}::jsonb))::uuid)`.execute(tx);
  if (rows[0]!.n > 0) return refuse(requestsOpen);
  for (const [side, group] of Map.groupBy(places, (place) => correspondentSide(actor, place)!)) {
    const sent = group.filter((p) => p.state === 'submitted').map((p) => p.id as never);
    if (sent.length > 0) {
      const opened = await moveResponses(tx, { responseIds: sent, to: 'under_review', by: actor.accountId });
      if (!opened.ok) return opened;
    }
    const moved = await moveResponses(tx, { responseIds: group.map((p) => p.id as never), to: 'validated', by: actor.accountId, validatedSide: side });
    if (!moved.ok) return moved;
    await sql`insert into control.validation (id, response_id, side, account_id)
      select v.id, v.response_id, ${side}, ${actor.accountId} from jsonb_to_recordset(${JSON.stringify(group.map((p) => ({ id: newId(), response_id: p.id })))}::jsonb) as v(id uuid, response_id uuid)`.execute(tx);
  }
  await sql`update control.correction_request set state = 'closed', closed_at = now()
    where state = 'answered' and response_id in (select (jsonb_array_elements_text(${ids}::jsonb))::uuid)`.execute(tx);
  const now = new Date().toISOString();
  return ok(places.map((place) => ({ place, side: correspondentSide(actor, place)!, until: objectionUntil(now, place.objectionDays) })));
}

function refusalToValidate(actor: Actor, place: ResponsePlace): Refusal | undefined {
  if (!correspondentSide(actor, place)) return notYourTerritory;
  if (!inControl(place.phase)) return notInControl;
  if (place.state === 'correction_requested') return requestsOpen;
  if (place.state !== 'under_review' && place.state !== 'submitted') return wrongState(stateLabel(place.state));
  return place.openHard > 0 ? hardFindings(place.openHard) : undefined;
}

/**
 * Puts a validated response back under review, with a reason: the other side within the delay, either side later. In a territory reopened by both
 * signatures, a frozen response too.
 */
export async function object(db: Db, actor: Actor, given: { readonly responseId: string; readonly reason: string; readonly today?: string }): Promise<Result<{ state: 'under_review' }>> {
  const reason = given.reason.trim();
  if (!reason) return refuse(reasonNeeded);
  return inTransaction(db, async (tx): Promise<Result<{ state: 'under_review' }>> => {
    const review = await reviewing(tx, actor, given.responseId, ['validated', 'frozen']);
    if (!review.ok) return review;
    const { place, side } = review.value;
    if (place.state === 'validated' && place.validatedAt && place.validatedSide === side) {
      const until = objectionUntil(place.validatedAt, place.objectionDays);
      if ((given.today ?? new Date().toISOString().slice(0, 10)) <= until) return refuse(objectionIsTheOthers(until));
    }
    const moved = await moveResponse(tx, { responseId: place.id as never, to: 'under_review', by: actor.accountId, reason });
    if (!moved.ok) return moved;
    await sql`update control.validation set objected_by = ${actor.accountId}, objected_at = now(), objection = ${reason}
      where id = (select id from control.validation where response_id = ${place.id} order by validated_at desc limit 1)`.execute(tx);
    await tell(tx, actor, place, side, { action: 'response.object', purpose: reason, letter: { name: 'objection', topic: 'objection', values: { reason } }, to: ['structure', otherSide(side)] });
    return ok({ state: 'under_review' });
  });
}

/** Proposes to leave a response out (closed, merged, unusable), or agrees to it: the second side's word excludes. */
export async function exclude(db: Db, actor: Actor, given: { readonly responseId: string; readonly reason: string }): Promise<Result<{ excluded: boolean }>> {
  const reason = given.reason.trim();
  if (!reason) return refuse(reasonNeeded);
  return inTransaction(db, async (tx): Promise<Result<{ excluded: boolean }>> => {
    const [place] = await placesOf(tx, [given.responseId]);
    const side = place && correspondentSide(actor, place);
    if (!place) return refuse(unknownResponse);
    if (!side) return refuse(notYourTerritory);
    if (isFrozen(place.phase)) return refuse(territoryFrozen);
    if (place.state === 'frozen' || place.state === 'excluded') return refuse(wrongState(stateLabel(place.state)));
    await sql`insert into control.exclusion_vote (response_id, side, account_id, reason) values (${place.id}, ${side}, ${actor.accountId}, ${reason})
      on conflict (response_id, side) do update set account_id = excluded.account_id, reason = excluded.reason, voted_at = now()`.execute(tx);
    const { rows } = await sql<{ sides: number; people: number; reasons: string }>`select count(*) as sides, count(distinct account_id) as people, string_agg(distinct reason, ' ; ') as reasons
      from control.exclusion_vote where response_id = ${place.id}`.execute(tx);
    const excluded = rows[0]!.sides === 2 && rows[0]!.people === 2;
    if (excluded) {
      const moved = await moveResponse(tx, { responseId: place.id as never, to: 'excluded', by: actor.accountId, reason: rows[0]!.reasons });
      if (!moved.ok) return moved;
    }
    await tell(tx, actor, place, side, excluded
      ? { action: 'response.exclude', purpose: reason, letter: { name: 'exclusion', topic: 'exclusion', values: { reason: rows[0]!.reasons } }, to: ['structure', otherSide(side)] }
      : { action: 'response.propose_exclusion', purpose: reason, letter: { name: 'exclusion-proposed', topic: 'exclusion', values: { reason } }, to: [otherSide(side)] });
    return ok({ excluded });
  });
}

/** Lets a structure answer after all (late, or after declining), with a reason; possible until its territory is frozen. */
export async function lateEntry(db: Db, actor: Actor, given: { readonly responseId: string; readonly reason: string }): Promise<Result<{ state: 'in_progress' }>> {
  const reason = given.reason.trim();
  if (!reason) return refuse(reasonNeeded);
  return inTransaction(db, async (tx): Promise<Result<{ state: 'in_progress' }>> => {
    const review = await reviewing(tx, actor, given.responseId, ['non_respondent', 'declined']);
    if (!review.ok) return review;
    const moved = await moveResponse(tx, { responseId: given.responseId as never, to: 'in_progress', by: actor.accountId, reason });
    if (!moved.ok) return moved;
    await tell(tx, actor, review.value.place, review.value.side, { action: 'response.late_entry', purpose: reason });
    return ok({ state: 'in_progress' });
  });
}

/** Sets a doubt aside, with a reason. It comes back when the values that its rule reads change. */
export async function waiveFinding(
  db: Db, actor: Actor, given: { readonly responseId: string; readonly dataYear: number; readonly ruleId: string; readonly subject: string; readonly reason: string },
): Promise<Result<{ waived: true }>> {
  const reason = given.reason.trim();
  if (!reason) return refuse(reasonNeeded);
  return inTransaction(db, async (tx): Promise<Result<{ waived: true }>> => {
    const review = await reviewing(tx, actor, given.responseId, ['submitted', 'under_review', 'correction_requested']);
    if (!review.ok) return review;
    const { rows } = await sql<{ severity: string }>`select severity from entry.finding where response_id = ${given.responseId} and data_year = ${given.dataYear}
      and rule_id = ${given.ruleId} and subject = ${given.subject} and state <> 'closed'`.execute(tx);
    if (!rows[0]) return refuse(unknownFinding);
    if (rows[0].severity === 'hard') return refuse(hardIsNotWaived);
    await decideFinding(tx, { responseId: given.responseId as never, dataYear: given.dataYear, ruleId: given.ruleId, subject: given.subject, state: 'waived_by_correspondent', by: actor.accountId });
    await sql`insert into control.finding_waiver (response_id, data_year, rule_id, subject, reason, account_id)
      values (${given.responseId}, ${given.dataYear}, ${given.ruleId}, ${given.subject}, ${reason}, ${actor.accountId})
      on conflict (response_id, data_year, rule_id, subject) do update set reason = excluded.reason, account_id = excluded.account_id, waived_at = now()`.execute(tx);
    await tell(tx, actor, review.value.place, review.value.side, { action: 'finding.waive', purpose: reason, detail: { ruleId: given.ruleId, subject: given.subject } });
    return ok({ waived: true });
  });
}

/** States that no agreement was found on a value: it stays as declared, out of that question's base (D13). Only after the structure has replied. */
export async function dispute(db: Db, actor: Actor, given: { readonly responseId: string; readonly dataYear: number; readonly key: string; readonly reason: string }): Promise<Result<{ disputed: true }>> {
  const reason = given.reason.trim();
  if (!reason) return refuse(reasonNeeded);
  return inTransaction(db, async (tx): Promise<Result<{ disputed: true }>> => {
    const review = await reviewing(tx, actor, given.responseId, ['under_review', 'correction_requested']);
    if (!review.ok) return review;
    const { rows } = await sql`select 1 from control.correction_point p join control.correction_request q on q.id = p.request_id
      where q.response_id = ${given.responseId} and p.data_year = ${given.dataYear} and p.question_key = ${given.key} and p.reply in ('confirmed', 'contested')`.execute(tx);
    if (rows.length === 0) return refuse(notDiscussed);
    await sql`insert into control.disputed_value (response_id, data_year, question_key, reason, declared_by)
      values (${given.responseId}, ${given.dataYear}, ${given.key}, ${reason}, ${actor.accountId})
      on conflict (response_id, data_year, question_key) do update set reason = excluded.reason, declared_by = excluded.declared_by, declared_at = now()`.execute(tx);
    const { place, side } = review.value;
    const { questions } = await loadVersion(tx, await questionnaireYear(tx, place.year));
    await tell(tx, actor, place, side, {
      action: 'value.dispute', purpose: reason, detail: { key: given.key, dataYear: given.dataYear },
      letter: { name: 'disputed-value', topic: 'disputed_value', values: { question: questions.get(given.key)?.label ?? given.key, reason } }, to: ['structure', otherSide(side)],
    });
    return ok({ disputed: true });
  });
}

/** An agreement was found after all: the value counts again. */
export async function undispute(db: Db, actor: Actor, given: { readonly responseId: string; readonly dataYear: number; readonly key: string }): Promise<Result<{ disputed: false }>> {
  return inTransaction(db, async (tx): Promise<Result<{ disputed: false }>> => {
    const review = await reviewing(tx, actor, given.responseId, ['under_review', 'correction_requested']);
    if (!review.ok) return review;
    await sql`delete from control.disputed_value where response_id = ${given.responseId} and data_year = ${given.dataYear} and question_key = ${given.key}`.execute(tx);
    await tell(tx, actor, review.value.place, review.value.side, { action: 'value.agree', detail: { key: given.key, dataYear: given.dataYear } });
    return ok({ disputed: false });
  });
}
