/**
 * Answers as a release keeps them: a question hidden from this structure by what it answered is "not concerned", a disputed value is left out, the rest
 * stands as given. A question hidden because the one before it is unanswered stays unanswered: nobody said that it does not apply. Pure.
 */
import { type Answers, askedKeys, type CompiledVersion, parseExpression, readsOf, visibleQuestions } from '../questionnaire/index.ts';

export interface SettledSheets {
  readonly answers: { readonly [dataYear: string]: Answers };
  readonly disputed: { readonly [dataYear: string]: readonly string[] };
}

const gatesOf = new WeakMap<CompiledVersion, ReadonlyMap<string, readonly string[]>>();

/** Question key -> keys that its relevance reads. */
function gates(version: CompiledVersion): ReadonlyMap<string, readonly string[]> {
  let known = gatesOf.get(version);
  if (!known) {
    known = new Map([...version.questions.values()].flatMap((question) => {
      const parsed = question.relevance ? parseExpression(question.relevance) : undefined;
      return parsed?.ok ? [[question.key, [...readsOf(parsed.value)]] as const] : [];
    }));
    gatesOf.set(version, known);
  }
  return known;
}

/** One structure's sheets. `territory`: its territories, for local questions. Data years that the version does not list are dropped. */
export function settleSheets(
  version: CompiledVersion,
  who: { readonly kind: string; readonly territory: string | readonly string[] },
  sheets: { readonly [dataYear: string]: Answers },
  disputed: { readonly [dataYear: string]: readonly string[] } = {},
): SettledSheets {
  const answers: { [dataYear: string]: Answers } = {};
  const kept: { [dataYear: string]: readonly string[] } = {};
  const gateKeys = gates(version);
  for (const dataYear of version.dataYears) {
    const sheet = sheets[dataYear];
    if (!sheet) continue;
    const context = { structureKind: who.kind, territory: who.territory, dataYear, answers: sheet };
    const visible = new Set(visibleQuestions(version, context).map((question) => question.key));
    const contested = disputed[dataYear] ?? [];
    const settled: { [key: string]: Answers[string] } = {};
    // asked in the order of the questionnaire: a gate is settled before what it opens
    for (const key of askedKeys(version, context)) {
      if (contested.includes(key)) continue;
      if (visible.has(key)) {
        if (sheet[key]) settled[key] = sheet[key];
      } else if ((gateKeys.get(key) ?? []).every((gate) => sheet[gate] !== undefined || settled[gate] !== undefined)) settled[key] = { state: 'not_concerned' };
    }
    answers[dataYear] = settled;
    if (contested.length > 0) kept[dataYear] = contested.toSorted();
  }
  return { answers, disputed: kept };
}
