/** A file of answers as rows of texts: CSV, XLSX, ODS; of a workbook, the first sheet. */
import { plainText } from '../../kernel/plain-text.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { BookLimits } from '../../platform/spreadsheet/limits.ts';
import { readTables } from '../../platform/spreadsheet/read-table.server.ts';

/** One line is one value: about three hundred structures at once. */
const ANSWERS: BookLimits = { bytes: 40_000_000, sheets: 60, rows: 100_000, columns: 50, cells: 1_000_000, characters: 20_000_000, firstSheet: true, csv: true };

/** A formula that gives an error keeps its words, so that it is refused: an empty cell would take the answer back. */
export function readTableFile(bytes: Uint8Array): Result<string[][]> {
  const read = readTables(bytes, ANSWERS);
  return read.ok ? ok((read.value.sheets[0]?.rows ?? []).map((row) => Array.from(row, (cell) => plainText(cell?.text ?? '')))) : read;
}
