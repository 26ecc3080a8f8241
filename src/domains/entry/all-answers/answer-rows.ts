/** Every answer of a structure as rows, one per value: what leaves as XLSX and CSV, of all years. Pure. */
import { type Answer, type Cell, cellOf, type Question, STATE_LABELS, type TableColumn, unitLabel } from '../../questionnaire/index.ts';
import { formatDate } from '../../../kernel/french-date.ts';
import type { Book, BookCell, CellContent } from '../../../platform/spreadsheet/book.ts';
import { sourceLabel } from '../labels.ts';
import type { AnswerSource } from '../model.ts';
import { optionWords } from '../workbook/slots.ts';

/** One question answered in one campaign for one data year. */
export interface KeptAnswer {
  readonly campaignYear: number;
  readonly dataYear: number;
  readonly question: Question;
  readonly answer: Answer;
  readonly source: AnswerSource;
  /** null: the program, or an import. */
  readonly author: string | null;
  /** ISO 8601; null: no history tells it. */
  readonly at: string | null;
}

export const ANSWER_COLUMNS = ['Campagne', 'Année', 'Rubrique', 'Code', 'Clé', 'Question', 'Ligne', 'Colonne', 'Valeur', 'Unité', 'Auteur', 'Source', 'Enregistré le'] as const;
const VALUE = ANSWER_COLUMNS.indexOf('Valeur');

export type AnswerRow = readonly (CellContent | null)[];

/** A row per question, or per filled cell of a table; the moment in Paris time. */
export function answerRows(kept: KeptAnswer): AnswerRow[] {
  const { question, answer } = kept;
  const row = (line: string, column: string, value: CellContent, unit: string): AnswerRow => [
    kept.campaignYear, kept.dataYear, question.rubric, question.code, question.key, question.label, line, column, value, unit, kept.author, sourceLabel(kept.source), kept.at === null ? null : moment(kept.at),
  ];
  if (!question.table || answer.state !== 'value') return [row('', '', valueOf(question, answer), answer.state === 'value' ? unitLabel(question.unit) : '')];
  return question.table.rows.flatMap((r) =>
    question.table!.columns.flatMap((c) => {
      const cell = cellOf(answer, r.code, c.code);
      return cell === undefined ? [] : [row(r.label, c.label, cellValue(cell), typeof cell === 'number' ? unitOf(c) : '')];
    }),
  );
}

const unitOf = (column: TableColumn): string => unitLabel(column.unit);
const cellValue = (cell: Cell): CellContent => (typeof cell === 'number' ? cell : typeof cell === 'boolean' ? (cell ? 'Oui' : 'Non') : STATE_LABELS[cell]);

function valueOf(question: Question, answer: Answer): CellContent {
  if (answer.state !== 'value') return STATE_LABELS[answer.state];
  const { value } = answer;
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((code: string) => optionWords(question, code)).join(' | ');
  if (question.kind === 'single') return optionWords(question, value as string);
  return question.kind === 'date' && (value as string) >= '1901' ? { date: value as string } : (value as string);
}

function moment(iso: string): string {
  const parts = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(new Date(iso));
  const part = (type: string): string => parts.find((p) => p.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`;
}

/** A sheet for each data year, latest first. `now`: ISO 8601. */
export function answersBook(structureName: string, answers: readonly KeptAnswer[], now: string): Book {
  const years = [...Map.groupBy(answers, (a) => a.dataYear)].toSorted(([a], [b]) => b - a);
  const head = ANSWER_COLUMNS.map((content): BookCell => ({ content, style: 'head' }));
  const cells = (row: AnswerRow): (BookCell | undefined)[] => row.map((content, i) => (content === null || content === '' ? undefined : { content, style: typeof content === 'object' ? 'date' : i === VALUE || i === 5 ? 'words' : 'plain' }));
  return {
    title: `${structureName}, réponses de toutes les années`,
    styles: { title: { bold: true, size: 16, colour: '0B5563' }, plain: {}, words: { wrap: true }, head: { bold: true, fill: 'DCEBEE', wrap: true }, date: { format: 'date' } },
    sheets: [
      { name: 'Réponses', columns: [90], rows: [[{ content: structureName, style: 'title' }], [{ content: `Réponses de toutes les années, au ${formatDate(now)}. Une feuille par année de données, une ligne par valeur${years.length === 0 ? '. Aucune réponse pour l’instant' : ''}.`, style: 'words' }]] },
      ...years.map(([year, list]) => ({ name: String(year), columns: [10, 8, 9, 8, 26, 50, 28, 20, 24, 12, 24, 20, 20], frozen: 1, rows: [head, ...list.flatMap(answerRows).map(cells)] })),
    ],
  };
}

/** A cell that begins like a formula would be run by a spreadsheet: a quote before it keeps it words (OWASP, CSV injection). */
const quoted = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(,\d+)?$/.test(text) ? `'${text}` : text;
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** All years together, as French spreadsheets read it: semicolons, decimal commas, the mark of UTF-8. */
export function answersCsv(answers: readonly KeptAnswer[]): string {
  const text = (content: CellContent | null): string => (content === null ? '' : typeof content === 'number' ? decimal(content).replace('.', ',') : typeof content === 'string' ? content : content.date);
  const lines = [[...ANSWER_COLUMNS], ...answers.flatMap(answerRows).map((row) => row.map(text))];
  return `\uFEFF${lines.map((line) => line.map(quoted).join(';')).join('\r\n')}\r\n`;
}

/** Without exponent. */
const decimal = (value: number): string => (/e/.test(String(value)) ? value.toFixed(12).replace(/\.?0+$/, '') : String(value));
