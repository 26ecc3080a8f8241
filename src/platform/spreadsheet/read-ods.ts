/**
 * The sheets of an ODS document, from its content.xml (OpenDocument 1.3). The library that reads XLSX also reads ODS, but changes some texts on the way
 * (`_x0041_` becomes `A`, a sheet's « & » stays `&amp;`); an answer must come back as it was typed. Pure.
 */
import { BookBudget, type FoundCell, type FoundSheet } from './book.ts';
import { xmlTokens } from './xml-tokens.ts';

/** Beyond it a row or a cell that is repeated is only the empty end of a sheet. */
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 100;

type Attributes = { readonly [name: string]: string };
const NAMED: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescape = (text: string): string =>
  text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) => (name.startsWith('#') ? String.fromCodePoint(Number(name[1] === 'x' ? `0${name.slice(1)}` : name.slice(1))) : (NAMED[name] ?? whole)));

function attributesOf(text: string): Attributes {
  return Object.fromEntries([...text.matchAll(/(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name, one, two]) => [name!, unescape(one ?? two ?? '')]));
}

const repeated = (attributes: Attributes, name: string, most: number): number => Math.min(Math.max(1, Number(attributes[name] ?? 1) || 1), most);

/** What stands inside a cell without being its text: a note, a drawing. */
const BESIDE = new Set(['office:annotation', 'draw:frame', 'draw:custom-shape', 'draw:control', 'table:shapes']);

export function readOdsContent(xml: string): FoundSheet[] {
  const sheets: { name: string; rows: (FoundCell | undefined)[][] }[] = [];
  let rows: (FoundCell | undefined)[][] | undefined;
  let row: (FoundCell | undefined)[] = [];
  let rowTimes = 1;
  let cell: Attributes | undefined;
  let lines: string[] = [];
  let line: string | undefined;
  let beside = 0;
  let depth = 0;
  const budget = new BookBudget();

  const endCell = (): void => {
    const value = foundCell(cell!, lines.join('\n'));
    const times = repeated(cell!, 'table:number-columns-repeated', MOST_COLUMNS);
    for (let i = 0; i < times && row.length < MOST_COLUMNS; i++) row.push(value);
    cell = undefined;
  };

  for (const token of xmlTokens(xml)) {
    if (token.kind === 'text') {
      // White space in the file is one space at most; runs have their own element.
      if (line !== undefined && beside === 0) {
        const text = (token.literal ? token.text : unescape(token.text)).replace(/[\t\r\n ]+/g, ' ');
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
    switch (name) {
      case 'table:table':
        depth += closing ? -1 : 1;
        if (depth === 1 && !closing) {
          rows = [];
          budget.sheet();
          sheets.push({ name: attributes['table:name'] ?? '', rows });
        }
        break;
      case 'table:table-row':
        if (!closing) {
          row = [];
          rowTimes = repeated(attributes, 'table:number-rows-repeated', MOST_ROWS);
        }
        if ((closing || alone) && rows) {
          while (row.length > 0 && row.at(-1) === undefined) row.pop();
          const empty = row.length === 0;
          for (let i = 0; i < rowTimes && rows.length < MOST_ROWS && !(empty && i > 1000); i++) {
            budget.cells(row.length);
            rows.push(row);
          }
        }
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
          const spaces = repeated(attributes, 'text:c', 10_000);
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

function foundCell(attributes: Attributes, text: string): FoundCell | undefined {
  if (attributes['calcext:value-type'] === 'error') return { text: text || '#ERREUR', broken: true };
  switch (attributes['office:value-type']) {
    case 'float':
    case 'currency':
    case 'percentage': {
      const number = Number(attributes['office:value']);
      return { text: String(number).replace('.', ','), number, ...(attributes['office:value-type'] === 'percentage' ? { percent: true } : {}) };
    }
    case 'date': {
      const date = (attributes['office:date-value'] ?? '').slice(0, 10);
      return { text: date, date };
    }
    case 'boolean':
      return { text: attributes['office:boolean-value'] === 'true' ? 'oui' : 'non' };
    default: {
      const words = attributes['office:string-value'] ?? text;
      return words === '' ? undefined : { text: words };
    }
  }
}
