/** Approvals that follow one another without a gap, four years at most each. Pure. */
export interface Period {
  readonly start: string;
  readonly end: string;
}

const YEARS = 4;
const dayAfter = (day: string, n: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

/** From the day after `end` to the eve of `next` (ISO days); none when nothing lies between. */
export function approvalsBetween(end: string, next: string): Period[] {
  const last = dayAfter(next, -1);
  const periods: Period[] = [];
  for (let start = dayAfter(end, 1); start <= last; start = dayAfter(periods.at(-1)!.end, 1)) {
    const full = dayAfter(`${Number(start.slice(0, 4)) + YEARS}${start.slice(4)}`, -1);
    periods.push({ start, end: full < last ? full : last });
  }
  return periods;
}
