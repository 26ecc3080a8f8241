/**
 * What a workbook brought back would change: three values meet, the one of the download, the one that stands and the one of the file. A value that was not
 * changed in the file changes nothing on line; one changed in both is shown as such; tables meet cell by cell. Pure.
 */
import { type Answer, answerEquals, cellOf, formatAnswer, formatCell, type Question, type TableValue } from '../../questionnaire/index.ts';

export type Meeting =
  | { readonly kind: 'nothing' }
  | {
      /** `both`: the answer has changed on line too since the download, to something else. */
      readonly kind: 'changed' | 'both';
      /** What would be saved. */
      readonly proposal: Answer | undefined;
    };

export function meet(question: Question, atDownload: Answer | undefined, standing: Answer | undefined, inFile: Answer | undefined): Meeting {
  if (answerEquals(inFile, atDownload) || answerEquals(inFile, standing)) return { kind: 'nothing' };
  if (answerEquals(standing, atDownload)) return { kind: 'changed', proposal: inFile };
  if (!question.table || ![atDownload, standing, inFile].every(hasCells)) return { kind: 'both', proposal: inFile };
  return meetCells(question, atDownload, standing, inFile);
}

const hasCells = (answer: Answer | undefined): boolean => answer === undefined || answer.state === 'value';

function meetCells(question: Question, atDownload: Answer | undefined, standing: Answer | undefined, inFile: Answer | undefined): Meeting {
  const table: { [row: string]: { [column: string]: TableValue[string][string] } } = {};
  let both = false;
  for (const row of question.table!.rows) {
    for (const column of question.table!.columns) {
      const [then, now, file] = [atDownload, standing, inFile].map((answer) => cellOf(answer, row.code, column.code));
      const changed = file !== then;
      both ||= changed && now !== then && now !== file;
      const cell = changed ? file : now;
      if (cell !== undefined) (table[row.code] ??= {})[column.code] = cell;
    }
  }
  const proposal: Answer | undefined = Object.keys(table).length === 0 ? undefined : { state: 'value', value: table };
  return answerEquals(proposal, standing) ? { kind: 'nothing' } : { kind: both ? 'both' : 'changed', proposal };
}

/** One line of the preview, in words. */
export interface DifferenceLine {
  /** Row and column of a table's cell; '' for a question. */
  readonly label: string;
  readonly standing: string;
  readonly inFile: string;
  readonly previous: string;
}

/** The question, or each cell of a table that would change. `cut`: why there is no previous answer. */
export function differenceLines(question: Question, standing: Answer | undefined, proposal: Answer | undefined, previous: Answer | undefined, cut = ''): DifferenceLine[] {
  const words = (answer: Answer | undefined): string => (answer ? formatAnswer(question, answer) : '');
  if (!question.table || !hasCells(standing) || !hasCells(proposal)) return [{ label: '', standing: words(standing), inFile: words(proposal), previous: cut || words(previous) }];
  const one = question.table.columns.length === 1;
  return question.table.rows.flatMap((row) =>
    question.table!.columns.flatMap((column) => {
      const [now, file, last] = [standing, proposal, previous].map((answer) => cellOf(answer, row.code, column.code));
      if (now === file) return [];
      const cell = (value: typeof now): string => (value === undefined ? '' : formatCell(column, value));
      return [{ label: one ? row.label : `${row.label}, ${column.label.toLowerCase()}`, standing: cell(now), inFile: cell(file), previous: cut || cell(last) }];
    }),
  );
}

