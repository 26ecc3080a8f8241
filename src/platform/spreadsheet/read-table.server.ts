/** A table that a person brings to the server: XLSX or ODS, or CSV as French or English software writes it (UTF-8, UTF-16 or Windows-1252; `;`, `,`, tabulation or `|`). */
import { parse } from 'csv-parse/sync';
import { decode, separatorOf } from '../../kernel/file-text.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { FoundSheet } from './book.ts';
import { textCell } from './cell-value.ts';
import { type BookLimits, readingRefusal, tooLarge } from './limits.ts';
import { readBook } from './read.server.ts';

/** A ZIP, or the older compound file, which is refused. */
const isBook = (bytes: Uint8Array): boolean => (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf);

/** The sheets; a CSV is one. Row 0 is row 1 as a spreadsheet shows it. Refused as `readBook` does. */
export function readTables(bytes: Uint8Array, limits: BookLimits): Result<{ readonly csv: boolean; readonly sheets: readonly FoundSheet[] }> {
  if (bytes.length > limits.bytes) return refuse(tooLarge({ over: 'size' }, limits));
  if (isBook(bytes)) {
    const book = readBook(bytes, limits);
    return book.ok ? ok({ csv: false, sheets: book.value }) : book;
  }
  try {
    const text = decode(bytes).replace(/^\ufeff/, '').replace(/^sep=.\r?\n/i, '\n');
    const rows = parse(text, { delimiter: separatorOf(text), relax_column_count: true, relax_quotes: true, skip_empty_lines: false, trim: false }) as string[][];
    return ok({ csv: true, sheets: [{ name: '', rows: rows.map((row) => row.map(textCell)) }] });
  } catch (error) {
    return refuse(readingRefusal(error, limits));
  }
}
