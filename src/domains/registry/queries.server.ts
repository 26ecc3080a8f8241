/** Questions put to the register. Each page costs one or two statements, whatever the number of structures. */
import { sql } from 'kysely';
import type { StructureId } from '../../kernel/identifier.ts';
import { NATION, type TerritoryCode } from '../../kernel/territory-code.ts';
import type { Db } from '../../platform/database.server.ts';
import type { ChangeProposal, Institution, StructureRecord, StructureVersion, SuccessionKind, Territory } from './model.ts';
import { normaliseName } from './normalised-name.ts';
import { contributorKey } from './rules.ts';
import { VERSION_COLUMNS } from './version-columns.server.ts';

const TERRITORY = sql`t.code, t.level, t.name, t.ancestors, t.population, t.latitude, t.longitude, t.position_approximate as "positionApproximate", t.geography_year as "geographyYear"`;

/** A territory in the latest geographic code that knows it. */
export async function territory(db: Db, code: string): Promise<Territory | undefined> {
  const { rows } = await sql<Territory>`select ${TERRITORY} from registry.territory t where t.code = ${code} order by t.geography_year desc limit 1`.execute(db);
  return rows[0];
}

/** Several territories at once, in no particular order; unknown codes are absent. */
export async function territoriesByCode(db: Db, codes: readonly string[]): Promise<ReadonlyMap<string, Territory>> {
  const { rows } = await sql<Territory>`select distinct on (t.code) ${TERRITORY} from registry.territory t
    where t.code in (select jsonb_array_elements_text(${JSON.stringify(codes)}::jsonb)) order by t.code, t.geography_year desc`.execute(db);
  return new Map(rows.map((t) => [t.code as string, t]));
}

/** Territories of a level in the latest geographic code, by name as French readers sort them, or only those inside another (`within`). */
export async function territoriesByLevel(db: Db, level: string, within: string = NATION): Promise<Territory[]> {
  const inside = within === NATION ? sql`true` : sql`t.ancestors @> array[${within}::text]`;
  const { rows } = await sql<Territory>`select ${TERRITORY} from registry.territory t
    where t.level = ${level} and ${inside} and t.geography_year = (select max(l.geography_year) from registry.territory l where l.level = ${level})
    order by t.name collate "und-x-icu", t.code`.execute(db);
  return rows;
}

export interface StructureFilter {
  /** Facts as of this day (ISO); today's when absent. */
  readonly on?: string;
  readonly kinds?: readonly string[];
  /** Words of the name, the commune or an identifier. */
  readonly search?: string;
  /** Closed and merged structures too; by default those open on the day. */
  readonly closedToo?: boolean;
  readonly ids?: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
}

type Row = Omit<StructureRecord, 'contributorKey' | 'position' | 'managingBody'> & {
  readonly bodyId: string | null;
  readonly bodyName: string;
  readonly bodySiren: string | null;
  readonly bodyCommune: TerritoryCode | null;
  readonly communeLatitude: number | null;
  readonly communeLongitude: number | null;
  readonly communeApproximate: boolean | null;
};

/**
 * The version in force on a day; for a day before the first version, the first: the register is not expected to go back further. Of a département, only the
 * structures that ever stood in it are looked at (where another of their versions is in force, `conditions` drops them).
 */
const versionOn = (on: string | undefined, territoryCode: string): ReturnType<typeof sql> =>
  on
    ? sql`(select distinct on (x.structure_id) x.* from registry.structure_version x
        where ${territoryCode === NATION ? sql`true` : sql`(not exists (select 1 from registry.territory d where d.code = ${territoryCode} and d.level = 'department')
          or x.structure_id in (select h.structure_id from registry.structure_version h where h.department_code = ${territoryCode}))`}
        order by x.structure_id, (x.valid_from <= ${on}::date) desc, case when x.valid_from <= ${on}::date then x.valid_from end desc, x.valid_from)`
    : sql`registry.current_structure`;

function conditions(territoryCode: string, filter: StructureFilter): ReturnType<typeof sql> {
  const parts = [sql`true`];
  if (territoryCode !== NATION) {
    // a département is told by its column: the 36,000 territories are looked at for the other levels only
    parts.push(sql`(v.department_code = ${territoryCode} or (not exists (select 1 from registry.territory d where d.code = ${territoryCode} and d.level = 'department')
      and v.commune_code in (select m.code from registry.territory m where m.ancestors @> array[${territoryCode}::text])))`);
  }
  if (filter.kinds) parts.push(sql`v.kind in (select jsonb_array_elements_text(${JSON.stringify(filter.kinds)}::jsonb))`);
  // one structure is asked for by plain equality, which the planner carries into `versionOn`
  if (filter.ids?.length === 1) parts.push(sql`v.structure_id = ${filter.ids[0]}::uuid`);
  else if (filter.ids) parts.push(sql`v.structure_id in (select jsonb_array_elements_text(${JSON.stringify(filter.ids)}::jsonb)::uuid)`);
  if (!filter.closedToo) parts.push(sql`v.status in ('active', 'suspended')`);
  return sql.join(parts, sql` and `);
}

/** Records out of versions `v` of `source` that satisfy `where`. */
async function records(db: Db, source: ReturnType<typeof sql>, where: ReturnType<typeof sql>, order: ReturnType<typeof sql>): Promise<StructureRecord[]> {
  const { rows } = await sql<Row>`
    select ${VERSION_COLUMNS}, coalesce(c.name, v.commune_code) as "communeName",
      coalesce(c.ancestors, array['FR', v.department_code, v.commune_code]) as ancestors,
      c.latitude as "communeLatitude", c.longitude as "communeLongitude", c.position_approximate as "communeApproximate",
      b.id as "bodyId", b.name as "bodyName", b.siren as "bodySiren", b.commune_code as "bodyCommune",
      coalesce((select jsonb_agg(jsonb_build_object('kind', a.kind, 'startsOn', a.starts_on, 'endsOn', a.ends_on) order by a.starts_on, a.kind)
        from registry.approval a where a.structure_id = v.structure_id), '[]'::jsonb) as approvals,
      coalesce((select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value) order by i.scheme, i.value)
        from registry.structure_identifier i where i.structure_id = v.structure_id), '[]'::jsonb) as identifiers
    from ${source} v
    left join lateral (select * from registry.territory t where t.code = v.commune_code order by t.geography_year desc limit 1) c on true
    left join registry.managing_body b on b.id = v.managing_body_id
    where ${where} order by ${order}`.execute(db);
  return rows.map(recordOf);
}

/** Structures of a territory (any level; `FR` for all) as they stood on a day, sorted by commune then name. */
export async function structuresIn(db: Db, territoryCode: string, filter: StructureFilter = {}): Promise<StructureRecord[]> {
  const words = normaliseName(filter.search ?? '').split(' ').filter(Boolean);
  const all = await records(db, versionOn(filter.on, territoryCode), conditions(territoryCode, filter), sql`c.name collate "und-x-icu", v.name collate "und-x-icu", v.structure_id`);
  const found = words.length === 0 ? all : all.filter((r) => matches(r, words));
  return filter.limit === undefined ? found : found.slice(filter.offset ?? 0, (filter.offset ?? 0) + filter.limit);
}

/** A structure as it stood in each of its versions, latest first; empty when there is no such structure. */
export const structureSheet = (db: Db, id: StructureId | string): Promise<StructureRecord[]> =>
  records(db, sql`registry.structure_version`, sql`v.structure_id = ${id}::uuid`, sql`v.valid_from desc`);

function matches(record: StructureRecord, words: readonly string[]): boolean {
  const text = normaliseName([record.name, record.communeName, record.managingBody?.name ?? '', ...record.identifiers.map((i) => i.value)].join(' '));
  return words.every((word) => text.includes(word));
}

function recordOf(row: Row): StructureRecord {
  const { bodyId, bodyName, bodySiren, bodyCommune, communeLatitude, communeLongitude, communeApproximate, ...rest } = row;
  const managingBody = bodyId ? { id: bodyId, name: bodyName, siren: bodySiren, communeCode: bodyCommune } : null;
  const own = rest.latitude !== null && rest.longitude !== null ? { latitude: rest.latitude, longitude: rest.longitude, of: 'structure' as const } : null;
  const commune = communeLatitude !== null && communeLongitude !== null
    ? { latitude: communeLatitude, longitude: communeLongitude, of: communeApproximate ? ('neighbour' as const) : ('commune' as const) }
    : null;
  return { ...rest, managingBody, position: own ?? commune, contributorKey: contributorKey(managingBody, rest.structureId) };
}

/** One structure as it stood on a day (today's facts when absent), closed or not. */
export async function structureAt(db: Db, id: StructureId | string, on?: string): Promise<StructureRecord | undefined> {
  return (await structuresIn(db, NATION, { ids: [id], closedToo: true, ...(on ? { on } : {}) }))[0];
}

/** Every version of a structure, latest first. */
export async function structureHistory(db: Db, id: StructureId | string): Promise<StructureVersion[]> {
  const { rows } = await sql<StructureVersion>`select ${VERSION_COLUMNS} from registry.structure_version v where v.structure_id = ${id} order by v.valid_from desc`.execute(db);
  return rows;
}

/** A structure as the rules of access see it, or undefined when there is no such structure. */
export async function placeOf(db: Db, id: StructureId | string): Promise<{ readonly structureId: StructureId; readonly ancestors: readonly string[] } | undefined> {
  const { rows } = await sql<{ structureId: StructureId; ancestors: string[] }>`
    select v.structure_id as "structureId", coalesce(c.ancestors, array['FR', v.department_code, v.commune_code]) as ancestors
    from registry.current_structure v
    left join lateral (select t.ancestors from registry.territory t where t.code = v.commune_code order by t.geography_year desc limit 1) c on true
    where v.structure_id = ${id}`.execute(db);
  return rows[0];
}

/** The structure that bears an identifier, whatever its scheme when none is given. */
export async function structureByIdentifier(db: Db, value: string, scheme?: string): Promise<StructureId | undefined> {
  const { rows } = await sql<{ id: StructureId }>`select structure_id as id from registry.structure_identifier
    where value = ${value} and (${scheme ?? null}::text is null or scheme = ${scheme ?? null}) order by scheme limit 1`.execute(db);
  return rows[0]?.id;
}

export interface Succession {
  readonly predecessorId: StructureId;
  readonly predecessorName: string;
  readonly successorId: StructureId;
  readonly successorName: string;
  readonly kind: SuccessionKind;
  readonly happenedOn: string;
}

/** Mergers, splits and replacements in which a structure took part, both sides; all of them without a structure. */
export async function successionsOf(db: Db, id?: StructureId | string): Promise<Succession[]> {
  const { rows } = await sql<Succession>`
    select s.predecessor_id as "predecessorId", p.name as "predecessorName", s.successor_id as "successorId", n.name as "successorName", s.kind, s.happened_on as "happenedOn"
    from registry.structure_succession s
    join registry.current_structure p on p.structure_id = s.predecessor_id
    join registry.current_structure n on n.structure_id = s.successor_id
    where ${id ?? null}::uuid is null or ${id ?? null}::uuid in (s.predecessor_id, s.successor_id)
    order by s.happened_on desc, p.name`.execute(db);
  return rows;
}

/** Institutions that cover a territory on a day (today when absent): its own first, then those of wider territories. */
export async function institutionsOf(db: Db, territoryCode: string, on?: string): Promise<Institution[]> {
  const { rows } = await sql<Institution>`
    select i.id, i.kind, i.side, i.name, i.legal_form as "legalForm", i.contact, x.territory_code as "territoryCode", x.valid_from as "validFrom", x.valid_to as "validTo"
    from registry.institution i join registry.institution_territory x on x.institution_id = i.id
    join (select t.ancestors from registry.territory t where t.code = ${territoryCode} order by t.geography_year desc limit 1) here on x.territory_code = any (here.ancestors)
    where x.valid_from <= coalesce(${on ?? null}::date, current_date) and (x.valid_to is null or x.valid_to > coalesce(${on ?? null}::date, current_date))
      and (i.valid_to is null or i.valid_to > coalesce(${on ?? null}::date, current_date))
    order by array_position(here.ancestors, x.territory_code) desc, i.side, i.name`.execute(db);
  return rows;
}

/** Proposals of change of one structure, or of a territory's structures when `territoryCode` is given; open ones first, latest first. */
export async function changeProposals(db: Db, where: { readonly structureId?: string; readonly territoryCode?: string; readonly openOnly?: boolean }): Promise<ChangeProposal[]> {
  const { rows } = await sql<ChangeProposal>`
    select p.id, p.structure_id as "structureId", v.name as "structureName", p.campaign_year as "campaignYear", p.data_year as "dataYear", p.question_key as "questionKey",
      p.register_value as "registerValue", p.proposed_value as "proposedValue", p.state, p.created_at as "createdAt", p.decided_at as "decidedAt",
      p.effective_from as "effectiveFrom", p.reason
    from registry.change_proposal p join registry.current_structure v on v.structure_id = p.structure_id
    where (${where.structureId ?? null}::uuid is null or p.structure_id = ${where.structureId ?? null}::uuid)
      and (${where.openOnly ?? false}::boolean is false or p.state = 'open')
      and ${conditions(where.territoryCode ?? NATION, { closedToo: true })}
    order by p.state = 'open' desc, p.created_at desc, p.id`.execute(db);
  return rows;
}

export interface Code {
  readonly code: string;
  readonly label: string;
}

/** A kind of structure, with what several of them are called: « Centres sociaux ». */
export interface KindCode extends Code {
  readonly plural: string;
}

/** Structure kinds and networks, which are data. */
export async function registerCodes(db: Db): Promise<{ readonly kinds: KindCode[]; readonly networks: Code[] }> {
  const { rows } = await sql<Code & { plural: string | null }>`select code, label, plural, 0 as part, rank from registry.structure_kind
    union all select code, label, null, 1, rank from registry.network order by part, rank`.execute(db);
  return {
    kinds: rows.flatMap(({ code, label, plural }) => (plural === null ? [] : [{ code, label, plural }])),
    networks: rows.filter((r) => r.plural === null).map(({ code, label }) => ({ code, label })),
  };
}

/** Zones of the zonings in force in a year (the latest list begun by then) that lie in a territory. */
export async function zonesIn(db: Db, territoryCode: string, year: number): Promise<{ zoning: string; year: number; code: string; label: string; territoryCode: string }[]> {
  const { rows } = await sql<{ zoning: string; year: number; code: string; label: string; territoryCode: string }>`
    select z.zoning_code as zoning, z.zoning_year as year, z.code, z.label, z.territory_code as "territoryCode" from registry.zone z
    where z.zoning_code <> 'COM' and z.zoning_year = (select max(y.year) from registry.zoning y where y.code = z.zoning_code and y.year <= ${year})
      and z.territory_code in (select m.code from registry.territory m where m.ancestors @> array[${territoryCode}::text])
    order by 1, 4`.execute(db);
  return rows;
}

export interface ImportRun {
  readonly fileName: string;
  readonly mode: 'whole' | 'valid_rows';
  readonly created: number;
  readonly changed: number;
  readonly closed: number;
  readonly refused: number;
  readonly effectiveOn: string;
  readonly runAt: string;
}

/** The latest imports that changed the register. */
export async function importRuns(db: Db, limit = 10): Promise<ImportRun[]> {
  const { rows } = await sql<ImportRun>`select file_name as "fileName", mode, created_count as created, changed_count as changed, closed_count as closed, refused_count as refused,
    effective_on as "effectiveOn", run_at as "runAt" from registry.import_run order by run_at desc limit ${limit}`.execute(db);
  return rows;
}

/** Structures open today in each département, by kind. */
export async function countsByDepartment(db: Db): Promise<{ readonly code: string; readonly kind: string; readonly n: number }[]> {
  const { rows } = await sql<{ code: string; kind: string; n: number }>`select department_code as code, kind, count(*) as n from registry.current_structure
    where status in ('active', 'suspended') group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}
