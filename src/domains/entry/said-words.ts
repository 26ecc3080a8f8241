/** Words by which people say a state, a yes or a no in a spreadsheet, with or without accents and capitals. Pure. */
import type { CellState } from '../questionnaire/index.ts';
import { normaliseName } from '../registry/index.ts';

export const plainWord = (text: string): string => normaliseName(text).replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '');

const STATES: { readonly [state in CellState]: readonly string[] } = {
  unknown: ['ne_sait_pas', 'inconnu', 'nsp', 'unknown'],
  not_concerned: ['sans_objet', 'non_concerne', 'non_concernee', 'not_concerned'],
};

export function saidState(text: string): CellState | undefined {
  const word = plainWord(text);
  return (Object.keys(STATES) as CellState[]).find((state) => STATES[state].includes(word));
}

/** undefined: neither. A box is ticked with « Oui », « X » or 1. */
export function saidYesOrNo(text: string): boolean | undefined {
  const word = plainWord(text);
  if (['oui', 'o', 'x', 'vrai', 'true', 'yes', '1'].includes(word)) return true;
  return ['non', 'n', 'no', 'faux', 'false', '0'].includes(word) ? false : undefined;
}
