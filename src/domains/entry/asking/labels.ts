/** Words of inquiries. */
import type { Aim } from './model.ts';
import type { InquiryAct, InquiryState } from './steps.ts';

export const INQUIRY_STATE_LABELS: { readonly [state in InquiryState]: string } = {
  open: 'Attend les correspondants', answered: 'Répondue', relayed: 'Relayée au comité technique', interpreted: 'Précisée pour tous',
};
export const AIM_LABELS: { readonly [aim in Aim]: string } = { correspondents: 'Écrire à mes correspondants', interpretation: 'Demander comment comprendre la question' };
/** What was done, before « le 3 mars ». */
export const ACT_LABELS: { readonly [act in InquiryAct]: string } = {
  ask: 'a écrit', answer: 'a répondu', relay: 'a relayé au comité technique national', interpret: 'a précisé la question pour tous', reply: 'a répondu',
};
