/**
 * A question as the cells of a spreadsheet: each cell is a slot, found by the code written at the head of its row. What a slot holds for an answer,
 * and what an answer the slots make, so that zero, "not concerned", "unknown" and unanswered stay four things. Pure.
 */
import { type Answer, answerOf, type Cell, cellOf, type CellState, isNumeric, optionLabel, type Question, STATE_LABELS, type TableColumn, whyNoShare } from '../../questionnaire/index.ts';
import { formatShortDate, parseFrenchDate } from '../../../kernel/french-date.ts';
import { formatNumber, NBSP, parseFrenchNumber } from '../../../kernel/french-number.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { type CellContent, type FoundCell, writable } from '../../../platform/spreadsheet/book.ts';
import { plainWord, saidState, saidYesOrNo } from '../said-words.ts';

export interface Slot {
  /** In the first column of its row: `C03`, `C03.direction`, `B05.board`. */
  readonly anchor: string;
  /** Among the columns of answers, from 0. */
  readonly column: number;
  readonly part: { readonly kind: 'whole' } | { readonly kind: 'option'; readonly code: string } | { readonly kind: 'cell'; readonly row: string; readonly column: TableColumn };
}
/** Answer of a whole, yes or no of an option, cell of a table; undefined: empty. */
export type SlotValue = Answer | Cell | undefined;

export const statesOf = (question: Question): CellState[] => [...(question.unknownAllowed ? (['unknown'] as const) : []), ...(question.notConcernedAllowed ? (['not_concerned'] as const) : [])];

/** Its own cell first, where it has one: a table or a choice of several has it only to say a state. */
export function slotsOf(question: Question): Slot[] {
  const whole: Slot = { anchor: question.code, column: 0, part: { kind: 'whole' } };
  const own = (question.kind !== 'multiple' && question.kind !== 'table') || statesOf(question).length > 0 ? [whole] : [];
  if (question.kind === 'multiple') return [...own, ...question.options!.map((o): Slot => ({ anchor: `${question.code}.${o.code}`, column: 0, part: { kind: 'option', code: o.code } }))];
  if (question.kind !== 'table') return own;
  return [...own, ...question.table!.rows.flatMap((row) => question.table!.columns.map((column, i): Slot => ({ anchor: `${question.code}.${row.code}`, column: i, part: { kind: 'cell', row: row.code, column } })))];
}

/** Words of an option in a cell: its label, with its code when another option or a state is said with the same words. */
export function optionWords(question: Question, code: string): string {
  const label = optionLabel(question, code);
  const word = plainWord(label);
  const ambiguous = saidState(label) !== undefined || question.options!.some((o) => o.code !== code && (plainWord(o.label) === word || plainWord(o.code) === word));
  return ambiguous ? `${label} [${code}]` : label;
}

function optionSaid(question: Question, text: string): string | undefined {
  const word = plainWord(text);
  return (question.options!.find((o) => plainWord(optionWords(question, o.code)) === word) ?? question.options!.find((o) => o.code === text.trim()))?.code;
}

export const YES = 'Oui';
export const NO = 'Non';
const yesNo = (value: boolean): string => (value ? YES : NO);

export function slotValue(slot: Slot, answer: Answer | undefined): SlotValue {
  switch (slot.part.kind) {
    case 'whole':
      return answer;
    case 'option':
      return answer?.state === 'value' && Array.isArray(answer.value) && answer.value.includes(slot.part.code) ? true : undefined;
    case 'cell':
      return cellOf(answer, slot.part.row, slot.part.column.code);
  }
}

/** What is written in the cell of a slot; undefined: nothing. Dates before 1901 are words: spreadsheets count their days from 1900. */
export function slotContent(question: Question, slot: Slot, answer: Answer | undefined): CellContent | undefined {
  const value = slotValue(slot, answer);
  if (value === undefined) return undefined;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return yesNo(value);
  if (typeof value === 'string') return STATE_LABELS[value];
  if (value.state !== 'value') return STATE_LABELS[value.state];
  if (typeof value.value === 'number') return value.value;
  if (typeof value.value !== 'string') return undefined;
  if (question.kind === 'date') return value.value < '1901' ? formatShortDate(value.value) : { date: value.value };
  return question.kind === 'single' ? optionWords(question, value.value) : value.value;
}

const kept = (text: string): string => writable(text).trim();

/** Whether the cell still holds what was written in it; a spreadsheet keeps 15 digits of a number. */
export function untouched(content: CellContent | undefined, found: FoundCell | undefined): boolean {
  const text = kept(found?.text ?? '');
  if (found?.broken) return false;
  if (content === undefined) return text === '';
  if (typeof content === 'number') return found?.number !== undefined && (found.number === content || found.number.toPrecision(15) === content.toPrecision(15));
  return typeof content === 'string' ? text === kept(content) : found?.date === content.date;
}

const said = (text: string): string => `«${NBSP}${text}${NBSP}»`;

/** What was typed in the cell of a slot, or what to type there instead. */
export function readSlot(question: Question, slot: Slot, found: FoundCell | undefined): Result<SlotValue> {
  const no = (message: string): { readonly ok: false; readonly error: { code: string; message: string } } => refuse({ code: 'unreadable_cell', message });
  const text = kept(found?.text ?? '');
  if (text === '') return ok(undefined);
  if (found!.broken) return no('La formule de cette case donne une erreur : tapez la valeur elle-même, ou videz la case.');
  const { part } = slot;
  if (part.kind === 'option') {
    const ticked = saidYesOrNo(text);
    return ticked === undefined ? no('Écrivez Oui si ce choix est le vôtre, sinon laissez la case vide.') : ok(ticked || undefined);
  }
  const option = question.kind === 'single' ? optionSaid(question, text) : undefined;
  const state = option === undefined ? saidState(text) : undefined;
  if (state && statesOf(question).includes(state)) return ok(part.kind === 'cell' ? state : { state });
  if (part.kind === 'cell' && part.column.kind === 'boolean') {
    const ticked = saidYesOrNo(text);
    return ticked === undefined ? no('Écrivez Oui ou Non, ou laissez la case vide.') : ok(ticked);
  }
  const kind = part.kind === 'cell' ? part.column.kind : question.kind;
  const states = statesOf(question).map((s) => said(STATE_LABELS[s]));
  const orState = states.length > 0 ? `, ou ${states.join(' ou ')}` : '';
  if (state && kind !== 'text') return no(`${said(STATE_LABELS[state])} n’est pas proposé pour cette question : ${remedyOf(kind)}, ou laissez la case vide. S’il n’y en a pas, écrivez 0.`);
  if (part.kind === 'whole' && (kind === 'multiple' || kind === 'table')) return no(`Cette case ne reçoit que ${states.join(' ou ')} : répondez dans les lignes au-dessous, et videz celle-ci.`);
  if (isNumeric(kind)) {
    if (found!.date) return no(`Le tableur a fait une date de ce qui a été tapé : mettez la case au format Nombre, puis ${remedyOf(kind)}${orState}.`);
    const numeric = part.kind === 'cell' ? part.column : question;
    // a cell in the format of a percentage shows one, whatever number it holds
    const share = whyNoShare(numeric, found!.percent && found!.number !== undefined ? `${formatNumber(found!.number * 100, 6)}${NBSP}%` : text);
    if (share) return no(share);
    const number = found!.number === undefined ? parseFrenchNumber(text) : found!.percent && kind === 'percentage' ? Number((found!.number * 100).toPrecision(14)) : found!.number;
    if (number === undefined || Math.abs(number) > 1e13) return no(`${capital(remedyOf(kind))}${orState}.`);
    return ok(part.kind === 'cell' ? number : { state: 'value', value: number });
  }
  const value = kind === 'date' ? (found!.date ?? parseFrenchDate(text)) : kind === 'single' ? option : text;
  if (value === undefined) return no(kind === 'single' ? `Choisissez dans la liste de la case : ${question.options!.map((o) => said(optionWords(question, o.code))).join(', ')}${orState}.` : `${capital(remedyOf(kind))}${orState}.`);
  const read = answerOf(question, value);
  return read.ok ? read : no(read.error.message);
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
const remedyOf = (kind: Question['kind'] | TableColumn['kind']): string =>
  kind === 'date' ? `écrivez la date jour/mois/année, par exemple ${said('01/03/2017')}` : kind === 'single' ? 'choisissez dans la liste' : `écrivez un nombre, par exemple ${said('1234,5')}`;

/** The answer that these slots make; a refusal when a state and values stand together. */
export function answerFrom(question: Question, values: readonly { readonly slot: Slot; readonly value: SlotValue }[]): Result<Answer | undefined> {
  const whole = values.find((v) => v.slot.part.kind === 'whole')?.value as Answer | undefined;
  if (question.kind !== 'multiple' && question.kind !== 'table') return ok(whole);
  const filled = values.filter((v) => v.slot.part.kind !== 'whole' && v.value !== undefined);
  if (whole && whole.state !== 'value')
    return filled.length === 0 ? ok(whole) : refuse({ code: 'state_beside_values', message: `${said(STATE_LABELS[whole.state])} est écrit ici et les lignes au-dessous sont remplies : videz cette case, ou videz les lignes.` });
  if (question.kind === 'multiple') return answerOf(question, filled.map((v) => (v.slot.part as { readonly code: string }).code));
  const table: { [row: string]: { [column: string]: Cell } } = {};
  for (const { slot, value } of filled) if (slot.part.kind === 'cell') (table[slot.part.row] ??= {})[slot.part.column.code] = value as Cell;
  return answerOf(question, table);
}
