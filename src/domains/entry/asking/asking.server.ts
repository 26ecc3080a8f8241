/**
 * The conversation about a question of the form: a centre asks, its correspondents answer or relay, the technical committee answers for it or for everyone.
 * Each act is one transaction: the message, the line of the journal, the letters.
 */
import { sql } from 'kysely';
import { type Actor, correspondentSide, mayEnter, studioAuthor, writesQuestionnaire } from '../../access/index.ts';
import { writeJournal } from '../../access/index.server.ts';
import { type LetterValues, type Recipient, type Topic } from '../../notification/index.ts';
import { correspondentsOver, peopleInOffice, peopleOfStructure, queueLetter } from '../../notification/index.server.ts';
import { isAsked } from '../../questionnaire/index.ts';
import { forgetInterpretations, loadVersion, publishInterpretation } from '../../questionnaire/index.server.ts';
import { newId, type StructureId } from '../../../kernel/identifier.ts';
import { ok, type Refusal, refuse, type Result } from '../../../kernel/result.ts';
import { type Db, inTransaction } from '../../../platform/database.server.ts';
import type { PhaseState } from '../../campaign/index.ts';
import { notYours, onlyCorrespondent, unknownQuestion, unknownResponse } from '../errors.ts';
import { tellSession, whyNotInSession } from '../sessions/tell.server.ts';
import type { Aim, Quoted } from './model.ts';
import { speaker, whyNotNow, whyNotText } from './rules.ts';
import { type InquiryAct, type InquiryState, stepFrom, type Voice } from './steps.ts';

const unknownInquiry: Refusal = { code: 'unknown_inquiry', message: 'Cette question n’existe pas, ou plus : revenez à la liste.' };
const movedMeanwhile: Refusal = { code: 'inquiry_moved', message: 'Cette question a avancé pendant que vous écriviez : rechargez la page pour voir où elle en est.' };
const committeeOnly: Refusal = { code: 'committee_only', message: 'Le comité technique national répond aux questions relayées.' };

/** Where an inquiry stands: its response, its territory, who may speak in it. */
interface Place {
  readonly responseId: string;
  readonly year: number;
  readonly questionnaireYear: number;
  readonly structureId: StructureId;
  readonly structure: string;
  readonly kind: string;
  readonly territory: string;
  readonly ancestors: readonly string[];
  readonly phase: PhaseState;
}
interface Asked extends Place {
  readonly id: string;
  readonly key: string;
  readonly quoted: Quoted;
  readonly state: InquiryState;
  /** The collective session in which it is asked. */
  readonly sessionId: string | null;
}

const PLACE = sql`r.id as "responseId", r.campaign_year as year, c.questionnaire_year as "questionnaireYear", r.structure_id as "structureId", s.name as structure, r.structure_kind as kind,
  r.territory_code as territory, coalesce(g.ancestors, array['FR', r.territory_code]) as ancestors, coalesce(p.state, 'draft') as phase`;
const PLACED = sql`join campaign.campaign c on c.year = r.campaign_year
  join registry.current_structure s on s.structure_id = r.structure_id
  left join registry.current_territory g on g.code = r.territory_code
  left join campaign.territory_phase p on p.campaign_year = r.campaign_year and p.territory_code = r.territory_code`;

async function placeOf(tx: Db, responseId: string): Promise<Place | undefined> {
  const { rows } = await sql<Place>`select ${PLACE} from entry.response r ${PLACED} where r.id = ${responseId}`.execute(tx);
  return rows[0];
}
/** Locked: what is decided on its state holds until the message is written. */
async function inquiryToMove(tx: Db, inquiryId: string): Promise<Asked | undefined> {
  const { rows } = await sql<Asked>`select i.id, i.question_key as key, i.quoted, i.state, i.session_id as "sessionId", ${PLACE}
    from entry.inquiry i join entry.response r on r.id = i.response_id ${PLACED} where i.id = ${inquiryId} for update of i`.execute(tx);
  return rows[0];
}

interface Said {
  readonly actor: Actor;
  readonly voice: Voice;
  readonly act: InquiryAct;
  readonly body: string;
  readonly interpretationId?: string;
  /** The question in words that name nobody, when this answers an inquiry of a session. */
  readonly told?: string;
  readonly letters: readonly { readonly name: string; readonly topic: Topic; readonly to: readonly Recipient[]; readonly values?: LetterValues; /** Hides the centre. */ readonly nameless?: boolean }[];
}

/** Writes the message, its line in the journal and its letters. */
async function say(tx: Db, inquiry: Omit<Asked, 'state'>, said: Said): Promise<void> {
  const body = said.body.trim();
  const { rows } = await sql<{ id: number }>`insert into entry.inquiry_message (inquiry_id, act, author_id, spoken_for, body, interpretation_id)
    values (${inquiry.id}, ${said.act}, ${said.actor.accountId}, ${said.voice}, ${body}, ${said.interpretationId ?? null}) returning id`.execute(tx);
  await writeJournal(tx, {
    accountId: said.actor.accountId, action: `inquiry.${said.act}`, structureId: inquiry.structureId, territoryCode: inquiry.territory, campaignYear: inquiry.year,
    detail: { inquiryId: inquiry.id, responseId: inquiry.responseId, key: inquiry.key },
  });
  const values = { year: inquiry.year, structure: inquiry.structure, question: `${inquiry.quoted.code}. ${inquiry.quoted.label}`, author: speaker({ author: said.actor.displayName, voice: said.voice }), message: body };
  for (const { name, topic, to, values: more, nameless } of said.letters) {
    const others = to.filter((r) => r.accountId !== said.actor.accountId);
    // oxlint-disable-next-line no-await-in-loop -- two at most
    await queueLetter(tx, { name, topic, values: { ...values, ...more }, ...(nameless ? {} : { structureId: inquiry.structureId }), campaignYear: inquiry.year }, others);
  }
  if (inquiry.sessionId && said.told !== undefined)
    await tellSession(tx, { messageId: rows[0]!.id, sessionId: inquiry.sessionId, askedBy: inquiry.structureId, year: inquiry.year, question: values.question, asked: said.told, answer: body, author: values.author });
}

const letterToBoth = async (tx: Db, place: Place) => ({ name: 'question-asked', topic: 'question' as const, to: await correspondentsOver(tx, place.ancestors) });

/** A centre asks about a question that it is asked. Both correspondents are told, with the question quoted. */
export async function ask(db: Db, actor: Actor, given: { readonly responseId: string; readonly dataYear: number; readonly key: string; readonly aim: Aim; readonly body: string; readonly sessionId?: string | null }): Promise<Result<{ inquiryId: string }>> {
  return inTransaction(db, async (tx): Promise<Result<{ inquiryId: string }>> => {
    const place = await placeOf(tx, given.responseId);
    if (!place) return refuse(unknownResponse);
    if (!mayEnter(actor, place.structureId)) return refuse(notYours);
    const sessionId = given.sessionId ?? null;
    const refused = whyNotNow(place.phase) ?? whyNotText(given.body, 'Écrivez votre question en une ou deux phrases.') ?? (sessionId === null ? undefined : await whyNotInSession(tx, sessionId, place.responseId, place.phase));
    if (refused) return refuse(refused);
    const compiled = await loadVersion(tx, place.questionnaireYear);
    const question = compiled.questions.get(given.key);
    if (!question || !compiled.dataYears.includes(given.dataYear) || !isAsked(compiled, { structureKind: place.kind, territory: place.territory, dataYear: given.dataYear, answers: {} }, question)) return refuse(unknownQuestion(given.key, given.dataYear));
    const quoted: Quoted = { code: question.code, label: question.label, help: question.help };
    const id = newId();
    await sql`insert into entry.inquiry (id, response_id, data_year, question_key, quoted, aim, session_id)
      values (${id}, ${place.responseId}, ${given.dataYear}, ${given.key}, ${JSON.stringify(quoted)}::jsonb, ${given.aim}, ${sessionId})`.execute(tx);
    await say(tx, { ...place, id, key: given.key, quoted, sessionId }, { actor, voice: 'structure', act: 'ask', body: given.body, letters: [await letterToBoth(tx, place)] });
    return ok({ inquiryId: id });
  });
}

/** What the technical committee answers goes with the words that were relayed to it: they name nobody already. */
async function relayedWords(tx: Db, inquiryId: string): Promise<string> {
  const { rows } = await sql<{ body: string }>`select body from entry.inquiry_message where inquiry_id = ${inquiryId} and act = 'relay' order by id desc limit 1`.execute(tx);
  return rows[0]!.body;
}

/** One more message in an inquiry. `voiceOf` says for whom the person speaks there, or why not; `asked`, the words that go with an answer told to a session. */
async function speak(
  db: Db, actor: Actor, given: { readonly inquiryId: string; readonly body: string; readonly act: InquiryAct; readonly what: string; readonly asked?: string | undefined },
  voiceOf: (asked: Asked) => Voice | Refusal, lettersTo: (tx: Db, asked: Asked) => Promise<Said['letters']>,
): Promise<Result<{ state: InquiryState }>> {
  return inTransaction(db, async (tx): Promise<Result<{ state: InquiryState }>> => {
    const asked = await inquiryToMove(tx, given.inquiryId);
    if (!asked) return refuse(unknownInquiry);
    const voice = voiceOf(asked);
    if (typeof voice !== 'string') return refuse(voice);
    const refused = (voice === 'technical_committee' ? undefined : whyNotNow(asked.phase)) ?? whyNotText(given.body, given.what);
    if (refused) return refuse(refused);
    const state = stepFrom(asked.state, given.act);
    if (!state) return refuse(movedMeanwhile);
    const told = asked.sessionId === null || given.act === 'ask' || given.act === 'relay' ? undefined : given.act === 'reply' ? await relayedWords(tx, asked.id) : (given.asked ?? '');
    const untold = told === undefined ? undefined : whyNotText(told, 'Écrivez la question telle que tous les centres de la session la liront, sans nommer celui qui demande.');
    if (untold) return refuse(untold);
    await say(tx, asked, { actor, voice, act: given.act, body: given.body, letters: await lettersTo(tx, asked), ...(told === undefined ? {} : { told }) });
    return ok({ state });
  });
}

const asStructure = (actor: Actor) => (asked: Asked) => (mayEnter(actor, asked.structureId) ? ('structure' as const) : notYours);
const asCorrespondent = (actor: Actor) => (asked: Asked) => correspondentSide(actor, asked) ?? onlyCorrespondent;
const asCommittee = (actor: Actor) => () => (writesQuestionnaire(actor) ? ('technical_committee' as const) : committeeOnly);
/** Everyone who follows the inquiry: the centre and both its correspondents. */
const around = async (tx: Db, asked: Asked): Promise<Recipient[]> => [...(await peopleOfStructure(tx, asked.structureId)), ...(await correspondentsOver(tx, asked.ancestors))];

/** The centre adds to its question, or asks again after an answer. */
export const askAgain = (db: Db, actor: Actor, given: { readonly inquiryId: string; readonly body: string }): Promise<Result<{ state: InquiryState }>> =>
  speak(db, actor, { ...given, act: 'ask', what: 'Écrivez ce que vous ajoutez.' }, asStructure(actor), async (tx, asked) => [await letterToBoth(tx, asked)]);

/** Either correspondent answers; the centre and the other correspondent are told. In a session every centre is, with the question as `asked` says it. */
export const answerInquiry = (db: Db, actor: Actor, given: { readonly inquiryId: string; readonly body: string; readonly asked?: string | undefined }): Promise<Result<{ state: InquiryState }>> =>
  speak(db, actor, { ...given, act: 'answer', what: 'Écrivez votre réponse : elle s’affichera sous la question.' }, asCorrespondent(actor), async (tx, asked) => [{ name: 'question-answered', topic: 'question_answer', to: await around(tx, asked) }]);

/** A correspondent hands the question to the technical committee, in words that name nobody; the centre and the other correspondent are told. */
export const relayInquiry = (db: Db, actor: Actor, given: { readonly inquiryId: string; readonly body: string }): Promise<Result<{ state: InquiryState }>> =>
  speak(db, actor, { ...given, act: 'relay', what: 'Écrivez la question telle que le comité technique la lira, sans nommer le centre.' }, asCorrespondent(actor), async (tx, asked) => [
    { name: 'question-relayed', topic: 'question_answer', to: await around(tx, asked) },
    { name: 'question-to-committee', topic: 'question_relayed', to: await peopleInOffice(tx, 'technical_committee', 'FR'), nameless: true },
  ]);

/** The technical committee answers this centre only: the help does not change. */
export const replyToRelay = (db: Db, actor: Actor, given: { readonly inquiryId: string; readonly body: string }): Promise<Result<{ state: InquiryState }>> =>
  speak(db, actor, { ...given, act: 'reply', what: 'Écrivez votre réponse : le centre et ses correspondants la liront.' }, asCommittee(actor), async (tx, asked) => [{ name: 'question-answered', topic: 'question_answer', to: await around(tx, asked) }]);

/** The technical committee answers for everyone: the answer is published beside the help of the question, and closes the inquiry. */
export async function interpretInquiry(db: Db, actor: Actor, given: { readonly inquiryId: string; readonly asked: string; readonly answer: string; readonly replaces?: string | null }): Promise<Result<{ interpretationId: string }>> {
  const done = await inTransaction(db, async (tx): Promise<Result<{ interpretationId: string }>> => {
    const asked = await inquiryToMove(tx, given.inquiryId);
    if (!asked) return refuse(unknownInquiry);
    const voice = asCommittee(actor)();
    if (typeof voice !== 'string') return refuse(voice);
    if (!stepFrom(asked.state, 'interpret')) return refuse(movedMeanwhile);
    const published = await publishInterpretation(tx, studioAuthor(actor), { year: asked.questionnaireYear, key: asked.key, asked: given.asked, answer: given.answer, replaces: given.replaces ?? null });
    if (!published.ok) return published;
    await say(tx, asked, { actor, voice, act: 'interpret', body: given.answer, interpretationId: published.value.id, told: given.asked, letters: [{ name: 'precision', topic: 'question_answer', to: await around(tx, asked) }] });
    return ok({ interpretationId: published.value.id });
  });
  if (done.ok) forgetInterpretations(db);
  return done;
}
