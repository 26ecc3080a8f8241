/** French typography of words typed by people (Imprimerie nationale): spaces that do not break, curly apostrophes, real quotation marks. */
import { NBSP } from '../../kernel/french-number.ts';

function once(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll("'", '’')
    .replaceAll('...', '…')
    .replace(/(^|[\s(])"([^"]+)"/g, `$1«${NBSP}$2${NBSP}»`)
    .replace(/ ?«[ \u00a0\u202f]*/g, (m) => `${m.startsWith(' ') ? ' ' : ''}«${NBSP}`)
    .replace(/[ \u00a0\u202f]*»/g, `${NBSP}»`)
    // A colon inside an hour or an address keeps its place: only a sign followed by a space or the end of a line is punctuation.
    .replace(/[ \u00a0\u202f]*([;:!?]+)(?=[\s\u00a0]|$)/gm, `${NBSP}$1`)
    .replace(/(\d)[ \u00a0\u202f]*([%€])/g, `$1${NBSP}$2`);
}

/** Idempotent: signs inside signs settle in a round or two. */
export function frenchTypography(text: string): string {
  let set = once(text);
  for (let round = 0; round < 8; round++) {
    const again = once(set);
    if (again === set) break;
    set = again;
  }
  return set;
}

/** Paragraphs of a text: separated by an empty line. */
export const paragraphsOf = (text: string): string[] => frenchTypography(text).split(/\n\s*\n/).map((p) => p.replaceAll('\n', ' ').trim()).filter((p) => p !== '');

/** « a, b et c ». */
export const enumerate = (items: readonly string[]): string => (items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} et ${items.at(-1)}`);

export const lowerFirst = (text: string): string => (/^\p{Lu}(?=\p{Ll})/u.test(text) && !/^(Caf|Carsat|État|Europe|Région|Département|Union)/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
