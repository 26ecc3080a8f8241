/** The sheets of a workbook that a person brings, XLSX or ODS, whatever program wrote it, within the limits of who asks. */
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { FoundSheet } from './book.ts';
import { BookBudget, type BookLimits, readingRefusal } from './limits.ts';
import { isBookPart, sheetsOf } from './read-parts.ts';
import { unzip } from './zip.server.ts';

/** What a workbook written by this house may come back with: it unfolds to about 1 MB, with a person's own sheets beside it to some more. */
export const OUR_WORKBOOK: BookLimits = { bytes: 16_000_000, sheets: 60, rows: 20_000, columns: 100, cells: 400_000, characters: 10_000_000 };

/** Refused with code `file_too_large` or `file_unreadable`. */
export function readBook(bytes: Uint8Array, limits: BookLimits): Result<FoundSheet[]> {
  try {
    return ok(sheetsOf(unzip(bytes, limits.bytes, isBookPart), new BookBudget(limits)));
  } catch (error) {
    return refuse(readingRefusal(error, limits));
  }
}
