/** Several hands in the response that anyone can go on filling: its treasurer gave the budget by a link, its accountant has not opened the other one, a substitute is named. */
import { findActor, openPart, partsOf, signOut } from '../../domains/access/index.server.ts';
import { givePart, nameHand, readResponse, runnerOf, saveAnswers } from '../../domains/entry/index.server.ts';
import { parisDay } from '../../kernel/french-date.ts';
import { newId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import { OFFERED_TO_FILL, RUNNING } from '../nation/plan.ts';
import { must } from './must.ts';
import { campaignRows } from './national-answers.server.ts';
import type { Cast } from './personas.server.ts';

/** A link lasts as long as the demonstration is likely to be looked at. */
const DAYS = 120;

/** Run again, it changes nothing. */
export async function shareTheFilling(db: Db, cast: Cast): Promise<void> {
  const row = (await campaignRows(db, RUNNING, ['in_progress'])).find((r) => r.identifier === OFFERED_TO_FILL);
  if (!row || (await partsOf(db, { structureId: row.structureId, campaignYear: RUNNING })).length > 0) return;
  const director = cast.director(OFFERED_TO_FILL);
  const dataYear = RUNNING - 1;
  const [today, lastDay] = [parisDay(new Date()), parisDay(new Date(Date.now() + DAYS * 86_400_000))];
  const give = async (forWhom: string, rubrics: readonly string[]): Promise<string> => must(`link for ${forWhom}`, await givePart(db, director, row.id, { forWhom, rubrics, dataYears: [dataYear], lastDay }, today)).token;
  const session = must('opening of the link', await openPart(db, await give('trésorière', ['D']), 'Inès Moreau'));
  await give('cabinet comptable', ['C', 'D']);
  must('substitute', await nameHand(db, director, { structureId: row.structureId, duty: 'substitute', name: 'Louise Martin', email: 'suppleance@demonstration.invalid' }, (token) => `/invitation/${token}`));
  // What she gives is what stands: the figures of the year stay those that were drawn.
  const { keys } = (await findActor(db, session))!.part!;
  const answers = (await readResponse(db, row.id))!.sheets[dataYear]?.answers ?? {};
  const items = keys.flatMap((key) => (answers[key] ? [{ saveId: newId(), key, answer: answers[key] }] : []));
  must('answers of the treasurer', await saveAnswers(runnerOf(db), { token: session }, { responseId: row.id, dataYear, items }));
  await signOut(db, session);
}
