/** Coherence control by people and by batch: requests, replies, validations, disputed values. */
import type { Side } from '../access/index.ts';
import type { Answer } from '../questionnaire/index.ts';

export type Reply = 'pending' | 'corrected' | 'confirmed' | 'contested';
export type RequestState = 'open' | 'answered' | 'closed';

export interface CorrectionPoint {
  readonly dataYear: number;
  readonly key: string;
  /** What the correspondent asks on this value, beside the message of the request. */
  readonly question: string | null;
  readonly valueThen: Answer | null;
  readonly reply: Reply;
  readonly replyMessage: string | null;
  readonly repliedAt: string | null;
}

export interface DialogueMessage {
  readonly id: string;
  readonly author: string;
  readonly authorId: string;
  readonly body: string;
  readonly at: string;
}

export interface CorrectionRequest {
  readonly id: string;
  readonly responseId: string;
  readonly side: Side;
  readonly author: string;
  readonly authorId: string;
  readonly message: string;
  readonly state: RequestState;
  readonly createdAt: string;
  readonly answeredAt: string | null;
  readonly points: readonly CorrectionPoint[];
  readonly messages: readonly DialogueMessage[];
}

export interface Validation {
  readonly id: string;
  readonly side: Side;
  readonly name: string;
  readonly validatedAt: string;
  readonly objectedAt: string | null;
  readonly objectedBy: string | null;
  readonly objection: string | null;
}

export interface DisputedValue {
  readonly responseId: string;
  readonly dataYear: number;
  readonly key: string;
  readonly reason: string;
}

export interface ExclusionVote {
  readonly side: Side;
  readonly name: string;
  readonly reason: string;
  readonly votedAt: string;
}

export interface Waiver {
  readonly dataYear: number;
  readonly ruleId: string;
  readonly subject: string;
  readonly reason: string;
  readonly name: string;
}

/** Everything that people did about one response. */
export interface ReviewFile {
  readonly requests: readonly CorrectionRequest[];
  readonly validations: readonly Validation[];
  readonly disputed: readonly DisputedValue[];
  readonly exclusionVotes: readonly ExclusionVote[];
  readonly waivers: readonly Waiver[];
}

/** Median of one numeric question among comparable structures, the one read left out. */
export interface GroupMedian {
  readonly dataYear: number;
  readonly key: string;
  readonly median: number;
  /** Structures in the group with a value. */
  readonly n: number;
}
