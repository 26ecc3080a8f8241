/** What is asked: versions, questions, rules. Pure data; the folder `content/questionnaires/<year>/` is its source. */
export type QuestionKind = 'integer' | 'decimal' | 'money' | 'percentage' | 'text' | 'date' | 'single' | 'multiple' | 'table';
export type Level = 'core' | 'optional' | 'local';
/** Who may see what is made of the answer (statistical methods, section 1). */
export type Sensitivity = 'public' | 'visible' | 'declared' | 'financial';
export type ReferencePeriod = 'N-1' | 'snapshot' | 'current';
export type Prefill = 'register' | 'previous' | 'computed' | 'none';
/** `CS`, `EVS`: structure kinds are data, so any code is possible. */
export type StructureKind = string;

export interface Option {
  readonly code: string;
  readonly label: string;
  /** Cannot be ticked with another. */
  readonly exclusive?: boolean;
}

export interface TableRow {
  readonly code: string;
  readonly label: string;
  readonly unknown?: boolean;
}

export interface TableColumn {
  readonly code: string;
  readonly label: string;
  readonly kind: 'integer' | 'decimal' | 'money' | 'percentage' | 'boolean';
  readonly unit?: string | null;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
}

export interface TableShape {
  readonly rows: readonly TableRow[];
  readonly columns: readonly TableColumn[];
  /** column code -> question (`key`, or `key.row.col`) that holds its total; true: the total is shown only */
  readonly total?: { readonly [column: string]: string | true };
  /** A person or an amount stands in one row only. */
  readonly rowsExclusive?: boolean;
  /** Other gatherings of the rows: scheme -> group -> rows, or group -> rows. */
  readonly groups?: { readonly [name: string]: readonly string[] | { readonly [group: string]: readonly string[] } };
}

export interface Question {
  /** Code printed for people: `C02`. */
  readonly code: string;
  /** Name used by rules, imports and figures, stable over the years: `staff_fte`. */
  readonly key: string;
  readonly rubric: string;
  readonly dimension: string;
  readonly level: Level;
  /** Thematic module (optional) or territory module (local) that it belongs to. */
  readonly module?: string;
  readonly label: string;
  readonly help: string;
  readonly kind: QuestionKind;
  readonly unit: string | null;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly step?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly options?: readonly Option[];
  readonly maxChoices?: number;
  readonly table?: TableShape;
  readonly appliesTo: readonly StructureKind[];
  /** Expression; false or not evaluable: hidden, held as not concerned. */
  readonly relevance: string | null;
  readonly required: boolean;
  readonly zeroNotBlank: boolean;
  readonly unknownAllowed: boolean;
  /** "Not concerned" may be said, apart from 0; without it the state comes from relevance only. */
  readonly notConcernedAllowed?: boolean;
  /** A managing body may answer it once for all its structures, which review it (docs/guides/shared-facts.md). */
  readonly sharedFact?: boolean;
  readonly referencePeriod: ReferencePeriod;
  readonly prefill: Prefill;
  readonly computed?: string;
  readonly sensitivity: Sensitivity;
  /** Never aggregated nor published (technical identifier, free text, consent). */
  readonly internal: boolean;
  readonly feeds: readonly string[];
  readonly note?: string;
}

export type Severity = 'hard' | 'soft' | 'info';

export interface Rule {
  readonly id: string;
  readonly category: string;
  readonly severity: Severity;
  readonly stage: 'submit' | 'review';
  readonly appliesTo: readonly StructureKind[];
  readonly when: string | null;
  readonly assert: string;
  readonly params: { readonly [name: string]: number };
  readonly message: string;
  readonly justification: boolean;
  /** Needs what only the server knows (other structures' answers): not run in the browser. */
  readonly serverOnly: boolean;
  readonly note?: string;
}

export interface Module {
  readonly code: string;
  readonly label: string;
  /** Set for a local module: asked only to structures of this territory. */
  readonly territory?: string;
}

/** One data year of a version and the keys that it asks. */
export interface DataYear {
  readonly year: number;
  /** `all`: every question of the version. */
  readonly keys: 'all' | readonly string[];
}

export type LineageKind = 'renamed' | 'split' | 'merged' | 'dropped' | 'break';

/** What became of questions between the version followed and this one; a key of both that is named nowhere kept its meaning. */
export interface Lineage {
  readonly kind: LineageKind;
  /** Keys in the version followed. */
  readonly from: readonly string[];
  /** Keys in this version; none when dropped, the same one for a break in comparability. */
  readonly to: readonly string[];
  /** Why, for those who read the series later. */
  readonly note: string;
}

export type VersionState = 'draft' | 'proposed' | 'validated' | 'in_use' | 'closed';

export interface QuestionnaireVersion {
  /** The campaign's year. */
  readonly year: number;
  readonly title: string;
  /** Latest first: `[2016 all, 2015 some]` for 2017. The first is the main one. */
  readonly dataYears: readonly DataYear[];
  readonly dimensions: { readonly [code: string]: string };
  readonly rubrics: { readonly [code: string]: string };
  readonly modules: readonly Module[];
  readonly questions: readonly Question[];
  readonly rules: readonly Rule[];
  /** Year of the version that this one was made from, when it was made in the studio. */
  readonly follows?: number;
  readonly lineage?: readonly Lineage[];
  /** What became of its questions in versions that stood before it came in (docs/guides/vintages.md): `to` are keys of later versions. Breaks and splits only. */
  readonly becomes?: readonly Lineage[];
  /** SHA-256 of the canonical content, hexadecimal. */
  readonly contentHash: string;
}
