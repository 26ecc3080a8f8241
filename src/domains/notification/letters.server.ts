/** The letters of `content/messages/`, read once each. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fillLetter, type Letter, type LetterValues, parseLetter } from './letter.ts';

const cache = new Map<string, Letter>();

/** The program runs from its sources and from its bundle, at two depths: the folder is looked for upwards. */
function lettersFolder(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'content', 'messages');
    if (existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) throw new Error('content/messages is missing');
  }
}

/** The letter `content/messages/<name>.md`, filled. */
export function writeLetter(name: string, values: LetterValues): Letter {
  let letter = cache.get(name);
  if (!letter) {
    letter = parseLetter(readFileSync(path.join(lettersFolder(), `${name}.md`), 'utf8'));
    cache.set(name, letter);
  }
  return fillLetter(letter, values);
}
