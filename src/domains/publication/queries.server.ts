/** What committee rooms and public pages read. Public queries read the schema `publication` only. */
import { sql } from 'kysely';
import type { Db } from '../../platform/database.server.ts';
import type { BrochureState, BrochureTexts, ManifestEntry, Vote } from './model.ts';
import type { Wanted } from './composition.server.ts';

export interface Brochure {
  readonly id: string;
  readonly campaignYear: number;
  readonly territoryCode: string;
  readonly version: number;
  readonly state: BrochureState;
  readonly releaseId: string | null;
  readonly texts: Partial<BrochureTexts>;
  readonly manifest: readonly ManifestEntry[] | null;
  readonly pdfHash: string | null;
  readonly updatedAt: string;
  readonly publishedAt: string | null;
}

const COLUMNS = sql`id, campaign_year as "campaignYear", territory_code as "territoryCode", version, state, release_id as "releaseId", texts, manifest,
  pdf_hash as "pdfHash", updated_at as "updatedAt", published_at as "publishedAt"`;

/** The latest version, or undefined. */
export async function brochureOf(db: Db, wanted: Wanted): Promise<Brochure | undefined> {
  const { rows } = await sql<Brochure>`select ${COLUMNS} from publication.brochure
    where campaign_year = ${wanted.year} and territory_code = ${wanted.territory} order by version desc limit 1`.execute(db);
  return rows[0];
}

export async function votesOf(db: Db, brochureId: string): Promise<Vote[]> {
  const { rows } = await sql<Vote>`select v.account_id as "accountId", a.display_name as name, v.side, v.vote, v.reason, v.voted_at as "votedAt"
    from publication.brochure_vote v join access.account a on a.id = v.account_id where v.brochure_id = ${brochureId} order by v.voted_at`.execute(db);
  return rows;
}

/** The published PDF of a territory and campaign: its bytes and hash; undefined when none is published. */
export async function publishedPdf(db: Db, wanted: Wanted): Promise<{ readonly pdf: Uint8Array; readonly hash: string } | undefined> {
  const { rows } = await sql<{ pdf: Uint8Array; hash: string }>`select pdf, pdf_hash as hash from publication.brochure
    where campaign_year = ${wanted.year} and territory_code = ${wanted.territory} and state = 'published' order by version desc limit 1`.execute(db);
  return rows[0];
}

export interface TerritoryPageRow {
  readonly campaignYear: number;
  readonly territoryCode: string;
  readonly content: unknown;
  readonly hasBrochure: boolean;
  readonly publishedAt: string;
  /** Campaigns with a page for the same territory, latest first. */
  readonly years: readonly number[];
}

/** The page of a territory: of one campaign, or the latest. One statement. */
export async function territoryPageRow(db: Db, territory: string, year?: number): Promise<TerritoryPageRow | undefined> {
  const { rows } = await sql<TerritoryPageRow>`
    select p.campaign_year as "campaignYear", p.territory_code as "territoryCode", p.content, p.published_at as "publishedAt",
      exists (select 1 from publication.brochure b where b.campaign_year = p.campaign_year and b.territory_code = p.territory_code and b.state = 'published') as "hasBrochure",
      (select jsonb_agg(o.campaign_year order by o.campaign_year desc) from publication.territory_page o where o.territory_code = p.territory_code) as years
    from publication.territory_page p
    where p.territory_code = ${territory} and (${year ?? null}::int is null or p.campaign_year = ${year ?? null}::int)
    order by p.campaign_year desc limit 1`.execute(db);
  return rows[0];
}

export interface PublishedTerritory {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly year: number;
  /** Approved structures printed on the page. */
  readonly structures: number;
  /** Campaign of the latest published brochure; null: none. */
  readonly brochureYear: number | null;
}

/** Territories that have a page, each with its latest campaign, sorted by level then code. One statement. */
export async function publishedTerritories(db: Db): Promise<PublishedTerritory[]> {
  const { rows } = await sql<PublishedTerritory>`
    select distinct on (p.territory_code) p.territory_code as code, p.name, p.level, p.campaign_year as year, coalesce(p.structure_count, 0) as structures,
      (select max(b.campaign_year) from publication.brochure b where b.territory_code = p.territory_code and b.state = 'published') as "brochureYear"
    from publication.territory_page p order by p.territory_code, p.campaign_year desc`.execute(db);
  return rows;
}

/** Latest state of the brochures of some territories, by campaign. One statement. */
export async function brochureStates(db: Db, territories: readonly string[]): Promise<{ readonly territoryCode: string; readonly year: number; readonly state: BrochureState }[]> {
  const { rows } = await sql<{ territoryCode: string; year: number; state: BrochureState }>`
    select distinct on (territory_code, campaign_year) territory_code as "territoryCode", campaign_year as year, state from publication.brochure
    where territory_code in (select jsonb_array_elements_text(${JSON.stringify(territories)}::jsonb)) order by territory_code, campaign_year, version desc`.execute(db);
  return rows;
}
