/** What an open page is told of its response: what moved since the revision that it shows. */
import type { Answer } from '../questionnaire/index.ts';
import type { KeptAnswer } from './conflict.ts';

export interface FollowedChange {
  readonly dataYear: number;
  readonly key: string;
  readonly answer: Answer | null;
  readonly author: string | null;
  /** Given by the account that asks, on another device. */
  readonly own: boolean;
  readonly revision: number;
}
export interface MovedSince {
  readonly revision: number;
  /** The last value of each question that moved. */
  readonly changes: readonly FollowedChange[];
  readonly conflicts: readonly KeptAnswer[];
}
