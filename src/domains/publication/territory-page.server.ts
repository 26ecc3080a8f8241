/** What the public sees of a territory: publishable figures and register facts, kept as they left their domains, drawn when the page is asked. */
import { sql } from 'kysely';
import type { PublishedSet } from '../disclosure/index.ts';
import { readPublished, storePublished } from '../disclosure/index.server.ts';
import { registerCodes, territoriesByLevel } from '../registry/index.server.ts';
import type { ReleaseReader } from '../statistics/index.server.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import type { Level } from '../../charts/palette.ts';
import { portrait, textsFor, type Wanted } from './composition.server.ts';
import { composeTerritoryPage } from './compose.ts';
import type { BrochureTexts, PublicStructure, Section } from './model.ts';
import { sheetFromFigures, storeComputedSheet } from './national-sheet.server.ts';
import { territoryPageRow } from './queries.server.ts';
import { defaultTexts, parseTexts } from './texts.ts';

interface Stored {
  readonly name: string;
  readonly level: Level;
  readonly departments: readonly string[];
  readonly dataYears: readonly number[];
  readonly structureCount: number;
  /** Left out for the nation, whose map counts by département. */
  readonly structures: readonly PublicStructure[];
  readonly counts: { readonly [department: string]: number };
  readonly names: { readonly [department: string]: string };
  readonly introductions: BrochureTexts['introductions'];
  readonly demonstration: boolean;
  readonly published: unknown;
}

export interface PageMaking {
  readonly brochure?: { readonly id: string; readonly texts: BrochureTexts };
  readonly reader?: ReleaseReader;
  /** Written with the page or not at all. */
  readonly alongside?: (tx: Db) => Promise<void>;
}

/**
 * Writes (or replaces) the page of a territory from its latest release. Unknown or smaller than a département, or no release: false.
 * All is read before anything is written: a reader of its own connection must not wait for our transaction.
 */
export async function storeTerritoryPage(db: Db, wanted: Wanted, demonstration: boolean, made: PageMaking = {}): Promise<boolean> {
  const { brochure, reader } = made;
  const found = await portrait(db, wanted, demonstration, reader);
  if (!found) return false;
  const { place, release, set, structures } = found;
  const nation = place.level === 'nation';
  const content: Stored = {
    name: place.name,
    level: place.level,
    departments: nation ? [] : place.departments,
    dataYears: release.manifest.dataYears,
    structureCount: structures.length,
    structures: nation ? [] : structures,
    counts: nation ? await countsByDepartment(db, release.id) : {},
    names: nation ? Object.fromEntries((await territoriesByLevel(db, 'department')).map((t) => [t.code, t.name])) : {},
    introductions: (brochure?.texts ?? (await textsFor(db, wanted.territory))).introductions,
    demonstration: found.demonstration,
    published: storePublished(set),
  };
  await inTransaction(db, async (tx) => {
    await sql`insert into publication.territory_page (campaign_year, territory_code, release_id, brochure_id, content)
      values (${wanted.year}, ${wanted.territory}, ${release.id}, ${brochure?.id ?? null}, ${JSON.stringify(content)}::jsonb)
      on conflict (campaign_year, territory_code) do update set release_id = excluded.release_id,
        brochure_id = coalesce(excluded.brochure_id, publication.territory_page.brochure_id), content = excluded.content, published_at = now()`.execute(tx);
    if (nation) await storeComputedSheet(tx, wanted.year, sheetFromFigures(set));
    await made.alongside?.(tx);
  });
  return true;
}

/** Approved structures of a release by département. */
async function countsByDepartment(db: Db, releaseId: string): Promise<{ [department: string]: number }> {
  const { rows } = await sql<{ code: string; n: number }>`select territory_code as code, count(*) as n from statistics.release_unit where release_id = ${releaseId} group by 1`.execute(db);
  return Object.fromEntries(rows.map((r) => [r.code, r.n]));
}

export interface TerritoryPage {
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly year: number;
  readonly years: readonly number[];
  readonly dataYears: readonly number[];
  readonly title: string;
  readonly sections: readonly Section[];
  readonly source: string;
  readonly hasBrochure: boolean;
  readonly demonstration: boolean;
}

/** Pages drawn last, by what they were drawn from: a published page changes rarely and drawing a region takes a while. */
const drawn = new Map<string, TerritoryPage>();
const KEPT = 60;

/** The page of a territory, of a campaign or of the latest; undefined when nothing is published. One statement. */
export async function territoryPage(db: Db, territory: string, year?: number): Promise<TerritoryPage | undefined> {
  const row = await territoryPageRow(db, territory, year);
  if (!row) return undefined;
  const mark = [row.territoryCode, row.campaignYear, row.publishedAt, row.hasBrochure, row.years.join()].join('|');
  const known = drawn.get(mark);
  if (known) return known;
  const stored = row.content as Stored;
  const texts = parseTexts({ introductions: stored.introductions }, defaultTexts());
  const page = composeTerritoryPage({
    territory: { code: territory, name: stored.name, level: stored.level },
    departments: stored.departments,
    set: readPublished(stored.published),
    dataYears: stored.dataYears,
    structures: stored.structures,
    kinds: (await registerCodes(db)).kinds,
    counts: stored.counts,
    names: stored.names,
    texts,
    demonstration: stored.demonstration,
  });
  const result: TerritoryPage = {
    code: territory, name: stored.name, level: stored.level, year: row.campaignYear, years: row.years, dataYears: stored.dataYears, title: page.title,
    sections: page.sections, source: page.source, hasBrochure: row.hasBrochure, demonstration: stored.demonstration,
  };
  drawn.set(mark, result);
  for (const oldest of drawn.keys()) {
    if (drawn.size <= KEPT) break;
    drawn.delete(oldest);
  }
  return result;
}

/**
 * The figures as the page of a territory shows them, when they come from that release: reading them is quick where computing a region or the nation
 * again takes seconds. Undefined when the page is absent or older. Figures that institutions signed since then are not in it.
 */
export async function publishedFigures(db: Db, wanted: Wanted, releaseId: string): Promise<PublishedSet | undefined> {
  const { rows } = await sql<{ published: unknown }>`select content->'published' as published from publication.territory_page
    where campaign_year = ${wanted.year} and territory_code = ${wanted.territory} and release_id = ${releaseId}`.execute(db);
  return rows[0] && readPublished(rows[0].published);
}
