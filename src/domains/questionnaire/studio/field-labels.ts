/** Fields of questions and rules in French: for forms and for differences in words. */
import type { Level, LineageKind, Prefill, Question, ReferencePeriod, Rule, Sensitivity } from '../model.ts';

export const QUESTION_FIELD_LABELS: { readonly [field in keyof Question]: string } = {
  code: 'Code', key: 'Clé', rubric: 'Rubrique', dimension: 'Dimension', level: 'Niveau', module: 'Module', label: 'Question', help: 'Aide', kind: 'Nature', unit: 'Unité', min: 'Minimum', max: 'Maximum',
  decimals: 'Décimales', step: 'Pas', maxLength: 'Longueur maximale', pattern: 'Forme attendue', options: 'Réponses possibles', maxChoices: 'Nombre maximal de choix', table: 'Tableau', appliesTo: 'Demandée aux',
  relevance: 'Affichée si', required: 'Obligatoire', zeroNotBlank: '0 plutôt que vide', unknownAllowed: '« Ne sait pas » possible', notConcernedAllowed: '« Non concerné » possible', sharedFact: 'Fait du gestionnaire', referencePeriod: 'Période',
  prefill: 'Réponse proposée', computed: 'Calcul', sensitivity: 'Diffusion', internal: 'Jamais publiée', feeds: 'Alimente', note: 'Note',
};
export const RULE_FIELD_LABELS: { readonly [field in keyof Rule]: string } = {
  id: 'Numéro', category: 'Famille', severity: 'Gravité', stage: 'Moment', appliesTo: 'Pour les', when: 'Jugé si', assert: 'Ce qui doit être vrai', params: 'Seuils', message: 'Message', justification: 'Explication demandée',
  serverOnly: 'Compare à d’autres structures', note: 'Note',
};
export const LEVEL_LABELS: { readonly [level in Level]: string } = { core: 'Socle', optional: 'Thème', local: 'Local' };
export const PERIOD_LABELS: { readonly [period in ReferencePeriod]: string } = { 'N-1': 'Année N-1 entière', snapshot: 'Au 31 décembre', current: 'Au moment de la saisie' };
export const PREFILL_LABELS: { readonly [prefill in Prefill]: string } = { none: 'Aucune', register: 'Celle du répertoire', previous: 'Celle de l’an dernier', computed: 'Calculée' };
export const SENSITIVITY_LABELS: { readonly [sensitivity in Sensitivity]: string } = { public: 'Fait du répertoire', visible: 'Visible à la porte', declared: 'Déclarée', financial: 'Financière' };
export const STAGE_LABELS: { readonly [stage in Rule['stage']]: string } = { submit: 'À la saisie et à l’envoi', review: 'Au contrôle seulement' };
export const LINEAGE_LABELS: { readonly [kind in LineageKind]: string } = { renamed: 'Renommée', split: 'Scindée', merged: 'Fusionnée', dropped: 'Abandonnée', break: 'Rupture de comparabilité' };
