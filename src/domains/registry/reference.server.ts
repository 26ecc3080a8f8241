/**
 * Loads what is known before anyone types: the geographic code of a year, former communes, networks, zonings, national institutions
 * (see database/reference/README.md). Running it again with the same files reads one row and writes nothing.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { projectPath } from '../../platform/project-root.server.ts';
import { analyse } from '../../platform/table-upkeep.server.ts';
import type { Zone } from './import/zone-file.ts';

const FILES = ['geography.csv', 'levels.csv', 'kinds.csv', 'territories.csv.gz', 'former-communes.csv', 'networks.csv', 'zonings.csv', 'institutions.csv'] as const;
type Row = { readonly [column: string]: string };

/** The folder that comes with the program: France, and its two kinds of structures. */
export const referenceFolder = (): string => projectPath('database', 'reference');

/** A folder of reference data that cannot be read; its message is a sentence for the operator. */
export class ReferenceUnusable extends Error {}

interface Geography {
  /** Year of the geographic code: a later one is laid beside the earlier ones. */
  readonly year: number;
  readonly label: string;
  readonly source: string;
  /** Of the former communes, a zoning too. */
  readonly formerLabel: string;
}

/** Our own files: semicolons, quotes only around a field that holds one. */
function rowsOf(text: string): Row[] {
  const [head = '', ...lines] = text.split('\n');
  const columns = head.split(';');
  return lines.filter(Boolean).map((line) => {
    const cells = line.includes('"') ? [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '') : line.split(';');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
  });
}

/** The same key always gives the same identifier, so that a reference row is recognised at the next load. */
export function stableId(key: string): string {
  const hex = createHash('sha256').update(`senacs:${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Any number known to this program only. */
const LOAD_LOCK = 7_362_229;

/**
 * Loads the reference files of a folder (`database/reference/README.md`): levels of territory, kinds of structure, territories, zonings, networks, institutions. Another
 * observatory brings its own folder. True when something was written, false when this very content was there already. Throws ReferenceUnusable.
 */
export async function loadTerritories(db: Db, folder = referenceFolder()): Promise<boolean> {
  const files = await Promise.all(FILES.map((name) => readFile(path.join(folder, name)).catch(() => {
    throw new ReferenceUnusable(`Le dossier de référence ${folder} n’a pas de fichier ${name} lisible : vérifiez SENACS_REFERENCE.`);
  })));
  const [about, levels, kinds, former, networks, zonings, institutions] = files.filter((_, i) => FILES[i] !== 'territories.csv.gz').map((bytes) => rowsOf(bytes.toString('utf8')));
  const geography = geographyOf(about![0], folder);
  const hash = createHash('sha256');
  for (const file of files) hash.update(file);
  const source = `${geography.source} · empreinte ${hash.digest('hex').slice(0, 16)}`;
  const isLoaded = async (on: Db): Promise<boolean> =>
    (await sql`select 1 from registry.zoning where code = 'COG' and year = ${geography.year} and source = ${source}`.execute(on)).rows.length > 0;
  if (await isLoaded(db)) return false;

  return inTransaction(db, async (tx) => {
    // Two processes that start at once take turns; the second finds the work done.
    await sql`select pg_advisory_xact_lock(${LOAD_LOCK})`.execute(tx);
    if (await isLoaded(tx)) return false;
    const first = (await sql`select 1 from registry.zoning where code = 'COG'`.execute(tx)).rows.length === 0;
    await writeWords(tx, 'territory_level', levels!, first);
    await writeWords(tx, 'structure_kind', kinds!, first);
    await writeTerritories(tx, geography.year, gunzipSync(files[FILES.indexOf('territories.csv.gz')]!).toString('utf8'));
    await writeZonings(tx, zonings!, { ...geography, source });
    await writeZones(tx, 'COM', geography.year, former!.map((r) => ({ code: r['code']!, label: r['name']!, territoryCode: r['commune']! })));
    await sql`insert into registry.network (code, label, rank)
      select code, label, rank from jsonb_to_recordset(${JSON.stringify(networks!.map((r, i) => ({ ...r, rank: i + 1 })))}::jsonb) as n (code text, label text, rank int)
      on conflict (code) do update set label = excluded.label, rank = excluded.rank`.execute(tx);
    await writeInstitutions(tx, institutions!);
    return true;
  });
}

function geographyOf(row: Row | undefined, folder: string): Geography {
  const year = Number(row?.['year']);
  if (!row || !Number.isInteger(year) || year < 1900) throw new ReferenceUnusable(`Dans ${folder}, geography.csv ne dit pas l’année du code géographique : écrivez-la dans sa colonne year.`);
  return { year, label: row['label'] ?? '', source: row['source'] ?? '', formerLabel: row['former_label'] ?? '' };
}

/** Levels or kinds. Into an empty register the folder brings the only ones: those that the migration proposed and it does not name are gone. */
async function writeWords(tx: Db, table: 'territory_level' | 'structure_kind', rows: readonly Row[], only: boolean): Promise<void> {
  const words = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (code text, label text, plural text, rank int)`;
  await sql`insert into ${sql.table(`registry.${table}`)} (code, label, plural, rank) select code, label, plural, rank from ${words}
    on conflict (code) do update set label = excluded.label, plural = excluded.plural, rank = excluded.rank`.execute(tx);
  if (only) await sql`delete from ${sql.table(`registry.${table}`)} where code not in (select code from ${words})`.execute(tx);
}

/** Arrays of columns, not objects: half the text to parse for 36,000 territories. */
async function writeTerritories(tx: Db, year: number, text: string): Promise<void> {
  const table = rowsOf(text).map((r) => [
    r['code'], r['level'], r['name'], [...r['within']!.split(' ').filter(Boolean), r['code']],
    r['population'] || null, r['latitude'] || null, r['longitude'] || null, r['approximate'] === '1',
  ]);
  await sql`delete from registry.territory where geography_year = ${year} and code not like 'Z-%'`.execute(tx);
  await sql`insert into registry.territory (code, geography_year, level, name, ancestors, population, latitude, longitude, position_approximate)
    select t ->> 0, ${year}::int, t ->> 1, t ->> 2, array(select jsonb_array_elements_text(t -> 3)), (t ->> 4)::int,
      (t ->> 5)::float8, (t ->> 6)::float8, (t ->> 7)::boolean
    from jsonb_array_elements(${JSON.stringify(table)}::jsonb) as t`.execute(tx);
  // areas drawn by committees keep their communes over the years
  await sql`update registry.territory now set ancestors = now.ancestors || array(select a from unnest(before.ancestors) a where a like 'Z-%' and a <> all (now.ancestors))
    from registry.territory before
    where now.geography_year = ${year} and before.code = now.code
      and before.geography_year = (select max(geography_year) from registry.territory where geography_year < ${year})
      and exists (select 1 from unnest(before.ancestors) a where a like 'Z-%')`.execute(tx);
  await analyse(tx, ['registry.territory']);
}

async function writeZonings(tx: Db, rows: readonly Row[], geography: Geography): Promise<void> {
  const all = [
    ...rows.map((r) => ({ code: r['code'], year: Number(r['year']), label: r['label'], source: r['source'] })),
    { code: 'COG', year: geography.year, label: geography.label, source: geography.source },
    { code: 'COM', year: geography.year, label: geography.formerLabel, source: geography.source },
  ];
  await sql`insert into registry.zoning (code, year, label, source)
    select code, year, label, source from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as z (code text, year int, label text, source text)
    on conflict (code, year) do update set label = excluded.label, source = excluded.source`.execute(tx);
}

async function writeInstitutions(tx: Db, rows: readonly Row[]): Promise<void> {
  const all = rows.map((r) => ({ id: stableId(`institution:${r['key']}`), kind: r['kind'], side: r['side'], name: r['name'], territory: r['territory'] }));
  await sql`insert into registry.institution (id, kind, side, name)
    select id, kind, side, name from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as i (id uuid, kind text, side text, name text)
    on conflict (id) do nothing`.execute(tx);
  await sql`insert into registry.institution_territory (institution_id, territory_code, valid_from)
    select id, territory, date '2009-01-01' from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as i (id uuid, territory text)
    on conflict do nothing`.execute(tx);
}

/**
 * Replaces the zones of a zoning in force from a year (QPV, FRR…: data by year). The zoning must be known (`registry.zoning`).
 * A zone names the territory in which it lies, or the very commune that is classed. Give it a transaction.
 */
export async function writeZones(tx: Db, zoningCode: string, year: number, zones: readonly Zone[]): Promise<void> {
  await sql`delete from registry.zone where zoning_code = ${zoningCode} and zoning_year = ${year}`.execute(tx);
  await sql`insert into registry.zone (zoning_code, zoning_year, code, label, territory_code)
    select ${zoningCode}, ${year}, code, label, "territoryCode" from jsonb_to_recordset(${JSON.stringify(zones)}::jsonb) as z (code text, label text, "territoryCode" text)`.execute(tx);
}
