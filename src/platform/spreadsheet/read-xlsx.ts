/** The sheets of an XLSX (ECMA-376, transitional or strict), cell by cell: only the cells that are there cost anything. Pure. */
import type { FoundCell, FoundSheet } from './book.ts';
import { booleanCell, brokenCell, type Calendar, dateCell, kindOfBuiltIn, kindOfFormat, numberCell, type NumberKind, textCell } from './cell-value.ts';
import { Grid } from './grid.ts';
import type { BookBudget } from './limits.ts';
import { attributesOf, localName, unescapeXml, xmlTokens } from './xml-tokens.ts';

type Part = (name: string) => string | undefined;

/** Throws when a part that it needs is not there or is cut short. */
export function readXlsx(part: Part, budget: BookBudget): FoundSheet[] {
  const workbook = relationsOf(part, '').find((r) => r.kind === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const relations = relationsOf(part, workbook);
  const { calendar, sheets } = readWorkbookPart(needed(part, workbook));
  const target = (kind: string): string => part(relations.find((r) => r.kind === kind)?.target ?? '') ?? '';
  const kinds = readStyles(target('styles'));
  const strings = readStrings(target('sharedStrings'));
  const targets = new Map(relations.flatMap((r) => (r.kind === 'worksheet' ? [[r.id, r.target]] : [])));
  const found = new Map<string, FoundSheet>();
  for (const { name, id } of sheets) {
    const xml = targets.get(id);
    // a chart has no cells; a part that two sheets would share is read once
    if (xml === undefined || found.has(xml)) continue;
    found.set(xml, readSheet(name, needed(part, xml), { strings, kinds, calendar }, budget));
    if (budget.limits.firstSheet) break;
  }
  return [...found.values()];
}

function needed(part: Part, name: string): string {
  const text = part(name);
  if (text === undefined) throw new Error('a part is not there');
  return text;
}

interface Relation {
  readonly id: string;
  /** Last word of its type: `worksheet`. */
  readonly kind: string;
  /** Name of the part. */
  readonly target: string;
}

/** Relations of a part; of the package itself when `source` is empty. */
function relationsOf(part: Part, source: string): Relation[] {
  const [, folder, name] = /^(.*\/)?(.*)$/.exec(source)!;
  const relations: Relation[] = [];
  for (const token of xmlTokens(part(`${folder ?? ''}_rels/${name}.rels`) ?? '')) {
    if (token.kind !== 'tag' || token.closing || localName(token.name) !== 'Relationship') continue;
    const { Id = '', Type = '', Target = '' } = attributesOf(token.attributes);
    relations.push({ id: Id, kind: Type.slice(Type.lastIndexOf('/') + 1), target: decodeURIComponent(new URL(Target, `http://file/${source}`).pathname).slice(1) });
  }
  return relations;
}

function readWorkbookPart(xml: string): { readonly calendar: Calendar; readonly sheets: readonly { readonly name: string; readonly id: string }[] } {
  const sheets: { name: string; id: string }[] = [];
  let calendar: Calendar = 1900;
  for (const token of xmlTokens(xml)) {
    if (token.kind !== 'tag' || token.closing) continue;
    const name = localName(token.name);
    if (name === 'workbookPr' && /^(1|true|on)$/.test(attributesOf(token.attributes)['date1904'] ?? '')) calendar = 1904;
    if (name !== 'sheet') continue;
    const attributes = attributesOf(token.attributes);
    sheets.push({ name: characters(attributes['name'] ?? ''), id: Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '' });
  }
  return { calendar, sheets };
}

/** What each style of a cell makes of a number. */
function readStyles(xml: string): NumberKind[] {
  const formats = new Map<string, NumberKind>();
  const kinds: NumberKind[] = [];
  let inCells = false;
  for (const token of xmlTokens(xml)) {
    if (token.kind !== 'tag') continue;
    const name = localName(token.name);
    if (name === 'cellXfs') inCells = !token.closing && !token.alone;
    if (token.closing || (name !== 'numFmt' && !(name === 'xf' && inCells))) continue;
    const { numFmtId = '0', formatCode = '' } = attributesOf(token.attributes);
    if (name === 'numFmt') formats.set(numFmtId, kindOfFormat(formatCode));
    else kinds.push(formats.get(numFmtId) ?? kindOfBuiltIn(Number(numFmtId)));
  }
  return kinds;
}

/** Texts that cells point to, by their rank. */
function readStrings(xml: string): string[] {
  const strings: string[] = [];
  let words = '';
  const inText = textsOf();
  for (const token of xmlTokens(xml)) {
    if (token.kind === 'text') {
      if (inText.open) words += token.literal ? token.text : unescapeXml(token.text);
      continue;
    }
    const name = localName(token.name);
    inText.tag(name, token.closing, token.alone);
    if (name !== 'si') continue;
    if (!token.closing) words = '';
    if (token.closing || token.alone) strings.push(characters(words));
  }
  return strings;
}

/** Whether a text that comes is part of the words: in a `t` that is no help to pronounce. */
function textsOf(): { open: boolean; tag(name: string, closing: boolean, alone: boolean): void } {
  let phonetic = false;
  return {
    open: false,
    tag(name, closing, alone) {
      if (name === 'rPh' && !alone) phonetic = !closing;
      if (name === 't') this.open = !closing && !alone && !phonetic;
    },
  };
}

interface Shared {
  readonly strings: readonly string[];
  readonly kinds: readonly NumberKind[];
  readonly calendar: Calendar;
}

function readSheet(name: string, xml: string, shared: Shared, budget: BookBudget): FoundSheet {
  const grid = new Grid(name, budget);
  let row = -1;
  let column = -1;
  let attributes = '';
  let words = '';
  let inValue = false;
  const inText = textsOf();
  for (const token of xmlTokens(xml)) {
    if (token.kind === 'text') {
      if (inValue || inText.open) words += token.literal ? token.text : unescapeXml(token.text);
      continue;
    }
    const tag = localName(token.name);
    if (tag === 'sheetData' && token.closing) break;
    inText.tag(tag, token.closing, token.alone);
    if (tag === 'row' && !token.closing) {
      row = indexOf(attribute(token.attributes, 'r')) ?? row + 1;
      column = -1;
    } else if (tag === 'v') inValue = !token.closing && !token.alone;
    else if (tag === 'c' && !token.closing) {
      attributes = token.attributes;
      words = '';
      const at = /^([A-Z]{1,3})(\d{1,7})$/.exec(attribute(attributes, 'r'));
      column = at ? columnIndex(at[1]!) : column + 1;
      row = indexOf(at?.[2] ?? '') ?? Math.max(row, 0);
    } else if (tag === 'c' && words !== '') {
      const cell = cellOf(attribute(attributes, 't'), words, Number(attribute(attributes, 's') || 0), shared);
      if (cell) grid.put(row, column, cell);
    }
  }
  return grid;
}

function cellOf(type: string, words: string, style: number, { strings, kinds, calendar }: Shared): FoundCell | undefined {
  switch (type) {
    case 's':
      return textCell(strings[Number(words)] ?? '');
    case 'inlineStr':
    case 'str':
      return textCell(characters(words));
    case 'b':
      return booleanCell(/^\s*(1|true)\s*$/.test(words));
    case 'e':
      return brokenCell(words);
    case 'd':
      return dateCell(words.trim().slice(0, 10));
    default: {
      const value = Number(words);
      return Number.isFinite(value) && words.trim() !== '' ? numberCell(value, kinds[style] ?? 'number', calendar) : textCell(words);
    }
  }
}

/** One attribute of a few, without reading the others: a sheet has a hundred thousand cells. */
const attribute = (attributes: string, name: keyof typeof ATTRIBUTES): string => ATTRIBUTES[name].exec(attributes)?.[2] ?? '';
const ATTRIBUTES = { r: /\sr\s*=\s*(["'])([^"']*)\1/, s: /\ss\s*=\s*(["'])([^"']*)\1/, t: /\st\s*=\s*(["'])([^"']*)\1/ };

const indexOf = (number: string): number | undefined => (/^[1-9]\d{0,6}$/.test(number) ? Number(number) - 1 : undefined);
const columnIndex = (letters: string): number => [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** `_x000D_` is a character that XML would not keep (ECMA-376, 22.9.2.19). */
const characters = (text: string): string => text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\r\n?/g, '\n');
