/** Reading a campaign: one statement per question. */
import { sql } from 'kysely';
import type { Db } from '../../platform/database.server.ts';
import { DEPARTMENTS } from './departments.server.ts';
import type { Campaign, CoverageRow, Participant, Phase, Progress } from './model.ts';
import { type CountedGroup, foldProgress } from './progress.ts';

const CAMPAIGN = sql`c.year, c.state, c.questionnaire_year as "questionnaireYear", c.opens_on as "opensOn", c.closes_on as "closesOn",
  c.objection_days as "objectionDays", coalesce((v.content->'dataYears'->0->>'year')::int, c.year - 1) as "dataYear"`;

/** Every campaign, latest first. */
export async function campaigns(db: Db): Promise<Campaign[]> {
  const { rows } = await sql<Campaign>`select ${CAMPAIGN} from campaign.campaign c join questionnaire.version v on v.year = c.questionnaire_year order by c.year desc`.execute(db);
  return rows;
}

export async function campaignOf(db: Db, year: number): Promise<Campaign | undefined> {
  const { rows } = await sql<Campaign>`select ${CAMPAIGN} from campaign.campaign c join questionnaire.version v on v.year = c.questionnaire_year where c.year = ${year}`.execute(db);
  return rows[0];
}

const PHASE = sql`t.territory_code as territory, coalesce(d.name, t.territory_code) as name, t.state, c.state as national,
  coalesce(t.closes_on, c.closes_on) as "closesOn", t.extension_reason as "extensionReason", t.waiver_reason as "waiverReason", c.objection_days as "objectionDays"`;

/** The phase of one territory, or undefined when it is not in the campaign. */
export async function phaseOf(db: Db, year: number, territory: string): Promise<Phase | undefined> {
  const { rows } = await sql<Phase>`select ${PHASE} from campaign.territory_phase t join campaign.campaign c on c.year = t.campaign_year
    left join lateral (select name from registry.territory g where g.code = t.territory_code order by geography_year desc limit 1) d on true
    where t.campaign_year = ${year} and t.territory_code = ${territory}`.execute(db);
  return rows[0];
}

/** The phases of every territory of a campaign, by code. */
export async function phases(db: Db, year: number): Promise<Phase[]> {
  const { rows } = await sql<Phase>`select ${PHASE} from campaign.territory_phase t join campaign.campaign c on c.year = t.campaign_year
    left join ${DEPARTMENTS} d on d.code = t.territory_code where t.campaign_year = ${year} order by t.territory_code`.execute(db);
  return rows;
}

/** R14: what is surveyed where, per kind. */
export async function coverage(db: Db, year: number): Promise<CoverageRow[]> {
  const { rows } = await sql<CoverageRow>`select territory_code as territory, structure_kind as kind, status from campaign.coverage
    where campaign_year = ${year} order by 1, 2`.execute(db);
  return rows;
}

/** Structures of the campaign, in a territory (département) or all. */
export async function participants(db: Db, year: number, territory?: string): Promise<Participant[]> {
  const { rows } = await sql<Participant>`select structure_id as "structureId", territory_code as territory, structure_kind as kind, status, listed,
      volume_fte as "volumeFte"
    from campaign.participant where campaign_year = ${year} and (${territory ?? null}::text is null or territory_code = ${territory ?? null}) order by structure_id`.execute(db);
  return rows;
}

/**
 * Counts by number and by volume, in one statement: a line per (territory, kind), or per kind for the whole asked (`by: 'nation'`).
 * `territory`: any territory that contains départements (FR, a région, a département). The whole counts surveyed territories only (R14):
 * tests are followed beside it; approved structures are those of every territory.
 */
export async function progressOf(db: Db, year: number, options: { readonly territory?: string; readonly by?: 'territory' | 'nation' } = {}): Promise<Progress[]> {
  const whole = options.by === 'nation';
  const place = whole ? sql`${options.territory ?? 'FR'}::text` : sql`p.territory_code`;
  const { rows } = await sql<CountedGroup>`
    select ${place} as territory, ${whole ? sql`''::text` : sql`d.name`} as name, p.structure_kind as kind, ${whole ? sql`null::text` : sql`v.status`} as coverage,
      p.status as participation, ${whole ? sql`case when v.status = 'surveyed' then r.state end` : sql`r.state`} as state,
      coalesce(r.completeness = 'complete', false) as complete, count(*) as n, sum(p.volume_fte) as volume, count(p.volume_fte) as "volumeKnown"
    from campaign.participant p
    join ${DEPARTMENTS} d on d.code = p.territory_code
    join registry.structure_kind k on k.code = p.structure_kind
    left join campaign.coverage v on v.campaign_year = p.campaign_year and v.territory_code = p.territory_code and v.structure_kind = p.structure_kind
    left join entry.response r on r.campaign_year = p.campaign_year and r.structure_id = p.structure_id
    where p.campaign_year = ${year} and ${options.territory ?? 'FR'} = any (d.ancestors)
    group by 1, 2, 3, 4, 5, 6, 7, k.rank order by 1, k.rank, 5, 6, 7`.execute(db);
  return foldProgress(rows);
}
