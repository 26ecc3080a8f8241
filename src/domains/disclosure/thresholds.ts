/**
 * Thresholds of disclosure control, as parameters. Defaults: Insee's rules for enterprise statistics (at least three units, no unit above 85 %),
 * as applied by InseeFrLab's `rtauargus`; floors for positions are the observatory's own, written on the methodology page.
 */
export interface Thresholds {
  /** A cell with fewer distinct contributors than this, and more than none, is sensitive. */
  readonly minimumContributors: number;
  /** A contributor above this part of the sum of absolute values dominates it (strict). */
  readonly dominance: number;
  /** Option: sensitive when the second largest contributor could estimate the largest within p %; null: not applied. */
  readonly pPercent: number | null;
  /** Option: a count of nobody is sensitive too (tables of people); off for structures, whose empty cells are mostly impossible ones. */
  readonly protectZeros: boolean;
  readonly medianFloor: number;
  readonly quartileFloor: number;
  /** P10, P90 and every other position in the tails. */
  readonly tailFloor: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  minimumContributors: 3,
  dominance: 0.85,
  pPercent: null,
  protectZeros: false,
  medianFloor: 5,
  quartileFloor: 10,
  tailFloor: 30,
};
