/** What the person who posts a form had before his eyes: one hidden field, `key=fingerprint key=…`. */
import { answerFingerprint, type Answers, type Question } from '../../domains/questionnaire/index.ts';

export const SEEN_FIELD = 'vu';

export const writeSeen = (questions: readonly Pick<Question, 'key'>[], answers: Answers): string => questions.map((q) => `${q.key}=${answerFingerprint(answers[q.key])}`).join(' ');

/** Fingerprint by question; a question that is not named was not seen. */
export const readSeen = (text: string): ReadonlyMap<string, string> => new Map(text.split(' ').filter((pair) => pair.includes('=')).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1, pair.indexOf('=') + 17)]));

/** A choice between two values, as its button says it: keep the one that stands (`garder KEY`), or take the other (`prendre SAVE`). */
export const CHOICE_FIELD = 'choix';
export type Choice = { readonly act: 'keep'; readonly key: string } | { readonly act: 'take'; readonly saveId: string };

export const writeChoice = (choice: Choice): string => (choice.act === 'keep' ? `garder ${choice.key}` : `prendre ${choice.saveId}`);

export function readChoice(text: string): Choice | undefined {
  const [word, what] = text.split(' ');
  if (!what) return undefined;
  return word === 'garder' ? { act: 'keep', key: what } : word === 'prendre' ? { act: 'take', saveId: what } : undefined;
}
