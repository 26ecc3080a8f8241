/** What the answers decide of a rubric's page: what shows, what the checks say, how many remain. */
import { contextOf, type StoredFinding } from '../../domains/entry/index.ts';
import { type Answers, columnTotal, type CompiledVersion, type Question, requiredMissing, visibleQuestions } from '../../domains/questionnaire/index.ts';
import { findingsOf } from './findings-view.ts';

export interface JudgeInput {
  readonly structureKind: string;
  readonly territoryCode: string;
  readonly dataYear: number;
  readonly rubric: string;
  readonly previous: Answers;
  readonly stored: readonly StoredFinding[];
}

/** Everything that the answers decide of the page; the server and the browser call the same. */
export function judgePage(compiled: CompiledVersion, input: JudgeInput, answers: Answers) {
  const ctx = contextOf(compiled, { structureKind: input.structureKind, territoryCode: input.territoryCode, sheets: { [input.dataYear]: { answers } }, previous: { [input.dataYear]: input.previous } }, input.dataYear, { serverRules: false });
  const visible = new Set(visibleQuestions(compiled, ctx).map((q) => q.key));
  const ofRubric = compiled.version.questions.filter((q) => q.rubric === input.rubric && q.required && visible.has(q.key));
  const missing = new Set(requiredMissing(compiled, ctx).map((q) => q.key));
  return {
    visible,
    findings: findingsOf(compiled, ctx, input.rubric, input.stored),
    required: ofRubric.length,
    answered: ofRubric.filter((q) => !missing.has(q.key)).length,
  };
}

/** Totals of a table's columns, with what the question that declares them says. */
export function totalsOf(question: Question, answers: Answers, wordOf: (column: string, total: number) => string, declaredOf: (key: string) => string | null): { [column: string]: { text: string; declared: string | null } } {
  const { total } = question.table ?? {};
  return Object.fromEntries(
    Object.entries(total ?? {}).map(([column, target]) => {
      const sum = columnTotal(question, answers[question.key], column);
      return [column, { text: sum === undefined ? '—' : wordOf(column, sum), declared: typeof target === 'string' ? declaredOf(target) : null }];
    }),
  );
}
