/** Cells copied from a spreadsheet -> what stands in the fields of a table question: French numbers read, boxes ticked, what does not fit counted. Pure. */
import { saidYesOrNo } from '../../domains/entry/index.ts';
import { formatInput, type TableColumn, whyNoShare } from '../../domains/questionnaire/index.ts';
import { parseFrenchNumber } from '../../kernel/french-number.ts';

/** Rows and columns of a clipboard: tabulations and lines; a cell that holds a line, a tabulation or a quote stands between quotes, its own doubled. */
export function clipboardCells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, mark] of text.replace(/\r\n?/g, '\n').replace(/\n$/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (mark === '\n') rows.push([]);
    if (mark === '') break;
  }
  return rows;
}

export interface PastedCell {
  readonly row: number;
  readonly column: number;
  /** Of the field; of a box, '' or '1'. */
  readonly value: string;
}
export interface PastePlan {
  readonly cells: readonly PastedCell[];
  /** Pasted cells that fall outside the table. */
  readonly outside: number;
  /** Written as they came: no number could be read. */
  readonly unread: number;
}

/** From the cell at `start`, towards the right and the bottom. */
export function pastePlan(pasted: readonly (readonly string[])[], shape: { readonly rows: number; readonly columns: readonly Pick<TableColumn, 'kind'>[] }, start: { readonly row: number; readonly column: number }): PastePlan {
  const cells: PastedCell[] = [];
  let outside = 0;
  let unread = 0;
  pasted.forEach((line, r) =>
    line.forEach((text, c) => {
      const [row, column] = [start.row + r, start.column + c];
      const kind = shape.columns[column]?.kind;
      if (!kind || row >= shape.rows) {
        if (text.trim() !== '') outside++;
        return;
      }
      if (kind === 'boolean') return void cells.push({ row, column, value: saidYesOrNo(text) ? '1' : '' });
      const number = whyNoShare({ kind }, text) ? undefined : parseFrenchNumber(text);
      if (number === undefined && text.trim() !== '') unread++;
      cells.push({ row, column, value: number === undefined ? text.trim() : formatInput(kind, number) });
    }),
  );
  return { cells, outside, unread };
}
