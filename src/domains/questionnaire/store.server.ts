/** Versions in the database. One that is in use never changes; the database refuses it too (0003_questionnaire.sql). */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { inTransaction, type Db } from '../../platform/database.server.ts';
import { projectPath } from '../../platform/project-root.server.ts';
import { compileVersion, type CompiledVersion } from './compiled-version.ts';
import { withErrata, type Erratum } from './errata.ts';
import { VERSION_STATE_WORDS } from './labels.ts';
import { formatFault } from './parsing.ts';
import { readVersionFolder } from './folder.server.ts';
import type { VersionNames } from './lineage.ts';
import type { Lineage, QuestionnaireVersion, VersionState } from './model.ts';

/** The folder of questionnaires that comes with the program. */
export const contentFolder = (): string => projectPath('content', 'questionnaires');

/** Writes a checked version as a draft, or in place of a draft, a proposed or a validated one. In use, only the same content is accepted. */
export async function storeVersion(db: Db, version: QuestionnaireVersion): Promise<Result<{ readonly year: number; readonly changed: boolean }>> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ state: VersionState; content_hash: string }>`
      select state, content_hash from questionnaire.version where year = ${version.year} for update`.execute(tx);
    const known = rows[0];
    if (known?.content_hash === version.contentHash) return ok({ year: version.year, changed: false });
    if (known?.state === 'in_use' || known?.state === 'closed')
      return refuse({ code: 'version_in_use', message: `Le questionnaire ${version.year} sert déjà à une campagne : il ne change plus. Un mot se corrige par un erratum ; le reste attend la version suivante.` });
    await sql`
      insert into questionnaire.version (year, content, content_hash) values (${version.year}, ${JSON.stringify(version)}::jsonb, ${version.contentHash})
      on conflict (year) do update set content = excluded.content, content_hash = excluded.content_hash, state = 'draft', loaded_at = now()`.execute(tx);
    return ok({ year: version.year, changed: true });
  });
}

const NEXT: { readonly [state in VersionState]: readonly VersionState[] } = {
  draft: ['proposed'],
  proposed: ['draft', 'validated'],
  validated: ['draft', 'in_use'],
  in_use: ['closed'],
  closed: [],
};

/** Moves a version one step: draft, proposed, validated, in use, closed (back to draft before it is in use). */
export async function setVersionState(db: Db, year: number, state: VersionState): Promise<Result<{ readonly year: number; readonly state: VersionState }>> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ state: VersionState }>`select state from questionnaire.version where year = ${year} for update`.execute(tx);
    const known = rows[0]?.state;
    if (!known) return refuse({ code: 'unknown_version', message: `Aucun questionnaire ${year} : chargez-le d’abord.` });
    if (known === state) return ok({ year, state });
    if (!NEXT[known].includes(state))
      return refuse({
        code: 'version_transition_not_allowed',
        message: `Le questionnaire ${year} est ${VERSION_STATE_WORDS[known]} : il ne peut pas devenir ${VERSION_STATE_WORDS[state]}. Étape possible : ${NEXT[known].map((s) => VERSION_STATE_WORDS[s]).join(' ou ') || 'aucune'}.`,
      });
    await sql`update questionnaire.version set state = ${state} where year = ${year}`.execute(tx);
    return ok({ year, state });
  });
}

/** Reads, checks and stores the version of `year` and brings it into use; nothing to do when it already is. */
export async function putVersionInUse(db: Db, folder: string, year: number): Promise<Result<CompiledVersion>> {
  const read = await readVersionFolder(folder, year);
  if (!read.ok) return refuse({ code: 'bad_questionnaire', message: `Le questionnaire ${year} a ${read.error.length} faute(s) :\n${read.error.map(formatFault).join('\n')}` });
  const stored = await storeVersion(db, read.value);
  if (!stored.ok) return stored;
  const steps: readonly VersionState[] = ['proposed', 'validated', 'in_use'];
  const { rows } = await sql<{ state: VersionState }>`select state from questionnaire.version where year = ${year}`.execute(db);
  for (const state of steps.slice(steps.indexOf(rows[0]!.state) + 1)) {
    if (rows[0]!.state === 'closed') break;
    const moved = await setVersionState(db, year, state);
    if (!moved.ok) return moved;
  }
  return ok(await loadVersion(db, year));
}

interface Cached {
  readonly compiled: CompiledVersion;
  readonly checkedAt: number;
}
/** How long a process may go on with a version in use before it looks for an erratum of another process. */
const FRESH_MS = 5_000;
const byDatabase = new WeakMap<Db, Map<number, Cached>>();
/** By content hash and errata: shared by the databases and transactions of a process. */
const byContent = new Map<string, CompiledVersion>();

/** The version of a campaign's year with its errata, compiled; undefined when there is none. One small statement, none within 5 s of the last look at a version in use. */
export async function findVersion(db: Db, year: number): Promise<CompiledVersion | undefined> {
  const known = byDatabase.get(db)?.get(year);
  if (known && performance.now() - known.checkedAt < FRESH_MS) return known.compiled;
  const { rows } = await sql<{ content_hash: string; state: VersionState; errata: number; before: string | null }>`
    select content_hash, state, (select count(*) from questionnaire.erratum e where e.year = v.year) as errata,
      (select b.content_hash from questionnaire.version b where b.year < v.year order by b.year desc limit 1) as before
    from questionnaire.version v where year = ${year}`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  const compiled = await compiledContent(db, year, row);
  if (row.state === 'in_use' || row.state === 'closed') {
    const cache = byDatabase.get(db) ?? new Map<number, Cached>();
    cache.set(year, { compiled, checkedAt: performance.now() });
    byDatabase.set(db, cache);
  }
  return compiled;
}

async function compiledContent(db: Db, year: number, { content_hash: contentHash, errata, before }: { readonly content_hash: string; readonly errata: number; readonly before: string | null }): Promise<CompiledVersion> {
  // errata of another database with the same content are other errata: their ids make the difference
  const list = errata > 0 ? await listErrata(db, year) : [];
  // so is an earlier survey that has come in before it and says what became of its questions
  const name = [contentHash, before ?? '', ...list.map((e) => e.id)].join();
  const known = byContent.get(name);
  if (known) return known;
  const { rows } = await sql<{ content: QuestionnaireVersion; told: readonly Lineage[] | null }>`select content,
      (select b.content->'becomes' from questionnaire.version b where b.year < v.year order by b.year desc limit 1) as told
    from questionnaire.version v where year = ${year}`.execute(db);
  const compiled = compileVersion(withErrata(rows[0]!.content, list), rows[0]!.told ?? [], list.length === 0 ? contentHash : createHash('sha256').update([contentHash, ...list.map((e) => e.id)].join()).digest('hex'));
  if (byContent.size > 50) byContent.clear();
  byContent.set(name, compiled);
  return compiled;
}

/** The version of a campaign's year; throws when it was never loaded. Outside a transaction it is usually free. */
export async function loadVersion(db: Db, year: number): Promise<CompiledVersion> {
  const compiled = await findVersion(db, year);
  if (!compiled) throw new Error(`no questionnaire version ${year}`);
  return compiled;
}

export interface VersionSummary {
  readonly year: number;
  readonly state: VersionState;
  readonly title: string;
  readonly contentHash: string;
  readonly questions: number;
  readonly rules: number;
}

export async function listVersions(db: Db): Promise<readonly VersionSummary[]> {
  const { rows } = await sql<VersionSummary>`
    select year, state, content->>'title' as title, content_hash as "contentHash",
      jsonb_array_length(content->'questions') as questions, jsonb_array_length(content->'rules') as rules
    from questionnaire.version order by year`.execute(db);
  return rows;
}

/** The names of all versions that are validated or further, oldest first: what figures follow from year to year. One statement. */
export async function versionNames(db: Db): Promise<readonly VersionNames[]> {
  const { rows } = await sql<{ year: number; keys: readonly string[]; lineage: readonly Lineage[] | null; becomes: readonly Lineage[] | null }>`
    select year, coalesce((select jsonb_agg(q->'key') from jsonb_array_elements(content->'questions') q), '[]'::jsonb) as keys, content->'lineage' as lineage, content->'becomes' as becomes
    from questionnaire.version where state in ('validated', 'in_use', 'closed') order by year`.execute(db);
  return rows.map(({ year, keys, lineage, becomes }) => ({ year, questions: keys.map((key) => ({ key })), ...(lineage ? { lineage } : {}), ...(becomes ? { becomes } : {}) }));
}

/** Errata of a version, oldest first. */
export async function listErrata(db: Db, year: number): Promise<readonly Erratum[]> {
  const { rows } = await sql<Erratum>`
    select e.id, e.year, e.question_key as "questionKey", e.rule_id as "ruleId", e.field, e.item_code as "itemCode", e.old_text as "oldText", e.new_text as "newText",
      e.reason, e.made_by as "madeBy", a.display_name as "madeByName", e.made_at as "madeAt"
    from questionnaire.erratum e left join access.account a on a.id = e.made_by where e.year = ${year} order by e.made_at, e.id`.execute(db);
  return rows;
}

/** Forgets what the process knows of a version; after an erratum. */
export const forgetVersion = (db: Db, year: number): void => void byDatabase.get(db)?.delete(year);
