/** Words of a label, compared without case, accents or punctuation; and the small language of `content/files/` that recognises them. */

/** `Caf – animation globale (AGC)` -> `caf`, `animation`, `globale`, `agc`. */
export const wordsOf = (text: string): string[] =>
  text.toLowerCase().replaceAll('œ', 'oe').normalize('NFD').replace(/\p{M}/gu, '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

export const plain = (text: string): string => wordsOf(text).join(' ');

export type WordTest = (words: readonly string[]) => boolean;

/** `caf|cnaf + prestation*|ps`: every part between `+` is met by one of its words; `*` stands for the rest of a word, `=` wants the word alone. */
export function wordTest(pattern: string): WordTest {
  const parts = pattern.split('+').map((part) => part.split('|').map((word) => word.trim()));
  const meets = (wanted: string, word: string): boolean => (wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted);
  return (words) => parts.every((alternatives) => alternatives.some((wanted) => (wanted.startsWith('=') ? words.length === 1 && words[0] === wanted.slice(1) : words.some((word) => meets(wanted, word)))));
}

/** The value at the longest key that begins `code`. */
export function longestPrefix<T>(table: { readonly [prefix: string]: T }, code: string): T | undefined {
  for (let length = code.length; length > 0; length--) {
    const found = table[code.slice(0, length)];
    if (found !== undefined) return found;
  }
  return undefined;
}

export const beginsWithOne = (prefixes: readonly string[], code: string): boolean => prefixes.some((prefix) => code.startsWith(prefix));
