/** The sheets of a workbook chosen in a page, XLSX, ODS or the older XLS, within the limits of who asks. Uses what a browser has. */
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { FoundSheet } from './book.ts';
import { BookBudget, type BookLimits, BookTooLarge, readingRefusal } from './limits.ts';
import { isBookPart, sheetsOf } from './read-parts.ts';
import { partsOf } from './zip-directory.ts';

const isOldBook = (bytes: Uint8Array): boolean => bytes[0] === 0xd0 && bytes[1] === 0xcf;

/** Refused with code `file_too_large` or `file_unreadable`. */
export async function readBookInBrowser(bytes: Uint8Array, limits: BookLimits): Promise<Result<FoundSheet[]>> {
  const budget = new BookBudget(limits);
  try {
    if (!isOldBook(bytes)) return ok(sheetsOf(await unfolded(bytes, limits.bytes), budget));
    // The library is heavy: it comes only with such a file.
    const { readXls } = await import('./read-xls.ts');
    return ok(readXls(bytes, budget));
  } catch (error) {
    return refuse(readingRefusal(error, limits));
  }
}

/** Throws BookTooLarge as soon as the parts together pass `limit` bytes. */
async function unfolded(bytes: Uint8Array, limit: number): Promise<Map<string, Uint8Array>> {
  const parts = new Map<string, Uint8Array>();
  let left = limit;
  for (const { name, deflated, packed } of partsOf(bytes)) {
    if (!isBookPart(name)) continue;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const reader = new Blob([packed]).stream().pipeThrough(deflated ? new DecompressionStream('deflate-raw') : new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      left -= value.length;
      if (left < 0) {
        await reader.cancel();
        throw new BookTooLarge({ over: 'bytes' });
      }
      chunks.push(value);
    }
    parts.set(name, new Uint8Array(await new Blob(chunks).arrayBuffer()));
  }
  return parts;
}
