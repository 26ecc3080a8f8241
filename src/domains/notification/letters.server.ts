/** The letters of `content/messages/`, read once each. */
import { readFileSync } from 'node:fs';
import { projectPath } from '../../platform/project-root.server.ts';
import { fillLetter, type Letter, type LetterValues, parseLetter } from './letter.ts';

const cache = new Map<string, Letter>();

/** The letter `content/messages/<name>.md`, filled. */
export function writeLetter(name: string, values: LetterValues): Letter {
  let letter = cache.get(name);
  if (!letter) {
    letter = parseLetter(readFileSync(projectPath('content', 'messages', `${name}.md`), 'utf8'));
    cache.set(name, letter);
  }
  return fillLetter(letter, values);
}
