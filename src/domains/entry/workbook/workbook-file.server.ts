/** The questionnaire of a response as a file, and a file that is brought back. */
import type { Result } from '../../../kernel/result.ts';
import { ODS_TYPE, writeOds } from '../../../platform/spreadsheet/ods.server.ts';
import { OUR_WORKBOOK, readBook } from '../../../platform/spreadsheet/read.server.ts';
import { writeXlsx, XLSX_TYPE } from '../../../platform/spreadsheet/xlsx.server.ts';
import type { CompiledVersion } from '../../questionnaire/index.ts';
import type { ResponseView } from '../model.ts';
import { workbookOf } from './layout.ts';
import { type BroughtWorkbook, readWorkbook } from './read-workbook.ts';

export type SpreadsheetFormat = 'xlsx' | 'ods';
export const SPREADSHEET_TYPES: { readonly [format in SpreadsheetFormat]: string } = { xlsx: XLSX_TYPE, ods: ODS_TYPE };

/** `now`: ISO 8601. */
export function workbookFile(view: ResponseView, compiled: CompiledVersion, format: SpreadsheetFormat, now: string): Buffer {
  const book = workbookOf(view, compiled, now);
  return format === 'xlsx' ? writeXlsx(book) : writeOds(book);
}

export function readWorkbookFile(view: ResponseView, compiled: CompiledVersion, bytes: Uint8Array): Result<BroughtWorkbook> {
  const sheets = readBook(bytes, OUR_WORKBOOK);
  return sheets.ok ? readWorkbook(view, compiled, sheets.value) : sheets;
}
