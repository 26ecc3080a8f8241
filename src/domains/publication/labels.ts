/** English states, French words. */
import type { BrochureState, ThemeId } from './model.ts';

export const BROCHURE_STATE_LABELS: { readonly [state in BrochureState]: string } = {
  draft: 'brouillon',
  figures_linked: 'chiffres reliés',
  texts_under_review: 'textes en relecture',
  copil_validation: 'soumise au vote du comité',
  approved: 'approuvée',
  published: 'publiée',
  superseded: 'remplacée',
};
export const THEME_LABELS: { readonly [theme in ThemeId]: string } = {
  project: 'Le projet et les partenaires',
  families: 'Les familles',
  youth: 'La jeunesse',
  seniors: 'Les séniors',
  governance: 'La gouvernance et les bénévoles',
  staff: 'Les équipes salariées',
  budget: 'Le budget',
};
