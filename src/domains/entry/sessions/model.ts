/** Collective sessions as they are read: docs/guides/asking.md. */
import type { Quoted } from '../asking/model.ts';
import type { Voice } from '../asking/steps.ts';
import type { ResponseState } from '../model.ts';

export interface GroupSession {
  readonly id: string;
  readonly title: string;
  /** ISO day. */
  readonly heldOn: string;
  readonly openedBy: string;
  /** ISO 8601; null: not closed by its opener. */
  readonly closedAt: string | null;
}

/** How far a centre is: never what it answers. */
export interface SessionCentre {
  readonly responseId: string;
  readonly structureName: string;
  readonly communeName: string | null;
  readonly state: ResponseState;
  readonly required: number;
  readonly answered: number;
}

/** An answer as every centre of the session reads it: nothing says who asked. */
export interface ToldAnswer {
  readonly sessionId: string;
  readonly dataYear: number;
  readonly quoted: Quoted;
  readonly asked: string;
  readonly answer: string;
  readonly author: string;
  readonly voice: Voice;
  /** ISO 8601. */
  readonly at: string;
}
