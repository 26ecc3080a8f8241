/** The history of a question over the versions: what carried its meaning each year, and where the series breaks. Pure. */
import type { Answer, Answers } from './answer.ts';
import type { Lineage, QuestionnaireVersion } from './model.ts';

export interface SeriesPoint {
  readonly year: number;
  /** Questions that carried the meaning that year; several: their sum makes the series. Empty: not asked. */
  readonly keys: readonly string[];
  /** What happened on entering this year, as its version tells it. */
  readonly event?: Lineage;
  /** Whether the figure of this year may stand beside that of the year before in the list. */
  readonly comparable: boolean;
}

/** The event of a version that explains where `key` comes from; `earlier`, the version before it in a list, may tell it too when it came in later. */
export const originOf = (version: QuestionnaireVersion, key: string, earlier?: QuestionnaireVersion): Lineage | undefined =>
  version.lineage?.find((l) => l.to.includes(key)) ?? earlier?.becomes?.find((l) => l.to.includes(key));

/**
 * The series of the question called `key` in version `year`, latest year first, over the years of `versions`. A renamed question goes on; a merged one goes on
 * as the sum of what it was made of; a break, and a part of a split, begin a new series (the former one is still told, not comparable). A year that did not ask it is a gap, not an end.
 */
export function seriesOf(versions: readonly QuestionnaireVersion[], year: number, key: string): readonly SeriesPoint[] {
  const past = versions.filter((v) => v.year <= year).toSorted((a, b) => b.year - a.year);
  const points: SeriesPoint[] = [];
  let keys: readonly string[] = [key];
  for (const [i, version] of past.entries()) {
    const present = keys.filter((k) => version.questions.some((q) => q.key === k));
    const earlier = past[i + 1];
    const followed = present.length > 0 ? present : keys;
    const events = followed.flatMap((k) => originOf(version, k, earlier) ?? []);
    const event = events[0];
    const before = followed.flatMap((k) => originOf(version, k, earlier)?.from ?? [k]);
    const asked = present.length > 0 && earlier !== undefined && before.length > 0 && before.every((k) => earlier.questions.some((q) => q.key === k));
    points.push({ year: version.year, keys: present, ...(event ? { event } : {}), comparable: asked && !events.some((e) => breaks(e, present)) });
    keys = [...new Set(before)];
  }
  // the years before the question was first asked say nothing
  const last = points.findLastIndex((p) => p.keys.length > 0);
  return points.slice(0, last + 1);
}

/** Whether a question asked under the same key in both versions changed its meaning on the way: its values of both years do not stand side by side. */
export const brokenSince = (version: QuestionnaireVersion, earlier: QuestionnaireVersion, key: string): boolean => originOf(version, key, earlier)?.kind === 'break';

/** A split is whole again only when all its parts are followed together. */
const breaks = (event: Lineage, keys: readonly string[]): boolean => event.kind === 'break' || (event.kind === 'split' && !event.to.every((k) => keys.includes(k)));

/**
 * Answers of the year before, under the names of this version: a renamed question keeps its value, a merged one has the sum when all its parts are numbers;
 * after a break and for a part of a split there is no earlier value to compare with.
 */
export function underPresentNames(version: QuestionnaireVersion, earlier: Answers): Answers {
  if (!version.lineage?.length) return earlier;
  const result: { [key: string]: Answer } = { ...earlier };
  for (const { from, to } of version.lineage) for (const key of [...from, ...to]) delete result[key];
  for (const { kind, from, to } of version.lineage) {
    const answer = kind === 'renamed' ? earlier[from[0]!] : kind === 'merged' ? summed(from.map((key) => earlier[key])) : undefined;
    if (answer) result[to[0]!] = answer;
  }
  return result;
}

function summed(answers: readonly (Answer | undefined)[]): Answer | undefined {
  let total = 0;
  for (const answer of answers) {
    if (answer?.state === 'not_concerned') continue;
    if (answer?.state !== 'value' || typeof answer.value !== 'number') return undefined;
    total += answer.value;
  }
  return { state: 'value', value: Math.round(total * 1e6) / 1e6 };
}
