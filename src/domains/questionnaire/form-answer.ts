/**
 * The fields of an HTML form -> an answer. Names: `key`; `key.row.column` for a cell; `key~state` and `key.row.column~state` for
 * "unknown" and "not concerned"; `key~present` tells a question with nothing ticked from one that is not on the page.
 */
import { parseFrenchDate } from '../../kernel/french-date.ts';
import { NBSP, parseFrenchNumber } from '../../kernel/french-number.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import type { Answer, Cell } from './answer.ts';
import { isNumeric } from './cells.ts';
import type { Question } from './model.ts';
import { answerOf, parseAnswer } from './parse-answer.ts';

export const fieldName = (key: string, row?: string, column?: string): string => (row === undefined ? key : `${key}.${row}.${column}`);
export const stateField = (name: string): string => `${name}~state`;
export const presentField = (key: string): string => `${key}~present`;

/** Refusal of what was typed, beside the field, with everything typed for the question so that the page can give it back. */
export interface FormRefusal extends Refusal {
  readonly field: string;
  readonly typed: { readonly [name: string]: readonly string[] };
}
export type Fields = (name: string) => readonly string[];

/** Names of every field that may stand on a page for `question`. */
export function formFields(question: Question): readonly string[] {
  const cells = question.table?.rows.flatMap((r) => question.table!.columns.flatMap((c) => withState(fieldName(question.key, r.code, c.code)))) ?? [question.key];
  return [...cells, stateField(question.key), presentField(question.key)];
}
const withState = (name: string): string[] => [name, stateField(name)];

/** The answer typed in a form; undefined when it is left empty. Numbers and dates as French readers write them. */
export function parseFormAnswer(question: Question, fields: Fields): Result<Answer | undefined, FormRefusal> {
  const no = (field: string, message: string, code = 'unreadable_answer'): Result<never, FormRefusal> =>
    refuse({ code, message, field, typed: Object.fromEntries(formFields(question).map((name) => [name, fields(name)] as const).filter(([, v]) => v.length > 0)) });

  const state = fields(stateField(question.key)).find((s) => s !== '');
  if (state !== undefined) {
    const read = parseAnswer(question, { state });
    return read.ok ? read : no(stateField(question.key), read.error.message, read.error.code);
  }
  if (question.kind === 'multiple') {
    const read = answerOf(question, fields(question.key).filter((v) => v !== ''));
    return read.ok ? read : no(question.key, read.error.message, read.error.code);
  }
  if (question.kind === 'table') return tableFromForm(question, fields, no);

  const text = fields(question.key)[0]?.trim() ?? '';
  if (text === '') return ok(undefined);
  if (isNumeric(question.kind)) {
    const value = parseFrenchNumber(text);
    if (value === undefined) return no(question.key, notANumber(text));
    const read = answerOf(question, value);
    return read.ok ? read : no(question.key, read.error.message, read.error.code);
  }
  if (question.kind === 'date') {
    const date = parseFrenchDate(text);
    return date === undefined ? no(question.key, `«${NBSP}${text}${NBSP}» n’est pas une date${NBSP}: écrivez jour/mois/année, par exemple 01/03/2017.`) : answerOfKnown(question, date);
  }
  const read = answerOf(question, text);
  return read.ok ? read : no(question.key, read.error.message, read.error.code);
}

const notANumber = (text: string): string => `«${NBSP}${text}${NBSP}» n’est pas un nombre${NBSP}: écrivez par exemple 1${NBSP}234,5.`;
const answerOfKnown = (question: Question, value: string): { readonly ok: true; readonly value: Answer | undefined } => {
  const read = answerOf(question, value);
  if (!read.ok) throw new Error(read.error.message);
  return read;
};

function tableFromForm(question: Question, fields: Fields, no: (field: string, message: string, code?: string) => Result<never, FormRefusal>): Result<Answer | undefined, FormRefusal> {
  const present = fields(presentField(question.key)).length > 0;
  const table: { [row: string]: { [column: string]: Cell } } = {};
  for (const row of question.table!.rows) {
    for (const column of question.table!.columns) {
      const name = fieldName(question.key, row.code, column.code);
      const state = fields(stateField(name)).find((s) => s !== '');
      const text = fields(name)[0]?.trim() ?? '';
      let cell: Cell | undefined;
      if (state !== undefined) cell = state as Cell;
      else if (column.kind === 'boolean') cell = text !== '' ? true : present ? false : undefined;
      else if (text !== '') {
        cell = parseFrenchNumber(text);
        if (cell === undefined) return no(name, `${row.label}, ${column.label.toLowerCase()}${NBSP}: ${notANumber(text)}`);
      }
      if (cell !== undefined) (table[row.code] ??= {})[column.code] = cell;
    }
  }
  const read = answerOf(question, table);
  return read.ok ? read : no(question.key, read.error.message, read.error.code);
}
