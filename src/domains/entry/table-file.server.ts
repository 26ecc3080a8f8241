/** A spreadsheet file as rows of texts: CSV (comma, semicolon, bar or tab; UTF-8, UTF-16 or Windows-1252), XLSX, ODS: the first sheet. */
import { parse } from 'csv-parse/sync';
import { read, utils } from '@e965/xlsx';
import { decode, separatorOf } from '../../kernel/file-text.ts';
import { plainText } from '../../kernel/plain-text.ts';

/** Throws when the bytes are no readable table. */
export function readTableFile(fileName: string, bytes: Uint8Array): string[][] {
  if (/\.(xlsx|ods|xls)$/i.test(fileName)) {
    const book = read(bytes, { type: 'array', cellDates: false });
    const sheet = book.Sheets[book.SheetNames[0] ?? ''];
    return sheet ? utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, defval: '' }).map((row) => row.map((cell) => (typeof cell === 'number' ? String(cell).replace('.', ',') : plainText(String(cell ?? ''))))) : [];
  }
  const text = decode(bytes).replace(/^\ufeff/, '');
  return (parse(text, { delimiter: separatorOf(text), relax_column_count: true, skip_empty_lines: false, bom: true }) as string[][]).map((row) => row.map(plainText));
}
