/** Themes of figures in French. */
export const SECTION_LABELS: { readonly [section: string]: string } = {
  campaign: 'L’enquête',
  key_figures: 'Repères clés',
  project: 'Le projet',
  partnership: 'Les partenaires',
  families: 'Les familles',
  youth: 'La jeunesse',
  seniors: 'Les séniors et les adultes',
  governance: 'La gouvernance et les bénévoles',
  staff: 'Les équipes salariées',
  budget: 'Le budget',
  administrative: 'Données des institutions',
  editorial: 'Chiffres des récits',
  lost: 'Graphiques de l’édition imprimée dont les nombres sont perdus',
};
