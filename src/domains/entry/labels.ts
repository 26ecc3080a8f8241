import type { AnswerSource, Completeness, FindingState, ResponseState } from './model.ts';

const STATES: { readonly [state in ResponseState]: string } = {
  not_started: 'Pas commencée',
  in_progress: 'En cours de saisie',
  submitted: 'Transmise',
  submitted_by_third_party: 'Transmise pour votre compte, à relire',
  under_review: 'En relecture',
  correction_requested: 'Corrections demandées',
  resubmitted: 'Corrigée et renvoyée',
  validated: 'Validée',
  frozen: 'Définitive',
  declined: 'A choisi de ne pas répondre',
  non_respondent: 'Sans réponse à la clôture',
  excluded: 'Retirée de la campagne',
};
export const stateLabel = (state: ResponseState): string => STATES[state];

const SOURCES: { readonly [source in AnswerSource]: string } = {
  structure: 'la structure',
  caf: 'la Caf, pour votre compte',
  federation: 'la fédération, pour votre compte',
  import: 'un fichier importé',
  previous: 'la réponse de l’année précédente',
  register: 'le répertoire',
  computed: 'un calcul',
};
export const sourceLabel = (source: AnswerSource): string => SOURCES[source];

const COMPLETENESS: { readonly [c in Completeness]: string } = { none: 'Aucune réponse', partial: 'Incomplète', complete: 'Complète' };
export const completenessLabel = (completeness: Completeness): string => COMPLETENESS[completeness];

const FINDINGS: { readonly [state in FindingState]: string } = {
  raised: 'À traiter',
  justified: 'Expliqué',
  corrected: 'Corrigé',
  confirmed_by_structure: 'Confirmé par la structure',
  waived_by_correspondent: 'Levé par un correspondant',
  closed: 'Clos',
};
export const findingStateLabel = (state: FindingState): string => FINDINGS[state];
