/** An XLSForm as the bytes of a workbook, and back. */
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { OUR_WORKBOOK, readBook } from '../../../platform/spreadsheet/read.server.ts';
import { writeXlsx } from '../../../platform/spreadsheet/xlsx.server.ts';
import { sealed } from '../folder.server.ts';
import type { QuestionnaireVersion } from '../model.ts';
import type { Fault } from '../parsing.ts';
import type { FormSheet, NotCarried } from './xlsform.ts';
import { readXlsForm } from './xlsform-read.ts';
import { writeXlsForm } from './xlsform-write.ts';

export function formFile(version: QuestionnaireVersion): { readonly bytes: Uint8Array; readonly notCarried: readonly NotCarried[] } {
  const { sheets, notCarried } = writeXlsForm(version);
  return { bytes: writeXlsx({ title: version.title, styles: { head: { bold: true, fill: 'E7E0D4' }, cell: { format: 'text' } }, sheets: sheets.map(bookSheet) }), notCarried };
}

const bookSheet = ({ name, columns, rows }: FormSheet) => ({
  name,
  columns: columns.map((c) => (c.startsWith('label') || c === 'value' || c === 'raison' ? 60 : 18)),
  frozen: 1,
  rows: [columns.map((content) => ({ content, style: 'head' })), ...rows.map((row) => columns.map((c) => (row[c] ? { content: row[c], style: 'cell' } : undefined)))],
});

/** The version that a workbook says, sealed, with what was left; or its faults. `name` is shown in them. */
export function readFormFile(bytes: Uint8Array, options: { readonly name: string; readonly year?: number }): Result<{ readonly version: QuestionnaireVersion; readonly notCarried: readonly NotCarried[] }, readonly Fault[]> {
  const book = readBook(bytes, OUR_WORKBOOK);
  if (!book.ok) return refuse([{ file: options.name, place: '', message: book.error.message }]);
  const sheets = book.value.map(({ name, rows: [head = [], ...rows] }): FormSheet => {
    const columns = head.map((c) => c?.text.trim() ?? '');
    return { name, columns: columns.filter((c) => c !== ''), rows: rows.map((row) => Object.fromEntries(row.flatMap((cell, i) => (cell && columns[i] ? [[columns[i], cell.number === undefined ? cell.text : String(cell.number)]] : [])))) };
  });
  const { content, faults, notCarried } = readXlsForm(sheets, { file: options.name, ...(options.year === undefined ? {} : { year: options.year }) });
  return faults.length > 0 ? refuse(faults) : ok({ version: sealed(content), notCarried });
}
