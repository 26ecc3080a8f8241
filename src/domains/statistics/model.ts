/** What is computed (definitions) and on what (frozen units). */
import type { FigureOrigin, RawTable } from '../disclosure/index.ts';
import type { Answers, Sensitivity } from '../questionnaire/index.ts';

/** Facts of the register as of the main data year, frozen with the answers. */
export interface RegisterFacts {
  readonly name: string;
  readonly communeCode?: string | null;
  readonly managementMode?: string | null;
  readonly legalStatus?: string | null;
  readonly territoryCharacter?: string | null;
  readonly qpvStatus?: string | null;
  readonly ruralZoning?: string | null;
  readonly urbanRenewal?: string | null;
  readonly urbanRenewalStage?: string | null;
  readonly networks?: readonly string[];
  /** Codes of question A10 in force: agc, acf, al. */
  readonly approvals?: readonly string[];
  readonly firstApprovalYear?: number | null;
  /** Key of the managing body for disclosure control, and how it was recognised. */
  readonly contributor: string;
  readonly contributorBasis: 'siren' | 'name' | 'own';
  /** False: asked not to be named among the respondents. */
  readonly listed?: boolean;
  /** Weight of the structure in rates by volume: full-time equivalents of the year before; null: not known. */
  readonly volumeFte?: number | null;
}

/** One structure of the population in a release (a row of statistics.release_unit). */
export interface FrozenUnit {
  readonly structureId: string;
  readonly territoryCode: string;
  readonly kind: string;
  /** solicited, opted_in, newly_approved, not_covered; in a release wider than its département, `test` where the survey is only tried out (R14) */
  readonly participation: string;
  /** `frozen` and `validated`: its answers count. */
  readonly responseState: string;
  readonly completeness: string;
  readonly register: RegisterFacts;
  readonly answers: { readonly [dataYear: string]: Answers };
  /** Question keys whose value is disputed: out of the base of that question. */
  readonly disputed?: { readonly [dataYear: string]: readonly string[] };
}

/** Number read: `staff_fte`, `volunteers_by_age.a12_17.count`; several: their sum, where not concerned counts 0 and any other gap leaves the unit out. */
export type ValueRef = string | readonly string[];

/** How a question of this version was asked the year before: under other names (their sum, when several), or so that years are not comparable, in a sentence. */
export type PastNames = { readonly keys: readonly string[] } | { readonly lost: string };

/** What is asked of a unit; three-valued: true, false, or not evaluable (out of the base). */
export type Condition =
  | { readonly q: string; readonly is: string }
  | { readonly q: string; readonly in: readonly string[] }
  | { readonly q: string; readonly has: string }
  | { readonly q: ValueRef; readonly positive: true }
  | { readonly q: string; readonly anyTicked: true }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export type Population = 'approved' | 'solicited' | 'respondents';
export type PopulationName = 'approved' | 'newly_approved' | 'solicited' | 'answered' | 'complete' | 'listed';

export type Measure =
  /** Structures for which the condition holds; a share is in percent of the base. Not concerned counts as "no" unless said `out`. */
  | { readonly kind: 'count' | 'share'; readonly where: Condition; readonly notConcerned?: 'no' | 'out' }
  /** Over those who answer, or over those above zero only. */
  | { readonly kind: 'sum' | 'mean'; readonly of: ValueRef; readonly over?: 'answering' | 'positive' }
  /** R type 7. p = 0 and 1 are the extremes, computed for the working table and never published. */
  | { readonly kind: 'quantile'; readonly of: ValueRef; readonly p: number; readonly over?: 'answering' | 'positive' }
  /** Sum over sum, on the units that answer both; percent by default (scale 100). */
  | { readonly kind: 'ratio'; readonly of: ValueRef; readonly to: ValueRef; readonly scale?: number }
  /** Change in percent between the year before and the year, on the structures that answer both (constant panel). */
  | { readonly kind: 'change'; readonly of: ValueRef }
  /** The four counts of a campaign and their like, by number or by volume (full-time equivalents of the year before). */
  /** `weight`: what weighs by volume, when the version names it otherwise; never written in a definition. */
  | { readonly kind: 'population'; readonly of: PopulationName; readonly by?: 'number' | 'volume'; readonly weight?: ValueRef }
  | { readonly kind: 'population_share'; readonly of: PopulationName; readonly among: PopulationName; readonly by?: 'number' | 'volume'; readonly weight?: ValueRef }
  | { readonly kind: 'administrative' }
  | { readonly kind: 'calendar'; readonly of: 'campaign_year' | 'data_years' }
  /** Listed in the working table and never computed: lost, editorial, or a fact of the edition. */
  | { readonly kind: 'not_computed'; readonly nature: 'lost' | 'editorial' | 'metadata'; readonly reason: string; readonly value?: number | readonly number[] };

export interface FigureDefinition {
  readonly id: string;
  readonly label: string;
  readonly short?: string;
  readonly section: string;
  readonly unit: string;
  readonly measure: Measure;
  /** Default: respondents. */
  readonly population?: Population;
  /** Default: every kind to which its questions apply. */
  readonly kinds?: readonly string[];
  /** Default: main. A number is for figures of one campaign. */
  readonly year?: 'main' | 'previous' | number;
  readonly decimals?: number;
  /** Rounds to multiples (0.5, 100) in place of decimals. */
  readonly step?: number;
  /** `near`: « près de » or « plus de » as the rounding goes. */
  readonly qualifier?: 'near';
  /** Replaces what is inherited from the questions; always with a reason. */
  readonly sensitivity?: { readonly level: Sensitivity; readonly reason: string };
  readonly definition?: string;
  readonly note?: string;
}

export interface ListDefinition extends RawTable {
  /** Its figures are the parts of one whole: withheld together. */
  readonly additive: boolean;
}

/** A figure that an institution brings, signed and sourced; never an answer. */
export interface AdministrativeFigure {
  readonly figureId: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly dataYear: number;
  readonly institution: string;
  readonly author: string;
  readonly recordedOn: string;
  readonly source: string;
}

/** A line of the data steward's working table: every figure, publishable or not. */
export interface TableRow {
  readonly id: string;
  readonly label: string;
  readonly section: string;
  /** Unrounded. */
  readonly value: number | readonly number[] | null;
  readonly rounded: number | null;
  /** As printed. */
  readonly text: string;
  readonly unit: string;
  readonly base: number | null;
  readonly responses: number | null;
  readonly year: number;
  readonly kinds: readonly string[];
  readonly status: 'publishable' | 'withheld';
  readonly reason?: string;
  readonly reasonCode?: string;
  readonly origin: FigureOrigin | 'lost' | 'editorial' | 'metadata';
  readonly definition: string;
  readonly population: string;
  readonly source: string;
  readonly note?: string;
}
