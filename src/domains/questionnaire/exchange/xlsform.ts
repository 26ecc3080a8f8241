/** What the writer and the reader of XLSForm share: sheets, columns, fields that XLSForm has no column for (docs/guides/exchange.md). */
import type { Question, Rule } from '../model.ts';

/** A row by the names of its columns; a cell that is absent is empty. */
export type FormRow = { readonly [column: string]: string };
export interface FormSheet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly FormRow[];
}

/** Something that was not carried, and why, for the person who asked. */
export interface NotCarried {
  /** A question, a check, a row or a sheet, in the person's words. */
  readonly subject: string;
  readonly reason: string;
}

export const LANGUAGE = 'Français (fr)';
export const LABEL = `label::${LANGUAGE}`;
export const HINT = `hint::${LANGUAGE}`;
export const CONSTRAINT_MESSAGE = `constraint_message::${LANGUAGE}`;
export const YES_NO = 'senacs_oui_non';
/** Other programs skip columns and sheets that they do not know. */
export const OWN = 'senacs_';
export const ITEM = `${OWN}item`;
export type Item = 'rubric' | 'question' | 'row' | 'cell' | 'rule' | 'rules';

/** Fields of a question that go in a column of ours; the others are read from the columns of XLSForm. */
export const OWN_FIELDS = [
  'code', 'dimension', 'level', 'module', 'kind', 'unit', 'min', 'max', 'decimals', 'step', 'maxLength', 'pattern', 'maxChoices', 'table', 'appliesTo', 'relevance', 'required', 'zeroNotBlank', 'unknownAllowed',
  'notConcernedAllowed', 'sharedFact', 'referencePeriod', 'prefill', 'computed', 'sensitivity', 'internal', 'feeds', 'note',
] as const satisfies readonly (keyof Question)[];
export const RULE_FIELDS = ['id', 'category', 'severity', 'stage', 'appliesTo', 'when', 'assert', 'params', 'message', 'justification', 'serverOnly', 'note'] as const satisfies readonly (keyof Rule)[];

/** Words as they are, the rest as JSON; a word that JSON would read as something else is quoted. */
export function toCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  return value === '' || isJson(value) ? JSON.stringify(value) : value;
}

/** The value of a cell that is not empty. */
export const fromCell = (text: string): unknown => (isJson(text) ? (JSON.parse(text) as unknown) : text);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The condition on a question's own answer, `''` when there is none, and its words. */
export function constraintOf(question: Pick<Question, 'kind' | 'min' | 'max' | 'pattern' | 'maxLength' | 'maxChoices' | 'options'>): { readonly constraint: string; readonly message: string } {
  const { kind, min, max, pattern, maxLength, maxChoices, options } = question;
  const numeric = kind === 'integer' || kind === 'decimal' || kind === 'money' || kind === 'percentage';
  const parts: [string, string][] = [];
  if (numeric && min !== undefined) parts.push([`. >= ${min}`, `${min} au moins`]);
  if (numeric && max !== undefined) parts.push([`. <= ${max}`, `${max} au plus`]);
  if (kind === 'text' && maxLength !== undefined) parts.push([`string-length(.) <= ${maxLength}`, `${maxLength} caractères au plus`]);
  if (kind === 'text' && pattern !== undefined && !pattern.includes("'")) parts.push([`regex(., '${pattern}')`, 'forme attendue non reconnue']);
  if (kind === 'multiple' && maxChoices !== undefined) parts.push([`count-selected(.) <= ${maxChoices}`, `${maxChoices} choix au plus`]);
  if (kind === 'multiple') for (const o of options ?? []) if (o.exclusive) parts.push([`(not(selected(., '${o.code}')) or count-selected(.) = 1)`, `« ${o.label} » se coche seul`]);
  return { constraint: parts.map(([c]) => c).join(' and '), message: parts.length > 0 ? `${parts.map(([, m]) => m).join(', ')}.` : '' };
}

/** The type that XLSForm has for a kind. */
export function typeOf(kind: Exclude<Question['kind'], 'table'> | 'boolean', list: string): string {
  if (kind === 'single') return `select_one ${list}`;
  if (kind === 'multiple') return `select_multiple ${list}`;
  if (kind === 'boolean') return `select_one ${YES_NO}`;
  return kind === 'money' || kind === 'percentage' ? 'decimal' : kind;
}
