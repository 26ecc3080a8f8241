/**
 * The questionnaire of one response as a workbook: a sheet of instructions, a sheet for each rubric and data year with one row per question, choice or line
 * of a table, then two hidden sheets, the lists and the memory. Only cells of answers can be typed in. Pure.
 */
import { type Answers, type Cell, cellOf, type CompiledVersion, type Question, STATE_LABELS, type TableColumn, unitLabel, visibleQuestions } from '../../questionnaire/index.ts';
import { formatDate } from '../../../kernel/french-date.ts';
import { formatNumber, NBSP } from '../../../kernel/french-number.ts';
import type { Book, BookCell, BookSheet, CellHelp, CellStyle } from '../../../platform/spreadsheet/book.ts';
import type { ResponseView } from '../model.ts';
import { contextOf } from '../rules.ts';
import { questionsAsked } from './asked.ts';
import { MEMORY_SHEET, type Memory, memoryRows } from './memory.ts';
import { NO, optionWords, type Slot, slotContent, slotsOf, statesOf, YES } from './slots.ts';

export const LISTS_SHEET = 'Listes';
const INTRODUCTION = 'Mode d’emploi';
/** Titles by which the columns are found again, wherever they stand. */
export const CODE_TITLE = 'Code';
export const ANSWER_TITLE = 'Réponse';

const LINE = 'C9D3D6';
const SOFT = '4D5F66';
const STYLES: { readonly [name: string]: CellStyle } = {
  title: { bold: true, size: 16, colour: '0B5563', wrap: false },
  words: { wrap: true },
  head: { bold: true, fill: 'DCEBEE', border: LINE, wrap: true },
  code: { colour: SOFT, size: 9 },
  question: { bold: true, wrap: true },
  line: { wrap: true },
  columnTitle: { bold: true, wrap: true, end: true, size: 10 },
  answer: { open: true, fill: 'FFF8E1', border: '8A9BA1', wrap: true, end: true },
  answerWords: { open: true, fill: 'FFF8E1', border: '8A9BA1', wrap: true },
  answerText: { open: true, fill: 'FFF8E1', border: '8A9BA1', wrap: true, format: 'text' },
  answerMoney: { open: true, fill: 'FFF8E1', border: '8A9BA1', wrap: true, end: true, format: 'money' },
  answerDate: { open: true, fill: 'FFF8E1', border: '8A9BA1', wrap: true, end: true, format: 'date' },
  total: { bold: true, end: true, border: LINE },
  totalMoney: { bold: true, end: true, border: LINE, format: 'money' },
  unit: { colour: SOFT },
  before: { colour: SOFT, end: true, wrap: true },
  beforeMoney: { colour: SOFT, end: true, format: 'money' },
  beforeDate: { colour: SOFT, end: true, format: 'date' },
  beforeWords: { colour: SOFT, wrap: true },
  help: { colour: SOFT, wrap: true, size: 10 },
  memory: { colour: SOFT, size: 9 },
};

/** `now`: ISO 8601. */
export function workbookOf(view: ResponseView, compiled: CompiledVersion, now: string): Book {
  const several = compiled.dataYears.length > 1;
  const places = compiled.dataYears.flatMap((dataYear) =>
    [...Map.groupBy(questionsAsked(compiled, view, dataYear), (q) => q.rubric)].map(([rubric, questions]) => ({ dataYear, rubric, questions, name: sheetName(rubric, several ? String(dataYear) : (compiled.version.rubrics[rubric] ?? '')) })),
  );
  const lists = new Lists();
  const memory: Memory = {
    responseId: view.id, campaignYear: view.campaignYear, structureName: view.structureName, versionHash: compiled.version.contentHash, downloadedAt: now,
    sheets: places.map(({ name, dataYear, rubric }) => ({ name, dataYear, rubric })),
    answers: Object.fromEntries(compiled.dataYears.map((year) => [year, view.sheets[year]?.answers ?? {}])),
  };
  const sheets = places.map((place): BookSheet => {
    const visible = new Set(visibleQuestions(compiled, contextOf(compiled, view, place.dataYear)).map((q) => q.key));
    return rubricSheet(place, { answers: view.sheets[place.dataYear]?.answers ?? {}, previous: view.previous[place.dataYear] ?? {}, cuts: view.cuts?.[place.dataYear] ?? {}, visible, title: compiled.version.rubrics[place.rubric] ?? place.rubric }, lists);
  });
  return {
    title: `${view.structureName}, questionnaire de la campagne ${view.campaignYear}`,
    styles: STYLES,
    sheets: [
      introduction(view, now, places.map((p) => p.name)),
      ...sheets,
      { name: LISTS_SHEET, hidden: true, locked: true, columns: [40], rows: lists.rows() },
      { name: MEMORY_SHEET, hidden: true, locked: true, columns: [30, 60], rows: memoryRows(memory) },
    ],
  };
}

const sheetName = (rubric: string, words: string): string => `${rubric} ${words.replace(/[[\]:*?/\\']/g, ' ')}`.slice(0, 31).trim();

function introduction(view: ResponseView, now: string, names: readonly string[]): BookSheet {
  const lines = [
    `${view.structureName}${view.communeName ? `, ${view.communeName}` : ''}. Campagne ${view.campaignYear}, téléchargé le ${formatDate(now)}.`,
    '',
    'Remplissez les cases jaunes, dans l’ordre qui vous convient. Le reste est protégé contre les fautes de frappe, sans mot de passe.',
    `Une case vide veut dire «${NBSP}sans réponse${NBSP}». S’il n’y en a pas, écrivez 0. Quand la question le propose, choisissez «${NBSP}${STATE_LABELS.not_concerned}${NBSP}» ou «${NBSP}${STATE_LABELS.unknown}${NBSP}» dans la liste de la case.`,
    'Les nombres s’écrivent 1234,5 et les dates 01/03/2017. Pour un choix de plusieurs, écrivez Oui en face de chacun.',
    'Enregistrez le classeur au format où vous l’avez reçu, puis rapportez-le à la page d’où il vient. Vous verrez chaque différence et choisirez ce qui est repris : rien n’est changé sans votre accord.',
    'Ce qui est répondu en ligne entre-temps n’est pas perdu : une réponse que vous ne changez pas dans ce classeur ne changera pas non plus en ligne.',
    '',
    `Feuilles${NBSP}: ${names.join(', ')}.`,
  ];
  return { name: INTRODUCTION, locked: true, columns: [110], rows: [[{ content: `Questionnaire ${view.campaignYear}`, style: 'title' }], ...lines.map((content) => [{ content, style: 'words' }])] };
}

interface Place {
  readonly name: string;
  readonly dataYear: number;
  readonly rubric: string;
  readonly questions: readonly Question[];
}
interface Known {
  readonly title: string;
  readonly answers: Answers;
  readonly previous: Answers;
  readonly cuts: { readonly [key: string]: string };
  readonly visible: ReadonlySet<string>;
}

type Row = (BookCell | undefined)[];

function rubricSheet(place: Place, known: Known, lists: Lists): BookSheet {
  const width = Math.max(1, ...place.questions.map((q) => q.table?.columns.length ?? 1));
  const across = { width, unit: 2 + width, before: 3 + width, help: 3 + 2 * width };
  const head: Row = [CODE_TITLE, 'Question', ANSWER_TITLE, ...Array<string>(width - 1).fill(''), 'Unité', `En ${place.dataYear - 1}`, ...Array<string>(width - 1).fill(''), 'Aide'].map((content) => ({ content, style: 'head' }));
  const rows: Row[] = [[{ content: `${place.rubric}. ${known.title}, données ${place.dataYear}`, style: 'title' }], head];
  for (const question of place.questions) rows.push(...questionRows(question, known, lists, across, rows.length), []);
  return { name: place.name, locked: true, frozen: 2, columns: [17, 46, ...Array<number>(width).fill(width === 1 ? 34 : 17), 12, ...Array<number>(width).fill(width === 1 ? 22 : 13), 60], rows };
}

interface Across {
  readonly width: number;
  readonly unit: number;
  readonly before: number;
  readonly help: number;
}

/** `start`: row of the sheet where the question begins. */
function questionRows(question: Question, { answers, previous, cuts, visible }: Known, lists: Lists, across: Across, start: number): Row[] {
  const answer = answers[question.key];
  const before = previous[question.key];
  const slots = Map.groupBy(slotsOf(question), (slot) => slot.anchor);
  const row = (anchor: string, label: string, strong: boolean): Row => {
    const cells: Row = Array<BookCell | undefined>(across.help + 1).fill(undefined);
    cells[0] = { content: anchor, style: 'code' };
    cells[1] = { content: label, style: strong ? 'question' : 'line' };
    for (const slot of slots.get(anchor) ?? []) {
      const content = slotContent(question, slot, answer);
      cells[2 + slot.column] = { ...(content === undefined ? {} : { content }), style: answerStyle(question, slot), help: helpOf(question, slot, lists) };
      const last = slotContent(question, slot, before);
      if (last !== undefined) cells[across.before + slot.column] = { content: last, style: beforeStyle(question, slot) };
    }
    return cells;
  };
  const main = row(question.code, `${question.label}${question.required ? '' : ' (facultatif)'}`, true);
  const cut = cuts[question.key];
  if (cut) main[across.before] = { content: cut, style: 'beforeWords' };
  const unit = question.table ? '' : unitLabel(question.unit);
  if (unit) main[across.unit] = { content: unit, style: 'unit' };
  const notes = [question.help, question.kind === 'multiple' ? `Écrivez ${YES} en face de chaque choix qui est le vôtre.` : '', visible.has(question.key) ? '' : 'Posée selon vos autres réponses : laissez vide si elle ne vous concerne pas.'].filter(Boolean);
  if (notes.length > 0) main[across.help] = { content: notes.join('\n'), style: 'help' };
  if (question.kind === 'multiple') return [main, ...question.options!.map((o) => row(`${question.code}.${o.code}`, optionWords(question, o.code), false))];
  if (!question.table) return [main];

  const { rows, columns, total } = question.table;
  const titles: Row = Array<BookCell | undefined>(across.help + 1).fill(undefined);
  columns.forEach((column, i) => {
    titles[2 + i] = { content: columnTitle(column), style: 'columnTitle' };
    titles[across.before + i] = { content: column.label, style: 'beforeWords' };
  });
  const lines = rows.map((r) => row(`${question.code}.${r.code}`, r.label, false));
  if (!total) return [main, titles, ...lines];
  const foot: Row = [undefined, { content: 'Total', style: 'question' }];
  columns.forEach((column, i) => {
    if (total[column.code] === undefined) return;
    const sum = rows.reduce((n, r) => n + numberIn(cellOf(answer, r.code, column.code)), 0);
    foot[2 + i] = { sum: { from: start + 2, to: start + 1 + rows.length }, content: Number(sum.toPrecision(14)), style: column.kind === 'money' ? 'totalMoney' : 'total' };
  });
  return [main, titles, ...lines, foot];
}

const numberIn = (cell: Cell | undefined): number => (typeof cell === 'number' ? cell : 0);

/** `ETP`, `Personnes (personnes)` without the repetition: as the page of the form. */
export function columnTitle(column: TableColumn): string {
  const unit = column.kind === 'boolean' ? '' : unitLabel(column.unit);
  return unit && unit.toLowerCase() !== column.label.toLowerCase() ? `${column.label} (${unit})` : column.label;
}

const kindOf = (question: Question, slot: Slot): Question['kind'] | TableColumn['kind'] => (slot.part.kind === 'cell' ? slot.part.column.kind : question.kind);

function answerStyle(question: Question, slot: Slot): string {
  const kind = kindOf(question, slot);
  return kind === 'text' ? 'answerText' : kind === 'money' ? 'answerMoney' : kind === 'date' ? 'answerDate' : slot.part.kind === 'option' || kind === 'single' || kind === 'boolean' || kind === 'multiple' || kind === 'table' ? 'answerWords' : 'answer';
}
function beforeStyle(question: Question, slot: Slot): string {
  const style = answerStyle(question, slot);
  return { answerMoney: 'beforeMoney', answerDate: 'beforeDate', answer: 'before' }[style] ?? 'beforeWords';
}

/** What the cell offers and refuses. A bound only asks: a value out of bounds may be brought back, and the checks will speak of it. */
function helpOf(question: Question, slot: Slot, lists: Lists): CellHelp {
  const kind = kindOf(question, slot);
  const states = slot.part.kind === 'option' ? [] : statesOf(question).map((s) => STATE_LABELS[s]);
  const orStates = states.length > 0 ? `, ou choisissez ${states.map((s) => `«${NBSP}${s}${NBSP}»`).join(' ou ')} dans la liste` : '';
  const listOf = (words: readonly string[], refuse: CellHelp['refuse'], error: string, prompt?: string): CellHelp => ({ allow: { kind: 'list', sheet: LISTS_SHEET, ...lists.place(words) }, refuse, error, ...(prompt ? { prompt } : {}) });
  if (slot.part.kind === 'option') return listOf([YES], 'stop', `Écrivez ${YES}, ou laissez la case vide.`);
  if (kind === 'boolean') return listOf([YES, NO, ...states], 'stop', `Écrivez ${YES} ou ${NO}.`);
  if (kind === 'single') return listOf([...question.options!.map((o) => optionWords(question, o.code)), ...states], 'stop', 'Choisissez dans la liste de la case.');
  if (kind === 'multiple' || kind === 'table') return listOf(states, 'stop', 'Répondez dans les lignes au-dessous.', `Laissez vide et répondez au-dessous${orStates}.`);
  if (states.length > 0) {
    const what = kind === 'date' ? 'Une date jour/mois/année' : kind === 'text' ? 'Un texte' : 'Un nombre';
    return listOf(states, 'anything', '', `${what}${orStates}.`);
  }
  if (kind === 'date') return { allow: { kind: 'date' }, refuse: 'stop', error: 'Écrivez la date jour/mois/année, par exemple 01/03/2017.' };
  if (kind === 'text') return { allow: { kind: 'length', max: question.maxLength ?? 10_000 }, refuse: 'ask', error: `Ce texte dépasse ${formatNumber(question.maxLength ?? 10_000)} caractères.` };
  const { min, max } = slot.part.kind === 'cell' ? slot.part.column : question;
  const whole = kind === 'integer';
  const bounds = min !== undefined && max !== undefined ? ` de ${formatNumber(min, 6)} à ${formatNumber(max, 6)}` : min !== undefined ? ` d’au moins ${formatNumber(min, 6)}` : max !== undefined ? ` d’au plus ${formatNumber(max, 6)}` : '';
  return { allow: { kind: 'number', whole, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }, refuse: 'ask', error: `Un nombre${whole ? ' entier' : ''}${bounds} est attendu ici, par exemple ${whole ? '12' : '1234,5'}.` };
}

/** The lists of choices, each once, side by side in a hidden sheet. */
class Lists {
  readonly #columns: (readonly string[])[] = [];

  place(words: readonly string[]): { column: number; from: number; to: number } {
    const known = this.#columns.findIndex((c) => c.join('\n') === words.join('\n'));
    const column = known >= 0 ? known : this.#columns.push(words) - 1;
    return { column, from: 0, to: words.length - 1 };
  }

  rows(): Row[] {
    const longest = Math.max(0, ...this.#columns.map((c) => c.length));
    return Array.from({ length: longest }, (_, r) => this.#columns.map((c) => (c[r] === undefined ? undefined : { content: c[r], style: 'memory' })));
  }
}
