/** The sheets of a workbook that a person brings back, XLSX or ODS, whatever program wrote it. Throws when it is none, or unfolds beyond what a workbook of ours may weigh. */
import { type CellObject, read, SSF, utils, type WorkSheet } from '@e965/xlsx';
import { BookBudget, type FoundCell, type FoundSheet } from './book.ts';
import { ODS_TYPE } from './ods.server.ts';
import { readOdsContent } from './read-ods.ts';
import { unzip } from './zip.server.ts';

/** A workbook of ours unfolds to about 1 MB; with a person's own sheets beside it, some more. */
const UNFOLDED = 16_000_000;
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 100;

export function readBook(bytes: Uint8Array): FoundSheet[] {
  const parts = unzip(bytes, UNFOLDED);
  if (parts.get('mimetype')?.toString() === ODS_TYPE) return readOdsContent(parts.get('content.xml')!.toString());
  const book = read(bytes, { type: 'array', cellNF: true, cellFormula: false, cellHTML: false, cellDates: false });
  const epoch1904 = book.Workbook?.WBProps?.date1904 === true;
  const budget = new BookBudget();
  return book.SheetNames.map((name) => {
    budget.sheet();
    return { name, rows: rowsOf(book.Sheets[name]!, epoch1904, budget) };
  });
}

/** The cells that are there; what the sheet says of its own extent is not believed. */
function rowsOf(sheet: WorkSheet, epoch1904: boolean, budget: BookBudget): (FoundCell | undefined)[][] {
  const rows: (FoundCell | undefined)[][] = [];
  for (const [name, cell] of Object.entries(sheet)) {
    if (name.startsWith('!')) continue;
    const { r, c } = utils.decode_cell(name);
    const value = r > MOST_ROWS || c > MOST_COLUMNS ? undefined : found(cell as CellObject, epoch1904);
    if (!value) continue;
    budget.cells(1);
    while (rows.length <= r) rows.push([]);
    const row = rows[r]!;
    while (row.length < c) row.push(undefined);
    row[c] = value;
  }
  return rows;
}

function found(cell: CellObject | undefined, date1904: boolean): FoundCell | undefined {
  if (!cell || cell.v === undefined || cell.v === null || cell.v === '') return undefined;
  if (cell.t === 'e') return { text: cell.w ?? '#ERREUR', broken: true };
  if (cell.t === 'b') return { text: cell.v ? 'oui' : 'non' };
  if (cell.v instanceof Date) {
    const date = cell.v.toISOString().slice(0, 10);
    return { text: date, date };
  }
  if (typeof cell.v === 'number') {
    const format = String(cell.z ?? '');
    if (format && SSF.is_date(format)) {
      const d = SSF.parse_date_code(cell.v, { date1904 }) as { y: number; m: number; d: number } | null;
      if (d) {
        const date = `${String(d.y).padStart(4, '0')}-${String(d.m).padStart(2, '0')}-${String(d.d).padStart(2, '0')}`;
        return { text: date, date };
      }
    }
    return { text: String(cell.v).replace('.', ','), number: cell.v, ...(format.includes('%') ? { percent: true } : {}) };
  }
  return { text: String(cell.v) };
}
