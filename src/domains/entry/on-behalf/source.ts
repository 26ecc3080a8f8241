/** Where the answers that a correspondent types for a structure come from: said once, kept with each value (R51). Pure. */
import { readName } from '../../access/index.ts';
import { formatDate, isIsoDate } from '../../../kernel/french-date.ts';
import { ok, refuse, type Refusal, type Result } from '../../../kernel/result.ts';

export const SUPPORTS = ['paper', 'telephone'] as const;
export type Support = (typeof SUPPORTS)[number];
export const SUPPORT_LABELS: { readonly [support in Support]: string } = { paper: 'Papier', telephone: 'Téléphone' };

export interface OnBehalfSource {
  readonly support: Support;
  /** Who filled the paper, or was on the telephone; null: not said (paper only). */
  readonly person: string | null;
  /** ISO day of the paper, or of the call. */
  readonly givenOn: string;
}

const no = (code: string, message: string): Refusal => ({ code, message });

/** What a form says of it, or what is wrong. `today`: ISO day in Paris. */
export function readOnBehalfSource(given: { readonly support: string; readonly person: string; readonly givenOn: string }, today: string): Result<OnBehalfSource> {
  const support = SUPPORTS.find((s) => s === given.support);
  if (!support) return refuse(no('source_support', 'Dites d’où viennent ces réponses : un papier, ou un appel.'));
  const said = given.person.trim();
  const person = said === '' ? null : (readName(said) ?? null);
  if (said !== '' && person === null) return refuse(no('source_person', 'Écrivez qui a donné ces réponses en deux à quatre-vingts lettres.'));
  if (support === 'telephone' && person === null) return refuse(no('source_person', 'Dites qui était au téléphone : un prénom et un nom, ou une fonction.'));
  if (!isIsoDate(given.givenOn)) return refuse(no('source_day', support === 'paper' ? 'Donnez le jour où le papier a été reçu.' : 'Donnez le jour de l’appel.'));
  if (given.givenOn > today) return refuse(no('source_day', 'Ce jour n’est pas encore venu : donnez celui du papier ou de l’appel.'));
  return ok({ support, person, givenOn: given.givenOn });
}

/** « d’après un papier reçu le 12 mars 2026 (Mme Roux) », « par téléphone avec Mme Roux, le 12 mars 2026 ». */
export const sourceWords = (s: OnBehalfSource): string =>
  s.support === 'telephone' ? `par téléphone avec ${s.person}, le ${formatDate(s.givenOn)}` : `d’après un papier reçu le ${formatDate(s.givenOn)}${s.person ? ` (${s.person})` : ''}`;
