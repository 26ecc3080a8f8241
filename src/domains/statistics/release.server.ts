/**
 * A release: the answers of a frozen territory as they are on that day, with what the register said of the data year. Immutable, numbered, hashed:
 * the same inputs give the same hash. All that is published is computed from one.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { newId } from '../../kernel/identifier.ts';
import { ok, type Refusal, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { breathe } from '../../platform/breathe.server.ts';
import { writeJournal } from '../access/index.server.ts';
import type { AccountId } from '../../kernel/identifier.ts';
import { campaignOf, releaseTaken } from '../campaign/index.server.ts';
import { type Answers, canonical, type CompiledVersion } from '../questionnaire/index.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { approvalsOn, lastDayOf, type StructureRecord } from '../registry/index.ts';
import { structuresIn, territory } from '../registry/index.server.ts';
import { notFrozenYet, nothingFrozen, unknownCampaign, unknownTerritory } from './errors.ts';
import type { FrozenUnit, RegisterFacts } from './model.ts';
import { settleSheets } from './settle.ts';

export interface Release {
  readonly id: string;
  readonly number: number;
  readonly campaignYear: number;
  readonly territoryCode: string;
  readonly contentHash: string;
  readonly questionnaireHash: string;
  readonly responseCount: number;
  readonly createdAt: string;
  readonly supersedes: string | null;
  readonly manifest: ReleaseManifest;
}

export interface ReleaseManifest {
  readonly questionnaireYear: number;
  readonly dataYears: readonly number[];
  readonly structures: number;
  readonly byParticipation: { readonly [participation: string]: number };
  readonly byState: { readonly [state: string]: number };
  readonly complete: number;
  /** How managing bodies were recognised: structures counted by SIREN, by name, as their own. */
  readonly contributors: { readonly siren: number; readonly name: number; readonly own: number };
  readonly disputedValues: number;
  /** Fictional answers: every figure made from them says so. */
  readonly demonstration: boolean;
}

const RELEASE = sql`r.id, r.number, r.campaign_year as "campaignYear", r.territory_code as "territoryCode", r.content_hash as "contentHash",
  r.questionnaire_hash as "questionnaireHash", r.response_count as "responseCount", r.created_at as "createdAt", r.supersedes, r.manifest`;

interface ParticipantRow {
  readonly structureId: string;
  readonly territoryCode: string;
  readonly kind: string;
  readonly participation: string;
  readonly listed: boolean;
  readonly volumeFte: number | null;
  readonly coverage: string | null;
  readonly state: string | null;
  readonly completeness: string | null;
  readonly sheets: { readonly [dataYear: string]: Answers } | null;
  readonly disputed: { readonly [dataYear: string]: readonly string[] } | null;
}

/** Read, settled, hashed and written by so many at a time: a national release is thirty megabytes, and others are served in between. */
const CHUNK = 500;
/** At most {@link CHUNK} participants of the départements that follow a structure, in the order of identifiers, with their sheets when validated or frozen. */
async function participantRows(db: Db, campaignYear: number, departments: readonly string[] | undefined, after: string): Promise<ParticipantRow[]> {
  const inside = departments ? sql`p.territory_code in (select jsonb_array_elements_text(${JSON.stringify(departments)}::jsonb))` : sql`true`;
  const { rows } = await sql<ParticipantRow>`
    select p.structure_id as "structureId", p.territory_code as "territoryCode", p.structure_kind as kind, p.status as participation, p.listed,
      p.volume_fte as "volumeFte", c.status as coverage, r.state, r.completeness,
      case when r.state in ('frozen', 'validated') then (select jsonb_object_agg(s.data_year::text, s.answers) from entry.answer_sheet s where s.response_id = r.id) end as sheets,
      case when r.state in ('frozen', 'validated') then (select jsonb_object_agg(y.data_year::text, y.keys) from (
        select d.data_year, jsonb_agg(d.question_key order by d.question_key) as keys from control.disputed_value d where d.response_id = r.id group by d.data_year) y) end as disputed
    from campaign.participant p
    left join campaign.coverage c on c.campaign_year = p.campaign_year and c.territory_code = p.territory_code and c.structure_kind = p.structure_kind
    left join entry.response r on r.campaign_year = p.campaign_year and r.structure_id = p.structure_id
    where p.campaign_year = ${campaignYear} and p.structure_id > ${after}::uuid and ${inside}
    order by p.structure_id limit ${CHUNK}`.execute(db);
  return rows;
}

function registerFacts(record: StructureRecord | undefined, row: ParticipantRow, dataYear: number): RegisterFacts {
  const contributor = record?.contributorKey ?? `structure:${row.structureId}`;
  const basis = contributor.startsWith('siren:') ? 'siren' : contributor.startsWith('name:') ? 'name' : 'own';
  return {
    name: record?.name ?? '',
    communeCode: record?.communeCode ?? null,
    managementMode: record?.managementMode ?? null,
    legalStatus: record?.legalStatus ?? null,
    territoryCharacter: record?.territoryCharacter ?? null,
    qpvStatus: record?.qpvStatus ?? null,
    ruralZoning: record?.ruralZoning ?? null,
    urbanRenewal: record?.urbanRenewal ?? null,
    urbanRenewalStage: record?.urbanRenewalStage ?? null,
    networks: record?.networks ?? [],
    approvals: record ? [...new Set(approvalsOn(record.approvals, lastDayOf(dataYear)).map((approval) => approval.kind))].toSorted() : [],
    firstApprovalYear: record?.firstApprovalYear ?? null,
    contributor,
    contributorBasis: basis,
    listed: row.listed,
    volumeFte: row.volumeFte,
  };
}

function unitOf(row: ParticipantRow, record: StructureRecord | undefined, version: CompiledVersion, wide: boolean): FrozenUnit {
  const counted = row.state === 'frozen' || row.state === 'validated';
  const settled = counted ? settleSheets(version, { kind: row.kind, territory: record?.ancestors ?? row.territoryCode }, row.sheets ?? {}, row.disputed ?? {}) : { answers: {}, disputed: {} };
  // a territory that only tries the survey out enters no wider figure (R14)
  const participation = wide && row.coverage === 'test' && (row.participation === 'solicited' || row.participation === 'opted_in') ? 'test' : row.participation;
  return {
    structureId: row.structureId, territoryCode: row.territoryCode, kind: row.kind, participation, responseState: row.state ?? 'none', completeness: row.completeness ?? 'none',
    register: registerFacts(record, row, version.mainDataYear), answers: settled.answers, disputed: settled.disputed,
  };
}

/** Before the first identifier. */
const FIRST = '00000000-0000-0000-0000-000000000000';

/** The units of a territory as they are now, in the order of identifiers. */
async function unitsNow(db: Db, campaignYear: number, departments: readonly string[] | undefined, records: ReadonlyMap<string, StructureRecord>, version: CompiledVersion, wide: boolean): Promise<FrozenUnit[]> {
  const units: FrozenUnit[] = [];
  for (let after = FIRST; ; ) {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the last one ended
    const rows = await participantRows(db, campaignYear, departments, after);
    units.push(...rows.map((row) => unitOf(row, records.get(row.structureId), version, wide)));
    if (rows.length < CHUNK) return units;
    after = rows.at(-1)!.structureId;
    // oxlint-disable-next-line no-await-in-loop
    await breathe();
  }
}

const responded = (unit: FrozenUnit): boolean => unit.responseState === 'frozen' || unit.responseState === 'validated';

/** SHA-256 of what a release holds: canonical lines, one per structure in the order of identifiers. */
export async function contentHash(head: { readonly campaignYear: number; readonly territoryCode: string; readonly questionnaireHash: string }, units: readonly FrozenUnit[]): Promise<string> {
  const hash = createHash('sha256');
  hash.update(`${canonical({ campaignYear: head.campaignYear, territoryCode: head.territoryCode, questionnaireHash: head.questionnaireHash })}\n`);
  for (const [i, unit] of units.toSorted((a, b) => (a.structureId < b.structureId ? -1 : 1)).entries()) {
    hash.update(`${canonical(unit)}\n`);
    // oxlint-disable-next-line no-await-in-loop
    if (i % CHUNK === CHUNK - 1) await breathe();
  }
  return hash.digest('hex');
}

function manifestOf(version: CompiledVersion, units: readonly FrozenUnit[], demonstration: boolean): ReleaseManifest {
  const tally = (of: (unit: FrozenUnit) => string): { [name: string]: number } => {
    const counts: { [name: string]: number } = {};
    for (const unit of units) counts[of(unit)] = (counts[of(unit)] ?? 0) + 1;
    return counts;
  };
  return {
    questionnaireYear: version.year, dataYears: version.dataYears, structures: units.length, byParticipation: tally((u) => u.participation), byState: tally((u) => u.responseState),
    complete: units.filter((u) => responded(u) && u.completeness === 'complete').length,
    contributors: { siren: 0, name: 0, own: 0, ...tally((u) => u.register.contributorBasis) },
    disputedValues: units.reduce((n, u) => n + Object.values(u.disputed ?? {}).reduce((m, keys) => m + keys.length, 0), 0),
    demonstration,
  };
}

const FROZEN_PHASES = ['frozen', 'analysis', 'publication', 'archived'];

/**
 * Départements of a territory of the campaign and those that are not frozen. A territory smaller than a département is none of them. Held until the transaction ends:
 * none is reopened, hence no answer changes, while the release is read page by page.
 */
async function phasesInside(db: Db, campaignYear: number, territoryCode: string): Promise<{ code: string; frozen: boolean }[]> {
  const { rows } = await sql<{ code: string; state: string }>`
    select p.territory_code as code, p.state from campaign.territory_phase p
    where p.campaign_year = ${campaignYear} and (${territoryCode} = 'FR' or p.territory_code = ${territoryCode}
      or p.territory_code in (select t.code from registry.territory t where t.level = 'department' and t.ancestors @> array[${territoryCode}::text]))
      and exists (select 1 from campaign.participant x where x.campaign_year = p.campaign_year and x.territory_code = p.territory_code and x.status in ('solicited', 'opted_in'))
    order by 1 for no key update of p`.execute(db);
  return rows.map((row) => ({ code: row.code, frozen: FROZEN_PHASES.includes(row.state) }));
}

/** What must come first: a campaign, a territory, both signatures in each of its départements. Undefined when a release may be made. */
export async function releaseLacks(db: Db, { campaignYear, territoryCode }: { readonly campaignYear: number; readonly territoryCode: string }): Promise<Refusal | undefined> {
  if (!(await campaignOf(db, campaignYear))) return unknownCampaign(campaignYear);
  if (!(await territory(db, territoryCode))) return unknownTerritory(territoryCode);
  const open = (await phasesInside(db, campaignYear, territoryCode)).filter((phase) => !phase.frozen).map((phase) => phase.code);
  return open.length > 0 ? notFrozenYet(open) : undefined;
}

/**
 * Freezes the validated answers of a territory (a département, a région, `FR`) into a release. When nothing has changed since the last one, that one is
 * given back. Refused while a territory inside is not frozen by both signatures, and when no answer is validated.
 */
export async function createRelease(db: Db, wanted: { readonly campaignYear: number; readonly territoryCode: string; readonly actor?: AccountId | null }): Promise<Result<Release>> {
  const { campaignYear, territoryCode } = wanted;
  return inTransaction(db, async (tx) => {
    const lacking = await releaseLacks(tx, wanted);
    if (lacking) return refuse(lacking);
    const place = (await territory(tx, territoryCode))!;
    const inside = await phasesInside(tx, campaignYear, territoryCode);
    const version = await loadVersion(tx, campaignYear);
    const records = new Map((await structuresIn(tx, territoryCode, { on: lastDayOf(version.mainDataYear), closedToo: true })).map((record) => [record.structureId as string, record]));
    const wide = place.level !== 'department';
    const units = await unitsNow(tx, campaignYear, territoryCode === 'FR' ? undefined : inside.map((phase) => phase.code), records, version, wide);
    if (!units.some(responded)) return refuse(nothingFrozen(campaignYear, territoryCode));
    const questionnaireHash = version.version.contentHash;
    const hash = await contentHash({ campaignYear, territoryCode, questionnaireHash }, units);

    const { rows: [last] } = await sql<Release>`select ${RELEASE} from statistics.release r
      where r.campaign_year = ${campaignYear} and r.territory_code = ${territoryCode} order by r.number desc limit 1`.execute(tx);
    if (last?.contentHash === hash) return ok(last);
    const { rows: [installation] } = await sql<{ demonstration: boolean }>`select demonstration from platform.installation`.execute(tx);
    const manifest = manifestOf(version, units, installation?.demonstration ?? false);
    const responses = units.filter(responded).length;
    const id = newId();
    const { rows: [release] } = await sql<Release>`insert into statistics.release as r
        (id, campaign_year, territory_code, content_hash, questionnaire_hash, response_count, manifest, created_by, supersedes)
      values (${id}, ${campaignYear}, ${territoryCode}, ${hash}, ${questionnaireHash}, ${responses}, ${JSON.stringify(manifest)}::jsonb, ${wanted.actor ?? null}, ${last?.id ?? null})
      returning ${RELEASE}`.execute(tx);
    await storeUnits(tx, id, units);
    await releaseTaken(tx, campaignYear, territoryCode);
    await writeJournal(tx, { accountId: wanted.actor ?? null, action: 'release.create', territoryCode, campaignYear, detail: { number: release!.number, contentHash: hash, responses } });
    return ok(release!);
  });
}

async function storeUnits(tx: Db, releaseId: string, units: readonly FrozenUnit[]): Promise<void> {
  const size = 250;
  for (let from = 0; from < units.length; from += size) {
    const chunk = units.slice(from, from + size);
    await sql`insert into statistics.release_unit (release_id, structure_id, territory_code, structure_kind, participation, response_state, completeness, register, answers, disputed)
      select ${releaseId}::uuid, x."structureId", x."territoryCode", x.kind, x.participation, x."responseState", x.completeness, x.register, x.answers, coalesce(x.disputed, '{}'::jsonb)
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as x("structureId" uuid, "territoryCode" text, kind text, participation text, "responseState" text, completeness text,
        register jsonb, answers jsonb, disputed jsonb)`.execute(tx);
    // oxlint-disable-next-line no-await-in-loop
    await breathe();
  }
}

/**
 * Units of a release, all or those of a territory inside it, in the order of identifiers. `keys`: the questions wanted (none: answers are not read), the others are dropped as they
 * come (a national release weighs half). One statement per 500 structures; a département is told by its column, without a look at 36,000 territories.
 */
export async function releaseUnits(db: Db, releaseId: string, within?: string, keys?: ReadonlySet<string>): Promise<FrozenUnit[]> {
  const place = within
    ? sql`(u.territory_code = ${within} or (not exists (select 1 from registry.territory d where d.code = ${within} and d.level = 'department')
        and (u.territory_code in (select t.code from registry.territory t where t.ancestors @> array[${within}::text])
          or u.register->>'communeCode' in (select t.code from registry.territory t where t.ancestors @> array[${within}::text]))))`
    : sql`true`;
  const units: FrozenUnit[] = [];
  for (let after = FIRST; ; ) {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the last one ended
    const { rows } = await sql<FrozenUnit>`select u.structure_id as "structureId", u.territory_code as "territoryCode", u.structure_kind as kind, u.participation,
        u.response_state as "responseState", u.completeness, u.register, ${keys?.size === 0 ? sql`'{}'::jsonb` : sql`u.answers`} as answers, u.disputed
      from statistics.release_unit u where u.release_id = ${releaseId} and u.structure_id > ${after}::uuid and ${place} order by u.structure_id limit ${CHUNK}`.execute(db);
    units.push(...(keys ? rows.map((unit) => ({ ...unit, answers: keepOnly(unit.answers, keys) })) : rows));
    if (rows.length < CHUNK) return units;
    after = rows.at(-1)!.structureId;
    // oxlint-disable-next-line no-await-in-loop -- the embedded engine answers without leaving this turn of the event loop
    await breathe();
  }
}

const keepOnly = (answers: FrozenUnit['answers'], keys: ReadonlySet<string>): FrozenUnit['answers'] =>
  Object.fromEntries(Object.entries(answers).map(([year, sheet]) => [year, Object.fromEntries(Object.entries(sheet).filter(([key]) => keys.has(key)))]));

/** Computes the hash of a stored release again, from its rows. */
export async function verifyRelease(db: Db, release: Release): Promise<boolean> {
  return (await contentHash(release, await releaseUnits(db, release.id))) === release.contentHash;
}

/**
 * The latest release that covers the territory: its own or that of a territory that contains it, whichever was taken last. Whoever reads a département and the
 * nation side by side then reads the same answers, once the nation is released.
 */
export async function latestRelease(db: Db, wanted: { readonly campaignYear: number; readonly territoryCode: string }): Promise<Release | undefined> {
  const { rows } = await sql<Release>`select ${RELEASE} from statistics.release r
    where r.campaign_year = ${wanted.campaignYear} and (r.territory_code = ${wanted.territoryCode}
      or r.territory_code = any ((select t.ancestors from registry.territory t where t.code = ${wanted.territoryCode} order by t.geography_year desc limit 1)::text[]))
    order by r.number desc limit 1`.execute(db);
  return rows[0];
}

/** As {@link latestRelease}, one for each campaign up to `upTo` that has one; latest campaign first. */
export async function latestReleases(db: Db, wanted: { readonly territoryCode: string; readonly upTo: number; readonly atMost: number }): Promise<Release[]> {
  const { rows } = await sql<Release>`select distinct on (r.campaign_year) ${RELEASE} from statistics.release r
    where r.campaign_year <= ${wanted.upTo} and (r.territory_code = ${wanted.territoryCode}
      or r.territory_code = any ((select t.ancestors from registry.territory t where t.code = ${wanted.territoryCode} order by t.geography_year desc limit 1)::text[]))
    order by r.campaign_year desc, r.number desc limit ${wanted.atMost}`.execute(db);
  return rows;
}

/** Every release of a campaign (all territories, or one), latest first. */
export async function releases(db: Db, campaignYear: number, territoryCode?: string): Promise<Release[]> {
  const { rows } = await sql<Release>`select ${RELEASE} from statistics.release r
    where r.campaign_year = ${campaignYear} and (${territoryCode ?? null}::text is null or r.territory_code = ${territoryCode ?? null}) order by r.number desc`.execute(db);
  return rows;
}
