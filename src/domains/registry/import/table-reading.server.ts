/** From the bytes of a file to the rows of a register, as texts. */
import { plainText } from '../../../kernel/plain-text.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { textRows } from '../../../platform/spreadsheet/cell-value.ts';
import type { BookLimits } from '../../../platform/spreadsheet/limits.ts';
import { readTables } from '../../../platform/spreadsheet/read-table.server.ts';

export interface SourceTable {
  readonly format: 'csv' | 'xlsx' | 'ods';
  /** Every row of the file, empty ones too: `rows[0]` is row 1 as a spreadsheet shows it. */
  readonly rows: readonly (readonly string[])[];
}

/** A register of the whole nation has about 7 000 rows of thirty columns, 2 MB packed and 15 MB unfolded. */
const REGISTER: BookLimits = { bytes: 40_000_000, sheets: 60, rows: 50_000, columns: 200, cells: 1_500_000, characters: 30_000_000, csv: true };

export function readTable(fileName: string, bytes: Uint8Array): Result<SourceTable> {
  if (bytes.length === 0) return refuse({ code: 'file_empty', message: 'Le fichier est vide. Choisissez un fichier qui contient au moins une ligne de titres et une structure.' });
  const read = readTables(bytes, REGISTER);
  if (!read.ok) return read;
  // the sheet that holds most cells: a cover page or a notice often comes first
  const [rows = []] = read.value.sheets.map((sheet) => textRows(sheet.rows)).toSorted((a, b) => size(b) - size(a));
  return ok({ format: read.value.csv ? 'csv' : /\.ods$/i.test(fileName) ? 'ods' : 'xlsx', rows: rows.map((row) => row.map(clean)) });
}

const size = (rows: readonly (readonly string[])[]): number => rows.reduce((n, row) => n + row.filter(Boolean).length, 0);

/** One line, no space at the ends, none doubled; what a spreadsheet adds to keep a code as text (`="00123"`, a first apostrophe) is dropped. */
const clean = (text: string): string =>
  plainText(text).replace(/^="(.*)"$/, '$1').replace(/^'(?=\d)/, '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
