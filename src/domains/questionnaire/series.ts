/** The history of a question over the versions: what carried its meaning each year, and where the series breaks. Pure. */
import type { Answer, Answers } from './answer.ts';
import { eventsBetween, stepBack } from './lineage.ts';
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

/** A split is whole again only when all its parts are followed together. */
const breaks = (event: Lineage, keys: readonly string[]): boolean => event.kind === 'break' || (event.kind === 'split' && !event.to.every((k) => keys.includes(k)));

/**
 * Answers of the year before, under the names of this version: a renamed question keeps its value, a merged one has the sum when all its parts are numbers;
 * after a break and for a part of a split there is no earlier value to compare with. `told`: what the version of that year says itself (`becomes`).
 */
export function underPresentNames(version: Pick<QuestionnaireVersion, 'lineage'>, earlier: Answers, told: readonly Lineage[] = []): Answers {
  const events = eventsBetween(version, told);
  if (events.length === 0) return earlier;
  const result: { [key: string]: Answer } = { ...earlier };
  for (const { from, to } of events) for (const key of [...from, ...to]) delete result[key];
  for (const key of new Set(events.flatMap(({ to }) => to))) {
    const before = stepBack(events, [key]);
    const answer = 'lost' in before ? undefined : summedAnswer(before.keys.map((k) => earlier[k]));
    if (answer) result[key] = answer;
  }
  return result;
}

/** Questions whose last year's value does not stand beside this year's, and what made it so. */
export function cutSince(version: Pick<QuestionnaireVersion, 'lineage'>, told: readonly Lineage[] = []): ReadonlyMap<string, Lineage> {
  const events = eventsBetween(version, told);
  return new Map([...new Set(events.flatMap(({ to }) => to))].flatMap((key) => {
    const before = stepBack(events, [key]);
    return 'lost' in before ? [[key, before.lost] as const] : [];
  }));
}

/** The answer that several questions make together: itself when there is one; else their sum, where not concerned counts 0 and anything else that is no number leaves none. */
export function summedAnswer(answers: readonly (Answer | undefined)[]): Answer | undefined {
  if (answers.length === 1) return answers[0];
  if (answers.every((answer) => answer?.state === 'not_concerned')) return answers[0];
  let total = 0;
  for (const answer of answers) {
    if (answer?.state === 'not_concerned') continue;
    if (answer?.state !== 'value' || typeof answer.value !== 'number') return undefined;
    total += answer.value;
  }
  return { state: 'value', value: Math.round(total * 1e6) / 1e6 };
}
