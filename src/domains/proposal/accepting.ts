/** Accepted values -> the answer to save. A table keeps its other cells as they are. */
import type { Answer, Cell, TableValue } from '../questionnaire/index.ts';
import { tableOf } from '../questionnaire/index.ts';
import type { Proposal } from './model.ts';

export type Merged = Extract<Answer, { state: 'value' }>;

/** The answer to one question with the accepted proposals in it. All proposals are of that question. */
export function answerWith(current: Answer | undefined, accepted: readonly Proposal[]): Merged {
  const [first] = accepted;
  if (first!.row === undefined) return { state: 'value', value: accepted.at(-1)!.value };
  const table: { [row: string]: { [column: string]: Cell } } = Object.fromEntries(Object.entries(tableOf(current)).map(([row, cells]) => [row, { ...cells }]));
  for (const { row, column, value } of accepted) (table[row!] ??= {})[column!] = value as number;
  return { state: 'value', value: table as TableValue };
}
