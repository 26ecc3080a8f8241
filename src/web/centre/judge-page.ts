/** What the answers decide of a rubric's page: what shows, what the checks say, how many remain. */
import { contextOf, type StoredFinding } from '../../domains/entry/index.ts';
import {
  type Answers, columnTotal, type CompiledVersion, evaluateAfter, evaluateAll, type EvaluationContext, type Finding, progress, type Progress, type Question, visibleQuestions,
} from '../../domains/questionnaire/index.ts';
import { type FindingView, findingsOf } from './findings-view.ts';

/** What the answers decide of a page; the counts are of the required questions of the rubric. */
export interface JudgedPage extends Progress {
  readonly findings: readonly FindingView[];
  /** Questions of the rubric that do not show. */
  readonly hidden: ReadonlySet<string>;
}

export interface JudgeInput {
  readonly structureKind: string;
  readonly territoryCode: string;
  readonly dataYear: number;
  readonly rubric: string;
  readonly previous: Answers;
  readonly stored: readonly StoredFinding[];
}

/** The sheet of the page, as the rules see it. */
const sheetOf = (compiled: CompiledVersion, input: JudgeInput, answers: Answers): EvaluationContext =>
  contextOf(compiled, { structureKind: input.structureKind, territoryCode: input.territoryCode, sheets: { [input.dataYear]: { answers } }, previous: { [input.dataYear]: input.previous } }, input.dataYear, { serverRules: false });

function pageOf(compiled: CompiledVersion, input: JudgeInput, sheet: EvaluationContext, findings: readonly Finding[]): JudgedPage {
  const ofRubric = compiled.version.questions.filter((q) => q.rubric === input.rubric);
  const visible = new Set(visibleQuestions(compiled, sheet).map((q) => q.key));
  return { findings: findingsOf(compiled, findings, input), hidden: new Set(ofRubric.flatMap((q) => (visible.has(q.key) ? [] : [q.key]))), ...progress(compiled, sheet, ofRubric.map((q) => q.key)) };
}

/** Everything that the answers decide of the page, for the server. */
export function judgePage(compiled: CompiledVersion, input: JudgeInput, answers: Answers): JudgedPage {
  const sheet = sheetOf(compiled, input, answers);
  return pageOf(compiled, input, sheet, evaluateAll(compiled, sheet, { gates: false }));
}

/** The same while one types: only the rules that the changed answers touch are judged again. */
export class PageJudge {
  readonly #compiled: CompiledVersion;
  #input: JudgeInput;
  #answers: Answers | undefined;
  #findings: readonly Finding[] = [];
  #page: JudgedPage | undefined;

  constructor(compiled: CompiledVersion, input: JudgeInput) {
    this.#compiled = compiled;
    this.#input = input;
  }

  /** The findings on record have changed: one of them was explained. */
  explained(stored: readonly StoredFinding[]): void {
    this.#input = { ...this.#input, stored };
    this.#page = undefined;
  }

  /** Whether an answer to `key` may show or hide other questions. */
  showsOthers(key: string): boolean {
    return (this.#compiled.affectedBy.get(key)?.size ?? 0) > 1;
  }

  of(answers: Answers): JudgedPage {
    const before = this.#answers;
    if (this.#page && answers === before) return this.#page;
    const sheet = sheetOf(this.#compiled, this.#input, answers);
    this.#findings = before ? evaluateAfter(this.#compiled, sheet, this.#findings, [...new Set([...Object.keys(before), ...Object.keys(answers)])].filter((key) => before[key] !== answers[key])) : evaluateAll(this.#compiled, sheet, { gates: false });
    this.#answers = answers;
    this.#page = pageOf(this.#compiled, this.#input, sheet, this.#findings);
    return this.#page;
  }
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
