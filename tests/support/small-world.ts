/**
 * A small observatory for use-case tests: a nation, a region, two départements, some structures, one person of each side and a national office.
 * Everything is fictional and written straight into the tables, below the doors of the domains under test.
 */
import { sql } from 'kysely';
import type { Actor, Role, Side } from '../../src/domains/access/index.ts';
import { type AccountId, newId, type StructureId } from '../../src/kernel/identifier.ts';
import { NATION, type TerritoryCode } from '../../src/kernel/territory-code.ts';
import type { Db } from '../../src/platform/database.server.ts';

export interface SmallWorld {
  readonly office: Actor;
  readonly caf: Actor;
  readonly federation: Actor;
  /** Director of the first centre of 62. */
  readonly director: Actor;
  /** Centres of 62 approved before the data year. */
  readonly centres: readonly StructureId[];
  /** Centre of 62 first approved in the data year. */
  readonly newcomer: StructureId;
  /** EVS of 59. */
  readonly evs: StructureId;
}

export async function makePerson(db: Db, name: string, mandates: readonly { role: Role; structureId?: StructureId; territory?: string; managingBodyId?: string; side?: Side }[]): Promise<Actor> {
  const accountId = newId<AccountId>();
  const email = `${name.toLowerCase().replace(/\W+/g, '.')}@exemple.fr`;
  await sql`insert into access.account (id, email, display_name) values (${accountId}, ${email}, ${name})`.execute(db);
  for (const m of mandates)
    await sql`insert into access.mandate (id, account_id, role, structure_id, territory_code, managing_body_id, valid_from)
      values (${newId()}, ${accountId}, ${m.role}, ${m.structureId ?? null}, ${m.territory ?? null}, ${m.managingBodyId ?? null}, '2010-01-01')`.execute(db);
  return {
    accountId, displayName: name, email, persona: null, charterAccepted: true,
    mandates: mandates.map((m) => ({ role: m.role, structureId: m.structureId ?? null, territoryCode: (m.territory ?? null) as TerritoryCode | null, managingBodyId: m.managingBodyId ?? null, institutionId: null, side: m.side ?? null })),
  };
}

export async function addStructure(db: Db, s: { name: string; department: string; kind: string; approvedFrom: string }): Promise<StructureId> {
  const id = newId<StructureId>();
  await sql`insert into registry.structure (id) values (${id})`.execute(db);
  await sql`insert into registry.structure_version (structure_id, valid_from, kind, name, commune_code, department_code, source)
    values (${id}, ${s.approvedFrom}, ${s.kind}, ${s.name}, ${`C${s.department}041`}, ${s.department}, 'test')`.execute(db);
  await sql`insert into registry.approval (structure_id, kind, starts_on) values (${id}, ${s.kind === 'CS' ? 'agc' : 'al'}, ${s.approvedFrom})`.execute(db);
  return id;
}

/** `version`: content stored as the questionnaire of the year, already validated; its main data year is `year - 1`. */
export async function smallWorld(db: Db, options: { readonly year: number; readonly centres?: number; readonly version?: object }): Promise<SmallWorld> {
  const places = [
    ['FR', 'nation', 'France', ['FR']], ['R32', 'region', 'Hauts-de-France', ['FR', 'R32']],
    ['59', 'department', 'Nord', ['FR', 'R32', '59']], ['62', 'department', 'Pas-de-Calais', ['FR', 'R32', '62']],
    ['C62041', 'commune', 'Arras', ['FR', 'R32', '62', 'C62041']], ['C59041', 'commune', 'Lille', ['FR', 'R32', '59', 'C59041']],
  ];
  await sql`insert into registry.territory (code, geography_year, level, name, ancestors)
    select p->>0, ${options.year}, p->>1, p->>2, array(select jsonb_array_elements_text(p->3)) from jsonb_array_elements(${JSON.stringify(places)}::jsonb) p
    on conflict do nothing`.execute(db);
  const content = options.version ?? { year: options.year, dataYears: [{ year: options.year - 1, keys: 'all' }] };
  await sql`insert into questionnaire.version (year, state, content, content_hash) values (${options.year}, 'validated', ${JSON.stringify(content)}::jsonb, 'test')
    on conflict do nothing`.execute(db);
  const centres: StructureId[] = [];
  for (let i = 1; i <= (options.centres ?? 3); i++) centres.push(await addStructure(db, { name: `Centre ${i}`, department: '62', kind: 'CS', approvedFrom: '2012-01-01' }));
  const newcomer = await addStructure(db, { name: 'Centre nouveau', department: '62', kind: 'CS', approvedFrom: `${options.year - 1}-09-01` });
  const evs = await addStructure(db, { name: 'Espace de vie', department: '59', kind: 'EVS', approvedFrom: '2014-01-01' });
  return {
    office: await makePerson(db, 'Mission nationale', [{ role: 'project_office', territory: NATION }]),
    caf: await makePerson(db, 'Correspondante Caf', [{ role: 'caf_correspondent', territory: '62', side: 'caf' }]),
    federation: await makePerson(db, 'Correspondant fédéral', [{ role: 'federation_correspondent', territory: '62', side: 'federation' }]),
    director: await makePerson(db, 'Directrice', [{ role: 'director', structureId: centres[0]! }]),
    centres, newcomer, evs,
  };
}
