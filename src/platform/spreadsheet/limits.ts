/** What a workbook that a person brings may hold, said by who reads it, and the one sentence for a workbook that holds more. Pure. */
import { formatNumber, NBSP } from '../../kernel/french-number.ts';
import type { Refusal } from '../../kernel/result.ts';
import { cellName } from './book.ts';

/** Limits are on what a file holds, never on what it says of itself. Rows and columns are those of a sheet; the rest is the whole file's. */
export interface BookLimits {
  /** Bytes once unfolded, of the parts that are read. */
  readonly bytes: number;
  readonly sheets: number;
  readonly rows: number;
  readonly columns: number;
  /** Cells, the empty ones before a filled one too. */
  readonly cells: number;
  readonly characters: number;
  /** Only the first sheet is looked at. */
  readonly firstSheet?: boolean;
  /** The same content is taken as CSV. */
  readonly csv?: boolean;
}

type Excess = { readonly over: 'size' | 'bytes' | 'sheets' | 'cells' | 'characters' } | { readonly over: 'place'; readonly sheet: string; readonly cell: string };

/** Caught by the readers of this folder only. */
export class BookTooLarge extends Error {
  readonly excess: Excess;
  constructor(excess: Excess) {
    super(`too large: ${excess.over}`);
    this.excess = excess;
  }
}

/** What is left of the limits while a file is read. Throws BookTooLarge beyond. */
export class BookBudget {
  readonly limits: BookLimits;
  #sheets: number;
  #cells: number;
  #characters: number;
  constructor(limits: BookLimits) {
    this.limits = limits;
    this.#sheets = limits.sheets;
    this.#cells = limits.cells;
    this.#characters = limits.characters;
  }
  sheet(): void {
    if (--this.#sheets < 0) throw new BookTooLarge({ over: 'sheets' });
  }
  /** A filled cell stands there, from 0. */
  place(sheet: string, row: number, column: number): void {
    if (row >= this.limits.rows || column >= this.limits.columns) throw new BookTooLarge({ over: 'place', sheet, cell: cellName(row, column) });
  }
  cells(count: number): void {
    this.#cells -= count;
    if (this.#cells < 0) throw new BookTooLarge({ over: 'cells' });
  }
  text(length: number): void {
    this.#characters -= length;
    if (this.#characters < 0) throw new BookTooLarge({ over: 'characters' });
  }
}

export function tooLarge(excess: Excess, limits: BookLimits): Refusal {
  const remedy = 'Supprimez les feuilles, les lignes et les colonnes qui ne servent pas, même celles qui paraissent vides';
  return { code: 'file_too_large', message: `Ce fichier est trop gros${NBSP}: ${saidOf(excess, limits)}. ${remedy}${limits.csv ? ', coupez le fichier en plusieurs, ou enregistrez la feuille en CSV' : ''}, puis recommencez.` };
}

function saidOf(excess: Excess, limits: BookLimits): string {
  switch (excess.over) {
    case 'size':
      return `il dépasse ${formatNumber(limits.bytes / 1_000_000)}${NBSP}Mo`;
    case 'bytes':
      return `décompressé, il dépasse ${formatNumber(limits.bytes / 1_000_000)}${NBSP}Mo`;
    case 'sheets':
      return `il a plus de ${formatNumber(limits.sheets)} feuilles`;
    case 'cells':
      return `il a plus de ${formatNumber(limits.cells)} cases`;
    case 'characters':
      return `il contient plus de ${formatNumber(limits.characters)} caractères`;
    case 'place':
      return `sa feuille «${NBSP}${excess.sheet}${NBSP}» est remplie jusqu’à la case ${excess.cell}, au-delà de ${formatNumber(limits.rows)} lignes ou de ${formatNumber(limits.columns)} colonnes`;
  }
}

/** What went wrong while a file was read, as a person may read it. */
export function readingRefusal(error: unknown, limits: BookLimits): Refusal {
  if (error instanceof BookTooLarge) return tooLarge(error.excess, limits);
  return { code: 'file_unreadable', message: `Ce fichier n’a pas pu être lu. Enregistrez-le au format ${limits.csv ? 'CSV, XLSX ou ODS' : 'XLSX ou ODS'}, sans mot de passe, puis recommencez.` };
}
