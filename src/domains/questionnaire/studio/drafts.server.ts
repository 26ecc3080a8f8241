/** The studio's commands: each locks the version, asks the pure rule, writes content and one line of the log, in one transaction. */
import { sql } from 'kysely';
import { ok, refuse, type Refusal, type Result } from '../../../kernel/result.ts';
import { inTransaction, type Db } from '../../../platform/database.server.ts';
import { sealed } from '../folder.server.ts';
import type { QuestionnaireVersion, VersionState } from '../model.ts';
import { interpretationsBeside } from '../interpretations.server.ts';
import { VERSION_STATE_WORDS } from '../labels.ts';
import { findVersion, setVersionState } from '../store.server.ts';
import type { Author } from './author.ts';
import { type LocalModuleState, localModulesOf, localModuleState, type ModuleEvent, territoriesTouched } from './local-modules.ts';
import { applyOperation, type Operation, type OperationRefusal, type Subject } from './operations.ts';
import { readiness, type Readiness } from './readiness.ts';
import { openProposalCount } from './proposals.server.ts';

type Year = { readonly year: number };
const noVersion = (year: number): Refusal => ({ code: 'unknown_version', message: `Aucun questionnaire ${year} : commencez-le depuis la liste des questionnaires.` });
const notDraft = (year: number, state: VersionState): Refusal => ({
  code: 'version_not_a_draft',
  message: state === 'in_use' || state === 'closed'
    ? `Le questionnaire ${year} sert déjà à une campagne : il ne change plus. Un mot se corrige par un erratum ; le reste attend la version suivante.`
    : `Le questionnaire ${year} est ${VERSION_STATE_WORDS[state]} : remettez-le en préparation pour le changer.`,
});

interface Stored {
  readonly state: VersionState;
  readonly content: QuestionnaireVersion;
}
async function locked(tx: Db, year: number): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`select state, content from questionnaire.version where year = ${year} for update`.execute(tx);
  return rows[0];
}

interface LogLine extends Subject {
  readonly act: string;
  readonly localModules?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly note?: string | null;
}
export async function log(tx: Db, year: number, accountId: string | null, line: LogLine): Promise<void> {
  const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));
  await sql`insert into questionnaire.change (year, made_by, act, subject_kind, subject, local_modules, before, after, note)
    values (${year}, ${accountId}, ${line.act}, ${line.kind}, ${line.id}, array(select jsonb_array_elements_text(${JSON.stringify(line.localModules ?? [])}::jsonb)),
      ${json(line.before)}::jsonb, ${json(line.after)}::jsonb, ${line.note ?? null})`.execute(tx);
}

/** A draft for `year`, made of the version of `from` with its errata. What is local is carried as it stood. */
export async function startDraft(db: Db, author: Author, { year, from }: { readonly year: number; readonly from: number }): Promise<Result<Year>> {
  const refused = author.refusal({ kind: 'start' });
  if (refused) return refuse(refused);
  if (year <= from) return refuse({ code: 'year_not_after', message: `Choisissez une année après ${from}.` });
  return inTransaction(db, async (tx): Promise<Result<Year>> => {
    const base = (await findVersion(tx, from))?.version;
    if (!base) return refuse(noVersion(from));
    const content = { ...base, year, title: `Questionnaire ${year} (données ${year - 1})`, dataYears: [{ year: year - 1, keys: 'all' as const }], follows: from, lineage: [] };
    const version = sealed(content);
    const { numAffectedRows } = await sql`insert into questionnaire.version (year, content, content_hash) values (${year}, ${JSON.stringify(version)}::jsonb, ${version.contentHash}) on conflict do nothing`.execute(tx);
    if (Number(numAffectedRows) === 0) return refuse({ code: 'version_exists', message: `Le questionnaire ${year} existe déjà : ouvrez-le dans la liste.` });
    await log(tx, year, author.accountId, { act: 'start', kind: 'version', id: '', after: from });
    return ok({ year });
  });
}

/** One gesture on a draft. What somebody else changed meanwhile in the same item is never overwritten; other items merge. */
export async function changeDraft(db: Db, author: Author, year: number, operation: Operation): Promise<Result<{ readonly subject: Subject }, OperationRefusal | Refusal>> {
  return inTransaction(db, async (tx): Promise<Result<{ readonly subject: Subject }, OperationRefusal | Refusal>> => {
    const stored = await locked(tx, year);
    if (!stored) return refuse(noVersion(year));
    if (stored.state !== 'draft') return refuse(notDraft(year, stored.state));
    const applied = applyOperation(stored.content, operation);
    if (!applied.ok) return applied;
    const territories = territoriesTouched(stored.content, applied.value);
    const refused = author.refusal({ kind: 'write', territories, withdraw: operation.act === 'drop_module' });
    if (refused) return refuse(refused);
    const version = sealed(applied.value.version);
    // saved as it was: nothing to tell
    if (version.contentHash === stored.content.contentHash) return ok({ subject: applied.value.subject });
    await sql`update questionnaire.version set content = ${JSON.stringify(version)}::jsonb, content_hash = ${version.contentHash} where year = ${year}`.execute(tx);
    const { subject, before, after, touched } = applied.value;
    const local = new Set(localModulesOf({ ...stored.content, modules: [...stored.content.modules, ...version.modules] }).map((m) => m.code));
    await log(tx, year, author.accountId, { act: operation.act, ...subject, before, after, localModules: [...new Set(touched.filter((c): c is string => c !== null && local.has(c)))], note: 'note' in operation ? operation.note : null });
    return ok({ subject });
  });
}

/** Where the local modules of a version stand; one statement. */
export async function localModuleStates(db: Db, year: number): Promise<ReadonlyMap<string, LocalModuleState>> {
  const { rows } = await sql<{ module: string; events: ModuleEvent[] }>`
    select m.code as module, jsonb_agg(case c.act when 'propose_module' then 'proposed' when 'validate_module' then 'validated' when 'return_module' then 'returned' else 'changed' end order by c.id) as events
    from questionnaire.change c cross join unnest(c.local_modules) as m(code) where c.year = ${year} group by m.code`.execute(db);
  return new Map(rows.map((r) => [r.module, localModuleState(r.events)]));
}

/** What closes the door of validation, and what is worth a look; undefined when there is no such version. */
export async function readinessOf(db: Db, year: number): Promise<Readiness | undefined> {
  const version = (await findVersion(db, year))?.version;
  if (!version) return undefined;
  const previous = version.follows === undefined ? undefined : (await findVersion(db, version.follows))?.version;
  return readiness({ version, previous, localModules: await localModuleStates(db, year), openProposals: await openProposalCount(db), interpretations: await interpretationsBeside(db, version) });
}

/** The technical committee proposes, the national committee validates; either may put it back on the bench until a campaign opens on it. */
export async function moveVersion(db: Db, author: Author, year: number, to: 'draft' | 'proposed' | 'validated', note?: string): Promise<Result<Year>> {
  const act = ({ draft: 'reopen', proposed: 'propose', validated: 'validate' } as const)[to];
  const refused = author.refusal({ kind: act });
  if (refused) return refuse(refused);
  return inTransaction(db, async (tx): Promise<Result<Year>> => {
    const stored = await locked(tx, year);
    if (!stored) return refuse(noVersion(year));
    if (stored.state === to) return ok({ year });
    if (to !== 'draft') {
      const { blocking } = (await readinessOf(tx, year))!;
      if (blocking.length > 0) return refuse({ code: 'version_not_ready', message: `${blocking.length === 1 ? 'Un point reste' : `${blocking.length} points restent`} à régler avant : ${blocking[0]!.message}` });
    }
    const moved = await setVersionState(tx, year, to);
    if (!moved.ok) return moved;
    await log(tx, year, author.accountId, { act, kind: 'version', id: '', before: stored.state, after: to, note: note?.trim() || null });
    return ok({ year });
  });
}

/** A local module goes to its committee, is validated there, or comes back. */
export async function moveLocalModule(db: Db, author: Author, year: number, code: string, act: 'propose_module' | 'validate_module' | 'return_module', note?: string): Promise<Result<Year>> {
  return inTransaction(db, async (tx): Promise<Result<Year>> => {
    const stored = await locked(tx, year);
    if (!stored) return refuse(noVersion(year));
    if (stored.state !== 'draft') return refuse(notDraft(year, stored.state));
    const module = localModulesOf(stored.content).find((m) => m.code === code);
    if (!module) return refuse({ code: 'unknown_module', message: 'Ce module local n’est plus dans ce brouillon : revenez à la liste.' });
    const { rows } = await sql<{ by: string }>`
      select distinct c.made_by as by from questionnaire.change c where c.year = ${year} and ${code} = any (c.local_modules) and c.act not in ('propose_module', 'validate_module', 'return_module') and c.made_by is not null
        and c.id > coalesce((select max(v.id) from questionnaire.change v where v.year = ${year} and ${code} = any (v.local_modules) and v.act = 'validate_module'), 0)`.execute(tx);
    const refused = author.refusal({ kind: act, territory: module.territory, writers: rows.map((r) => r.by) });
    if (refused) return refuse(refused);
    const state = (await localModuleStates(tx, year)).get(code) ?? 'carried';
    if (act === 'propose_module' ? state !== 'draft' : state !== 'proposed')
      return refuse({ code: 'module_transition_not_allowed', message: act === 'propose_module' ? 'Ce module n’a rien de nouveau à proposer.' : 'Ce module n’est pas proposé au comité : ses correspondants le proposent d’abord.' });
    if (act === 'propose_module' && !stored.content.questions.some((q) => q.module === code)) return refuse({ code: 'empty_module', message: 'Ce module n’a aucune question : ajoutez-en une avant de le proposer.' });
    await log(tx, year, author.accountId, { act, kind: 'module', id: code, localModules: [code], note: note?.trim() || null });
    return ok({ year });
  });
}

export interface ChangeLine {
  readonly id: number;
  readonly at: string;
  readonly name: string | null;
  readonly act: string;
  readonly kind: Subject['kind'];
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly note: string | null;
}

/** The log of a version, newest first; of one item when `subject` is given. */
export async function changesOf(db: Db, year: number, options: { readonly subject?: Subject; readonly limit?: number } = {}): Promise<readonly ChangeLine[]> {
  const { subject, limit = 100 } = options;
  const { rows } = await sql<ChangeLine>`
    select c.id, c.at, a.display_name as name, c.act, c.subject_kind as kind, c.subject, c.before, c.after, c.note
    from questionnaire.change c left join access.account a on a.id = c.made_by
    where c.year = ${year} and (${subject?.kind ?? null}::text is null or (c.subject_kind = ${subject?.kind ?? null} and c.subject = ${subject?.id ?? null}))
    order by c.id desc limit ${limit}`.execute(db);
  return rows;
}
