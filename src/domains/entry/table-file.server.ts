/** A spreadsheet file as rows of texts: CSV (comma, semicolon or tab; UTF-8 or Windows-1252), XLSX, ODS: the first sheet. */
import { parse } from 'csv-parse/sync';
import { read, utils } from '@e965/xlsx';
import { plainText } from '../../kernel/plain-text.ts';

/** Throws when the bytes are no readable table. */
export function readTableFile(fileName: string, bytes: Uint8Array): string[][] {
  if (/\.(xlsx|ods|xls)$/i.test(fileName)) {
    const book = read(bytes, { type: 'array', cellDates: false });
    const sheet = book.Sheets[book.SheetNames[0] ?? ''];
    return sheet ? utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, defval: '' }).map((row) => row.map((cell) => (typeof cell === 'number' ? String(cell).replace('.', ',') : plainText(String(cell ?? ''))))) : [];
  }
  const text = plainText(decode(bytes)).replace(/^\ufeff/, '');
  const first = text.slice(0, text.search(/\r?\n|$/));
  const delimiter = [';', '\t', ','].reduce((best, mark) => (first.split(mark).length > first.split(best).length ? mark : best), ';');
  return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: false, bom: true }) as string[][];
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
