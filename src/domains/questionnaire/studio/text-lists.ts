/**
 * Options, rows, columns, totals and groups of a question as lines of text, for a plain form: one line each, fields apart by `|`. A list is read back whole,
 * so that lines may be moved, pasted from a spreadsheet or taken out. Pure; reading what was written gives the same list.
 */
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Option, TableColumn, TableRow, TableShape } from '../model.ts';
import { KIND_LABELS } from '../labels.ts';

export interface LineFault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}
export type Lines<T> = Result<T, readonly LineFault[]>;

/** `|` and line ends separate: a label cannot hold them. */
const clean = (text: string): string => text.replaceAll(/\s*[|\n\r]\s*/g, ' ').trim();
const line = (...fields: readonly (string | undefined)[]): string => {
  const kept = fields.map((f) => clean(f ?? ''));
  while (kept.length > 2 && kept.at(-1) === '') kept.pop();
  return kept.join(' | ');
};

function eachLine<T>(text: string, read: (fields: readonly string[]) => T | string): Lines<readonly T[]> {
  const items: T[] = [];
  const faults: LineFault[] = [];
  text.split(/\r?\n/).forEach((raw, i) => {
    if (!raw.trim()) return;
    const item = read(raw.split(raw.includes('|') ? '|' : '\t').map((f) => f.trim()));
    if (typeof item === 'string') faults.push({ line: i + 1, message: item });
    else items.push(item);
  });
  return faults.length > 0 ? refuse(faults) : ok(items);
}

const TWO = 'écrivez le code, puis « | », puis le libellé.';

export const writeOptions = (options: readonly Option[]): string => options.map((o) => line(o.code, o.label, o.exclusive ? 'seul' : o.exclusive === false ? 'non seul' : undefined)).join('\n');
export const readOptions = (text: string): Lines<readonly Option[]> =>
  eachLine(text, ([code = '', label = '', mark = '']) => {
    if (!code || !label) return TWO;
    if (!['', 'seul', 'non seul'].includes(mark)) return `« ${mark} » : après le libellé, seul « seul » est compris (une réponse qui ne se coche avec aucune autre).`;
    return { code, label, ...(mark === '' ? {} : { exclusive: mark === 'seul' }) };
  });

export const writeRows = (rows: readonly TableRow[]): string => rows.map((r) => line(r.code, r.label, r.unknown ? 'ne sait pas' : r.unknown === false ? 'connue' : undefined)).join('\n');
export const readRows = (text: string): Lines<readonly TableRow[]> =>
  eachLine(text, ([code = '', label = '', mark = '']) => {
    if (!code || !label) return TWO;
    if (!['', 'ne sait pas', 'connue'].includes(mark)) return `« ${mark} » : après le libellé, seul « ne sait pas » est compris (la ligne de ce que l’on ne connaît pas).`;
    return { code, label, ...(mark === '' ? {} : { unknown: mark === 'ne sait pas' }) };
  });

const COLUMN_WORDS: { readonly [kind in TableColumn['kind']]: string } = { integer: KIND_LABELS.integer, decimal: KIND_LABELS.decimal, money: KIND_LABELS.money, percentage: KIND_LABELS.percentage, boolean: 'Case' };
const numberText = (n: number | undefined): string => (n === undefined ? '' : String(n));
/** `-`: said to have no unit, which the folder tells apart from nothing said. */
export const writeColumns = (columns: readonly TableColumn[]): string =>
  columns.map((c) => line(c.code, c.label, COLUMN_WORDS[c.kind].toLowerCase(), c.unit === null ? '-' : c.unit, numberText(c.min), numberText(c.max), numberText(c.decimals))).join('\n');
export const readColumns = (text: string): Lines<readonly TableColumn[]> =>
  eachLine(text, ([code = '', label = '', word = '', unit = '', ...bounds]) => {
    if (!code || !label) return TWO;
    const kind = (Object.keys(COLUMN_WORDS) as TableColumn['kind'][]).find((k) => k === word || COLUMN_WORDS[k].toLowerCase() === word.toLowerCase());
    if (!kind) return `« ${word} » : la nature est ${Object.values(COLUMN_WORDS).map((w) => w.toLowerCase()).join(', ')}.`;
    const numbers = bounds.map((b) => (b === '' ? undefined : Number(b.replace(',', '.'))));
    if (numbers.some((n) => n !== undefined && !Number.isFinite(n))) return 'minimum, maximum et décimales sont des nombres.';
    const [min, max, decimals] = numbers;
    return {
      code, label, kind, ...(unit === '' ? {} : { unit: unit === '-' ? null : unit }), ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), ...(decimals === undefined ? {} : { decimals }),
    };
  });

export const writeTotals = (total: TableShape['total']): string => Object.entries(total ?? {}).map(([column, target]) => line(column, target === true ? 'affiché' : target)).join('\n');
export function readTotals(text: string): Lines<TableShape['total']> {
  const read = eachLine(text, ([column = '', target = '']) => (column && target ? ([column, target === 'affiché' ? true : target] as const) : 'écrivez le code de la colonne, « | », puis la question qui porte son total (ou « affiché »).'));
  return read.ok ? ok(read.value.length === 0 ? undefined : Object.fromEntries(read.value)) : read;
}

/** `groupe | ligne, ligne`, or `partage | groupe | ligne, ligne`. */
export const writeGroups = (groups: TableShape['groups']): string =>
  Object.entries(groups ?? {})
    .flatMap(([name, rows]) => (Array.isArray(rows) ? [line(name, (rows as readonly string[]).join(', '))] : Object.entries(rows as { [g: string]: readonly string[] }).map(([group, inner]) => line(name, group, inner.join(', ')))))
    .join('\n');
export function readGroups(text: string): Lines<TableShape['groups']> {
  const read = eachLine(text, (fields) => {
    if (fields.length < 2 || fields.length > 3 || fields.some((f) => !f)) return 'écrivez le groupe, « | », puis ses lignes séparées par des virgules.';
    const rows = fields.at(-1)!.split(',').map((r) => r.trim()).filter(Boolean);
    return { name: fields[0]!, group: fields.length === 3 ? fields[1]! : undefined, rows };
  });
  if (!read.ok) return read;
  const groups: { [name: string]: readonly string[] | { [group: string]: readonly string[] } } = {};
  for (const { name, group, rows } of read.value) {
    if (group === undefined) groups[name] = rows;
    else groups[name] = { ...(Array.isArray(groups[name]) ? {} : (groups[name] as object | undefined)), [group]: rows };
  }
  return ok(read.value.length === 0 ? undefined : groups);
}

/** `seuil = 25`, one a line: the thresholds of a rule. */
export const writeParams = (params: { readonly [name: string]: number }): string => Object.entries(params).map(([name, value]) => `${name} = ${String(value).replace('.', ',')}`).join('\n');
export function readParams(text: string): Lines<{ readonly [name: string]: number }> {
  const faults: LineFault[] = [];
  const pairs = text.split(/\r?\n/).flatMap((raw, i) => {
    if (!raw.trim()) return [];
    const [name = '', value = ''] = raw.split('=').map((f) => f.trim());
    const number = Number(value.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || value === '' || !Number.isFinite(number)) {
      faults.push({ line: i + 1, message: 'écrivez « nom = nombre ».' });
      return [];
    }
    return [[name, number] as const];
  });
  return faults.length > 0 ? refuse(faults) : ok(Object.fromEntries(pairs));
}
