/** A file of an earlier survey -> lines as every import reads them, each with its place in the old file. Pure. */
import { type CompiledVersion, isNumeric, type MappedColumn, plainName, type Question, type VintageMapping } from '../../questionnaire/index.ts';
import { parseFrenchNumber, roundHalfUp } from '../../../kernel/french-number.ts';
import type { TableFault, TableLine } from '../import-table.ts';
import { saidState, saidYesOrNo } from '../said-words.ts';

/** Where a line comes from in the old file. */
export type Place = Omit<TableFault, 'remedy'>;
export interface Translated {
  /** Their `row` is their rank, from 1: `places[row - 1]` is where each comes from. */
  readonly lines: TableLine[];
  readonly places: readonly Place[];
  readonly faults: TableFault[];
}

interface Cell {
  readonly text: string;
  readonly place: Place;
}
/** What the file says of one structure for one year. */
interface Found {
  readonly structure: string;
  readonly dataYear: number;
  readonly place: Place;
  readonly cells: ReadonlyMap<string, Cell>;
}

export function translate(mapping: VintageMapping, compiled: CompiledVersion, table: readonly (readonly string[])[]): Translated {
  const faults: TableFault[] = [];
  const found = mapping.file.layout === 'wide' ? readWide(mapping, table, faults) : readLong(mapping, table, faults);
  const lines: TableLine[] = [];
  const places: Place[] = [];
  for (const one of found) {
    const put = (entry: MappedColumn, value: string, place: Place): void => {
      places.push(place);
      lines.push({ row: places.length, structure: one.structure, question: entry.question, dataYear: one.dataYear, value, tableRow: entry.cell?.row ?? '', tableColumn: entry.cell?.column ?? '' });
    };
    const single = mapping.columns.filter((entry) => entry.choice === undefined);
    for (const entry of single) {
      const cells = entry.columns.flatMap((name) => one.cells.get(plainName(name)) ?? []);
      const value = valueOf(entry, compiled.questions.get(entry.question)!, cells, faults);
      if (value !== undefined) put(entry, value, cells[0]!.place);
    }
    for (const [, entries] of Map.groupBy(mapping.columns.filter((entry) => entry.choice !== undefined), (entry) => entry.question)) {
      const boxes = entries.flatMap((entry) => entry.columns.flatMap((name) => one.cells.get(plainName(name)) ?? []).map((cell) => ({ entry, cell })));
      const ticked = boxes.filter(({ entry, cell }) => isTicked(entry, cell, faults));
      if (ticked.length > 0) put(entries[0]!, ticked.map(({ entry }) => entry.choice).join('|'), ticked[0]!.cell.place);
    }
  }
  return { lines, places, faults };
}

const recoded = (entry: MappedColumn, text: string): string => entry.values.get(plainName(text)) ?? text;

function isTicked(entry: MappedColumn, { text, place }: Cell, faults: TableFault[]): boolean {
  const word = recoded(entry, text);
  const said = word === '' ? false : saidYesOrNo(word);
  if (said === undefined) faults.push({ ...place, remedy: 'Cette case attend oui ou non : dites dans « values » de la correspondance ce que vaut cette réponse, ou corrigez le fichier.' });
  return said === true;
}

/** The text that the ordinary reading takes; undefined: left unanswered, or a fault was told. */
function valueOf(entry: MappedColumn, question: Question, cells: readonly Cell[], faults: TableFault[]): string | undefined {
  const said = cells.map((cell) => ({ cell, text: recoded(entry, cell.text) }));
  const filled = said.filter(({ text }) => text !== '');
  if (filled.length === 0) return undefined;
  const { cell, text } = filled[0]!;
  const column = entry.cell && question.table?.columns.find((c) => c.code === entry.cell!.column);
  if (!isNumeric(column?.kind ?? question.kind)) {
    const words = question.options?.flatMap((o) => [o.code, plainName(o.label)]);
    const parts = question.kind === 'multiple' ? text.split(/[|;]/).map((part) => recoded(entry, part.trim())).filter(Boolean) : [text];
    if (words && !saidState(text) && parts.some((part) => !words.includes(part) && !words.includes(plainName(part)))) {
      faults.push({ ...cell.place, remedy: 'Cette réponse n’est pas dans la correspondance : ajoutez-la à « values » de cette colonne, ou corrigez le fichier.' });
      return undefined;
    }
    return parts.join('|');
  }
  if (entry.columns.length > 1 && said.length > filled.length) {
    const blank = said.find((s) => s.text === '')!;
    faults.push({ ...blank.cell.place, remedy: 'Il manque une part de cette somme : remplissez-la, ou dites dans « values » de la correspondance ce que vaut une case vide ("": "0").' });
    return undefined;
  }
  if (entry.columns.length === 1 && entry.times === undefined && entry.over === undefined) return text;
  const states = filled.flatMap((part) => saidState(part.text) ?? []);
  if (states.length > 0) return states.length === filled.length ? text : sumless(cell, faults);
  let total = 0;
  for (const part of filled) {
    const number = parseFrenchNumber(part.text);
    if (number === undefined) {
      faults.push({ ...part.cell.place, remedy: 'Un nombre est attendu : corrigez-le, ou dites dans « values » de la correspondance ce que vaut ce mot.' });
      return undefined;
    }
    total += number;
  }
  const decimals = column?.decimals ?? question.decimals ?? 0;
  // to the millionth: what binary fractions add is not the file's
  const exact = Math.round(total * (entry.times ?? 1) * 1e6) / 1e6;
  return String(entry.over === undefined ? exact : roundHalfUp(total / entry.over, decimals)).replace('.', ',');
}

function sumless({ place }: Cell, faults: TableFault[]): undefined {
  faults.push({ ...place, remedy: 'Une part de cette somme n’est pas un nombre : corrigez-la, ou dites dans « values » de la correspondance ce qu’elle vaut.' });
  return undefined;
}

/** Places of the named columns in the header; each that lacks is a fault. */
function headerOf(mapping: VintageMapping, header: readonly string[], names: readonly string[], faults: TableFault[]): ReadonlyMap<string, number> {
  const plain = header.map(plainName);
  const at = new Map(names.map((name) => [plainName(name), plain.indexOf(plainName(name))]));
  for (const name of names) if (at.get(plainName(name)) === -1) faults.push({ row: 1, column: name, value: '', remedy: `La correspondance ${mapping.year} attend cette colonne et le fichier ne l’a pas : ajoutez-la, ou retirez-la de la correspondance.` });
  return at;
}

/** The structure and the year of a line; undefined after a fault. */
function whoOf(mapping: VintageMapping, cells: readonly string[], row: number, at: ReadonlyMap<string, number>, faults: TableFault[]): { readonly structure: string; readonly dataYear: number } | undefined {
  const { structure, dataYear } = mapping.file;
  const cell = (name: string): string => (cells[at.get(plainName(name))!] ?? '').trim();
  const year = dataYear === undefined ? mapping.dataYear : Number(cell(dataYear));
  if (cell(structure) === '') faults.push({ row, column: structure, value: '', remedy: 'Indiquez l’identifiant de la structure (Siret, numéro Caf ou identifiant du répertoire).' });
  else if (year !== mapping.dataYear) faults.push({ row, column: dataYear!, value: cell(dataYear!), remedy: `Cette enquête porte sur ${mapping.dataYear} : corrigez l’année, ou retirez la ligne.` });
  else return { structure: cell(structure), dataYear: year };
  return undefined;
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
const keyOf = ({ structure, dataYear }: { readonly structure: string; readonly dataYear: number }): string => `${structure} ${dataYear}`;
const UNKNOWN_NAME = 'La correspondance ne dit rien de cette colonne : nommez sa question, ou « none » avec un motif.';

function readWide(mapping: VintageMapping, table: readonly (readonly string[])[], faults: TableFault[]): readonly Found[] {
  const header = table[0] ?? [];
  const own = [mapping.file.structure, ...(mapping.file.dataYear === undefined ? [] : [mapping.file.dataYear])];
  const wanted = mapping.columns.flatMap((c) => c.columns);
  const at = headerOf(mapping, header, [...own, ...wanted], faults);
  for (const name of header) if (name.trim() !== '' && !at.has(plainName(name)) && !mapping.left.has(plainName(name))) faults.push({ row: 1, column: name, value: name, remedy: UNKNOWN_NAME });
  if (faults.length > 0) return [];
  const found = new Map<string, Found>();
  for (const [i, cells] of table.entries()) {
    if (i === 0 || isBlank(cells)) continue;
    const row = i + 1;
    const who = whoOf(mapping, cells, row, at, faults);
    if (!who) continue;
    const place = { row, column: mapping.file.structure, value: who.structure };
    if (found.has(keyOf(who))) faults.push({ ...place, remedy: `Cette structure figure déjà ligne ${found.get(keyOf(who))!.place.row} pour la même année : gardez une seule ligne.` });
    else found.set(keyOf(who), { ...who, place, cells: new Map(wanted.map((name) => [plainName(name), cellAt(cells[at.get(plainName(name))!], row, name)])) });
  }
  return [...found.values()];
}

const cellAt = (text: string | undefined, row: number, column: string): Cell => ({ text: (text ?? '').trim(), place: { row, column, value: (text ?? '').trim() } });

function readLong(mapping: VintageMapping, table: readonly (readonly string[])[], faults: TableFault[]): readonly Found[] {
  if (mapping.file.layout !== 'long') return [];
  const { structure, dataYear, question, value } = mapping.file;
  const at = headerOf(mapping, table[0] ?? [], [structure, ...(dataYear === undefined ? [] : [dataYear]), question, value], faults);
  if (faults.length > 0) return [];
  const known = new Set(mapping.columns.flatMap((c) => c.columns.map(plainName)));
  const found = new Map<string, Found & { cells: Map<string, Cell> }>();
  for (const [i, cells] of table.entries()) {
    if (i === 0 || isBlank(cells)) continue;
    const row = i + 1;
    const who = whoOf(mapping, cells, row, at, faults);
    if (!who) continue;
    const code = (cells[at.get(plainName(question))!] ?? '').trim();
    if (mapping.left.has(plainName(code))) continue;
    const one = found.get(keyOf(who)) ?? { ...who, place: { row, column: structure, value: who.structure }, cells: new Map<string, Cell>() };
    found.set(keyOf(who), one);
    if (!known.has(plainName(code))) faults.push({ row, column: question, value: code, remedy: 'La correspondance ne dit rien de ce code : nommez sa question, ou « none » avec un motif.' });
    else if (one.cells.has(plainName(code))) faults.push({ row, column: question, value: code, remedy: 'Cette valeur figure déjà plus haut pour la même structure et la même année : gardez une seule ligne.' });
    else one.cells.set(plainName(code), cellAt(cells[at.get(plainName(value))!], row, value));
  }
  return [...found.values()];
}
