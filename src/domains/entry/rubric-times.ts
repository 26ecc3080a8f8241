/** Time left, learnt from others: pure. */
export interface RubricTime {
  readonly dataYear: number;
  readonly rubric: string;
  /** Median of the time that others took for the whole rubric. */
  readonly medianSeconds: number;
  /** How many structures bear the median; five at least. */
  readonly structures: number;
}
interface Progress {
  readonly code: string;
  readonly dataYear: number;
  readonly required: number;
  readonly answered: number;
}

/** Seconds left in a rubric: the median, for the share of its necessary questions that is not answered. Undefined where nothing was learnt, 0 when nothing is left. */
export function secondsLeft(times: readonly RubricTime[], rubric: Progress): number | undefined {
  if (rubric.answered >= rubric.required) return 0;
  const time = times.find((t) => t.dataYear === rubric.dataYear && t.rubric === rubric.code);
  return time && (time.medianSeconds * (rubric.required - rubric.answered)) / rubric.required;
}

/** Seconds left in all of them; undefined when nothing was learnt of one that remains: a part would pass for the whole. */
export function totalLeft(times: readonly RubricTime[], rubrics: readonly Progress[]): number | undefined {
  const each = rubrics.map((r) => secondsLeft(times, r));
  return each.includes(undefined) ? undefined : each.reduce((sum: number, s) => sum + s!, 0);
}

/** « environ 8 min », « environ 1 h 15 »: by the minute up to ten, by five beyond; never less than one. */
export function aboutMinutes(seconds: number): string {
  const exact = Math.max(1, Math.round(seconds / 60));
  const minutes = exact <= 10 ? exact : Math.round(exact / 5) * 5;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return `environ ${hours === 0 ? `${minutes}\u00a0min` : `${hours}\u00a0h${rest === 0 ? '' : `\u00a0${String(rest).padStart(2, '0')}`}`}`;
}
