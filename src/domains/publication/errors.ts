/** What publication may refuse, and what to do next. */
import type { Refusal } from '../../kernel/result.ts';

export const noRelease: Refusal = { code: 'no_release', message: 'Les réponses de ce territoire ne sont pas encore figées : la plaquette se prépare après le gel et la publication des données.' };
export const levelClosed: Refusal = { code: 'level_closed', message: 'Les plaquettes et les pages publiques se font pour la nation, une région ou un département : les chiffres d’un territoire plus petit, soustraits de ceux du département, isoleraient des structures. Choisissez le département.' };
export const noBrochure: Refusal = { code: 'no_brochure', message: 'Aucune plaquette n’est en préparation pour ce territoire : commencez par la préparer.' };
export const notVoter: Refusal = { code: 'not_voter', message: 'Vous ne siégez pas au comité de ce territoire comme membre : demandez à un membre du comité de le faire.' };
export const notYet = (label: string): Refusal => ({ code: 'not_in_this_state', message: `La plaquette est dans l’état « ${label} » : cette action n’est pas possible maintenant.` });
export const reasonNeeded: Refusal = { code: 'reason_needed', message: 'Dites pourquoi en une phrase : le motif revient avec la plaquette à celles et ceux qui la corrigent.' };
export const figuresChanged: Refusal = { code: 'figures_changed', message: 'Les chiffres ont changé depuis la préparation de cette plaquette : reprenez-la en brouillon pour la relier aux chiffres à jour, puis refaites-la valider.' };
export const tooLong: Refusal = { code: 'brochure_too_long', message: 'La plaquette dépasse 24 pages : raccourcissez les textes ou retirez un récit.' };
export const textMissing = (what: string): Refusal => ({ code: 'text_missing', message: `${what} est vide : complétez ce texte.` });
export const notPrintable = (found: readonly { readonly field: string; readonly signs: readonly string[] }[]): Refusal => ({
  code: 'text_not_printable',
  message: `La plaquette ne peut pas imprimer ${found.map(({ field, signs }) => `${signs.slice(0, 5).join(' ')}${signs.length > 5 ? ' …' : ''} (${field})`).join(', ')} : remplacez par des mots, ou retirez.`,
});
export const onlyNationalOffice: Refusal = { code: 'only_national_office', message: 'Seule l’équipe nationale publie des pages sans plaquette : adressez-lui votre demande, ou préparez la plaquette du territoire.' };
