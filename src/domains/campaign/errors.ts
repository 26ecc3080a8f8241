import type { Refusal } from '../../kernel/result.ts';

/** A refusal that lists what is missing, one sentence each. */
export interface GuardRefusal extends Refusal {
  readonly missing?: readonly string[];
}

export const campaignNotOpen: Refusal = { code: 'campaign_not_open', message: 'La campagne n’est pas ouverte à la saisie : les structures arrivées au répertoire sont invitées à l’ouverture, ou tant qu’elle dure.' };
export const onlyProjectOffice: Refusal = { code: 'only_project_office', message: 'Seule l’équipe nationale conduit la campagne : adressez-lui votre demande.' };
export const onlyCorrespondent: Refusal = { code: 'only_correspondent', message: 'Seul un correspondant mandaté pour ce territoire peut le faire.' };
export const campaignExists = (year: number): Refusal => ({ code: 'campaign_exists', message: `La campagne ${year} existe déjà : ouvrez-la dans la liste.` });
export const noCampaign = (year: number): Refusal => ({ code: 'no_campaign', message: `Aucune campagne ${year} : créez-la d’abord.` });
export const noQuestionnaire = (year: number): Refusal => ({
  code: 'no_questionnaire', message: `Aucun questionnaire ${year} n’est chargé : chargez-le avant de créer la campagne.`,
});
export const previousNotFrozen = (year: number): Refusal => ({
  code: 'previous_not_frozen', message: `La campagne ${year} n’est pas gelée : terminez-la avant d’en préparer une autre.`,
});
export const notFollowing = (from: string, to: string): Refusal => ({
  code: 'transition_not_allowed', message: `On ne passe pas de « ${from} » à « ${to} » : suivez les étapes dans l’ordre.`,
});
export const missing = (sentences: readonly string[]): GuardRefusal => ({
  code: 'guard', message: sentences.length === 1 ? sentences[0]! : `${sentences.length} points manquent avant de continuer.`, missing: sentences,
});
export const reasonNeeded: Refusal = { code: 'reason_needed', message: 'Dites pourquoi en une phrase : ce motif est conservé.' };
/** Says `valuesReadable` to a correspondent. */
export const valuesNotReadable: Refusal = {
  code: 'values_not_readable', message: 'Les réponses d’une structure se lisent pendant la saisie et le contrôle. Après le gel, seuls restent les tableaux agrégés.',
};
export const unknownTerritory = (code: string): Refusal => ({ code: 'unknown_territory', message: `Le territoire ${code} ne fait pas partie de cette campagne.` });
export const outsideBounds = (name: string, national: string): Refusal => ({
  code: 'outside_national_dates', message: `${name} ne peut pas être dans cet état pendant la phase nationale « ${national} ».`,
});
export const notAwaiting: Refusal = { code: 'not_newly_approved', message: 'Cette structure n’est pas une structure nouvellement agréée de la campagne : elle n’a pas à demander à répondre.' };
export const onlyDirectorOptsIn: Refusal = { code: 'only_director', message: 'Seule la direction de la structure, ou un correspondant à sa demande, peut choisir de répondre dès cette année.' };
export const optInClosed: Refusal = { code: 'entry_closed', message: 'La saisie n’est pas ouverte dans votre territoire : écrivez à votre correspondant.' };
export const dateAfterToday: Refusal = { code: 'date_not_later', message: 'La nouvelle date doit venir après la date de fin actuelle.' };
export const closesBeforeItOpens: Refusal = { code: 'closes_before_it_opens', message: 'La saisie finit avant de commencer : corrigez l’une des deux dates.' };
export const datesAreFixed: Refusal = { code: 'dates_are_fixed', message: 'La saisie est terminée : les dates ne changent plus. Prolongez un territoire si besoin.' };
