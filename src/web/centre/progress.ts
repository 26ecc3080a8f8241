/** How far a response is, rubric by rubric: pure. */
import { contextOf, type ResponseView, settledIn } from '../../domains/entry/index.ts';
import { askedKeys, type CompiledVersion, evaluateAll, requiredMissing, visibleQuestions } from '../../domains/questionnaire/index.ts';

export interface RubricProgress {
  readonly code: string;
  readonly label: string;
  readonly dataYear: number;
  readonly required: number;
  readonly answered: number;
  /** Impossibilities and unexplained doubts that concern it. */
  readonly open: number;
}

/** Where entry goes on: the first rubric with a question unanswered, else the first with something to look at again. */
export const firstUnfinished = (rubrics: readonly RubricProgress[]): RubricProgress | undefined => rubrics.find((r) => r.answered < r.required) ?? rubrics.find((r) => r.open > 0);

/** Rubrics with at least one question shown, in the order of the questionnaire. */
export function rubricProgress(compiled: CompiledVersion, view: ResponseView, dataYear: number): RubricProgress[] {
  const ctx = contextOf(compiled, view, dataYear, { serverRules: false });
  const visible = visibleQuestions(compiled, ctx);
  const missing = new Set(requiredMissing(compiled, ctx).map((q) => q.key));
  const settled = settledIn(view.findings, dataYear);
  const open = evaluateAll(compiled, ctx, { gates: false, severities: ['hard', 'soft'] }).filter((f) => compiled.ruleById.get(f.ruleId)?.rule.stage === 'submit' && (f.severity === 'hard' || !settled(f)));
  return rubricsAsked(compiled, view, dataYear).flatMap((code): RubricProgress[] => {
    const questions = visible.filter((q) => q.rubric === code);
    if (questions.length === 0) return [];
    const required = questions.filter((q) => q.required);
    return [{
      code, label: compiled.version.rubrics[code] ?? code, dataYear, required: required.length, answered: required.filter((q) => !missing.has(q.key)).length,
      open: open.filter((f) => f.keys.some((key) => compiled.questions.get(key)?.rubric === code)).length,
    }];
  });
}

/** Codes of the rubrics that ask something of this structure for a data year. */
export function rubricsAsked(compiled: CompiledVersion, view: Pick<ResponseView, 'structureKind' | 'territoryCode'>, dataYear: number): string[] {
  const asked = new Set(askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear }));
  return [...new Set(compiled.version.questions.filter((q) => asked.has(q.key)).map((q) => q.rubric))];
}

/** Every step of the form, all data years, in order: where "next" leads. */
export function steps(compiled: CompiledVersion, view: Pick<ResponseView, 'structureKind' | 'territoryCode'>): { readonly dataYear: number; readonly rubric: string }[] {
  return compiled.dataYears.flatMap((dataYear) => rubricsAsked(compiled, view, dataYear).map((rubric) => ({ dataYear, rubric })));
}
