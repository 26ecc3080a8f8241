/**
 * A workbook as both writers understand it (docs/decisions/0010-spreadsheets.md): sheets of cells with styles, lists and bounds to help the typing, and
 * protection without a password. Rows and columns count from 0. Pure.
 */
export type CellContent = string | number | { readonly date: string };

export interface BookCell {
  readonly content?: CellContent;
  /** Sum of the cells of its own column from one row to another; `content` is what it gives now. */
  readonly sum?: { readonly from: number; readonly to: number };
  readonly style: string;
  readonly help?: CellHelp;
}

/** What a spreadsheet offers or refuses when one types in a cell. `stop: false`: it only asks whether one is sure. */
export interface CellHelp {
  readonly allow:
    | { readonly kind: 'list'; readonly sheet: string; readonly column: number; readonly from: number; readonly to: number }
    | { readonly kind: 'number'; readonly whole: boolean; readonly min?: number; readonly max?: number }
    | { readonly kind: 'date' }
    | { readonly kind: 'length'; readonly max: number };
  /** `anything`: the list is offered and anything else is taken too. */
  readonly refuse: 'stop' | 'ask' | 'anything';
  /** 255 characters at most. */
  readonly error: string;
  readonly prompt?: string;
}

export interface BookSheet {
  /** 31 characters at most, without []:*?/\ */
  readonly name: string;
  readonly hidden?: boolean;
  /** Cells whose style is not `open` cannot be changed by mistake. */
  readonly locked?: boolean;
  /** Widths, in characters. */
  readonly columns: readonly number[];
  readonly rows: readonly (readonly (BookCell | undefined)[])[];
  /** Rows that stay in sight. */
  readonly frozen?: number;
}

export interface CellStyle {
  readonly bold?: boolean;
  readonly size?: number;
  /** `RRGGBB`. */
  readonly colour?: string;
  readonly fill?: string;
  readonly border?: string;
  readonly wrap?: boolean;
  readonly end?: boolean;
  /** Can be typed in although the sheet is locked. */
  readonly open?: boolean;
  readonly format?: 'text' | 'money' | 'date';
}

export interface Book {
  readonly title: string;
  readonly styles: { readonly [name: string]: CellStyle };
  readonly sheets: readonly BookSheet[];
}

/** A cell as a reader found it. */
export interface FoundCell {
  readonly text: string;
  readonly number?: number;
  /** ISO. */
  readonly date?: string;
  /** Shown with %: 0.45 stands for 45. */
  readonly percent?: boolean;
  /** A formula that gives an error (`#REF!`). */
  readonly broken?: boolean;
}
export interface FoundSheet {
  readonly name: string;
  readonly rows: readonly (readonly (FoundCell | undefined)[])[];
}

/** `C12` of row 11, column 2. */
export const cellName = (row: number, column: number): string => `${columnName(column)}${row + 1}`;
export const columnName = (column: number): string => (column < 26 ? '' : columnName(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

// oxlint-disable-next-line no-control-regex -- what XML 1.0 cannot hold
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** The text as a spreadsheet keeps it: lines end with \n, characters that XML cannot hold are gone. */
export const writable = (text: string): string => text.replace(/\r\n?/g, '\n').replace(UNWRITABLE, '');
export const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
