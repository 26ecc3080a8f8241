/**
 * When two people, or two devices of one, answer the same question (docs/guides/offline.md): a save carries what its author saw, and never
 * takes the place of a value that he did not see. Pure; the same rule for the script, the form without script and the model of the proof.
 */
import { type Answer, answerEquals, answerFingerprint } from '../questionnaire/index.ts';

/** What becomes of a save: written, or kept beside the value that stands. */
export type SaveVerdict = 'write' | 'conflict';

/** `base`: fingerprint of the answer that the author saw, '' for none; undefined: a program that says it overwrites whatever stands. */
export function verdictOf(standing: Answer | undefined, sent: Answer | undefined, base: string | undefined): SaveVerdict {
  return base === undefined || base === answerFingerprint(standing) || answerEquals(standing, sent) ? 'write' : 'conflict';
}

/** An answer that was not written, because another stands that its author had not seen. */
export interface KeptAnswer {
  readonly saveId: string;
  readonly dataYear: number;
  readonly key: string;
  /** null: its author took the answer back. */
  readonly answer: Answer | null;
  readonly author: string | null;
  /** Name of the managing body that gives it for all its structures; none: of another hand. */
  readonly managingBody?: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Who gave the value that stands, and when; nobody: no history tells it. */
  readonly standing: { readonly answer: Answer | null; readonly author: string | null; readonly at: string | null };
}

/** Conflicts between people of the response; the others are facts of the managing body that wait for a look. */
export const betweenHands = (conflicts: readonly KeptAnswer[]): KeptAnswer[] => conflicts.filter((k) => !k.managingBody);
