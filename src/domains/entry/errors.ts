/** The refusals that entry can utter: what happened, what to do next. */
import type { Refusal } from '../../kernel/result.ts';
import { stateLabel } from './labels.ts';
import type { KeptAnswer } from './conflict.ts';
import type { Blocker, ResponseState } from './model.ts';

const refusal = (code: string, message: string): Refusal => ({ code, message });

export const unknownResponse = refusal('unknown_response', 'Ces réponses n’existent pas, ou plus : revenez à la liste de vos campagnes.');
export const notSignedIn = refusal('not_signed_in', 'Votre session est terminée : reconnectez-vous, vos réponses en attente seront alors envoyées.');
export const charterNeeded = refusal('charter_needed', 'Acceptez d’abord la charte d’utilisation des données.');
export const notYours = refusal('not_yours', 'Vous n’avez pas de mandat pour cette structure : demandez-le à sa direction ou à votre institution.');
export const outsideYourPart = refusal('outside_your_part', 'Votre lien n’ouvre pas cette question : revenez aux rubriques qu’il donne, ou demandez-en d’autres à la direction.');
export const onlyDirector = refusal('only_director', 'Seule la direction de la structure peut le faire : prévenez-la que la saisie est prête.');
export const linkAlreadyOver = refusal('link_already_over', 'Ce lien est déjà retiré : rechargez la page.');
export const onlyDirectorNames = refusal('only_director_names', 'La direction de la structure, ou la personne en charge, nomme ces deux personnes.');
export const handNameNeeded = refusal('hand_name_needed', 'Écrivez le prénom et le nom de la personne que vous nommez.');
export const alreadyThatHand = refusal('already_that_hand', 'Cette personne l’est déjà : il n’y a rien à changer.');
export const notYourBody = refusal('not_your_body', 'Vous ne représentez pas ce gestionnaire : un correspondant de l’une de ses structures peut vous nommer.');
export const noStructureInEntry = refusal('no_structure_in_entry', 'La campagne n’est pas ouverte, ou est terminée, dans les territoires de ces structures : il n’y a rien à donner pour l’instant.');
export const onlyCorrespondentNames = refusal('only_correspondent_names', 'Un correspondant de la structure nomme le représentant de son gestionnaire.');
export const noManagingBody = refusal('no_managing_body', 'Le répertoire ne connaît pas le gestionnaire de cette structure : complétez-le d’abord.');
export const alreadyAgent = refusal('already_agent', 'Cette personne représente déjà ce gestionnaire : il n’y a rien à changer.');
export const notYoursToRecover = refusal('not_yours_to_recover', 'Cette personne répond aussi ailleurs que dans les structures que vous suivez : demandez le changement au bureau national du projet.');
export const onlyCorrespondent = refusal('only_correspondent', 'Seul un correspondant du territoire peut le faire.');
export const unknownQuestion = (key: string, year: number): Refusal => refusal('unknown_question', `La question « ${key} » n’est pas posée à cette structure pour l’année ${year} : vérifiez le code et l’année.`);
export const unknownSource = refusal('unknown_source', 'Dites d’abord d’où viennent ces réponses, papier ou téléphone : rouvrez la saisie dense de cette rubrique.');
export const entryClosed = refusal('entry_closed', 'La saisie n’est pas ouverte pour ce territoire : écrivez à votre correspondant si une réponse doit changer.');
export const stateRefusesEntry = (state: ResponseState): Refusal =>
  refusal(
    'state_refuses_entry',
    state === 'submitted' || state === 'submitted_by_third_party'
      ? 'Ces réponses sont transmises : reprenez-les avant de les modifier.'
      : state === 'declined'
        ? 'Vous avez choisi de ne pas répondre : reprenez d’abord la saisie depuis la page d’accueil de vos réponses.'
        : `Ces réponses ne sont plus modifiables (${stateLabel(state).toLowerCase()}) : écrivez à votre correspondant.`,
  );
export const saveIdReused = refusal('save_id_reused', 'Cet enregistrement porte l’identifiant d’un autre : rechargez la page et recommencez.');
export const malformedSave = refusal('malformed_save', 'Cet enregistrement est incomplet ou illisible : rien n’a été changé. Rechargez la page et recommencez.');
export const tooBusy = refusal('too_busy', 'Plusieurs personnes écrivent en même temps dans ces réponses : recommencez dans un instant.');
export const transitionRefused = (from: ResponseState, to: ResponseState): Refusal =>
  refusal('transition_not_allowed', `Une réponse à l’état « ${stateLabel(from)} » ne peut pas passer à « ${stateLabel(to)} » : rechargez la page pour voir où elle en est.`);
export const thirdPartyNotAsked = refusal('third_party_not_asked', 'La structure n’a pas demandé que l’on transmette pour elle : elle peut le faire depuis la page « Transmettre ».');
export const noSuchFinding = refusal('no_such_finding', 'Ce point n’est plus à traiter : la réponse a changé depuis. Rechargez la page.');
export const explanationNeeded = refusal('explanation_needed', 'Écrivez en une phrase pourquoi cette valeur est juste.');
export const hardCannotBeExplained = refusal('hard_cannot_be_explained', 'Ce point est une impossibilité : corrigez l’une des réponses en cause, une explication ne suffit pas.');
export const nothingToReview = refusal('nothing_to_review', 'Cette valeur n’a pas été saisie pour votre compte, ou vous l’avez déjà relue.');

export interface ConflictRefusal extends Refusal {
  readonly conflict: KeptAnswer;
}
export const valueMoved = (conflict: KeptAnswer): ConflictRefusal => ({
  code: 'conflict',
  message: 'Cette réponse a changé pendant que vous écriviez : les deux valeurs sont gardées, choisissez celle qui compte.',
  conflict,
});

export interface SubmissionRefusal extends Refusal {
  readonly blockers: readonly Blocker[];
}
export const stillBlocked = (blockers: readonly Blocker[]): SubmissionRefusal => ({
  code: 'still_blocked',
  message: blockers.length === 1 ? 'Il reste un point à traiter avant de transmettre.' : `Il reste ${blockers.length} points à traiter avant de transmettre.`,
  blockers,
});
