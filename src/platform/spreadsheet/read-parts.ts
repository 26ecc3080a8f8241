/** The sheets of a workbook whose parts were unfolded: XLSX or ODS, by what is in it, whatever its name. Pure. */
import type { FoundSheet } from './book.ts';
import type { BookBudget } from './limits.ts';
import { readOdsContent } from './read-ods.ts';
import { readXlsx } from './read-xlsx.ts';

/** Parts that a reader may ask for: pictures, drawings and the caches of pivot tables stay folded. */
export const isBookPart = (name: string): boolean => /^\/?(content\.xml|_rels\/\.rels|xl\/(?:[^/]+\.xml|_rels\/[^/]+\.rels|worksheets\/[^/]+\.xml))$/i.test(name);

/** Parts by name. Throws when they are no workbook, or BookTooLarge. */
export function sheetsOf(parts: ReadonlyMap<string, Uint8Array>, budget: BookBudget): FoundSheet[] {
  const byName = new Map([...parts].map(([name, bytes]) => [name.replace(/^\//, '').toLowerCase(), bytes]));
  const text = (name: string): string | undefined => {
    const bytes = byName.get(name.toLowerCase());
    return bytes && new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
  };
  const content = text('content.xml');
  const sheets = content === undefined ? readXlsx(text, budget) : readOdsContent(content, budget);
  if (sheets.length === 0) throw new Error('no sheet');
  return sheets;
}
