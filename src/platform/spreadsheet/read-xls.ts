/** The sheets of an XLS (Excel 97 to 2003). Nothing in it is compressed: its own length bounds what it holds. */
import { type CellObject, read } from '@e965/xlsx';
import type { FoundSheet } from './book.ts';
import { booleanCell, brokenCell, type Calendar, kindOfFormat, numberCell, textCell } from './cell-value.ts';
import { Grid } from './grid.ts';
import { type BookBudget, BookTooLarge } from './limits.ts';

/** Throws when it is none or has a password; BookTooLarge. */
export function readXls(bytes: Uint8Array, budget: BookBudget): FoundSheet[] {
  if (bytes.length > budget.limits.bytes) throw new BookTooLarge({ over: 'size' });
  const book = read(bytes, { type: 'array', cellNF: true, cellText: false, cellFormula: false, cellHTML: false, dense: true, ...(budget.limits.firstSheet ? { sheets: 0 } : {}) });
  const calendar: Calendar = book.Workbook?.WBProps?.date1904 === true ? 1904 : 1900;
  return book.SheetNames.slice(0, budget.limits.firstSheet ? 1 : undefined).map((name) => {
    const grid = new Grid(name, budget);
    const rows = (book.Sheets[name] as unknown as { '!data'?: (CellObject | undefined)[][] })['!data'] ?? [];
    // forEach passes over what is not there
    rows.forEach((row, r) => row.forEach((cell, c) => {
      const found = cell && cellOf(cell, calendar);
      if (found) grid.put(r, c, found);
    }));
    return grid;
  });
}

function cellOf({ t, v, w, z }: CellObject, calendar: Calendar) {
  if (v === undefined || v === null) return undefined;
  if (t === 'e') return brokenCell(w ?? '');
  if (typeof v === 'boolean') return booleanCell(v);
  if (typeof v === 'number') return numberCell(v, kindOfFormat(String(z ?? '')), calendar);
  return textCell(String(v));
}
