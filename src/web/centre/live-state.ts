/** What the form of a rubric is given, and what scripts make of it while one types. */
import type { KeptAnswer } from '../../domains/entry/index.ts';
import type { Answers, Question, QuestionnaireVersion } from '../../domains/questionnaire/index.ts';
import type { FindingView } from './findings-view.ts';
import type { Other } from './follower.ts';
import type { JudgeInput } from './judge-page.ts';
import type { SaveStatus } from './save-status.ts';

export interface LiveInput extends JudgeInput {
  readonly responseId: string;
  readonly account: string;
  readonly questionnaireYear: number;
  readonly edition: string;
  readonly questions: readonly Question[];
  readonly answers: Answers;
  readonly editable: boolean;
  readonly as: 'structure' | 'caf' | 'federation';
  /** What a correspondent types it from, when it was said. */
  readonly sourceId?: string | undefined;
  /** Revision of the response that the page shows. */
  readonly revision: number;
  /** The questionnaire, when it is at hand. */
  readonly version?: QuestionnaireVersion | undefined;
  /** The page comes from the copy kept in the browser. */
  readonly offline: boolean;
}

export interface LiveState {
  readonly answers: Answers;
  readonly findings: readonly FindingView[];
  readonly hidden: ReadonlySet<string>;
  /** Sentences beside fields that could not be read or were refused. */
  readonly errors: { readonly [key: string]: string };
  readonly conflicts: readonly KeptAnswer[];
  /** What somebody else has just answered, by question. */
  readonly notes: { readonly [key: string]: string };
  /** Who else is in this response. */
  readonly others: readonly Other[];
  readonly status: SaveStatus | null;
  /** The application on the server is newer than this page. */
  readonly newer: boolean;
  readonly required: number;
  readonly answered: number;
}

/** What the page showed when it came. */
export type InitialState = Pick<LiveState, 'answers' | 'findings' | 'hidden' | 'errors' | 'conflicts' | 'required' | 'answered'>;
