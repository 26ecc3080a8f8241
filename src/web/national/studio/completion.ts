/** Names that may complete the word under the caret of an expression. Pure. */
import type { Question } from '../../../domains/questionnaire/index.ts';

export interface Completion {
  /** Replaces the text from `from` to `to`. */
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly label: string;
}
const MOST = 8;

/** Keys whose name or words hold what is typed, functions, then rows and columns after a dot, options inside apostrophes. Nothing before two letters of a name. */
export function completionsAt(text: string, caret: number, questions: readonly Question[], functions: readonly string[]): readonly Completion[] {
  const before = text.slice(0, caret);
  const choice = /\b([a-z][a-z0-9_]*)(?:\s*(?:==|!=)\s*|\s*,\s*)'([A-Za-z0-9_]*)$/.exec(before);
  if (choice) return matching(questions.find((q) => q.key === choice[1])?.options ?? [], choice[2]!, caret);
  const cell = /\b([a-z][a-z0-9_]*)\.(?:([A-Za-z0-9_]+|\*)\.)?([A-Za-z0-9_*]*)$/.exec(before);
  if (cell) {
    const table = questions.find((q) => q.key === cell[1])?.table;
    return table ? matching(cell[2] === undefined ? [{ code: '*', label: 'toutes les lignes' }, ...table.rows] : table.columns, cell[3]!, caret) : [];
  }
  const word = /[A-Za-z][A-Za-z0-9_]*$/.exec(before)?.[0] ?? '';
  if (word.length < 2) return [];
  const at = { from: caret - word.length, to: caret };
  const wanted = plain(word);
  const starts = questions.filter((q) => q.key.startsWith(word));
  const holds = questions.filter((q) => !starts.includes(q) && (q.key.includes(word) || plain(q.label).includes(wanted)));
  return [
    ...functions.filter((f) => f.startsWith(word)).map((f) => ({ ...at, insert: `${f}(`, label: 'fonction' })),
    ...[...starts, ...holds].map((q) => ({ ...at, insert: q.key, label: `${q.code} ${q.label}` })),
  ].filter((c) => c.insert !== word).slice(0, MOST);
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
const matching = (items: readonly { readonly code: string; readonly label: string }[], typed: string, caret: number): readonly Completion[] =>
  items.filter((i) => i.code !== typed && (i.code.startsWith(typed) || plain(i.label).includes(plain(typed)))).slice(0, MOST).map((i) => ({ from: caret - typed.length, to: caret, insert: i.code, label: i.label }));
