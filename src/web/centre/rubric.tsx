/** One rubric of the form, for one data year. Posts whole without a script; with one, each answer leaves as it is given. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/rubric';
import { contextOf, type KeptAnswer } from '../../domains/entry/index.ts';
import { justifyFinding, openConflictsOf, preparedRunner, prefillFromRegister, readResponse, type SaveItem, saveAnswers } from '../../domains/entry/index.server.ts';
import { isTarget } from '../../domains/proposal/index.ts';
import { answerFingerprint, type Answers, askedKeys, parseFormAnswer, type Question, visibleQuestions } from '../../domains/questionnaire/index.ts';
import { territory } from '../../domains/registry/index.server.ts';
import { newId } from '../../kernel/identifier.ts';
import { readForm } from '../form-values.ts';
import { Island } from '../island.tsx';
import { refusal, services } from '../request-context.ts';
import { asksOf, dataYearOf, openPartPage, interpretationsOfPage } from './centre-page.server.ts';
import { readExplanationField } from './findings-view.ts';
import { rubricsAsked } from './progress.ts';
import { anchorOf } from './question-field.tsx';
import { RubricForm } from './rubric-form.tsx';
import { PART_HOME, rubricPageOf } from './rubric-page.ts';
import { CHOICE_FIELD, readChoice, readSeen, SEEN_FIELD } from './seen-answers.ts';
import type { Typed } from './typed.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `${loaderData.rubricLabel} · ${loaderData.structureName} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const page = await openPartPage(context, request, params, { dataYear: Number(params.dataYear), rubric: params.rubric });
  const { view, compiled, as, editable, part } = page;
  const dataYear = dataYearOf(page, params.dataYear);
  const rubrics = rubricsAsked(compiled, view, dataYear);
  if (!rubrics.includes(params.rubric)) throw refusal('Cette rubrique n’est pas demandée à cette structure : choisissez-en une autre depuis l’accueil de vos réponses.', 404);
  if (as === 'structure' && !part && editable && !view.noticeReadAt && (view.state === 'not_started' || view.state === 'in_progress')) throw redirect(`/centre/${view.id}`);
  // What correspondents and the structure say to each other is theirs.
  const asks = part ? [] : (await asksOf(page)).filter((ask) => ask.dataYear === dataYear);
  const conflicts = await openConflictsOf(page.db, view.id);
  const commune = view.sheets[dataYear]?.answers['commune'];
  const place = commune?.state === 'value' && compiled.questions.get('commune')?.rubric === params.rubric ? await territory(page.db, `C${String(commune.value)}`) : undefined;
  const beside: { readonly [key: string]: string } = place ? { commune: `${place.code.slice(1)} est ${place.name}.` } : {};
  const shown = rubricPageOf(compiled, view, { part, beside, dataYear, rubric: params.rubric, account: page.actor.accountId, as, editable, asks, conflicts, interpretations: await interpretationsOfPage(page), saved: new URL(request.url).searchParams.has('enregistre') });
  return { ...shown, files: editable && !part && shown.questions.some((q) => isTarget(q.key)) };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const page = await openPartPage(context, request, params, { dataYear: Number(params.dataYear), rubric: params.rubric });
  const { database } = services(context);
  const { view, compiled, actor, part } = page;
  const dataYear = dataYearOf(page, params.dataYear);
  const form = await readForm(request);
  if (!part) await prefillFromRegister(database.db, view.id);
  const asked = new Set(askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear }));
  const questions = compiled.version.questions.filter((q) => q.rubric === params.rubric && asked.has(q.key) && wasOnPage(q, form));
  const errors: { [key: string]: string } = {};
  const typed: { [key: string]: Typed } = {};
  const decide = decisionsOf(form, (await openConflictsOf(page.db, view.id)).filter((k) => k.dataYear === dataYear), view.sheets[dataYear]?.answers ?? {});
  const items = questions.flatMap((question) => {
    const chosen = decide.chosen(question.key);
    if (chosen) return [chosen];
    const parsed = parseFormAnswer(question, (name) => form.getAll(name).map(String));
    if (parsed.ok) return [decide.typed(question.key, parsed.value ?? null)];
    errors[question.key] = parsed.error.message;
    typed[question.key] = parsed.error.typed;
    return [];
  });
  const saved = await saveAnswers(preparedRunner(database), { actor }, { responseId: view.id, dataYear, items }, { onlyChanges: true });
  if (!saved.ok) return data({ errors, typed, refused: saved.error.message }, { status: 409 });
  for (const fault of saved.value.faults) errors[fault.key] = fault.message;
  const refused = await explainAll(page.db, actor, form, view.id, dataYear);
  if (saved.value.conflicts.length > 0) {
    return data({ errors, typed, refused: 'D’autres ont répondu aux mêmes questions pendant que vous écriviez : rien n’est perdu, choisissez plus bas la valeur qui compte.' }, { status: 409 });
  }
  if (Object.keys(errors).length > 0 || refused) return data({ errors, typed, refused }, { status: 422 });
  const here = new URL(request.url).pathname;
  const to = String(form.get('suite') ?? '');
  const target = to.startsWith(`/centre/${view.id}/`) || to === PART_HOME ? to : `${here}?enregistre`;
  // Answers may have brought new questions to this very rubric: they are shown before going on.
  const fresh = (await readResponse(page.db, view.id))!;
  const now = visibleQuestions(compiled, contextOf(compiled, fresh, dataYear)).filter((q) => q.rubric === params.rubric && q.required && !fresh.sheets[dataYear]?.answers[q.key]);
  const before = new Set(visibleQuestions(compiled, contextOf(compiled, view, dataYear)).map((q) => q.key));
  const appeared = now.find((q) => !before.has(q.key));
  if (decide.key) throw redirect(`${here}?enregistre#${anchorOf(decide.key)}-bloc`);
  throw redirect(appeared ? `${here}?enregistre#${anchorOf(appeared.key)}-bloc` : target);
}

/** What a form says of values given by two people: those that its author saw, the choice that he made. */
function decisionsOf(form: FormData, open: readonly KeptAnswer[], standing: Answers) {
  const seen = readSeen(String(form.get(SEEN_FIELD) ?? ''));
  const shown = form.getAll('conflit').map(String);
  const settled = (key: string): string[] => open.filter((k) => k.key === key && shown.includes(k.saveId)).map((k) => k.saveId);
  const choice = readChoice(String(form.get(CHOICE_FIELD) ?? ''));
  const taken = choice?.act === 'take' ? open.find((k) => k.saveId === choice.saveId) : undefined;
  const key = choice?.act === 'keep' ? choice.key : taken?.key;
  const basis = (of: string) => (seen.has(of) ? { base: seen.get(of)! } : {});
  return {
    key,
    /** The choice, as a save; none when what stood then stands no more: both are shown anew. */
    chosen: (of: string): SaveItem | undefined => {
      if (of !== key || (choice?.act === 'keep' && answerFingerprint(standing[of]) !== seen.get(of))) return undefined;
      return { saveId: newId(), key: of, answer: (taken ? taken.answer : standing[of]) ?? null, ...basis(of), settles: settled(of) };
    },
    /** What is typed; typed anew over a conflict that was shown, it settles it. */
    typed: (of: string, answer: Answers[string] | null): SaveItem => ({ saveId: newId(), key: of, answer, ...basis(of), ...(answerFingerprint(answer ?? undefined) === seen.get(of) ? {} : { settles: settled(of) }) }),
  };
}

/** A question that the form did not hold is left alone. */
const wasOnPage = (question: Question, form: FormData): boolean => [...form.keys()].some((name) => name === question.key || name.startsWith(`${question.key}.`) || name.startsWith(`${question.key}~`));

async function explainAll(db: Parameters<typeof justifyFinding>[0], actor: Parameters<typeof justifyFinding>[1], form: FormData, responseId: Parameters<typeof justifyFinding>[2]['responseId'], dataYear: number): Promise<string | null> {
  const stored = (await readResponse(db, responseId))!.findings;
  for (const [name, given] of form) {
    const finding = readExplanationField(name);
    const kept = finding && stored.find((f) => f.dataYear === dataYear && f.ruleId === finding.ruleId && f.subject === finding.subject && f.state !== 'corrected' && f.state !== 'closed');
    const text = String(given).trim();
    if (!finding || !kept || text === (kept.state === 'justified' ? (kept.justification ?? '') : '')) continue;
    // oxlint-disable-next-line no-await-in-loop -- a handful of explanations at most
    const done = await justifyFinding(db, actor, { responseId, dataYear, ...finding, text });
    if (!done.ok) return done.error.message;
  }
  return null;
}

export default function Rubric({ loaderData, actionData }: Route.ComponentProps) {
  return <Island name="rubric" of={RubricForm} props={{ page: loaderData, faults: actionData, files: loaderData.files }} />;
}
