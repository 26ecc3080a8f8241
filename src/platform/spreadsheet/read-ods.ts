/**
 * The sheets of an ODS document, from its content.xml (OpenDocument 1.3). The library that reads XLSX also reads ODS, but changes some texts on the way
 * (`_x0041_` becomes `A`, a sheet's « & » stays `&amp;`); an answer must come back as it was typed. Pure.
 */
import type { FoundCell, FoundSheet } from './book.ts';
import { booleanCell, brokenCell, type Calendar, dateCell, numberCell, type NumberKind, textCell } from './cell-value.ts';
import { Grid } from './grid.ts';
import type { BookBudget } from './limits.ts';
import { type Attributes, attributesOf, unescapeXml, xmlTokens } from './xml-tokens.ts';

/** What a repetition without end counts for: more rows than a sheet can have. */
const ENDLESS = 2_000_000;

const repeated = (attributes: Attributes, name: string): number => Math.min(Math.max(1, Math.floor(Number(attributes[name] ?? 1)) || 1), ENDLESS);

/** What the kinds of formats make of a number. */
const FORMATS: { readonly [element: string]: NumberKind } = { 'number:date-style': 'date', 'number:time-style': 'time', 'number:percentage-style': 'percent' };

/** What stands inside a cell without being its text: a note, a drawing. */
const BESIDE = new Set(['office:annotation', 'draw:frame', 'draw:custom-shape', 'draw:control', 'table:shapes']);

/** Throws when the document is cut short, or BookTooLarge. */
export function readOdsContent(xml: string, budget: BookBudget): FoundSheet[] {
  const sheets: Grid[] = [];
  /** The filled cells of the row being read: where they begin, how many times, what they hold. */
  let filled: { readonly column: number; readonly times: number; readonly value: FoundCell }[] = [];
  /** By name of a format, then of a style of cells: some programs write a date as a number that a format shows. */
  const formats = new Map<string, NumberKind>();
  const kinds = new Map<string, NumberKind>();
  let calendar: Calendar = 1900;
  let row = 0;
  let rowTimes = 1;
  let column = 0;
  let cell: Attributes | undefined;
  let lines: string[] = [];
  let line: string | undefined;
  let beside = 0;
  let depth = 0;

  const endCell = (): void => {
    const value = foundCell(cell!, lines.join('\n'), kinds.get(cell!['table:style-name'] ?? ''), calendar);
    const times = repeated(cell!, 'table:number-columns-repeated');
    if (value) filled.push({ column, times, value });
    column += times;
    cell = undefined;
  };
  /** A row that is repeated empty costs nothing. */
  const endRow = (): void => {
    const grid = sheets.at(-1)!;
    if (filled.length > 0) for (let r = row; r < row + rowTimes; r++) for (const { column: from, times, value } of filled) for (let c = from; c < from + times; c++) grid.put(r, c, value);
    row += rowTimes;
  };

  for (const token of xmlTokens(xml)) {
    if (token.kind === 'text') {
      // White space in the file is one space at most; runs have their own element.
      if (line !== undefined && beside === 0) {
        const text = (token.literal ? token.text : unescapeXml(token.text)).replace(/[\t\r\n ]+/g, ' ');
        budget.text(text.length);
        line += line === '' || line.endsWith(' ') || line.endsWith('\n') ? text.replace(/^ /, '') : text;
      }
      continue;
    }
    const { name, closing, alone } = token;
    const attributes = closing ? {} : attributesOf(token.attributes);
    if (BESIDE.has(name)) {
      if (!alone) beside += closing ? -1 : 1;
      continue;
    }
    if (beside > 0) continue;
    const format = FORMATS[name];
    if (format && !closing) formats.set(attributes['style:name'] ?? '', format);
    switch (name) {
      case 'style:style': {
        const kind = formats.get(attributes['style:data-style-name'] ?? '');
        if (kind) kinds.set(attributes['style:name'] ?? '', kind);
        break;
      }
      case 'table:null-date':
        if ((attributes['table:date-value'] ?? '').startsWith('1904')) calendar = 1904;
        break;
      case 'table:table':
        if (!alone) depth += closing ? -1 : 1;
        if (depth === 0 && budget.limits.firstSheet) return sheets;
        if (depth === 1 && !closing) {
          sheets.push(new Grid(attributes['table:name'] ?? '', budget));
          row = 0;
        }
        break;
      case 'table:table-row':
        if (!closing) {
          filled = [];
          column = 0;
          rowTimes = repeated(attributes, 'table:number-rows-repeated');
        }
        if ((closing || alone) && sheets.length > 0) endRow();
        break;
      case 'table:table-cell':
      case 'table:covered-table-cell':
        if (!closing) {
          cell = attributes;
          lines = [];
        }
        if ((closing || alone) && cell) endCell();
        break;
      case 'text:p':
        if (!closing) line = '';
        if ((closing || alone) && cell) {
          lines.push(line ?? '');
          line = undefined;
        }
        break;
      case 'text:s':
        if (line !== undefined) {
          const spaces = repeated(attributes, 'text:c');
          budget.text(spaces);
          line += ' '.repeat(spaces);
        }
        break;
      case 'text:tab':
        if (line !== undefined && !closing) line += '\t';
        break;
      case 'text:line-break':
        if (line !== undefined && !closing) line += '\n';
        break;
    }
  }
  return sheets;
}

function foundCell(attributes: Attributes, text: string, shown: NumberKind | undefined, calendar: Calendar): FoundCell | undefined {
  if (attributes['calcext:value-type'] === 'error') return brokenCell(text);
  const type = attributes['office:value-type'];
  switch (type) {
    case 'float':
    case 'currency':
    case 'percentage':
      return numberCell(Number(attributes['office:value']), type === 'percentage' ? 'percent' : (shown ?? 'number'), calendar);
    case 'date':
      return dateCell((attributes['office:date-value'] ?? '').slice(0, 10));
    case 'boolean':
      return booleanCell(attributes['office:boolean-value'] === 'true');
    default:
      return textCell(attributes['office:string-value'] ?? text);
  }
}
