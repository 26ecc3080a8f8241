/** The first sheet of an XLSX, ODS or XLS file as rows of texts. Loaded only where such a file is opened. */
import { ok, type Result } from '../../kernel/result.ts';
import { textRows } from '../../platform/spreadsheet/cell-value.ts';
import type { BookLimits } from '../../platform/spreadsheet/limits.ts';
import { readBookInBrowser } from '../../platform/spreadsheet/read-in-browser.ts';

/** The people of a large centre are 10 000, in as many rows of some tens of columns. */
const MEMBERS: BookLimits = { bytes: 60_000_000, sheets: 60, rows: 60_000, columns: 300, cells: 3_000_000, characters: 30_000_000, firstSheet: true, csv: true };

export async function firstSheetRows(bytes: Uint8Array): Promise<Result<string[][]>> {
  const read = await readBookInBrowser(bytes, MEMBERS);
  return read.ok ? ok(textRows(read.value[0]?.rows ?? [])) : read;
}
