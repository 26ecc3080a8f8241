/** Questions that a centre asks about a question of the form (R42, R53): docs/guides/asking.md. */
import type { InquiryAct, InquiryState, Voice } from './steps.ts';

/** What the person wishes: an answer of its correspondents, or how the question is to be understood by all. */
export const AIMS = ['correspondents', 'interpretation'] as const;
export type Aim = (typeof AIMS)[number];

/** The words of the question as they were read. */
export interface Quoted {
  readonly code: string;
  readonly label: string;
  readonly help: string;
}

export interface InquiryMessage {
  readonly act: InquiryAct;
  readonly author: string;
  readonly voice: Voice;
  readonly body: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface Inquiry {
  readonly id: string;
  readonly responseId: string;
  readonly dataYear: number;
  readonly key: string;
  readonly quoted: Quoted;
  readonly aim: Aim;
  readonly state: InquiryState;
  /** Title of the collective session in which it is asked. */
  readonly session?: string | null;
  readonly askedAt: string;
  /** Oldest first; at least one. */
  readonly messages: readonly InquiryMessage[];
}

/** What stands under a question in the form: the last word of the last inquiry about it. */
export interface LastWord {
  readonly inquiryId: string;
  readonly state: InquiryState;
  /** « Camille Petit (Caf) », « Comité technique national »; null while it waits. */
  readonly who: string | null;
  readonly body: string;
  readonly at: string;
}
