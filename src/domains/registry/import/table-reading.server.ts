/**
 * From the bytes of a file to rows of text: CSV as French or English software writes it (UTF-8 with or without mark, UTF-16, Windows-1252; `;`, `,`, tabulation or
 * `|`), XLSX and ODS. Dates of spreadsheets become `YYYY-MM-DD`, numbers their decimal writing with a point.
 */
import { type CellObject, read, SSF, utils, type WorkSheet } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import { decode, separatorOf } from '../../../kernel/file-text.ts';
import { plainText } from '../../../kernel/plain-text.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';

export interface SourceTable {
  readonly format: 'csv' | 'xlsx' | 'ods';
  /** Every row of the file, empty ones too: `rows[0]` is row 1 as a spreadsheet shows it. */
  readonly rows: readonly (readonly string[])[];
}

/** A register of the whole nation is about 2 MB. */
const LARGEST = 30_000_000;

export function readTable(fileName: string, bytes: Uint8Array): Result<SourceTable> {
  if (bytes.length === 0) return refuse({ code: 'file_empty', message: 'Le fichier est vide. Choisissez un fichier qui contient au moins une ligne de titres et une structure.' });
  if (bytes.length > LARGEST) return refuse({ code: 'file_too_large', message: 'Le fichier dépasse 30\u00a0Mo. Retirez les feuilles et les images inutiles, ou enregistrez-le en CSV.' });
  try {
    return ok(isZip(bytes) ? readSheets(bytes, fileName) : readCsv(bytes));
  } catch {
    return refuse({ code: 'file_unreadable', message: `Le fichier « ${fileName} » n’a pas pu être lu. Enregistrez-le au format CSV, XLSX ou ODS, sans mot de passe, puis recommencez.` });
  }
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

function readCsv(bytes: Uint8Array): SourceTable {
  const text = decode(bytes).replace(/^\ufeff/, '').replace(/^sep=.\r?\n/i, '\n');
  const rows = parse(text, { delimiter: separatorOf(text), relax_column_count: true, relax_quotes: true, skip_empty_lines: false, trim: false }) as string[][];
  return { format: 'csv', rows: rows.map((row) => row.map(clean)) };
}

function readSheets(bytes: Uint8Array, fileName: string): SourceTable {
  const book = read(bytes, { type: 'array', cellNF: true, cellFormula: false, cellHTML: false, dense: false });
  // the sheet that holds most cells: a cover page or a notice often comes first
  const sheets = book.SheetNames.map((name) => rowsOf(book.Sheets[name]!)).toSorted((a, b) => size(b) - size(a));
  return { format: /\.ods$/i.test(fileName) ? 'ods' : 'xlsx', rows: sheets[0] ?? [] };
}

const size = (rows: readonly (readonly string[])[]): number => rows.reduce((n, row) => n + row.filter(Boolean).length, 0);

/** More structures than there are, several times; what a sheet says of its own extent is not believed beyond. */
const MOST_ROWS = 50_000;

function rowsOf(sheet: WorkSheet): string[][] {
  if (!sheet['!ref']) return [];
  const range = utils.decode_range(sheet['!ref']);
  const rows: string[][] = [];
  for (let r = 0; r <= Math.min(range.e.r, MOST_ROWS); r++) {
    const row: string[] = [];
    for (let c = 0; c <= Math.min(range.e.c, 199); c++) row.push(textOf(sheet[utils.encode_cell({ r, c })] as CellObject | undefined));
    rows.push(row);
  }
  return rows;
}

function textOf(cell: CellObject | undefined): string {
  if (!cell || cell.v === undefined || cell.v === null || cell.t === 'e') return '';
  if (cell.v instanceof Date) return cell.v.toISOString().slice(0, 10);
  if (cell.t === 'n' && typeof cell.v === 'number') {
    if (cell.z && SSF.is_date(String(cell.z))) {
      const d = SSF.parse_date_code(cell.v) as { y: number; m: number; d: number } | null;
      if (d) return `${d.y}-${String(d.m).padStart(2, '0')}-${String(d.d).padStart(2, '0')}`;
    }
    return String(cell.v);
  }
  if (cell.t === 'b') return cell.v ? 'oui' : 'non';
  return clean(String(cell.v));
}

/** One line, no space at the ends, none doubled; what a spreadsheet adds to keep a code as text (`="00123"`, a first apostrophe) is dropped. */
const clean = (text: string): string =>
  plainText(text).replace(/^="(.*)"$/, '$1').replace(/^'(?=\d)/, '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
