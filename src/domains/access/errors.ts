import type { Refusal } from '../../kernel/result.ts';

export const wrongCredentials: Refusal = {
  code: 'wrong_credentials',
  message: 'Cette adresse et ce mot de passe ne correspondent à aucun compte : vérifiez-les, ou demandez un nouveau mot de passe à votre correspondant.',
};
export const tooManyAttempts: Refusal = {
  code: 'too_many_attempts',
  message: 'Trop d’essais pour cette adresse : attendez quinze minutes avant de réessayer.',
};
export const doorIsBusy: Refusal = {
  code: 'door_is_busy',
  message: 'Beaucoup de personnes se connectent en ce moment : réessayez dans une minute. Rien n’est perdu.',
};
export const unknownPersona: Refusal = {
  code: 'unknown_persona',
  message: 'Cette personne n’existe pas ici : choisissez-en une dans la liste.',
};
export const linkIsOver: Refusal = {
  code: 'link_is_over',
  message: 'Ce lien n’ouvre rien, ou plus rien : demandez-en un autre à la personne qui vous l’a envoyé.',
};
export const nameNeeded: Refusal = {
  code: 'name_needed',
  message: 'Écrivez votre prénom et votre nom : chaque réponse que vous donnez les portera.',
};
export const invitationIsOver: Refusal = {
  code: 'invitation_is_over',
  message: 'Cette invitation a déjà servi, ou sa date est passée : demandez-en une autre à vos correspondants.',
};
export const passwordTooShort: Refusal = {
  code: 'password_too_short',
  message: 'Choisissez un mot de passe de douze signes au moins : une courte phrase convient.',
};
export const addressTaken: Refusal = {
  code: 'address_taken',
  message: 'Cette adresse est celle d’un autre compte : donnez-en une autre.',
};
export const noSuchMandate: Refusal = {
  code: 'no_such_mandate',
  message: 'Aucun mandat en cours ne correspond : vérifiez l’adresse, le rôle et le territoire ou la structure.',
};
export const notAnAddress: Refusal = {
  code: 'not_an_address',
  message: 'Écrivez une adresse électronique complète, comme nom@exemple.fr.',
};
