/** Import of a table of answers: preview first, nothing written unless the whole is accepted or the valid lines are explicitly taken; twice changes nothing. */
import { sql } from 'kysely';
import { answerEquals, type Answers, parseAnswer } from '../questionnaire/index.ts';
import { type AccountId, newId, type ResponseId } from '../../kernel/identifier.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { acceptsEntry, type PhaseState } from '../campaign/index.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { readAnswers, readLines, type TableFault, type TableLine } from './import-table.ts';
import { stateLabel } from './labels.ts';
import type { ResponseState } from './model.ts';
import { compareWithRegister, isRegisterQuestion, prefillFromRegister } from './register-answers.server.ts';
import { loadForSave } from './save-load.server.ts';
import { askedSet, record } from './save.server.ts';
import { runnerOf } from './statement-runner.server.ts';

export interface ImportRequest {
  readonly campaignYear: number;
  /** First line: the header. */
  readonly table: readonly (readonly string[])[];
  /** Who imports; null: the operator of the program. */
  readonly accountId: AccountId | null;
  /** `preview` writes nothing; `whole` writes if there is no fault; `valid_rows` writes what is without fault. */
  readonly mode: 'preview' | 'whole' | 'valid_rows';
}
export interface ImportResult {
  readonly lines: number;
  readonly structures: number;
  /** Answers that differ from what stands, written or to be written. */
  readonly changed: number;
  readonly unchanged: number;
  readonly faults: readonly TableFault[];
  readonly written: boolean;
}

interface Target {
  readonly word: string;
  readonly id: ResponseId;
  readonly structure_id: string;
  readonly kind: string;
  readonly territory: string;
  readonly state: ResponseState;
  readonly phase: PhaseState | null;
}

export const importResponses = (db: Db, request: ImportRequest): Promise<ImportResult> => importLines(db, request, readLines(request.table));

/** The same of lines read from elsewhere. `othersFaulty`: what they were read from has faults told apart, so that the whole is not written. */
export async function importLines(db: Db, request: Omit<ImportRequest, 'table'>, { lines, faults }: ReturnType<typeof readLines>, othersFaulty = false): Promise<ImportResult> {
  const { rows: campaigns } = await sql<{ questionnaire_year: number }>`select questionnaire_year from campaign.campaign where year = ${request.campaignYear}`.execute(db);
  if (!campaigns[0]) return nothing(lines, [{ row: 1, column: 'campagne', value: String(request.campaignYear), remedy: 'Cette campagne n’existe pas : donnez l’année d’une campagne ouverte.' }]);
  const compiled = await loadVersion(db, campaigns[0].questionnaire_year);
  const targets = await findTargets(db, request.campaignYear, [...new Set(lines.map((l) => l.structure))]);
  const sheets = await sheetsOf(db, [...targets.values()].map((t) => t.id));

  const work: { target: Target; dataYear: number; items: { saveId: string; key: string; answer: unknown }[] }[] = [];
  let unchanged = 0;
  for (const [name, group] of Map.groupBy(lines, (line) => `${line.structure} ${line.dataYear}`)) {
    const target = targets.get(group[0]!.structure);
    const why = whyNot(target, compiled.dataYears, group[0]!);
    if (!target || why) {
      faults.push(...group.map((line) => ({ row: line.row, ...(why ?? unknownStructure(line)) })));
      continue;
    }
    const dataYear = Number(name.slice(name.lastIndexOf(' ') + 1));
    const asked = askedSet(compiled, target.kind, target.territory, dataYear);
    const read = readAnswers(compiled, group);
    faults.push(...read.faults);
    const items = read.answers.flatMap(({ key, answer, rows }) => {
      const parsed = parseAnswer(compiled.questions.get(key)!, answer);
      if (!asked.has(key) || !parsed.ok) {
        faults.push({ row: rows[0]!, column: 'question', value: key, remedy: parsed.ok ? `Cette question n’est pas posée à cette structure pour ${dataYear} : retirez la ligne.` : parsed.error.message });
        return [];
      }
      if (answerEquals(sheets.get(`${target.id} ${dataYear}`)?.[key], parsed.value)) {
        unchanged++;
        return [];
      }
      return [{ saveId: newId(), key, answer: parsed.value }];
    });
    if (items.length > 0) work.push({ target, dataYear, items });
  }
  const ordered = faults.toSorted((a, b) => a.row - b.row);
  const write = request.mode === 'valid_rows' || (request.mode === 'whole' && faults.length === 0 && !othersFaulty);
  if (write) await inTransaction(db, (tx) => writeAll(tx, request, compiled, work));
  return { lines: lines.length, structures: targets.size, changed: work.reduce((n, w) => n + w.items.length, 0), unchanged, faults: ordered, written: write };
}

const nothing = (lines: readonly TableLine[], faults: readonly TableFault[]): ImportResult => ({ lines: lines.length, structures: 0, changed: 0, unchanged: 0, faults, written: false });

const unknownStructure = (line: TableLine): Omit<TableFault, 'row'> => ({
  column: 'structure', value: line.structure, remedy: 'Aucune structure de cette campagne ne porte cet identifiant : vérifiez-le dans le répertoire.',
});

function whyNot(target: Target | undefined, dataYears: readonly number[], line: TableLine): Omit<TableFault, 'row'> | undefined {
  if (!target) return unknownStructure(line);
  if (!dataYears.includes(line.dataYear)) return { column: 'data_year', value: String(line.dataYear), remedy: `Cette campagne demande ${dataYears.join(' et ')} : corrigez l’année de données.` };
  if (target.state !== 'not_started' && target.state !== 'in_progress') return { column: 'structure', value: line.structure, remedy: `Ces réponses ne sont plus en saisie (${stateLabel(target.state).toLowerCase()}) : retirez les lignes de cette structure.` };
  return acceptsEntry(target.phase ?? 'draft') ? undefined : { column: 'structure', value: line.structure, remedy: 'La saisie n’est pas ouverte dans le territoire de cette structure.' };
}

/** Structures are known by any lasting identifier, or by the register's own. */
async function findTargets(db: Db, campaignYear: number, words: readonly string[]): Promise<Map<string, Target>> {
  const { rows } = await sql<Target>`
    select distinct on (w.word) w.word, r.id, r.structure_id, r.structure_kind as kind, r.territory_code as territory, r.state, p.state as phase
    from (select jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) as word) w
    join entry.response r on r.campaign_year = ${campaignYear} and (r.structure_id::text = w.word
      or r.structure_id in (select i.structure_id from registry.structure_identifier i where i.value = w.word))
    left join campaign.territory_phase p on p.campaign_year = r.campaign_year and p.territory_code = r.territory_code
    order by w.word`.execute(db);
  return new Map(rows.map((row) => [row.word, row]));
}

async function sheetsOf(db: Db, ids: readonly ResponseId[]): Promise<Map<string, Answers>> {
  const { rows } = await sql<{ id: string; year: number; answers: Answers }>`select response_id as id, data_year as year, answers from entry.answer_sheet
    where response_id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`.execute(db);
  return new Map(rows.map((row) => [`${row.id} ${row.year}`, row.answers]));
}

async function writeAll(tx: Db, request: Omit<ImportRequest, 'table'>, compiled: Awaited<ReturnType<typeof loadVersion>>, work: readonly { target: Target; dataYear: number; items: { saveId: string; key: string; answer: unknown }[] }[]): Promise<void> {
  const runner = runnerOf(tx);
  for (const { target, dataYear, items } of work) {
    // oxlint-disable no-await-in-loop -- one structure after the other, inside one transaction
    await prefillFromRegister(tx, target.id);
    await sql`select 1 from entry.response where id = ${target.id} for update`.execute(tx);
    const loaded = await loadForSave(runner, undefined, target.id, []);
    const changes = items.map((item) => ({ ...item, answer: item.answer as Answers[string] | undefined }));
    const written = loaded && (await record(runner, compiled, loaded, { responseId: target.id, dataYear }, changes, { author: request.accountId, source: 'import', starts: true }));
    if (!written) throw new Error('import: a response moved while it was held');
    const ofRegister = changes.filter((c) => isRegisterQuestion(compiled, c.key));
    if (ofRegister.length > 0) await compareWithRegister(tx, { structureId: target.structure_id, campaignYear: request.campaignYear, dataYear }, ofRegister);
    // oxlint-enable no-await-in-loop
  }
}
