/** A register file into the register: preview, then one transaction for the whole file or for its valid rows. Importing twice changes nothing. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { newId, type StructureId } from '../../../kernel/identifier.ts';
import { ok, refuse, type Refusal, type Result } from '../../../kernel/result.ts';
import { type Db, inTransaction } from '../../../platform/database.server.ts';
import { timelineVersion, writeTimelines } from '../commands.server.ts';
import type { ManagingBody, StructureVersion } from '../model.ts';
import { normaliseName } from '../normalised-name.ts';
import { registerCodes } from '../queries.server.ts';
import { VERSION_COLUMNS } from '../version-columns.server.ts';
import { COLUMNS, findHeader, type Header } from './columns.ts';
import { loadGazetteer } from './gazetteer.server.ts';
import { parseRows } from './parsing.ts';
import type { FaultyFile, ImportOutcome, ImportPreview, RegisterFile } from './preview.ts';
import { type Known, type Plan, planImport, type RowPlan, type Writes } from './plan.ts';
import { readTable, type SourceTable } from './table-reading.server.ts';

interface Prepared {
  readonly preview: ImportPreview;
  readonly writes: Writes;
}

/** What the file would create, change and close, and every fault; writes nothing. Refuses a file that is no register. */
export async function previewRegisterImport(db: Db, file: RegisterFile): Promise<Result<ImportPreview>> {
  const table = readTable(file.fileName, file.bytes);
  if (!table.ok) return table;
  const prepared = await prepare(db, file, table.value);
  return prepared.ok ? ok(prepared.value.preview) : prepared;
}

/**
 * Writes the file in one transaction. `whole`: refused when there is any fault (code `import_has_faults`, the faults with it). `valid_rows`: the rows with a fault
 * are left out. The plan is made again inside the transaction, on the register as it is then.
 */
export async function applyRegisterImport(
  db: Db,
  file: RegisterFile,
  options: { readonly mode: 'whole' | 'valid_rows'; readonly actorId: string | null },
): Promise<Result<ImportOutcome, Refusal | FaultyFile>> {
  const table = readTable(file.fileName, file.bytes);
  if (!table.ok) return table;
  return inTransaction(db, async (tx): Promise<Result<ImportOutcome, Refusal | FaultyFile>> => {
    // two imports at once take turns
    await sql`select pg_advisory_xact_lock(7362230)`.execute(tx);
    const prepared = await prepare(tx, file, table.value);
    if (!prepared.ok) return prepared;
    const { preview, writes } = prepared.value;
    if (options.mode === 'whole' && preview.faults.length > 0) {
      const n = new Set(preview.faults.map((f) => f.row)).size;
      return refuse({
        code: 'import_has_faults',
        message: `Rien n’a été enregistré : ${n === 1 ? 'une ligne est à corriger' : `${n} lignes sont à corriger`}. Corrigez le fichier et importez-le de nouveau, ou enregistrez seulement les lignes valides.`,
        faults: preview.faults,
      });
    }
    const { counts } = preview;
    if (counts.created + counts.changed + counts.closed > 0) {
      await write(tx, writes, { actorId: options.actorId, source: `import ${file.fileName}` });
      await sql`insert into registry.import_run (id, file_name, file_hash, mode, created_count, changed_count, closed_count, unchanged_count, refused_count, effective_on, run_by)
        values (${newId()}, ${file.fileName}, ${preview.fileHash}, ${options.mode}, ${counts.created}, ${counts.changed}, ${counts.closed}, ${counts.unchanged}, ${counts.refused},
          ${file.effectiveOn}::date, ${options.actorId}::uuid)`.execute(tx);
    }
    return ok({ fileName: file.fileName, counts, faults: preview.faults });
  });
}

async function prepare(db: Db, file: RegisterFile, table: SourceTable): Promise<Result<Prepared>> {
  const header = findHeader(table.rows);
  if (!header) {
    return refuse({ code: 'import_no_header', message: 'La ligne de titres n’a pas été trouvée. La première ligne doit nommer les colonnes, par exemple : Code structure, Type, Nom, Code Insee.' });
  }
  if (!['name', 'import', 'siret', 'caf'].some((f) => header.columns.has(f as 'name'))) {
    return refuse({ code: 'import_no_identity', message: 'Aucune colonne ne dit de quelle structure il s’agit. Ajoutez au moins une colonne Nom, Code structure, SIRET ou N° dossier Caf.' });
  }
  const places = await loadGazetteer(db);
  const codes = await registerCodes(db);
  const parsed = parseRows(table.rows, header, { ...codes, gazetteer: places.gazetteer });
  const labelOf = (list: readonly { code: string; label: string }[]) => (code: string): string => list.find((w) => w.code === code)?.label ?? code;
  const plan = planImport({
    rows: parsed.read,
    header,
    effectiveOn: file.effectiveOn,
    structures: await loadKnown(db),
    bodies: await loadBodies(db),
    communeName: places.nameOf,
    kindLabel: labelOf(codes.kinds),
    networkLabel: labelOf(codes.networks),
  });
  return ok({ preview: previewOf(file, table, header, parsed, plan), writes: plan.writes });
}

function previewOf(file: RegisterFile, table: SourceTable, header: Header, parsed: ReturnType<typeof parseRows>, plan: Plan): ImportPreview {
  const faults = [...parsed.faults, ...plan.faults].toSorted((a, b) => a.row - b.row);
  const count = (action: RowPlan['action']): number => plan.rows.filter((r) => r.action === action).length;
  return {
    fileName: file.fileName,
    fileHash: createHash('sha256').update(file.bytes).digest('hex'),
    format: table.format,
    effectiveOn: file.effectiveOn,
    rowCount: parsed.count,
    counts: { created: count('create'), changed: count('change'), closed: count('close'), unchanged: count('unchanged'), refused: new Set(faults.map((f) => f.row)).size },
    rows: plan.rows,
    faults,
    doubts: parsed.doubts,
    readColumns: COLUMNS.filter((c) => header.columns.has(c.field)).map((c) => c.title),
    ignoredColumns: header.ignored,
  };
}

/** The whole register in three statements: a national file speaks of nearly all of it. */
async function loadKnown(db: Db): Promise<Known[]> {
  const { rows: versions } = await sql<StructureVersion>`select ${VERSION_COLUMNS} from registry.structure_version v order by v.structure_id, v.valid_from`.execute(db);
  const { rows: identifiers } = await sql<{ scheme: string; value: string; id: string }>`select scheme, value, structure_id as id from registry.structure_identifier order by scheme, value`.execute(db);
  const { rows: approvals } = await sql<{ kind: string; startsOn: string; endsOn: string | null; id: string }>`
    select kind, starts_on as "startsOn", ends_on as "endsOn", structure_id as id from registry.approval order by starts_on`.execute(db);
  const identifiersOf = Map.groupBy(identifiers, (i) => i.id);
  const approvalsOf = Map.groupBy(approvals, (a) => a.id);
  return [...Map.groupBy(versions, (v) => v.structureId as string)].map(([id, history]) => ({
    id: id as StructureId,
    history: history.map(timelineVersion),
    identifiers: (identifiersOf.get(id) ?? []).map(({ scheme, value }) => ({ scheme, value })),
    approvals: (approvalsOf.get(id) ?? []).map(({ kind, startsOn, endsOn }) => ({ kind, startsOn, endsOn })),
  }));
}

const loadBodies = async (db: Db): Promise<ManagingBody[]> =>
  (await sql<ManagingBody>`select id, name, siren, commune_code as "communeCode" from registry.managing_body`.execute(db)).rows;

async function write(tx: Db, writes: Writes, by: { readonly actorId: string | null; readonly source: string }): Promise<void> {
  const json = (list: readonly unknown[]): string => JSON.stringify(list);
  await sql`insert into registry.managing_body (id, name, normalised_name, siren, commune_code)
    select id, name, normalised, siren, commune from jsonb_to_recordset(${json(writes.newBodies.map((b) => ({ id: b.id, name: b.name, normalised: normaliseName(b.name), siren: b.siren, commune: b.communeCode })))}::jsonb)
      as b (id uuid, name text, normalised text, siren text, commune text)`.execute(tx);
  await sql`update registry.managing_body m set name = r.name, normalised_name = r.normalised
    from jsonb_to_recordset(${json(writes.renamedBodies.map((r) => ({ ...r, normalised: normaliseName(r.name) })))}::jsonb) as r (id uuid, name text, normalised text) where m.id = r.id`.execute(tx);
  await sql`insert into registry.structure (id, created_by) select id::uuid, ${by.actorId}::uuid from jsonb_array_elements_text(${json(writes.newStructures)}::jsonb) as s (id)`.execute(tx);
  await writeTimelines(tx, writes.versions, by);
  await sql`update registry.structure_identifier i set scheme = 'earlier' from jsonb_to_recordset(${json(writes.retired)}::jsonb) as r (scheme text, value text)
    where i.scheme = r.scheme and i.value = r.value`.execute(tx);
  await sql`insert into registry.structure_identifier (scheme, value, structure_id)
    select scheme, value, "structureId" from jsonb_to_recordset(${json(writes.identifiers)}::jsonb) as i (scheme text, value text, "structureId" uuid)`.execute(tx);
  await sql`delete from registry.approval a using jsonb_to_recordset(${json(writes.removedApprovals)}::jsonb) as r ("structureId" uuid, kind text, "startsOn" date)
    where a.structure_id = r."structureId" and a.kind = r.kind and a.starts_on = r."startsOn"`.execute(tx);
  await sql`insert into registry.approval (structure_id, kind, starts_on, ends_on)
    select distinct on ("structureId", kind, "startsOn") "structureId", kind, "startsOn", "endsOn"
    from jsonb_to_recordset(${json(writes.approvals)}::jsonb) as a ("structureId" uuid, kind text, "startsOn" date, "endsOn" date)
    on conflict (structure_id, kind, starts_on) do update set ends_on = excluded.ends_on`.execute(tx);
}
