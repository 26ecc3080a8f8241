import type { CampaignState, CoverageStatus, Participation } from './model.ts';

export const STATE_LABELS: { readonly [state in CampaignState]: string } = {
  draft: 'Projet',
  preparation: 'Préparation',
  questionnaire_validated: 'Questionnaire validé',
  open: 'Saisie ouverte',
  closing: 'Fin de saisie',
  control: 'Contrôle',
  frozen: 'Gelée',
  analysis: 'Analyse',
  publication: 'Publication',
  archived: 'Archivée',
};
/** The button that leads to a state. */
export const MOVE_LABELS: { readonly [state in CampaignState]: string } = {
  draft: 'Revenir au projet',
  preparation: 'Commencer la préparation',
  questionnaire_validated: 'Enregistrer la validation du questionnaire',
  open: 'Ouvrir la saisie',
  closing: 'Annoncer la fin de saisie',
  control: 'Passer au contrôle',
  frozen: 'Constater le gel national',
  analysis: 'Passer à l’analyse',
  publication: 'Passer à la publication',
  archived: 'Archiver la campagne',
};
export const stateLabel = (state: CampaignState): string => STATE_LABELS[state];

export const COVERAGE_LABELS: { readonly [status in CoverageStatus]: string } = { surveyed: 'Enquêté', test: 'En test', not_yet: 'Pas encore' };
export const PARTICIPATION_LABELS: { readonly [status in Participation]: string } = {
  solicited: 'Sollicitée',
  newly_approved: 'Nouvellement agréée',
  opted_in: 'Nouvellement agréée, répond à sa demande',
  not_covered: 'Hors du champ de la campagne',
};
