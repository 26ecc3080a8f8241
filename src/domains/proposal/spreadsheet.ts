/** The first sheet of an XLSX, ODS or XLS file as rows of texts. Loaded only where such a file is opened: the library is heavy. */
import { type CellObject, read, SSF } from '@e965/xlsx';

/** Days are written in ISO, numbers with a decimal comma. Throws when the bytes are no workbook. */
export function sheetRows(bytes: Uint8Array): string[][] {
  const book = read(bytes, { type: 'array', cellNF: true, dense: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet?.['!ref']) return [];
  const shift = book.Workbook?.WBProps?.date1904 ? 1462 : 0;
  const data = (sheet as unknown as { '!data': (CellObject | undefined)[][] })['!data'];
  // The cells that are there, not the extent that the sheet gives itself: it may say a million rows.
  const width = data.reduce((widest, row) => Math.max(widest, row?.length ?? 0), 0);
  return Array.from(data, (row) => Array.from({ length: width }, (_, c) => textOf(row?.[c], shift)));
}

function textOf(cell: CellObject | undefined, shift: number): string {
  if (cell?.v === undefined || cell.t === 'e') return '';
  if (typeof cell.v === 'number') return cell.z !== undefined && SSF.is_date(String(cell.z)) ? isoOfSerial(cell.v + shift) : String(cell.v).replace('.', ',');
  return cell.v instanceof Date ? cell.v.toISOString().slice(0, 10) : String(cell.v);
}

/** Day 1 is 1 January 1900; the workbook's calendar has a 29 February 1900 that was not. */
const isoOfSerial = (serial: number): string => new Date(Math.round((serial - 25_569) * 86_400_000)).toISOString().slice(0, 10);
