/** What stands in the fields of a question: what was typed when it could not be read, else the answer. */
import { type Answer, type Cell, cellOf, fieldName, formatInput, type Question, type QuestionKind, type TableColumn } from '../../domains/questionnaire/index.ts';

export type Typed = { readonly [name: string]: readonly string[] };

/** Text of a scalar or single field. */
export function inputOf(question: Question, answer: Answer | undefined, typed: Typed | undefined): string {
  if (typed) return typed[question.key]?.[0] ?? '';
  const value = answer?.state === 'value' ? answer.value : undefined;
  return typeof value === 'number' || typeof value === 'string' ? formatInput(question.kind, value) : '';
}

export function tickedOf(question: Question, answer: Answer | undefined, typed: Typed | undefined): readonly string[] {
  if (typed) return typed[question.key] ?? [];
  return answer?.state === 'value' && Array.isArray(answer.value) ? (answer.value as readonly string[]) : [];
}

export function cellInputOf(question: Question, column: TableColumn, row: string, answer: Answer | undefined, typed: Typed | undefined): string {
  if (typed) return typed[fieldName(question.key, row, column.code)]?.[0] ?? '';
  const cell: Cell | undefined = cellOf(answer, row, column.code);
  return typeof cell === 'number' || typeof cell === 'boolean' ? formatInput(column.kind, cell) : '';
}

/** `inputmode` of a number: whole numbers ask for the digits only. */
export const keyboardOf = (kind: QuestionKind | TableColumn['kind']): 'numeric' | 'decimal' => (kind === 'integer' ? 'numeric' : 'decimal');
