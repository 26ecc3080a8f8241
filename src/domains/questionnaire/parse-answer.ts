/**
 * What a client sends -> an answer, or a refusal. Types are strict; bounds are not judged here: a value out of bounds is kept
 * and becomes a finding that blocks submission, so that nothing typed is lost.
 */
import { isIsoDate } from '../../kernel/french-date.ts';
import { NBSP } from '../../kernel/french-number.ts';
import { plainText } from '../../kernel/plain-text.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import type { Answer, AnswerValue, Cell } from './answer.ts';
import { isNumeric } from './cells.ts';
import type { Question, TableColumn } from './model.ts';

/** Longest text kept when a question gives no length of its own. */
export const MAX_TEXT = 10_000;
/** Beyond it a double no longer holds cents. */
export const MAX_NUMBER = 1e13;

const illTyped = (question: Question, message: string): { readonly ok: false; readonly error: Refusal } =>
  refuse({ code: 'ill_typed_answer', message: `${question.code}, «${NBSP}${question.label}${NBSP}»${NBSP}: ${message}` });

const isObject = (raw: unknown): raw is { readonly [name: string]: unknown } => typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** Reads `{ state: 'value', value }`, `{ state: 'unknown' }`, `{ state: 'not_concerned' }`, or null (the answer is taken back: undefined). */
export function parseAnswer(question: Question, raw: unknown): Result<Answer | undefined> {
  if (raw === null) return ok(undefined);
  if (!isObject(raw)) return illTyped(question, 'réponse illisible ; envoyez un objet avec « state », ou null pour retirer la réponse.');
  const extra = Object.keys(raw).find((name) => name !== 'state' && name !== 'value');
  if (extra !== undefined) return illTyped(question, `champ inattendu « ${extra} ».`);
  if (raw['state'] === 'value') return answerOf(question, raw['value']);
  if (raw['value'] !== undefined) return illTyped(question, 'une valeur accompagne un état qui n’en a pas.');
  if (raw['state'] === 'unknown') return question.unknownAllowed ? ok({ state: 'unknown' }) : illTyped(question, '« Ne sait pas » n’est pas proposé pour cette question.');
  if (raw['state'] === 'not_concerned')
    return question.notConcernedAllowed ? ok({ state: 'not_concerned' }) : illTyped(question, '« Non concerné » n’est pas proposé pour cette question ; 0 ou « Aucun » dit qu’il n’y en a pas.');
  return illTyped(question, 'état inconnu.');
}

/** Reads a bare value: number, text, option codes, or cells by row and column. An empty text, list or table is no answer (undefined). */
export function answerOf(question: Question, value: unknown): Result<Answer | undefined> {
  const given = (v: AnswerValue): Result<Answer | undefined> => ok({ state: 'value', value: v });
  switch (question.kind) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percentage':
      return isAmount(value) ? given(value) : illTyped(question, 'un nombre est attendu.');
    case 'text': {
      if (typeof value !== 'string') return illTyped(question, 'un texte est attendu.');
      const text = plainText(value).trim();
      if (text.length > MAX_TEXT) return illTyped(question, `ce texte est trop long (${text.length} caractères pour ${MAX_TEXT} au plus)${NBSP}: raccourcissez-le.`);
      return text === '' ? ok(undefined) : given(text);
    }
    case 'date':
      return isIsoDate(value) ? given(value) : illTyped(question, 'une date existante est attendue (AAAA-MM-JJ).');
    case 'single':
      return typeof value === 'string' && question.options?.some((o) => o.code === value) ? given(value) : illTyped(question, 'ce choix n’existe pas.');
    case 'multiple': {
      if (!Array.isArray(value) || !value.every((code) => question.options?.some((o) => o.code === code))) return illTyped(question, 'un des choix n’existe pas.');
      const codes = question.options!.map((o) => o.code).filter((code) => value.includes(code));
      return codes.length === 0 ? ok(undefined) : given(codes);
    }
    case 'table':
      return tableAnswer(question, value);
  }
}

const isAmount = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= MAX_NUMBER;

function tableAnswer(question: Question, value: unknown): Result<Answer | undefined> {
  if (!isObject(value)) return illTyped(question, 'un tableau est attendu, ligne par ligne.');
  const rows = new Map(question.table!.rows.map((r) => [r.code, r]));
  const columns = new Map(question.table!.columns.map((c) => [c.code, c]));
  const table: { [row: string]: { [column: string]: Cell } } = {};
  for (const [row, cells] of Object.entries(value)) {
    if (!rows.has(row)) return illTyped(question, `la ligne « ${row} » n’existe pas.`);
    if (!isObject(cells)) return illTyped(question, `la ligne « ${row} » est illisible.`);
    for (const [code, cell] of Object.entries(cells)) {
      const column = columns.get(code);
      if (!column) return illTyped(question, `la colonne « ${code} » n’existe pas.`);
      if (cell === null) continue;
      const read = readCell(question, column, cell);
      if (read === undefined) return illTyped(question, `la case « ${rows.get(row)!.label}, ${column.label.toLowerCase()} » est illisible.`);
      (table[row] ??= {})[code] = read;
    }
  }
  return Object.keys(table).length === 0 ? ok(undefined) : ok({ state: 'value', value: table });
}

function readCell(question: Question, column: TableColumn, cell: unknown): Cell | undefined {
  if (cell === 'unknown') return question.unknownAllowed ? cell : undefined;
  if (cell === 'not_concerned') return question.notConcernedAllowed ? cell : undefined;
  if (column.kind === 'boolean') return typeof cell === 'boolean' ? cell : undefined;
  return isNumeric(column.kind) && isAmount(cell) ? cell : undefined;
}
