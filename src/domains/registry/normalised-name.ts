/**
 * A name without case, accents, punctuation or the short forms of « saint »: `St-Étienne` and `SAINT ETIENNE` are one.
 * Used to match communes, and as the key of a managing body whose SIREN is not known.
 */
export function normaliseName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => (word === 'st' ? 'saint' : word === 'ste' ? 'sainte' : word))
    .join(' ');
}
