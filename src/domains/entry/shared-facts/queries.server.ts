/**
 * The managing body as its agent sees it: its structures and the facts that stand. Nothing here tells what a structure answered, not even whether it has
 * looked at a fact: a structure that said the same already has nothing to look at.
 */
import { sql } from 'kysely';
import type { Answer } from '../../questionnaire/index.ts';
import type { Db } from '../../../platform/database.server.ts';
import type { RunStructure, StandingFact } from './rules.ts';

export interface BodyStructure extends RunStructure {
  readonly name: string;
  readonly communeName: string | null;
}
export interface BodyCampaign {
  readonly campaignYear: number;
  readonly questionnaireYear: number;
}

/** Name of a managing body; undefined when there is none. */
export async function managingBodyName(db: Db, managingBodyId: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select name from registry.managing_body where id = ${managingBodyId}`.execute(db);
  return rows[0]?.name;
}

/** The latest campaign in which a structure of the body has a response. */
export async function latestCampaignOf(db: Db, managingBodyId: string): Promise<BodyCampaign | undefined> {
  const { rows } = await sql<BodyCampaign>`
    select c.year as "campaignYear", c.questionnaire_year as "questionnaireYear" from campaign.campaign c
    where c.year = (select max(r.campaign_year) from entry.response r join registry.current_structure s on s.structure_id = r.structure_id where s.managing_body_id = ${managingBodyId})`.execute(db);
  return rows[0];
}

/** Its structures in a campaign, by name. */
export async function structuresOfBody(db: Db, managingBodyId: string, campaignYear: number): Promise<BodyStructure[]> {
  const { rows } = await sql<BodyStructure>`
    select r.id as "responseId", r.structure_id as "structureId", r.structure_kind as "structureKind", r.territory_code as "territoryCode", r.state, coalesce(p.state, 'draft') as phase, s.name, c.name as "communeName"
    from registry.current_structure s join entry.response r on r.structure_id = s.structure_id and r.campaign_year = ${campaignYear}
    left join campaign.territory_phase p on p.campaign_year = r.campaign_year and p.territory_code = r.territory_code
    left join registry.current_territory c on c.code = s.commune_code
    where s.managing_body_id = ${managingBodyId} order by s.name, r.id`.execute(db);
  return rows;
}

export interface GivenFact extends StandingFact {
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** The fact that stands for each question, those taken back included. */
export async function factsOfBody(db: Db, managingBodyId: string, campaignYear: number, dataYear: number): Promise<GivenFact[]> {
  const { rows } = await sql<Omit<GivenFact, 'answer' | 'at'> & { answer: Answer | null; at: string }>`
    select f.id, f.question_key as key, f.answer, a.display_name as author, f.given_at as at
    from (select distinct on (question_key) * from entry.shared_fact
      where managing_body_id = ${managingBodyId} and campaign_year = ${campaignYear} and data_year = ${dataYear} order by question_key, given_at desc, id desc) f
    join access.account a on a.id = f.given_by`.execute(db);
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}
