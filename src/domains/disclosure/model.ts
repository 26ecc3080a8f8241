/** What a figure gives away, before anybody may see it. Units are indices into one frozen dataset; `contributors[unit]` is who stands behind it. */
import type { Sensitivity } from '../questionnaire/index.ts';

export type FigureUnit = string;
export type FigureOrigin = 'survey' | 'derived' | 'register' | 'campaign' | 'administrative';

/** « Fabrication du chiffre », in French words, printed beside it. */
export interface FigureMaking {
  readonly definition: string;
  readonly population: string;
  readonly baseText: string;
  readonly rounding: string;
  readonly sensitivity: Sensitivity;
  readonly sensitivityReason?: string;
  readonly questions: readonly string[];
  readonly source: string;
  readonly releaseNumber: number | null;
  readonly releaseHash: string | null;
}

export interface FigureFacts {
  readonly id: string;
  readonly label: string;
  readonly shortLabel: string;
  readonly section: string;
  /** Unrounded; never leaves this domain in a publishable figure. */
  readonly exact: number;
  readonly rounded: number;
  readonly unit: FigureUnit;
  readonly decimals: number;
  readonly qualifier: 'près de' | 'plus de' | null;
  readonly base: number | null;
  readonly responses: number | null;
  readonly year: number;
  readonly kinds: readonly string[];
  readonly territoryCode: string;
  readonly origin: FigureOrigin;
  readonly making: FigureMaking;
}

/**
 * One elementary thing that a figure reveals.
 * - `count`: how many units are inside a condition, among inside + outside;
 * - `sum`: a total (a mean reveals it too, since its base is printed);
 * - `position`: a quantile at probability `p` (0 and 1: minimum and maximum).
 * `variable` names what is measured and of which year: figures of one variable over nearly the same units can be subtracted from each other.
 */
export type RevealedCell =
  | { readonly kind: 'count'; readonly variable: string; readonly inside: readonly number[]; readonly outside: readonly number[] }
  | {
      readonly kind: 'sum'; readonly variable: string; readonly units: readonly number[]; readonly values: readonly number[];
      /** Seen only through a rate rounded to the percent: too blunt to be subtracted from another total; the primary rules still hold. */
      readonly blunt?: boolean;
    }
  | { readonly kind: 'position'; readonly variable: string; readonly p: number; readonly units: readonly number[] };

export interface RawFigure {
  readonly facts: FigureFacts;
  readonly cells: readonly RevealedCell[];
}

/** Parts that add up to a whole: if one is withheld, the others and the total would give it back. */
export interface AdditiveGroup {
  readonly id: string;
  readonly parts: readonly string[];
  readonly total?: string;
}

export interface RawTable {
  readonly id: string;
  readonly title: string;
  readonly kind: 'ranked' | 'distribution' | 'comparison' | 'group';
  readonly section: string;
  readonly figures: readonly string[];
}

export type WithheldCode =
  | 'frequency' | 'dominance' | 'p_percent' | 'position_floor' | 'extreme' | 'base_difference' | 'complement' | 'territory_difference' | 'territory_level' | 'no_data' | 'not_comparable';

export interface WithheldReason {
  readonly code: WithheldCode;
  /** French; says the rule, never the value nor the side. */
  readonly message: string;
}

export interface WithheldFigure {
  readonly id: string;
  readonly label: string;
  readonly section: string;
  readonly year: number;
  readonly reason: WithheldReason;
}
