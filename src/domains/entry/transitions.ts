/** What may follow what for a response (domain file, 4.3). The same table stands in the database (`entry.response_transition`), which refuses the rest; a test compares them. */
import type { ResponseState } from './model.ts';

export const RESPONSE_TRANSITIONS: { readonly [from in ResponseState]: readonly ResponseState[] } = {
  not_started: ['in_progress', 'declined', 'non_respondent', 'excluded'],
  in_progress: ['submitted', 'submitted_by_third_party', 'declined', 'non_respondent', 'excluded'],
  submitted: ['in_progress', 'under_review', 'declined', 'excluded'],
  submitted_by_third_party: ['submitted', 'in_progress', 'declined', 'excluded'],
  under_review: ['correction_requested', 'validated', 'declined', 'excluded'],
  correction_requested: ['resubmitted', 'declined', 'excluded'],
  resubmitted: ['under_review', 'declined', 'excluded'],
  validated: ['under_review', 'frozen', 'excluded'],
  declined: ['in_progress', 'excluded'],
  non_respondent: ['in_progress', 'excluded'],
  frozen: ['under_review'],
  excluded: [],
};

export const transitionAllowed = (from: ResponseState, to: ResponseState): boolean => RESPONSE_TRANSITIONS[from].includes(to);

export const RESPONSE_STATES = Object.keys(RESPONSE_TRANSITIONS) as readonly ResponseState[];
