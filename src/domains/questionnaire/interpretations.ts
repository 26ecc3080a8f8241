/** Interpretations (R53): what the technical committee answered about a question becomes part of its help, dated. A version in use is untouched: they are laid beside it. */
import type { QuestionnaireVersion } from './model.ts';

/** Characters of what is asked, and of the answer. */
export const LONGEST_INTERPRETATION = 2000;

export interface Interpretation {
  readonly id: string;
  /** Of the version about which it was asked. */
  readonly year: number;
  readonly questionKey: string;
  /** The question in words that hold for everyone. */
  readonly asked: string;
  readonly answer: string;
  readonly helpThen: string;
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly replaces: string | null;
}

/** By question, oldest first: what belongs to the help of a version. Those replaced step back; in a later version, those whose help was written anew too. */
export function interpretationsOf(version: Pick<QuestionnaireVersion, 'year' | 'questions'>, published: readonly Interpretation[]): { readonly [key: string]: readonly Interpretation[] } {
  const known = published.filter((i) => i.year <= version.year);
  const replaced = new Set(known.map((i) => i.replaces));
  const help = new Map(version.questions.map((q) => [q.key, q.help]));
  const shown = known.filter((i) => !replaced.has(i.id) && help.has(i.questionKey) && (i.year === version.year || help.get(i.questionKey) === i.helpThen));
  return Object.fromEntries(Map.groupBy(shown.toSorted((a, b) => a.publishedAt.localeCompare(b.publishedAt)), (i) => i.questionKey));
}
