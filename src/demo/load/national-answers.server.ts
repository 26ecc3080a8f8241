/** The answers of one national campaign, in slices: loaded by the bulk door (same parser, same rules as a save), then declined, left or sent as planned. */
import { sql } from 'kysely';
import { bulkLoad, type BulkOptions, moveResponses } from '../../domains/entry/index.server.ts';
import { askedKeys, type CompiledVersion } from '../../domains/questionnaire/index.ts';
import type { ResponseId, StructureId } from '../../kernel/identifier.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { askedAnswers } from '../answers/response.ts';
import type { RegisterFacts } from '../answers/profile.ts';
import { type NationalResponse, nationalResponse } from '../nation/responses.ts';
import { must } from './must.ts';
import type { Loaders } from './nation-people.server.ts';
import { breathe } from '../../platform/breathe.server.ts';
import type { OnProgress } from './progress.ts';

/** Responses in one slice: some 100 ms of work between two breaths. */
const SLICE = 60;
const EXPLANATION = 'Évolution de l’année, vérifiée avec l’équipe et le bureau.';

export interface CampaignRow {
  readonly id: ResponseId;
  readonly structureId: StructureId;
  readonly identifier: string;
  readonly state: string;
  readonly territory: string;
}

/** Responses of a campaign in some states, by number of structure; Pas-de-Calais first. */
export async function campaignRows(db: Db, year: number, states: readonly string[]): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`select r.id, r.structure_id as "structureId", i.value as identifier, r.state, r.territory_code as territory from entry.response r
    join registry.structure_identifier i on i.structure_id = r.structure_id and i.scheme = 'import'
    where r.campaign_year = ${year} and r.state in (select jsonb_array_elements_text(${JSON.stringify(states)}::jsonb)) order by r.territory_code <> '62', i.value`.execute(db);
  return rows;
}

const SENT = ['submitted', 'under_review', 'correction_requested', 'resubmitted', 'validated', 'frozen', 'excluded'];

/** Fills what is not started. Interrupted, it goes on where it stopped: a response that left `not_started` is not touched. */
export async function fillAnswers(db: Db, year: number, compiled: CompiledVersion, byIdentifier: ReadonlyMap<string, RegisterFacts>, loaders: Loaders, onProgress: OnProgress, signal?: AbortSignal): Promise<void> {
  const rows = (await campaignRows(db, year, ['not_started'])).filter((row) => byIdentifier.has(row.identifier));
  const asked = new Map<string, readonly string[]>();
  const keysFor = (register: RegisterFacts): readonly string[] => {
    const name = `${register.kind} ${register.department}`;
    if (!asked.has(name)) asked.set(name, askedKeys(compiled, { structureKind: register.kind, territory: register.department, dataYear: compiled.mainDataYear }));
    return asked.get(name)!;
  };
  const at = `${year}-06-${String(10 + (year % 7)).padStart(2, '0')}T09:00:00Z`;
  for (let i = 0; i < rows.length; i += SLICE) {
    signal?.throwIfAborted();
    const slice = rows.slice(i, i + SLICE).map((row) => ({ row, register: byIdentifier.get(row.identifier)!, response: nationalResponse(byIdentifier.get(row.identifier)!, year) }));
    const load = async (wanted: (response: NationalResponse) => boolean, finalState: 'submitted' | 'in_progress', options: BulkOptions = {}): Promise<void> => {
      const sheets = slice.filter(({ response }) => wanted(response)).map(({ row, register, response }) => ({ responseId: row.id, dataYear: compiled.mainDataYear, answers: askedAnswers(response.sheet, keysFor(register)) }));
      if (sheets.length === 0) return;
      const loaded = await bulkLoad(db, sheets, { source: 'structure', finalState, at, ...options });
      if (loaded.faults.length > 0) throw new Error(`demonstration, answers of ${year}: ${JSON.stringify(loaded.faults.slice(0, 3))}`);
    };
    // oxlint-disable-next-line no-await-in-loop -- slice by slice
    await load((r) => SENT.includes(r.state), 'submitted', { explanation: EXPLANATION });
    // oxlint-disable-next-line no-await-in-loop
    await load((r) => r.state === 'in_progress', 'in_progress');
    // Typed by the Caf for a structure that asked for it, and which has to review each value (R51).
    // oxlint-disable-next-line no-await-in-loop
    await load((r) => r.state === 'submitted_by_third_party', 'in_progress', { explanation: EXPLANATION, source: 'caf', authorId: loaders.caf.accountId, thirdPartyRequested: true });
    const declined = slice.filter(({ response }) => response.state === 'declined').map(({ row }) => row.id);
    // oxlint-disable-next-line no-await-in-loop
    if (declined.length > 0) await inTransaction(db, async (tx) => must('declining', await moveResponses(tx, { responseIds: declined, to: 'declined', by: null, reason: 'La structure ne souhaite pas répondre cette année.' })));
    onProgress({ step: `Réponses de la campagne ${year}`, done: Math.min(i + SLICE, rows.length), of: rows.length });
    // oxlint-disable-next-line no-await-in-loop
    await breathe();
  }
}
