import type { Side } from '../access/index.ts';
import type { Reply, RequestState } from './model.ts';

export const REPLY_LABELS: { readonly [reply in Reply]: string } = { pending: 'En attente', corrected: 'Corrigée', confirmed: 'Confirmée', contested: 'Contestée' };
export const REQUEST_LABELS: { readonly [state in RequestState]: string } = { open: 'Attend la structure', answered: 'La structure a répondu', closed: 'Close' };
export const SIDE_LABELS: { readonly [side in Side]: string } = { caf: 'Caf', federation: 'Fédération' };
