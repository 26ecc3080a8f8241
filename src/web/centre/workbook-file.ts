/** `GET /centre/:responseId/tableur/questionnaire.xlsx` or `.ods`: the questionnaire to fill at leisure. */
import type { Route } from './+types/workbook-file';
import { SPREADSHEET_TYPES, type SpreadsheetFormat, workbookFile } from '../../domains/entry/index.server.ts';
import { refusal } from '../request-context.ts';
import { openCentrePage } from './centre-page.server.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { view, compiled } = await openCentrePage(context, request, params);
  const format = /^questionnaire\.(xlsx|ods)$/.exec(params.file)?.[1] as SpreadsheetFormat | undefined;
  if (!format) throw refusal('Ce fichier n’existe pas\u00a0: téléchargez le questionnaire en XLSX ou en ODS depuis la page du tableur.', 404);
  return new Response(workbookFile(view, compiled, format, new Date().toISOString()) as Uint8Array<ArrayBuffer>, {
    headers: { 'Content-Type': SPREADSHEET_TYPES[format], 'Content-Disposition': `attachment; filename="questionnaire-${view.campaignYear}.${format}"`, 'Cache-Control': 'no-store' },
  });
}
