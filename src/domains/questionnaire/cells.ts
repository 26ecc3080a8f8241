/** Reading of answers: cells, totals, numbers, equality. */
import type { Answer, Answers, Cell, TableValue } from './answer.ts';
import { canonical, fingerprintOf } from './fingerprint.ts';
import type { Question } from './model.ts';

export const isNumeric = (kind: string): boolean => kind === 'integer' || kind === 'decimal' || kind === 'money' || kind === 'percentage';

/** The cells of a table's answer; an empty table when the answer holds none. */
export function tableOf(answer: Answer | undefined): TableValue {
  return answer?.state === 'value' && typeof answer.value === 'object' && !Array.isArray(answer.value) ? (answer.value as TableValue) : {};
}

export const cellOf = (answer: Answer | undefined, row: string, column: string): Cell | undefined => tableOf(answer)[row]?.[column];

/** The number at `key` or `key.row.column` when it is a value, else undefined. */
export function numberOf(answers: Answers, target: string): number | undefined {
  const [key = '', row, column] = target.split('.');
  const answer = answers[key];
  const value = row === undefined ? (answer?.state === 'value' ? answer.value : undefined) : cellOf(answer, row, column!);
  return typeof value === 'number' ? value : undefined;
}

/** Total of a column; undefined while a cell is empty or unknown; a cell "not concerned" counts 0. */
export function columnTotal(question: Question, answer: Answer | undefined, column: string): number | undefined {
  if (!question.table || answer?.state !== 'value') return undefined;
  let total = 0;
  for (const row of question.table.rows) {
    const cell = cellOf(answer, row.code, column);
    if (typeof cell === 'number') total += cell;
    else if (cell !== 'not_concerned') return undefined;
  }
  return Number(total.toPrecision(12));
}

/** Answered to the end: a table has no empty cell among those that hold numbers (an unticked box is an answer). */
export function isComplete(question: Question, answer: Answer | undefined): boolean {
  if (!answer) return false;
  if (answer.state !== 'value' || !question.table) return true;
  const numeric = question.table.columns.filter((c) => c.kind !== 'boolean');
  return question.table.rows.every((row) => numeric.every((c) => cellOf(answer, row.code, c.code) !== undefined));
}

/** Same answer: order of ticked options, of rows and of columns, and unticked boxes left out or written, make no difference. */
export function answerEquals(a: Answer | undefined, b: Answer | undefined): boolean {
  return a === b || canonical(normal(a)) === canonical(normal(b));
}

/** Short text equal for equal answers and different for others; '' for no answer. What a save says of the value that its author saw. */
export const answerFingerprint = (answer: Answer | undefined): string => (answer ? fingerprintOf(normal(answer)) : '');

function normal(answer: Answer | undefined): unknown {
  // A text may well be « unknown »: a state is told apart from it.
  if (answer?.state !== 'value') return answer ? { state: answer.state } : null;
  const { value } = answer;
  if (Array.isArray(value)) return value.toSorted();
  if (typeof value !== 'object') return value;
  const rows = Object.entries(value as TableValue).map(([row, cells]) => [row, Object.fromEntries(Object.entries(cells).filter(([, c]) => c !== false))] as const);
  return Object.fromEntries(rows.filter(([, cells]) => Object.keys(cells).length > 0));
}
