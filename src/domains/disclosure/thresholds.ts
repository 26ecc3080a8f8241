/**
 * Thresholds of disclosure control, as parameters. Defaults: Insee's rules for enterprise statistics (at least three units, no unit above 85 %),
 * as applied by InseeFrLab's `rtauargus`; floors for positions are the observatory's own, written on the methodology page.
 */
export interface Thresholds {
  /** A cell with fewer distinct contributors than this, and more than none, is sensitive. */
  readonly minimumContributors: number;
  /** A contributor above this part of the sum of absolute values dominates it (strict). */
  readonly dominance: number;
  /** Option: sensitive when the second largest contributor could estimate the largest within p %; null: not applied. */
  readonly pPercent: number | null;
  /** Option: a count of nobody is sensitive too (tables of people); off for structures, whose empty cells are mostly impossible ones. */
  readonly protectZeros: boolean;
  readonly medianFloor: number;
  readonly quartileFloor: number;
  /** P10, P90 and every other position in the tails. */
  readonly tailFloor: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  minimumContributors: 3,
  dominance: 0.85,
  pPercent: null,
  protectZeros: false,
  medianFloor: 5,
  quartileFloor: 10,
  tailFloor: 30,
};

/** The thresholds in words, for the methodology page. */
export const THRESHOLD_WORDS: readonly { readonly key: keyof Thresholds; readonly words: string; readonly source: string }[] = [
  { key: 'minimumContributors', words: 'Un chiffre repose sur trois gestionnaires différents au moins ; pour une réponse par oui ou non déclarée, de chaque côté.', source: 'Règle de fréquence des statistiques d’entreprises (Insee)' },
  { key: 'dominance', words: 'Aucun gestionnaire ne fait à lui seul plus de 85 % d’un total.', source: 'Règle de dominance des statistiques d’entreprises (Insee)' },
  { key: 'pPercent', words: 'En option : le deuxième contributeur ne peut estimer le premier à p % près.', source: 'Règle p % (Hundepool et al., Statistical Disclosure Control, 2012)' },
  { key: 'protectZeros', words: 'En option : un effectif nul est protégé aussi.', source: 'Tableaux de personnes (GaussSuppression, protectZeros)' },
  { key: 'medianFloor', words: 'Une médiane repose sur cinq gestionnaires au moins.', source: 'Règle de l’observatoire' },
  { key: 'quartileFloor', words: 'Un quartile repose sur dix gestionnaires au moins.', source: 'Règle de l’observatoire' },
  { key: 'tailFloor', words: 'Un décile repose sur trente gestionnaires au moins. Un minimum ou un maximum n’est jamais diffusé.', source: 'Règle de l’observatoire' },
];
