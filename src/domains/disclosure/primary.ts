/** Primary rules: is one cell, taken alone, too revealing? */
import type { Sensitivity } from '../questionnaire/index.ts';
import type { RawFigure, RevealedCell, WithheldCode } from './model.ts';
import type { Thresholds } from './thresholds.ts';

/** By unit: who stands behind it, the managing body and not the centre (the register's `contributorKey`): three centres of one body are one contributor. */
export type Contributors = readonly (string | number)[];

/** Number of distinct contributors among the units, counted no further than `enough`. */
export function distinctContributors(units: readonly number[], contributors: Contributors, enough: number): number {
  const seen = new Set<string | number>();
  for (const unit of units) {
    seen.add(contributors[unit]!);
    if (seen.size >= enough) return seen.size;
  }
  return seen.size;
}

const tooFew = (units: readonly number[], contributors: Contributors, minimum: number): boolean =>
  units.length > 0 && distinctContributors(units, contributors, minimum) < minimum;

/** What the rules on a total need to know of it: contributors that count, the two largest, and the sum of all absolute values. */
export interface MagnitudeSummary {
  readonly contributors: number;
  readonly largest: number;
  readonly second?: number;
  readonly total: number;
}

/** Frequency (0 < n < 3), dominance (strict) and, when asked for, p %, on a summarised cell. */
export function magnitudeStatus(cell: MagnitudeSummary, thresholds: Thresholds): WithheldCode | undefined {
  if (cell.contributors > 0 && cell.contributors < thresholds.minimumContributors) return 'frequency';
  if (cell.largest > thresholds.dominance * cell.total) return 'dominance';
  if (thresholds.pPercent !== null && cell.total > 0 && cell.total - cell.largest - (cell.second ?? 0) < (thresholds.pPercent / 100) * cell.largest) return 'p_percent';
  return undefined;
}

/**
 * Summary of a total by contributor. Those who bring nothing do not hide those who do: only non-zero contributors count, except in a total of zero,
 * which tells everyone's answer and is held to all its units.
 */
export function summarise(units: readonly number[], values: readonly number[], contributors: Contributors): MagnitudeSummary {
  const byContributor = new Map<string | number, number>();
  const bringing = new Set<string | number>();
  units.forEach((unit, i) => {
    const who = contributors[unit]!;
    const value = values[i]!;
    if (value !== 0) bringing.add(who);
    byContributor.set(who, (byContributor.get(who) ?? 0) + value);
  });
  let largest = 0;
  let second = 0;
  let total = 0;
  for (const value of byContributor.values()) {
    const size = Math.abs(value);
    total += size;
    if (size > largest) [largest, second] = [size, largest];
    else if (size > second) second = size;
  }
  return { contributors: bringing.size === 0 ? byContributor.size : bringing.size, largest, second, total };
}

/**
 * The primary rule that one cell breaks, if any (methods of the observatory, section 1).
 * Register facts are public and counts of what is visible at the door are free; everything else is held to the rules.
 */
export function primaryStatus(cell: RevealedCell, sensitivity: Sensitivity, contributors: Contributors, thresholds: Thresholds): WithheldCode | undefined {
  if (sensitivity === 'public') return undefined;
  const { minimumContributors: minimum } = thresholds;
  switch (cell.kind) {
    case 'count':
      if (sensitivity === 'visible') return undefined;
      if (thresholds.protectZeros && cell.inside.length === 0) return 'frequency';
      return tooFew(cell.inside, contributors, minimum) || tooFew(cell.outside, contributors, minimum) ? 'frequency' : undefined;
    case 'sum':
      return magnitudeStatus(summarise(cell.units, cell.values, contributors), thresholds);
    case 'position': {
      if (cell.p <= 0 || cell.p >= 1) return 'extreme';
      const floor = cell.p === 0.5 ? thresholds.medianFloor : cell.p === 0.25 || cell.p === 0.75 ? thresholds.quartileFloor : thresholds.tailFloor;
      return distinctContributors(cell.units, contributors, floor) < floor ? 'position_floor' : undefined;
    }
  }
}

/** A mean, share or rate takes the worst status of what it is made of: the first cell that breaks a rule decides. */
export function primaryOf(figure: RawFigure, contributors: Contributors, thresholds: Thresholds): WithheldCode | undefined {
  for (const cell of figure.cells) {
    const code = primaryStatus(cell, figure.facts.making.sensitivity, contributors, thresholds);
    if (code) return code;
  }
  return undefined;
}
