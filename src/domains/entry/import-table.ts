/**
 * A table of answers, one line per value: structure, question, data year, value (and row and column for a table's cell). Pure: text in, items and
 * faults out; each fault is named by line, column, value and what to do.
 */
import { type CompiledVersion, fieldName, type Fields, parseFormAnswer, presentField, type Question, stateField } from '../questionnaire/index.ts';
import { plainWord as plain, saidState } from './said-words.ts';

export interface TableFault {
  /** As a spreadsheet numbers it: the header is line 1. */
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly remedy: string;
}
export interface TableLine {
  readonly row: number;
  readonly structure: string;
  readonly question: string;
  readonly dataYear: number;
  readonly value: string;
  readonly tableRow: string;
  readonly tableColumn: string;
}
type ColumnName = 'structure' | 'question' | 'dataYear' | 'value' | 'tableRow' | 'tableColumn';

const HEADERS: { readonly [name in ColumnName]: readonly string[] } = {
  structure: ['structure', 'identifiant', 'structure_id', 'numero'],
  question: ['question', 'code', 'question_code', 'cle', 'key'],
  dataYear: ['data_year', 'annee', 'annee_de_donnees', 'annee_donnees', 'exercice'],
  value: ['value', 'valeur', 'reponse'],
  tableRow: ['row', 'ligne'],
  tableColumn: ['column', 'colonne'],
};
const NEEDED: readonly ColumnName[] = ['structure', 'question', 'dataYear', 'value'];
const FRENCH: { readonly [name in ColumnName]: string } = { structure: 'structure', question: 'question', dataYear: 'data_year', value: 'valeur', tableRow: 'ligne', tableColumn: 'colonne' };

/** Reads the header and the lines. A header without its four columns is one fault and no line. */
export function readLines(table: readonly (readonly string[])[]): { lines: TableLine[]; faults: TableFault[] } {
  const header = (table[0] ?? []).map(plain);
  const at = Object.fromEntries((Object.keys(HEADERS) as ColumnName[]).map((name) => [name, header.findIndex((h) => HEADERS[name].includes(h))])) as { [name in ColumnName]: number };
  const missing = NEEDED.filter((name) => at[name] < 0);
  if (missing.length > 0) {
    const faults = missing.map((name) => ({ row: 1, column: FRENCH[name], value: (table[0] ?? []).join(' ; '), remedy: `Ajoutez une colonne « ${FRENCH[name]} » à la première ligne.` }));
    return { lines: [], faults };
  }
  const lines: TableLine[] = [];
  const faults: TableFault[] = [];
  for (const [i, cells] of table.entries()) {
    if (i === 0 || cells.every((cell) => cell.trim() === '')) continue;
    const cell = (name: ColumnName): string => (at[name] < 0 ? '' : (cells[at[name]] ?? '').trim());
    const row = i + 1;
    const year = Number(cell('dataYear'));
    if (cell('structure') === '') faults.push({ row, column: FRENCH.structure, value: '', remedy: 'Indiquez l’identifiant de la structure (Siret, numéro Caf ou identifiant du répertoire).' });
    else if (cell('question') === '') faults.push({ row, column: FRENCH.question, value: '', remedy: 'Indiquez le code de la question, par exemple C02.' });
    else if (!Number.isInteger(year) || year < 1900) faults.push({ row, column: FRENCH.dataYear, value: cell('dataYear'), remedy: 'Indiquez l’année de données en quatre chiffres, par exemple 2016.' });
    else lines.push({ row, structure: cell('structure'), question: cell('question'), dataYear: year, value: cell('value'), tableRow: cell('tableRow'), tableColumn: cell('tableColumn') });
  }
  return { lines, faults };
}

export interface ImportedAnswer {
  readonly key: string;
  /** As parseAnswer reads it; null takes the answer back. */
  readonly answer: unknown;
  readonly rows: readonly number[];
}

/** The answers of one structure for one data year, cells of a table gathered. `question` may be a code, a key, or `C03.direction.fte`. */
export function readAnswers(compiled: CompiledVersion, lines: readonly TableLine[]): { answers: ImportedAnswer[]; faults: TableFault[] } {
  const faults: TableFault[] = [];
  const fields = new Map<string, { question: Question; values: Map<string, string[]>; rows: number[] }>();
  for (const line of lines) {
    const [word = '', ...rest] = line.question.split('.');
    const question = compiled.byCode.get(word.toUpperCase()) ?? compiled.questions.get(word);
    if (!question) {
      faults.push({ row: line.row, column: FRENCH.question, value: line.question, remedy: 'Ce code n’est pas dans le questionnaire de la campagne : prenez celui qui est écrit devant la question.' });
      continue;
    }
    const entry = fields.get(question.key) ?? { question, values: new Map<string, string[]>(), rows: [] };
    fields.set(question.key, entry);
    entry.rows.push(line.row);
    const name = question.table ? cellName(question, line.tableRow || rest[0] || '', line.tableColumn || rest[1] || '') : question.key;
    if (typeof name !== 'string') faults.push({ row: line.row, ...name });
    else if (entry.values.has(name) || entry.values.has(stateField(name))) faults.push({ row: line.row, column: FRENCH.question, value: line.question, remedy: 'Cette valeur figure déjà plus haut pour la même structure et la même année : gardez une seule ligne.' });
    else putValue(question, name, line.value, entry.values);
  }
  const answers: ImportedAnswer[] = [];
  for (const { question, values, rows } of fields.values()) {
    if (rows.some((row) => faults.some((f) => f.row === row))) continue;
    const read: Fields = (name) => values.get(name) ?? (name === presentField(question.key) ? ['1'] : []);
    const parsed = parseFormAnswer(question, read);
    if (parsed.ok) answers.push({ key: question.key, answer: parsed.value ?? null, rows });
    else faults.push({ row: rows[0]!, column: FRENCH.value, value: lines.find((l) => l.row === rows[0])!.value, remedy: parsed.error.message });
  }
  return { answers, faults };
}

const NO = ['non', 'no', 'faux', 'false', '0', ''];

function putValue(question: Question, name: string, text: string, values: Map<string, string[]>): void {
  const word = plain(text);
  const coded = question.options?.some((o) => o.code === text || plain(o.label) === word);
  const state = coded || question.kind === 'text' ? undefined : saidState(text);
  if (state) values.set(stateField(name), [state]);
  else if (question.kind === 'single') values.set(name, [optionCode(question, text)]);
  else if (question.kind === 'multiple') values.set(name, text.split(/[|;]/).map((part) => part.trim()).filter(Boolean).map((part) => optionCode(question, part)));
  else if (question.table?.columns.find((c) => name.endsWith(`.${c.code}`))?.kind === 'boolean') values.set(name, NO.includes(word) ? [] : ['1']);
  else values.set(name, [text]);
}

const optionCode = (question: Question, text: string): string => question.options?.find((o) => o.code === text || plain(o.label) === plain(text))?.code ?? text;

function cellName(question: Question, row: string, column: string): string | { column: string; value: string; remedy: string } {
  const { rows, columns } = question.table!;
  const knownRow = rows.find((r) => r.code === row || plain(r.label) === plain(row)) ?? (rows.length === 1 && row === '' ? rows[0] : undefined);
  const knownColumn = columns.find((c) => c.code === column || plain(c.label) === plain(column)) ?? (columns.length === 1 && column === '' ? columns[0] : undefined);
  if (!knownRow) return { column: FRENCH.tableRow, value: row, remedy: `Indiquez une ligne du tableau ${question.code} : ${rows.map((r) => r.code).join(', ')}.` };
  if (!knownColumn) return { column: FRENCH.tableColumn, value: column, remedy: `Indiquez une colonne du tableau ${question.code} : ${columns.map((c) => c.code).join(', ')}.` };
  return fieldName(question.key, knownRow.code, knownColumn.code);
}
