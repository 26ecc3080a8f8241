/** Rates of a campaign and the folding of counts, pure. */
import type { PhaseState, Progress } from './model.ts';
import { ANSWERED_RESPONSES, valuesReadable } from './transitions.ts';

/**
 * Whether a structure is in the base of every rate: asked, and not excluded since (closed, merged, unusable). One rule for the counts of a running
 * campaign and for the figures of its release. No response row: `null`.
 */
export const isSolicited = (participation: string, responseState: string | null): boolean => (participation === 'solicited' || participation === 'opted_in') && responseState !== 'excluded';

/** Percent of solicited structures that answered; undefined when none was solicited. */
export const responseRate = (p: Pick<Progress, 'answered' | 'solicited'>): number | undefined => (p.solicited > 0 ? (100 * p.answered) / p.solicited : undefined);
/**
 * The same weighted by full-time equivalents of the year before, over the structures for which they are known, as a territory's correspondents see it:
 * only while they may read each structure's values (charter 3.2), since the rate is made of them and each new answer would tell one. Undefined
 * otherwise: what leaves for anyone else, and for them after the freeze, is the rate of the release, guarded by disclosure.
 */
export const followedVolumeRate = (p: Pick<Progress, 'volumeAnswered' | 'volumeSolicited'>, phase: PhaseState): number | undefined =>
  valuesReadable(phase) && p.volumeSolicited > 0 ? (100 * p.volumeAnswered) / p.volumeSolicited : undefined;

/** One counted group, as the database gives it. */
export interface CountedGroup {
  readonly territory: string;
  readonly name: string;
  readonly kind: string;
  readonly coverage: Progress['coverage'];
  readonly participation: string;
  readonly state: string | null;
  readonly complete: boolean;
  readonly n: number;
  readonly volume: number | null;
  readonly volumeKnown: number;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
const empty = (g: Pick<CountedGroup, 'territory' | 'name' | 'kind' | 'coverage'>): Writable<Progress> & { byState: Record<string, number> } => ({
  territory: g.territory, name: g.name, kind: g.kind, coverage: g.coverage, approved: 0, newlyApproved: 0, solicited: 0, answered: 0, complete: 0,
  declined: 0, nonRespondent: 0, excluded: 0, byState: {}, volumeSolicited: 0, volumeAnswered: 0, volumeBase: 0,
});

/** Folds counted groups into one line per (territory, kind), in the order of arrival. */
export function foldProgress(groups: readonly CountedGroup[]): Progress[] {
  const lines = new Map<string, ReturnType<typeof empty>>();
  for (const g of groups) {
    const key = `${g.territory} ${g.kind}`;
    const line = lines.get(key) ?? empty(g);
    lines.set(key, line);
    line.approved += g.n;
    if (g.participation === 'newly_approved' || g.participation === 'opted_in') line.newlyApproved += g.n;
    if (g.state === null) continue;
    line.byState[g.state] = (line.byState[g.state] ?? 0) + g.n;
    if (g.state === 'excluded') line.excluded += g.n;
    if (!isSolicited(g.participation, g.state)) continue;
    line.solicited += g.n;
    line.volumeSolicited += g.volume ?? 0;
    line.volumeBase += g.volumeKnown;
    if (g.state === 'declined') line.declined += g.n;
    if (g.state === 'non_respondent') line.nonRespondent += g.n;
    if (ANSWERED_RESPONSES.includes(g.state)) {
      line.answered += g.n;
      line.volumeAnswered += g.volume ?? 0;
      if (g.complete) line.complete += g.n;
    }
  }
  return [...lines.values()];
}

/** The sum of several lines as one whole. */
export function wholeOf(lines: readonly Progress[], name: string, kind = ''): Progress {
  const whole = empty({ territory: '', name, kind, coverage: null });
  for (const line of lines) {
    for (const key of ['approved', 'newlyApproved', 'solicited', 'answered', 'complete', 'declined', 'nonRespondent', 'excluded', 'volumeSolicited', 'volumeAnswered', 'volumeBase'] as const)
      whole[key] += line[key];
    for (const [state, n] of Object.entries(line.byState)) whole.byState[state] = (whole.byState[state] ?? 0) + n;
  }
  return whole;
}
