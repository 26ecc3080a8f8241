import { formatDate } from '../../kernel/french-date.ts';
import type { Refusal } from '../../kernel/result.ts';

export const unknownResponse: Refusal = { code: 'unknown_response', message: 'Cette réponse n’existe pas : revenez à la liste.' };
export const notYourTerritory: Refusal = { code: 'not_your_territory', message: 'Cette structure n’est pas dans un territoire où vous êtes correspondant.' };
export const notYourStructure: Refusal = { code: 'not_your_structure', message: 'Vous n’êtes pas mandaté par cette structure.' };
export const directorOnly: Refusal = { code: 'director_only', message: 'La direction de la structure renvoie la réponse : demandez-lui de le faire.' };
export const notInControl: Refusal = { code: 'not_in_control', message: 'Ce territoire n’est pas en phase de contrôle : attendez son ouverture, ou la fin de la saisie.' };
export const territoryFrozen: Refusal = {
  code: 'territory_frozen', message: 'Ce territoire est gelé : ses réponses ne changent plus. Faites-le d’abord rouvrir par les deux signatures.',
};
export const wrongState = (label: string): Refusal => ({ code: 'wrong_state', message: `Cette réponse est « ${label} » : cette action n’est pas possible dans cet état.` });
export const noPoint: Refusal = { code: 'no_point', message: 'Cochez au moins une question : la demande porte sur des réponses précises.' };
export const unknownQuestion = (key: string): Refusal => ({ code: 'unknown_question', message: `La question « ${key} » n’est pas posée à cette structure.` });
export const messageNeeded: Refusal = { code: 'message_needed', message: 'Écrivez votre question à la structure en une ou deux phrases.' };
export const reasonNeeded: Refusal = { code: 'reason_needed', message: 'Dites pourquoi en une phrase : ce motif est conservé.' };
export const requestsOpen: Refusal = { code: 'requests_open', message: 'Une demande de correction attend encore la structure : validez après sa réponse.' };
export const hardFindings = (n: number): Refusal => ({
  code: 'hard_findings', message: n === 1 ? 'Une impossibilité demeure dans cette réponse : demandez sa correction avant de valider.' : `${n} impossibilités demeurent dans cette réponse : demandez leur correction avant de valider.`,
});
export const pointsPending = (n: number): Refusal => ({
  code: 'points_pending', message: n === 1 ? 'Une question attend encore votre réponse : corrigez, confirmez ou contestez.' : `${n} questions attendent encore votre réponse : corrigez, confirmez ou contestez chacune.`,
});
export const hardBeforeResubmission = (n: number): Refusal => ({
  code: 'hard_findings', message: n === 1 ? 'Une impossibilité demeure : corrigez-la avant de renvoyer.' : `${n} impossibilités demeurent : corrigez-les avant de renvoyer.`,
});
export const valueUnchanged = (label: string): Refusal => ({ code: 'value_unchanged', message: `« ${label} » n’a pas changé : corrigez la valeur d’abord, ou confirmez-la, ou contestez la question.` });
export const explanationNeeded: Refusal = { code: 'explanation_needed', message: 'Expliquez en une phrase pourquoi la valeur est juste : vos correspondants la liront.' };
export const noRequest: Refusal = { code: 'no_request', message: 'Cette demande n’existe pas ou n’attend plus de réponse.' };
export const objectionIsTheOthers = (until: string): Refusal => ({
  code: 'objection_is_the_others', message: `Jusqu’au ${formatDate(until)}, c’est à l’autre correspondant de s’opposer à votre validation : écrivez-lui.`,
});
export const notDiscussed: Refusal = { code: 'not_discussed', message: 'Interrogez d’abord la structure sur cette valeur : un désaccord se constate après sa réponse.' };
export const hardIsNotWaived: Refusal = { code: 'hard_is_not_waived', message: 'Une impossibilité ne se lève pas : demandez une correction.' };
export const unknownFinding: Refusal = { code: 'unknown_finding', message: 'Ce signalement n’existe plus : la valeur a changé depuis.' };
