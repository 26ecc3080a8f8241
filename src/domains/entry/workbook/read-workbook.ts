/** A workbook brought back -> the answers that it holds now, and what could not be read: sheet, cell, value, what to type. A sheet or a row that is gone says nothing: its answers are left as they were. Pure. */
import { type Answer, type CompiledVersion, parseAnswer, type Question } from '../../questionnaire/index.ts';
import { formatDate } from '../../../kernel/french-date.ts';
import { NBSP } from '../../../kernel/french-number.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cellName, type FoundCell, type FoundSheet } from '../../../platform/spreadsheet/book.ts';
import type { ResponseView } from '../model.ts';
import { plainWord } from '../said-words.ts';
import { questionsAsked } from './asked.ts';
import { ANSWER_TITLE, CODE_TITLE, columnTitle } from './layout.ts';
import { type Memory, readMemory } from './memory.ts';
import { answerFrom, readSlot, type Slot, slotContent, slotsOf, slotValue, untouched } from './slots.ts';

export interface WorkbookFault {
  readonly sheet: string;
  /** `C12`. */
  readonly cell: string;
  /** Code and words of the question. */
  readonly question: string;
  readonly value: string;
  readonly remedy: string;
}
export interface BroughtAnswer {
  readonly dataYear: number;
  readonly key: string;
  /** What stood when the workbook was downloaded. */
  readonly atDownload: Answer | undefined;
  readonly inFile: Answer | undefined;
}
export interface BroughtWorkbook {
  readonly downloadedAt: string;
  /** Only answers that were changed in the workbook. */
  readonly answers: readonly BroughtAnswer[];
  readonly faults: readonly WorkbookFault[];
  /** Sheets, and codes of questions, that are no longer there. */
  readonly gone: readonly string[];
  /** The questionnaire's words were corrected since. */
  readonly olderVersion: boolean;
}

export function readWorkbook(view: ResponseView, compiled: CompiledVersion, sheets: readonly FoundSheet[]): Result<BroughtWorkbook> {
  const memory = readMemory(sheets);
  if (!memory) return refuse({ code: 'not_our_workbook', message: 'Ce classeur n’a pas été téléchargé depuis cette page, ou sa feuille cachée n’y est plus. Téléchargez le questionnaire, recopiez-y vos valeurs, puis rapportez-le.' });
  if (memory.responseId !== view.id)
    return refuse({ code: 'other_response', message: `Ce classeur est celui de ${memory.structureName}, campagne ${memory.campaignYear}, téléchargé le ${formatDate(memory.downloadedAt)}. Rapportez-le sur la page de ces réponses.` });
  const answers: BroughtAnswer[] = [];
  const faults: WorkbookFault[] = [];
  const gone: string[] = [];
  for (const place of memory.sheets) {
    const sheet = sheets.find((s) => s.name === place.name);
    const questions = questionsAsked(compiled, view, place.dataYear).filter((q) => q.rubric === place.rubric);
    const head = sheet && headOf(sheet);
    if (!sheet || !head) {
      gone.push(place.name);
      continue;
    }
    for (const question of questions) {
      const read = readQuestion(question, { sheet, ...head }, baseOf(memory, place.dataYear, question), faults);
      if (read === 'gone') gone.push(`${question.code} (${place.dataYear})`);
      else if (read) answers.push({ dataYear: place.dataYear, key: question.key, ...read });
    }
  }
  return ok({ downloadedAt: memory.downloadedAt, answers, faults, gone, olderVersion: memory.versionHash !== compiled.version.contentHash });
}

function baseOf(memory: Memory, dataYear: number, question: Question): Answer | undefined {
  const base = parseAnswer(question, memory.answers[dataYear]?.[question.key] ?? null);
  return base.ok ? base.value : undefined;
}

interface Head {
  /** Columns of the sheet. */
  readonly codes: number;
  readonly answers: number;
  readonly rowOf: ReadonlyMap<string, number>;
}

/** Where codes and answers stand: a column or a row put in does not move them away from their titles and codes. */
function headOf(sheet: FoundSheet): Head | undefined {
  for (const row of sheet.rows.slice(0, 50)) {
    const codes = row.findIndex((c) => c?.text === CODE_TITLE);
    const answers = row.findIndex((c) => c?.text === ANSWER_TITLE);
    if (codes < 0 || answers < 0) continue;
    const rowOf = new Map<string, number>();
    sheet.rows.forEach((cells, r) => {
      const code = cells[codes]?.text.trim();
      if (code && !rowOf.has(code)) rowOf.set(code, r);
    });
    return { codes, answers, rowOf };
  }
  return undefined;
}

function readQuestion(question: Question, at: Head & { readonly sheet: FoundSheet }, base: Answer | undefined, faults: WorkbookFault[]): { atDownload: Answer | undefined; inFile: Answer | undefined } | 'gone' | undefined {
  const slots = slotsOf(question);
  const placed = slots.flatMap((slot) => (at.rowOf.has(slot.anchor) ? [{ slot, row: at.rowOf.get(slot.anchor)!, column: at.answers + slot.column }] : []));
  if (placed.length === 0) return 'gone';
  const found = (row: number, column: number): FoundCell | undefined => at.sheet.rows[row]?.[column];
  const fault = (row: number, column: number, remedy: string): void =>
    void faults.push({ sheet: at.sheet.name, cell: cellName(row, column), question: `${question.code} ${question.label}`, value: found(row, column)?.text ?? '', remedy });
  const moved = question.table && placed.some((p) => p.slot.part.kind === 'cell') ? movedTitle(question, at) : undefined;
  if (moved) {
    fault(moved.row, moved.column, moved.remedy);
    return undefined;
  }
  // A cell as it was written stands for the very answer of the download; one that cannot be read too, so that it changes nothing.
  const value = (slot: Slot): ReturnType<typeof slotValue> => {
    const place = placed.find((p) => p.slot === slot);
    if (!place || untouched(slotContent(question, slot, base), found(place.row, place.column))) return slotValue(slot, base);
    const read = readSlot(question, slot, found(place.row, place.column));
    if (read.ok) return read.value;
    fault(place.row, place.column, read.error.message);
    return slotValue(slot, base);
  };
  const before = faults.length;
  const values = slots.map((slot) => ({ slot, value: value(slot) }));
  if (values.every((v) => v.value === slotValue(v.slot, base))) return undefined;
  const whole = values.find((v) => v.slot.part.kind === 'whole');
  const list = question.kind === 'multiple' || question.kind === 'table';
  const own = list && whole && typeof whole.value === 'object' && whole.value.state === 'value' ? values.filter((v) => v !== whole) : values;
  const answer = answerFrom(question, own);
  if (answer.ok) return { atDownload: base, inFile: answer.value };
  const place = placed.find((p) => p.slot.part.kind === 'whole') ?? placed[0]!;
  if (faults.length === before) fault(place.row, place.column, answer.error.message);
  return undefined;
}

/** A title of a table's column that is not where it was: then no cell of the table can be trusted. */
function movedTitle(question: Question, at: Head & { readonly sheet: FoundSheet }): { row: number; column: number; remedy: string } | undefined {
  const first = Math.min(...question.table!.rows.flatMap((r) => at.rowOf.get(`${question.code}.${r.code}`) ?? []));
  const row = first - 1;
  for (const [i, column] of question.table!.columns.entries()) {
    const text = at.sheet.rows[row]?.[at.answers + i]?.text ?? '';
    if (plainWord(text) !== plainWord(columnTitle(column))) return { row, column: at.answers + i, remedy: `Le titre «${NBSP}${columnTitle(column)}${NBSP}» n’est plus au-dessus de sa colonne : remettez-le, ou recopiez vos valeurs dans un classeur téléchargé de nouveau.` };
  }
  return undefined;
}
