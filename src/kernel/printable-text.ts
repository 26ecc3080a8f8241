/**
 * Text as our documents can print it. PDF/UA asks a letter for every character, and no font holds them all: a character that ours lack is written
 * otherwise (𝐁 as B) or, where nothing else says it, as an empty square, so that one emoji in an answer costs a square and not the document.
 */
import { PRINTED_CHARACTERS } from './printed-characters.ts';

/** Printed where a character cannot be. */
export const SUBSTITUTE = '□';

// Line breaks and tabulations are laid out, not drawn. U+FEFF is dropped: the fonts hold it, but nobody sees it.
const HELD = `\\t\\n\\r${PRINTED_CHARACTERS.split(' ').filter((range) => range !== 'feff').map((range) => range.split('-').map((code) => `\\u{${code}}`).join('-')).join('')}`;
const ALL_HELD = new RegExp(`^[${HELD}]*$`, 'u');
/** Marks that only change how a neighbour is drawn: variation selectors, joiners, directions, U+FEFF. */
const UNSEEN = /^\p{Default_Ignorable_Code_Point}$/u;
/** As `plainText` has it, for what did not come through a form. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const OTHER_BREAKS = /[\u000b\u000c\u0085\u2028\u2029]/g;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /^[\u0000-\u001f\u007f-\u009f]$/;

const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' });

/** `character` in characters that can be printed; undefined when there are none. */
function printed(character: string): string | undefined {
  if (ALL_HELD.test(character)) return character;
  if (UNSEEN.test(character) || CONTROL.test(character)) return '';
  const otherwise = character.normalize('NFKC');
  return ALL_HELD.test(otherwise) ? otherwise : undefined;
}

const isPlain = (text: string): boolean => ALL_HELD.test(text);
const prepared = (text: string): string => text.toWellFormed().normalize('NFC').replace(OTHER_BREAKS, '\n');

/** `text` in characters that our fonts hold; the same text when it has no others. One square stands for one sign as people count them (a flag, a family). */
export function printableText(text: string): string {
  if (isPlain(text)) return text;
  return Array.from(graphemes.segment(prepared(text)), ({ segment }) => {
    let out = '';
    for (const character of segment) {
      const drawn = printed(character) ?? SUBSTITUTE;
      if (drawn !== SUBSTITUTE || !out.endsWith(SUBSTITUTE)) out += drawn;
    }
    return out;
  }).join('');
}

/** The signs of `text` that would be printed as a square, each once, in their order. */
export function unprintableIn(text: string): string[] {
  if (isPlain(text)) return [];
  return [...new Set(Array.from(graphemes.segment(prepared(text)), ({ segment }) => segment).filter((sign) => [...sign].some((character) => printed(character) === undefined)))];
}
