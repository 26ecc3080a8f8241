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

/** Year of the geographic code in database/reference. */
export const GEOGRAPHY_YEAR = 2026;
const FILES = ['territories.csv.gz', 'former-communes.csv', 'networks.csv', 'zonings.csv', 'institutions.csv'] as const;

/** Our own files: semicolons, quotes only around a field that holds one. */
function rowsOf(text: string): { readonly [column: string]: string }[] {
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

/** Loads the reference files; true when something was written, false when this very content was there already. */
export async function loadTerritories(db: Db, folder = projectPath('database', 'reference')): Promise<boolean> {
  const [territories, former, networks, zonings, institutions] = await Promise.all(FILES.map((name) => readFile(path.join(folder, name))));
  const hash = createHash('sha256');
  for (const file of [territories!, former!, networks!, zonings!, institutions!]) hash.update(file);
  const source = `Insee, code officiel géographique ${GEOGRAPHY_YEAR} · empreinte ${hash.digest('hex').slice(0, 16)}`;
  const isLoaded = async (on: Db): Promise<boolean> =>
    (await sql`select 1 from registry.zoning where code = 'COG' and year = ${GEOGRAPHY_YEAR} and source = ${source}`.execute(on)).rows.length > 0;
  if (await isLoaded(db)) return false;

  return inTransaction(db, async (tx) => {
    // Two processes that start at once take turns; the second finds the work done.
    await sql`select pg_advisory_xact_lock(${LOAD_LOCK})`.execute(tx);
    if (await isLoaded(tx)) return false;
    await writeTerritories(tx, gunzipSync(territories!).toString('utf8'));
    await writeZonings(tx, rowsOf(zonings!.toString('utf8')), source);
    await writeZones(tx, 'COM', GEOGRAPHY_YEAR, rowsOf(former!.toString('utf8')).map((r) => ({ code: r['code']!, label: r['name']!, territoryCode: r['commune']! })));
    await sql`insert into registry.network (code, label, rank)
      select code, label, rank from jsonb_to_recordset(${JSON.stringify(rowsOf(networks!.toString('utf8')).map((r, i) => ({ ...r, rank: i + 1 })))}::jsonb) as n (code text, label text, rank int)
      on conflict (code) do update set label = excluded.label, rank = excluded.rank`.execute(tx);
    await writeInstitutions(tx, rowsOf(institutions!.toString('utf8')));
    return true;
  });
}

/** Arrays of columns, not objects: half the text to parse for 36,000 territories. */
async function writeTerritories(tx: Db, text: string): Promise<void> {
  const table = rowsOf(text).map((r) => [
    r['code'], r['level'], r['name'], [...r['within']!.split(' ').filter(Boolean), r['code']],
    r['population'] || null, r['latitude'] || null, r['longitude'] || null, r['approximate'] === '1',
  ]);
  await sql`delete from registry.territory where geography_year = ${GEOGRAPHY_YEAR} and code not like 'Z-%'`.execute(tx);
  await sql`insert into registry.territory (code, geography_year, level, name, ancestors, population, latitude, longitude, position_approximate)
    select t ->> 0, ${GEOGRAPHY_YEAR}::int, t ->> 1, t ->> 2, array(select jsonb_array_elements_text(t -> 3)), (t ->> 4)::int,
      (t ->> 5)::float8, (t ->> 6)::float8, (t ->> 7)::boolean
    from jsonb_array_elements(${JSON.stringify(table)}::jsonb) as t`.execute(tx);
  // areas drawn by committees keep their communes over the years
  await sql`update registry.territory now set ancestors = now.ancestors || array(select a from unnest(before.ancestors) a where a like 'Z-%' and a <> all (now.ancestors))
    from registry.territory before
    where now.geography_year = ${GEOGRAPHY_YEAR} and before.code = now.code
      and before.geography_year = (select max(geography_year) from registry.territory where geography_year < ${GEOGRAPHY_YEAR})
      and exists (select 1 from unnest(before.ancestors) a where a like 'Z-%')`.execute(tx);
  await analyse(tx, ['registry.territory']);
}

async function writeZonings(tx: Db, rows: readonly { readonly [column: string]: string }[], geographySource: string): Promise<void> {
  const all = [
    ...rows.map((r) => ({ code: r['code'], year: Number(r['year']), label: r['label'], source: r['source'] })),
    { code: 'COG', year: GEOGRAPHY_YEAR, label: 'Code officiel géographique', source: geographySource },
    { code: 'COM', year: GEOGRAPHY_YEAR, label: 'Communes déléguées, communes associées et arrondissements municipaux', source: geographySource },
  ];
  await sql`insert into registry.zoning (code, year, label, source)
    select code, year, label, source from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as z (code text, year int, label text, source text)
    on conflict (code, year) do update set label = excluded.label, source = excluded.source`.execute(tx);
}

async function writeInstitutions(tx: Db, rows: readonly { readonly [column: string]: string }[]): Promise<void> {
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
