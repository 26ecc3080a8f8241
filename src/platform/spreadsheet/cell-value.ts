/** What a cell says, from what a file keeps of it: the one rule for all formats and all readers. Pure. */
import type { FoundCell } from './book.ts';

/** The day that is 0 or 1: spreadsheets count days since 1900, those once made on a Mac since 1904. */
export type Calendar = 1900 | 1904;
export type NumberKind = 'number' | 'percent' | 'date' | 'time';

export const textCell = (text: string): FoundCell | undefined => (text === '' ? undefined : { text });
export const dateCell = (iso: string): FoundCell => ({ text: iso, date: iso });
export const booleanCell = (value: boolean): FoundCell => ({ text: value ? 'oui' : 'non' });
/** A formula that gives an error; `words` as the spreadsheet shows it. */
export const brokenCell = (words: string): FoundCell => ({ text: words || '#ERREUR', broken: true });

/** A number, or the day or hour that its format makes of it. */
export function numberCell(value: number, kind: NumberKind, calendar: Calendar = 1900): FoundCell {
  const date = kind === 'date' ? isoOfSerial(value, calendar) : undefined;
  if (date) return dateCell(date);
  if (kind === 'time') return { text: hour(value) };
  return { text: String(value).replace('.', ','), number: value, ...(kind === 'percent' ? { percent: true } : {}) };
}

/** The texts of a sheet, without the formulas that give an error. */
export const textRows = (rows: readonly (readonly (FoundCell | undefined)[])[]): string[][] => rows.map((row) => row.map((cell) => (cell === undefined || cell.broken ? '' : cell.text)));

const DAY = 86_400_000;

/** ISO day of a number of days (ECMA-376, 18.17.4.1): the calendar of 1900 has a 29 February 1900 that was not. Undefined outside of the years 1900 to 9999. */
export function isoOfSerial(serial: number, calendar: Calendar): string | undefined {
  const day = Math.floor(serial + 1e-6);
  const start = calendar === 1904 ? Date.UTC(1904, 0, 1) : day < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  const time = start + day * DAY;
  return day < (calendar === 1904 ? 0 : 1) || !(time < Date.UTC(10_000, 0, 1)) ? undefined : new Date(time).toISOString().slice(0, 10);
}

function hour(days: number): string {
  const seconds = Math.round(days * 86_400);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}${seconds % 60 ? `:${two(seconds % 60)}` : ''}`;
}

/** What a format of numbers makes of one (ECMA-376, 18.8.31); its words between quotes, colours and paddings say nothing. */
export function kindOfFormat(format: string): NumberKind {
  // no program writes a longer one
  if (format.length > 255) return 'number';
  const signs = format
    .replace(/"[^"]*"|[\\_*]./g, '')
    .replace(/\[(h+|m+|s+)\]/gi, '$1')
    .replace(/\[[^\]]*\]|AM\/PM|A\/P/gi, '')
    .split(';')[0]!;
  if (/^\s*(general|standard)\s*$/i.test(signs)) return 'number';
  if (/[yd]/i.test(signs) || (/m/i.test(signs) && !/[hs]/i.test(signs))) return 'date';
  if (/[hms]/i.test(signs)) return 'time';
  return signs.includes('%') ? 'percent' : 'number';
}

/** The formats that have a number and no writing (ECMA-376, 18.8.30). */
export function kindOfBuiltIn(id: number): NumberKind {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58) return 'date';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id === 55 || id === 56) return 'time';
  return id === 9 || id === 10 ? 'percent' : 'number';
}
