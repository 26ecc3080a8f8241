/** What may follow what. The same table stands in the database (`campaign.transition`), which refuses the rest; a test compares them. */
import type { CampaignState, PhaseState } from './model.ts';

export const CAMPAIGN_TRANSITIONS: { readonly [from in CampaignState]: readonly CampaignState[] } = {
  draft: ['preparation'],
  preparation: ['questionnaire_validated'],
  questionnaire_validated: ['open'],
  open: ['closing'],
  closing: ['open', 'control'],
  control: ['frozen'],
  frozen: ['control', 'analysis'],
  analysis: ['control', 'publication'],
  publication: ['control', 'archived'],
  archived: [],
};

export const mayFollow = (from: CampaignState, to: CampaignState): boolean => CAMPAIGN_TRANSITIONS[from].includes(to);

/**
 * States in which a surveyed territory may stand while the nation is in a given one: early (all its answers are in, it begins control) or late
 * (an extension), never outside of the national dates. A territory that is not surveyed stays in draft. From freezing on, a territory reopened
 * by both signatures goes back to control without taking the nation with it: what was published stays, a new release follows.
 */
export const PHASE_BOUNDS: { readonly [national in CampaignState]: readonly PhaseState[] } = {
  draft: ['draft'],
  preparation: ['draft', 'preparation'],
  questionnaire_validated: ['draft', 'preparation', 'questionnaire_validated'],
  open: ['questionnaire_validated', 'open', 'closing', 'control'],
  closing: ['questionnaire_validated', 'open', 'closing', 'control'],
  control: ['open', 'closing', 'control', 'frozen', 'analysis', 'publication'],
  frozen: ['control', 'frozen', 'analysis', 'publication'],
  analysis: ['control', 'frozen', 'analysis', 'publication'],
  publication: ['control', 'frozen', 'analysis', 'publication'],
  archived: ['publication', 'analysis', 'archived'],
};

export const phaseAllowed = (national: CampaignState, phase: PhaseState): boolean => PHASE_BOUNDS[national].includes(phase);

/** Structures may enter their answers; in `closing`, late entries are still taken. */
export const acceptsEntry = (phase: PhaseState): boolean => phase === 'open' || phase === 'closing';
/** Correspondents read, ask and validate. */
export const inControl = (phase: PhaseState): boolean => phase === 'control';
/** Correspondents read values while answers are entered and controlled, never before nor after (charter 1.3, 3.2); a structure always reads its own. */
export const valuesReadable = (phase: PhaseState): boolean => acceptsEntry(phase) || inControl(phase);
/** The territory's answers are frozen: tables and brochures may be made. */
export const isFrozen = (phase: PhaseState): boolean => phase === 'frozen' || phase === 'analysis' || phase === 'publication' || phase === 'archived';

/** States in which a response needs nothing more before its territory is frozen (`frozen`: untouched since an earlier freeze). */
export const SETTLED_RESPONSES: readonly string[] = ['validated', 'declined', 'non_respondent', 'excluded', 'frozen'];
/** States of a response that was sent by its structure: the `answered` of R59. */
export const ANSWERED_RESPONSES: readonly string[] = ['submitted', 'under_review', 'correction_requested', 'resubmitted', 'validated', 'frozen'];
