/** Values proposed from files that a centre already has. Records of persons and accounts live in the browser only; what is proposed is an aggregate. */
import type { Question } from '../questionnaire/index.ts';

export type FileKind = 'accounts' | 'payroll' | 'members';

/** One value offered for one answer, or for one cell of a table, with how it was made. */
export interface Proposal {
  readonly key: string;
  readonly row?: string;
  readonly column?: string;
  /** A number in the unit of the question (euros, persons, full-time equivalents), or the code of an option. */
  readonly value: number | string;
  /** One French sentence: what was added up, from how many lines. */
  readonly how: string;
  /** What it is made of, already written in French. */
  readonly parts: readonly { readonly label: string; readonly value: string }[];
  /** What to look at before accepting. */
  readonly remarks: readonly string[];
}

/** What could not be read, told by its place and never by what stands there about a person. */
export interface LineFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Something that the person places once: an account, an analytic code, a job, a column, a district. */
export interface Place {
  /** Address of the choice: `account:741100`, `analytic:ALSH`, `job:435a animateur`… */
  readonly id: string;
  readonly kind: PlaceKind;
  readonly label: string;
  /** What depends on it, written in French: `12 340 €`, `3 personnes`. */
  readonly weight: string;
  /** Code of the option chosen by the person, kept from last year or given by default; null: to be placed. */
  readonly chosen: string | null;
  /** Who chose. */
  readonly by: 'person' | 'default' | null;
}
export type PlaceKind = 'account' | 'expense' | 'analytic' | 'job' | 'establishment' | 'month' | 'column' | 'residence';

export interface PlaceOption {
  readonly code: string;
  readonly label: string;
}

/** Choices by place; `''` says: left out on purpose. */
export type Choices = { readonly [placeId: string]: string };

/** What the page shows of a file once read. Nothing in it names a person. */
export interface Derived {
  /** `50 012 lignes d’écriture, du 1er janvier 2025 au 31 décembre 2025`. */
  readonly summary: readonly string[];
  /** Partial readings, doubts: said before the values. */
  readonly warnings: readonly string[];
  readonly faults: readonly LineFault[];
  readonly faultCount: number;
  readonly places: readonly Place[];
  readonly options: { readonly [kind in PlaceKind]?: readonly PlaceOption[] };
  readonly proposals: readonly Proposal[];
}

/** What a derivation may fill: the questions asked to this structure for this year. */
export interface Scope {
  readonly dataYear: number;
  readonly questions: readonly Question[];
}

/** Faults shown; the others are counted. */
export const SHOWN_FAULTS = 20;
