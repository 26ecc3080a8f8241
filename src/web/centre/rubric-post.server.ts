/** A rubric posted whole, as without scripts: from the ordinary form and from the dense one. */
import { data, redirect } from 'react-router';
import { contextOf, type KeptAnswer } from '../../domains/entry/index.ts';
import { justifyFinding, openConflictsOf, preparedRunner, prefillFromRegister, readResponse, type SaveItem, saveAnswers } from '../../domains/entry/index.server.ts';
import { answerFingerprint, type Answers, askedKeys, parseFormAnswer, type Question, visibleQuestions } from '../../domains/questionnaire/index.ts';
import { newId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import type { CentrePage } from './centre-page.server.ts';
import { readExplanationField } from './findings-view.ts';
import { anchorOf } from './question-field.tsx';
import { PART_HOME } from './rubric-page.ts';
import { CHOICE_FIELD, readChoice, readSeen, SEEN_FIELD } from './seen-answers.ts';
import type { Typed } from './typed.ts';

export interface RubricPost {
  /** Where it was posted: a page that is shown again is this one. */
  readonly address: string;
  readonly dataYear: number;
  readonly rubric: string;
  /** What a correspondent types it from. */
  readonly sourceId?: string | undefined;
}

/** Saves the answers and explanations that a form holds, then leads on; or what could not be read, with what was typed. */
export async function postRubric(page: CentrePage, database: Database, form: FormData, at: RubricPost) {
  const { view, compiled, actor, part } = page;
  const { dataYear, rubric } = at;
  if (!part) await prefillFromRegister(database.db, view.id);
  const asked = new Set(askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear }));
  const questions = compiled.version.questions.filter((q) => q.rubric === rubric && asked.has(q.key) && wasOnPage(q, form));
  const errors: { [key: string]: string } = {};
  const typed: { [key: string]: Typed } = {};
  const decide = decisionsOf(form, (await openConflictsOf(page.db, view.id)).filter((k) => k.dataYear === dataYear), view.sheets[dataYear]?.answers ?? {});
  const items = questions.flatMap((question) => {
    const chosen = decide.chosen(question.key);
    if (chosen) return [chosen];
    const parsed = parseFormAnswer(question, (name) => form.getAll(name).map(String));
    if (parsed.ok) return [{ ...decide.typed(question.key, parsed.value ?? null), ...(at.sourceId ? { sourceId: at.sourceId } : {}) }];
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
  const here = `${new URL(at.address).pathname}?${at.sourceId ? `source=${at.sourceId}&` : ''}enregistre`;
  const to = String(form.get('suite') ?? '');
  const target = to.startsWith(`/centre/${view.id}/`) || to === PART_HOME ? to : here;
  // Answers may have brought new questions to this very rubric: they are shown before going on.
  const fresh = (await readResponse(page.db, view.id))!;
  const now = visibleQuestions(compiled, contextOf(compiled, fresh, dataYear)).filter((q) => q.rubric === rubric && q.required && !fresh.sheets[dataYear]?.answers[q.key]);
  const before = new Set(visibleQuestions(compiled, contextOf(compiled, view, dataYear)).map((q) => q.key));
  const appeared = now.find((q) => !before.has(q.key));
  if (decide.key) throw redirect(`${here}#${anchorOf(decide.key)}-bloc`);
  throw redirect(appeared ? `${here}#${anchorOf(appeared.key)}-bloc` : target);
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
