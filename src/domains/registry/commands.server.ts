/** Writing into the register by hand, one structure at a time. Bulk writing is the import's (import/apply.server.ts). */
import { sql } from 'kysely';
import { newId, type InstitutionId, type StructureId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { TerritoryCode } from '../../kernel/territory-code.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { identifierTaken, succeedsItself, unknownStructure, unknownTerritory } from './errors.ts';
import { splice, type TimelineVersion } from './timeline.ts';
import { IDENTIFIER_LABELS } from './labels.ts';
import type { Contact, Side, StructureFacts, StructureVersion, SuccessionKind } from './model.ts';
import { normaliseName } from './normalised-name.ts';
import { structureHistory, territory } from './queries.server.ts';

export interface Authored {
  /** Account that acts; null for the program itself. */
  readonly actorId: string | null;
  /** Where the fact comes from, read by people: `import repertoire-62.csv`, `réponse 2017`, `saisie`. */
  readonly source: string;
}

/** Finds a managing body by SIREN, else by normalised name and commune, or creates it. Returns its identifier. */
export async function managingBody(db: Db, body: { readonly name: string; readonly siren: string | null; readonly communeCode: string | null }): Promise<string> {
  const name = normaliseName(body.name);
  const { rows } = await (body.siren
    ? sql<{ id: string }>`select id from registry.managing_body where siren = ${body.siren}`
    : sql<{ id: string }>`select id from registry.managing_body where siren is null and normalised_name = ${name} and commune_code is not distinct from ${body.communeCode}`
  ).execute(db);
  if (rows[0]) return rows[0].id;
  const id = newId();
  await sql`insert into registry.managing_body (id, name, normalised_name, siren, commune_code) values (${id}, ${body.name}, ${name}, ${body.siren}, ${body.communeCode})`.execute(db);
  return id;
}

/** Columns of registry.structure_version by name of fact. */
const FACTS_ROW = sql`"structureId" uuid, "validFrom" date, "validTo" date, kind text, name text, status text, "communeCode" text, "departmentCode" text, address text,
  latitude float8, longitude float8, "managingBodyId" uuid, "managementMode" text, "legalStatus" text, "firstApprovalYear" int, "territoryCharacter" text,
  "qpvStatus" text, "ruralZoning" text, "urbanRenewal" text, "urbanRenewalStage" text, networks jsonb, contact jsonb, "openingHours" text`;

/** Writes versions in bulk, in place of those of the same structure and first day. */
export async function writeVersions(tx: Db, versions: readonly TimelineVersion[], by: Authored): Promise<void> {
  await sql`insert into registry.structure_version (structure_id, valid_from, valid_to, kind, name, status, commune_code, department_code, address, latitude, longitude,
      managing_body_id, management_mode, legal_status, first_approval_year, territory_character, qpv_status, rural_zoning, urban_renewal, urban_renewal_stage,
      networks, contact, opening_hours, source, recorded_by)
    select "structureId", "validFrom", "validTo", kind, name, status, "communeCode", "departmentCode", address, latitude, longitude,
      "managingBodyId", "managementMode", "legalStatus", "firstApprovalYear", "territoryCharacter", "qpvStatus", "ruralZoning", "urbanRenewal", "urbanRenewalStage",
      array(select jsonb_array_elements_text(networks)), contact, "openingHours", ${by.source}, ${by.actorId}::uuid
    from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as v (${FACTS_ROW})
    on conflict (structure_id, valid_from) do update set valid_to = excluded.valid_to, kind = excluded.kind, name = excluded.name, status = excluded.status,
      commune_code = excluded.commune_code, department_code = excluded.department_code, address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude,
      managing_body_id = excluded.managing_body_id, management_mode = excluded.management_mode, legal_status = excluded.legal_status,
      first_approval_year = excluded.first_approval_year, territory_character = excluded.territory_character, qpv_status = excluded.qpv_status,
      rural_zoning = excluded.rural_zoning, urban_renewal = excluded.urban_renewal, urban_renewal_stage = excluded.urban_renewal_stage,
      networks = excluded.networks, contact = excluded.contact, opening_hours = excluded.opening_hours,
      source = excluded.source, recorded_by = excluded.recorded_by, recorded_at = now()`.execute(tx);
}

/** Replaces the timelines of structures by others, in one go: only the versions that differ are written. */
export async function writeTimelines(tx: Db, changed: readonly TimelineVersion[], by: Authored): Promise<void> {
  if (changed.length === 0) return;
  // a version that ends is shortened before the next one is written, so that at no moment two are current
  const ended = changed.filter((v) => v.validTo !== null).map((v) => ({ id: v.structureId, from: v.validFrom, to: v.validTo }));
  await sql`update registry.structure_version v set valid_to = e.to
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as e (id uuid, "from" date, "to" date) where v.structure_id = e.id and v.valid_from = e.from`.execute(tx);
  await writeVersions(tx, changed, by);
}

async function departmentOf(db: Db, communeCode: string): Promise<TerritoryCode | undefined> {
  const commune = await territory(db, communeCode);
  return commune && (await sql<{ code: TerritoryCode }>`select t.code from registry.current_territory t
    where t.level = 'department' and t.code in (select jsonb_array_elements_text(${JSON.stringify(commune.ancestors)}::jsonb))`.execute(db)).rows[0]?.code;
}

/** A new structure, true from a day on. Refuses a commune that is not in the geographic code. */
export async function createStructure(db: Db, facts: StructureFacts, from: string, by: Authored): Promise<Result<StructureId>> {
  const departmentCode = await departmentOf(db, facts.communeCode);
  if (!departmentCode) return refuse(unknownTerritory(facts.communeCode));
  const id = newId<StructureId>();
  await inTransaction(db, async (tx) => {
    await sql`insert into registry.structure (id, created_by) values (${id}, ${by.actorId}::uuid)`.execute(tx);
    await writeVersions(tx, [{ ...facts, structureId: id, departmentCode, validFrom: from, validTo: null }], by);
  });
  return ok(id);
}

/**
 * What is true of a structure from a day on: only the facts that change. The version in force on that day ends there; a later version takes
 * the change too wherever it said the same as before. History before the day is untouched.
 */
export async function recordStructureVersion(db: Db, id: StructureId | string, from: string, change: Partial<StructureFacts>, by: Authored): Promise<Result<readonly TimelineVersion[]>> {
  return inTransaction(db, async (tx) => {
    await sql`select 1 from registry.structure where id = ${id} for update`.execute(tx);
    const history = await structureHistory(tx, id);
    if (history.length === 0) return refuse(unknownStructure);
    const departmentCode = change.communeCode ? await departmentOf(tx, change.communeCode) : undefined;
    if (change.communeCode && !departmentCode) return refuse(unknownTerritory(change.communeCode));
    const changed = splice(history.map(timelineVersion), from, { ...change, ...(departmentCode ? { departmentCode } : {}) });
    await writeTimelines(tx, changed, by);
    return ok(changed);
  });
}

/** A version without what only the database says of it. */
export function timelineVersion(version: StructureVersion): TimelineVersion {
  const { source: _source, recordedAt: _recordedAt, ...rest } = version;
  return rest;
}

/** Gives a structure an identifier; refuses one that another structure bears. */
export async function addIdentifier(db: Db, id: StructureId | string, scheme: string, value: string): Promise<Result<void>> {
  const { rows } = await sql<{ structure_id: string }>`insert into registry.structure_identifier (scheme, value, structure_id) values (${scheme}, ${value}, ${id})
    on conflict (scheme, value) do update set value = excluded.value returning structure_id`.execute(db);
  return rows[0]?.structure_id === id ? ok(undefined) : refuse(identifierTaken(IDENTIFIER_LABELS[scheme] ?? scheme, value));
}

/** Records or corrects an approval period, known by its kind and first day. */
export async function recordApproval(db: Db, id: StructureId | string, approval: { readonly kind: string; readonly startsOn: string; readonly endsOn: string | null }): Promise<void> {
  await sql`insert into registry.approval (structure_id, kind, starts_on, ends_on) values (${id}, ${approval.kind}, ${approval.startsOn}, ${approval.endsOn})
    on conflict (structure_id, kind, starts_on) do update set ends_on = excluded.ends_on`.execute(db);
}

/**
 * Merger (several become one), split (one becomes several) or replacement: each predecessor points to each successor (crosswalk), and a predecessor
 * that is not also a successor ends on that day. Refused: a structure that would follow itself alone, one that is unknown.
 */
export async function recordSuccession(
  db: Db,
  succession: { readonly predecessors: readonly string[]; readonly successors: readonly string[]; readonly kind: SuccessionKind; readonly on: string },
  by: Authored,
): Promise<Result<void>> {
  return inTransaction(db, async (tx) => {
    const pairs = succession.predecessors.flatMap((p) => succession.successors.filter((s) => s !== p).map((s) => ({ p, s })));
    if (pairs.length === 0) return refuse(succeedsItself);
    await sql`insert into registry.structure_succession (predecessor_id, successor_id, kind, happened_on)
      select p, s, ${succession.kind}, ${succession.on}::date from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as x (p uuid, s uuid)
      on conflict (predecessor_id, successor_id) do update set kind = excluded.kind, happened_on = excluded.happened_on`.execute(tx);
    for (const id of succession.predecessors.filter((p) => !succession.successors.includes(p))) {
      const done = await recordStructureVersion(tx, id, succession.on, { status: succession.kind === 'merger' ? 'merged' : 'closed' }, by);
      if (!done.ok) return done;
    }
    return ok(undefined);
  });
}

export interface InstitutionInput {
  readonly id?: InstitutionId | string;
  /** caf, federation, union, association, collective, national_fund, national_federation, other (R105) */
  readonly kind: string;
  readonly side: Side | null;
  readonly name: string;
  readonly legalForm?: string | null;
  readonly contact?: Contact;
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
  readonly territories: readonly { readonly code: string; readonly from: string; readonly to?: string | null }[];
}

/** Creates or corrects an institution, known by its identifier, else by its kind and name, and the territories that it covers, with their dates. A territory is not taken away: its cover is ended. */
export async function upsertInstitution(db: Db, input: InstitutionInput): Promise<InstitutionId> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: InstitutionId }>`select id from registry.institution where kind = ${input.kind} and name = ${input.name}`.execute(tx);
    const id = (input.id ?? rows[0]?.id ?? newId()) as InstitutionId;
    await sql`insert into registry.institution (id, kind, side, name, legal_form, contact, valid_from, valid_to)
      values (${id}, ${input.kind}, ${input.side}, ${input.name}, ${input.legalForm ?? null}, ${JSON.stringify(input.contact ?? {})}::jsonb, ${input.validFrom ?? null}::date, ${input.validTo ?? null}::date)
      on conflict (id) do update set kind = excluded.kind, side = excluded.side, name = excluded.name, legal_form = coalesce(excluded.legal_form, registry.institution.legal_form),
        contact = registry.institution.contact || excluded.contact, valid_from = coalesce(excluded.valid_from, registry.institution.valid_from), valid_to = coalesce(excluded.valid_to, registry.institution.valid_to)`.execute(tx);
    await sql`insert into registry.institution_territory (institution_id, territory_code, valid_from, valid_to)
      select ${id}::uuid, code, "from", "to" from jsonb_to_recordset(${JSON.stringify(input.territories)}::jsonb) as t (code text, "from" date, "to" date)
      on conflict (institution_id, territory_code, valid_from) do update set valid_to = excluded.valid_to`.execute(tx);
    return id;
  });
}

/** An area drawn by a committee (`Z-…`): a name over a list of communes. Drawing it again replaces its communes. */
export async function defineArea(db: Db, area: { readonly code: string; readonly name: string; readonly communes: readonly string[] }): Promise<Result<void>> {
  if (!/^Z-[0-9A-Z-]{1,38}$/.test(area.code)) return refuse({ code: 'area_code_invalid', message: 'Le code d’un secteur commence par « Z- » et ne comprend que des lettres, des chiffres et des tirets, par exemple Z-62-LITTORAL.' });
  return inTransaction(db, async (tx) => {
    const wanted = JSON.stringify(area.communes);
    const { rows: found } = await sql<{ code: string; ancestors: string[]; year: number; population: number | null }>`
      select code, ancestors, geography_year as year, population from registry.current_territory where level = 'commune' and code in (select jsonb_array_elements_text(${wanted}::jsonb))`.execute(tx);
    const missing = area.communes.find((c) => !found.some((f) => f.code === c));
    if (missing || found.length === 0) return refuse(unknownTerritory(missing ?? area.code));
    const year = Math.max(...found.map((f) => f.year));
    const common = found.map((f) => f.ancestors).reduce((a, b) => a.filter((x) => b.includes(x)));
    await sql`update registry.territory set ancestors = array_remove(ancestors, ${area.code}::text) where ancestors @> array[${area.code}::text] and level = 'commune'`.execute(tx);
    await sql`update registry.territory set ancestors = (ancestors[1:cardinality(ancestors) - 1]) || array[${area.code}::text, code] where level = 'commune' and code in (select jsonb_array_elements_text(${wanted}::jsonb))`.execute(tx);
    await sql`insert into registry.territory (code, geography_year, level, name, ancestors, population)
      values (${area.code}, ${year}, 'area', ${area.name}, array(select jsonb_array_elements_text(${JSON.stringify([...common.filter((c) => !c.startsWith('Z-') && !area.communes.includes(c)), area.code])}::jsonb)), ${found.reduce((n, f) => n + (f.population ?? 0), 0)})
      on conflict (code, geography_year) do update set name = excluded.name, ancestors = excluded.ancestors, population = excluded.population`.execute(tx);
    return ok(undefined);
  });
}
