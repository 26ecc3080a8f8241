/** The file of an earlier survey, through the reading of every import: translated by its mapping, told in its own lines and columns. */
import { sql } from 'kysely';
import type { ResponseId } from '../../../kernel/identifier.ts';
import { type Db, inTransaction } from '../../../platform/database.server.ts';
import { loadVersion, storedContent, type Vintage } from '../../questionnaire/index.server.ts';
import { importLines, type ImportRequest, type ImportResult } from '../import-responses.server.ts';
import { moveResponses } from '../moves.server.ts';
import { translate } from './translate.ts';

export interface VintageRequest extends ImportRequest {
  readonly vintage: Vintage;
  /** Also sends what has come in, as it was sent in its time. */
  readonly send?: boolean;
}
export interface VintageResult extends ImportResult {
  readonly sent: number;
}

/** Refused as one fault when the campaign's questionnaire is not the one that the mapping makes. */
export async function importVintage(db: Db, request: VintageRequest): Promise<VintageResult> {
  const { vintage: { mapping, version }, campaignYear } = request;
  const { rows } = await sql<{ year: number }>`select questionnaire_year as year from campaign.campaign where year = ${campaignYear}`.execute(db);
  const asked = rows[0] && (await storedContent(db, rows[0].year));
  if (asked?.contentHash !== version.contentHash) {
    const remedy = asked
      ? `Le questionnaire de cette campagne n’est pas celui de la correspondance ${mapping.year} : prenez la correspondance dont il a été fait.`
      : 'Cette campagne n’existe pas : créez-la sur le questionnaire fait de la correspondance, puis ouvrez-la.';
    return { lines: 0, structures: 0, changed: 0, unchanged: 0, faults: [{ row: 1, column: 'campagne', value: String(campaignYear), remedy }], written: false, sent: 0 };
  }
  const { lines, places, faults } = translate(mapping, await loadVersion(db, version.year), request.table);
  const done = await importLines(db, request, { lines, faults: [] }, faults.length > 0);
  const told = [...faults, ...done.faults.map(({ row, column, remedy }) => ({ ...placeOf(places[row - 1]!, column, lines[row - 1]!.structure, mapping.file.structure), remedy }))];
  // a structure that is refused is refused once, not once for each of its values
  const once = told.filter((f, i) => told.findIndex((g) => g.row === f.row && g.column === f.column && g.remedy === f.remedy) === i).toSorted((a, b) => a.row - b.row);
  const sent = request.send && done.written ? await send(db, campaignYear, request) : 0;
  return { ...done, faults: once, sent };
}

/** What is wrong with the structure is said of its column, the rest of the column of the value. */
const placeOf = <P extends { readonly row: number }>(place: P, column: string, structure: string, structureColumn: string): P => (column === 'structure' ? { ...place, column: structureColumn, value: structure } : place);

/** Responses of the campaign that hold imported answers and are not sent yet. They bear no check: nothing stops them. */
async function send(db: Db, campaignYear: number, { accountId }: ImportRequest): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: ResponseId }>`select r.id from entry.response r where r.campaign_year = ${campaignYear} and r.state = 'in_progress'
      and exists (select 1 from entry.answer_history h where h.response_id = r.id and h.source = 'import') order by r.id for update`.execute(tx);
    const moved = await moveResponses(tx, { responseIds: rows.map((r) => r.id), to: 'submitted', by: accountId, reason: `Réponses de ${campaignYear}, reprises avec leur correspondance.` });
    return moved.ok ? moved.value.moved : 0;
  });
}
