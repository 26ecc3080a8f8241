/** The answers of one structure: a response per campaign, a sheet per data year, findings, and where each value comes from. */
import type { AccountId, ResponseId, StructureId } from '../../kernel/identifier.ts';
import type { PhaseState } from '../campaign/index.ts';
import type { Answer, Answers, Severity } from '../questionnaire/index.ts';
import type { Inquiry } from './asking/model.ts';
import type { KeptAnswer } from './conflict.ts';
import type { OnBehalfSource } from './on-behalf/source.ts';

export type ResponseState =
  | 'not_started'
  | 'in_progress'
  | 'submitted'
  | 'submitted_by_third_party'
  | 'under_review'
  | 'correction_requested'
  | 'resubmitted'
  | 'validated'
  | 'frozen'
  | 'declined'
  | 'non_respondent'
  | 'excluded';

/** R59: `complete` = every visible required question of every data year is answered. */
export type Completeness = 'none' | 'partial' | 'complete';

/** The layers of a value: who, or what, it comes from. */
export type AnswerSource = 'structure' | 'caf' | 'federation' | 'import' | 'previous' | 'register' | 'computed';

export type FindingState = 'raised' | 'justified' | 'corrected' | 'confirmed_by_structure' | 'waived_by_correspondent' | 'closed';

export interface Counters {
  readonly required: number;
  readonly answered: number;
  readonly openHard: number;
  /** Raised and not explained. */
  readonly openSoft: number;
  readonly openInfo: number;
}

export interface StoredFinding {
  readonly dataYear: number;
  readonly ruleId: string;
  /** '' or a question key, or `key.row.col`. */
  readonly subject: string;
  readonly severity: Severity;
  readonly state: FindingState;
  readonly fingerprint: string;
  readonly justification: string | null;
}

export interface Sheet {
  readonly answers: Answers;
  /** Only keys whose source is not the structure itself. */
  readonly provenance: { readonly [key: string]: AnswerSource };
}

export interface SaveRequest {
  /** UUID made by the client: the same save sent twice gets the same receipt. */
  readonly saveId: string;
  readonly responseId: ResponseId;
  readonly dataYear: number;
  readonly key: string;
  /** As the form or a program gives it; null takes the answer back. */
  readonly answer: unknown;
  /** `answerFingerprint` of the answer that its author saw; absent: a program that overwrites whatever stands. */
  readonly base?: string;
  /** Conflicts that its author was shown and settles by this choice. */
  readonly settles?: readonly string[];
  /** What a correspondent who types for a structure has said that it comes from (`entry.on_behalf_source`). */
  readonly sourceId?: string;
}

export interface SaveReceipt {
  readonly saveId: string;
  readonly sequence: number;
  readonly revision: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface OnBehalfValue {
  readonly dataYear: number;
  readonly key: string;
  readonly source: AnswerSource;
  readonly author: string | null;
  readonly at: string;
  readonly sequence: number;
  /** What its author typed it from, when it was said. */
  readonly from?: OnBehalfSource | null;
  /** null: the structure has not looked at it yet. */
  readonly verdict: 'accepted' | 'contested' | null;
  readonly comment: string | null;
}

/** All that the pages of one response show. */
export interface ResponseView {
  readonly id: ResponseId;
  readonly campaignYear: number;
  readonly questionnaireYear: number;
  readonly structureId: StructureId;
  readonly structureName: string;
  readonly structureKind: string;
  readonly communeName: string | null;
  readonly territoryCode: string;
  readonly ancestors: readonly string[];
  readonly state: ResponseState;
  readonly stateReason: string | null;
  readonly phase: PhaseState;
  /** Last day of entry, extension included. */
  readonly closesOn: string | null;
  readonly completeness: Completeness;
  readonly counters: Counters;
  readonly revision: number;
  readonly noticeReadAt: string | null;
  readonly thirdPartyRequested: boolean;
  readonly updatedAt: string | null;
  readonly submittedAt: string | null;
  readonly validatedAt: string | null;
  readonly sheets: { readonly [dataYear: number]: Sheet };
  /** N-1 of each data year: the same response's sheet where it asks the key, else the earlier campaign's. */
  readonly previous: { readonly [dataYear: number]: Answers };
  /** Why a question that was answered last year has no N-1: its meaning has changed since. By data year and key; absent from a copy that an earlier version of the program kept. */
  readonly cuts?: { readonly [dataYear: number]: { readonly [key: string]: string } };
  readonly findings: readonly StoredFinding[];
  readonly onBehalf: readonly OnBehalfValue[];
  /** What its structure asked about questions of the form, oldest first; absent from a copy that an earlier version of the program kept. */
  readonly inquiries?: readonly Inquiry[];
  /** Values that wait for a choice, first come first; absent from such a copy too. */
  readonly conflicts?: readonly KeptAnswer[];
  /** By data year, the name of the commune that the answer gives by its code; null: no such commune. */
  readonly answeredCommunes?: { readonly [dataYear: number]: string | null };
}

export interface HistoryLine {
  readonly at: string;
  readonly author: string | null;
  readonly source: AnswerSource;
  /** undefined: the answer was taken back. */
  readonly answer: Answer | undefined;
  readonly revision: number;
  readonly from?: OnBehalfSource | null;
  /** Name of the managing body that proposed it. */
  readonly managingBody: string | null;
}

/** What still stops submission, one line per thing to do. */
export type Blocker =
  | { readonly kind: 'blank'; readonly dataYear: number; readonly key: string }
  | { readonly kind: 'hard'; readonly dataYear: number; readonly ruleId: string; readonly subject: string; readonly message: string; readonly keys: readonly string[] }
  | { readonly kind: 'unexplained'; readonly dataYear: number; readonly ruleId: string; readonly subject: string; readonly message: string; readonly keys: readonly string[] }
  /** Two values wait for a choice. */
  | { readonly kind: 'undecided'; readonly dataYear: number; readonly key: string }
  | { readonly kind: 'unreviewed'; readonly dataYear: number; readonly key: string; readonly source: AnswerSource };

export type { AccountId, ResponseId, StructureId };
