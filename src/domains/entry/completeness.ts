/** R59: complete means that every question that is shown and required is answered, in every data year. */
import { type CompiledVersion, progress, requiredMissing } from '../questionnaire/index.ts';
import type { Completeness } from './model.ts';
import { completenessFrom, contextOf, type ResponseFacts } from './rules.ts';

export interface ResponseCompleteness {
  readonly required: number;
  readonly answered: number;
  readonly completeness: Completeness;
  readonly blanks: readonly { readonly dataYear: number; readonly key: string }[];
}

export function completenessOf(compiled: CompiledVersion, facts: ResponseFacts): ResponseCompleteness {
  const years = compiled.dataYears.map((dataYear) => {
    const ctx = contextOf(compiled, facts, dataYear);
    return { ...progress(compiled, ctx), blanks: requiredMissing(compiled, ctx).map((question) => ({ dataYear, key: question.key })) };
  });
  const required = years.reduce((n, y) => n + y.required, 0);
  const answered = years.reduce((n, y) => n + y.answered, 0);
  const anything = Object.values(facts.sheets).some((sheet) => Object.keys(sheet.answers).length > 0);
  return { required, answered, completeness: completenessFrom(required, answered, anything), blanks: years.flatMap((y) => y.blanks) };
}
