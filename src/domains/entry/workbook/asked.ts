import { askedKeys, type CompiledVersion, type Question } from '../../questionnaire/index.ts';
import type { ResponseView } from '../model.ts';

/** Questions that a data year asks of this structure, in the order of the questionnaire, before relevance. */
export function questionsAsked(compiled: CompiledVersion, view: Pick<ResponseView, 'structureKind' | 'territoryCode'>, dataYear: number): Question[] {
  const asked = new Set(askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear }));
  return compiled.version.questions.filter((q) => asked.has(q.key));
}
