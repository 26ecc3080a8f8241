/**
 * The fields of an HTML form -> an answer. Names: `key`; `key.row.column` for a cell; `key~state` and `key.row.column~state` for
 * "unknown" and "not concerned"; `key~present` tells a question with nothing ticked from one that is not on the page.
 */
import { parseFrenchDate } from '../../kernel/french-date.ts';
import { formatNumber, NBSP, parseFrenchNumber } from '../../kernel/french-number.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import type { Answer, Cell } from './answer.ts';
import { isNumeric } from './cells.ts';
import type { Question, TableColumn } from './model.ts';
import { answerOf, MAX_NUMBER, parseAnswer } from './parse-answer.ts';

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
    const why = whyNoNumber(question, question, text, value);
    if (value === undefined || why) return no(question.key, why!);
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

type Numeric = Pick<Question, 'kind' | 'decimals' | 'max'> | Pick<TableColumn, 'kind' | 'decimals' | 'max'>;

/** A number that the question would take, to show how it is written. */
const exampleOf = ({ kind, decimals }: Numeric): string => (kind === 'percentage' ? '12,5' : `1${NBSP}234${kind === 'integer' || decimals === 0 ? '' : ',5'}`);
const IGNORANCE = /^(n\.?\s?s\.?\s?p\.?|(je )?ne sai[st] pas|inconnue?|\?+)$/i;

/** Why a percentage is no answer here; undefined where one is awaited, or when none was written. The same words in a form, a paste and a spreadsheet. */
export function whyNoShare(numeric: Numeric, text: string): string | undefined {
  if (!text.trimEnd().endsWith('%') || numeric.kind === 'percentage') return undefined;
  return `«${NBSP}${text.trim()}${NBSP}» est une part${NBSP}: cette question attend ${numeric.kind === 'money' ? 'un montant en euros' : 'un nombre'}, par exemple ${exampleOf(numeric)}.`;
}

/** Why what was typed is no number for this question or column, and what to type; undefined when it is one. */
function whyNoNumber(question: Question, numeric: Numeric, text: string, value: number | undefined): string | undefined {
  const quoted = `«${NBSP}${text}${NBSP}»`;
  if (value === undefined && IGNORANCE.test(text))
    return question.unknownAllowed ? `Pour dire que vous ne savez pas, choisissez «${NBSP}Ne sait pas${NBSP}» à côté.` : `Cette question attend un nombre${NBSP}: si vous ne l’avez pas encore, laissez la case vide et revenez-y. 0 dit qu’il n’y en a pas.`;
  if (value === undefined) return `${quoted} n’est pas un nombre${NBSP}: écrivez par exemple ${exampleOf(numeric)}.`;
  const share = whyNoShare(numeric, text);
  if (share) return share;
  if (Math.abs(value) > MAX_NUMBER) return `Ce nombre est trop grand${NBSP}: ${formatNumber(numeric.max ?? MAX_NUMBER)} au plus.`;
  return undefined;
}

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
        const value = parseFrenchNumber(text);
        const why = whyNoNumber(question, column, text, value);
        if (value === undefined || why) return no(name, `${row.label}, ${column.label.toLowerCase()}${NBSP}: ${why}`);
        cell = value;
      }
      if (cell !== undefined) (table[row.code] ??= {})[column.code] = cell;
    }
  }
  const read = answerOf(question, table);
  return read.ok ? read : no(question.key, read.error.message, read.error.code);
}
