/** Where one is, from the room of who looks: a structure's own people, or a correspondent. */
import type { Crumb } from '../ui/page.tsx';

export const crumbsOf = (d: { readonly own: boolean; readonly guest?: boolean; readonly responseId: string; readonly campaignYear: number }, ...here: readonly Crumb[]): Crumb[] => d.guest ? [{ label: 'Ma part', to: '/ma-part' }, ...here] : [
  d.own ? { label: 'Mes réponses', to: '/centre' } : { label: 'Suivi', to: '/suivi' },
  here.length > 0 ? { label: `Campagne ${d.campaignYear}`, to: `/centre/${d.responseId}` } : { label: `Campagne ${d.campaignYear}` },
  ...here,
];
