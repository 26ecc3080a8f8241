/** Figures of a territory, from its last release. A release never changes, so what is computed from it is kept in memory. */
import type { Db } from '../../platform/database.server.ts';
import { breathe } from '../../platform/breathe.server.ts';
import { isOpenLevel, type PublishedSet, type TerritoryPart } from '../disclosure/index.ts';
import type { CompiledVersion } from '../questionnaire/index.ts';
import { loadVersion, versionNames } from '../questionnaire/index.server.ts';
import { territoriesByLevel, territory } from '../registry/index.server.ts';
import { administrativeFigures } from './administrative.server.ts';
import { type Catalogue, catalogueFor } from './catalogue.ts';
import { figureFiles } from './content.server.ts';
import { questionsOf } from './engine.ts';
import { pastNames, type PastRelease, underNames } from './following.ts';
import type { AdministrativeFigure, FrozenUnit, TableRow } from './model.ts';
import { departmentOutput, departmentPart, ofDepartment, regionPart, type Whole } from './parts.ts';
import { readerOnce, type ReleaseReader } from './release-reader.server.ts';
import { latestRelease, type Release } from './release.server.ts';
import { computeFigures, type FigureOutput } from './tables.ts';

export interface Asked {
  readonly campaignYear: number;
  readonly territoryCode: string;
}

/** Last computed territories; one holds about half a megabyte. */
const KEPT = 24;
const cache = new Map<string, FigureOutput>();

function kept(mark: string, output: FigureOutput): FigureOutput {
  cache.delete(mark);
  cache.set(mark, output);
  for (const oldest of cache.keys()) {
    if (cache.size <= KEPT) break;
    cache.delete(oldest);
  }
  return output;
}

/** A figure that an institution signed, words set right by an erratum and what an earlier survey says when it comes in change without a release: they are part of the mark. */
const markOf = (asked: Asked, release: Release, previous: Release | undefined, administrative: readonly AdministrativeFigure[], { edition, toldBefore }: CompiledVersion): string =>
  JSON.stringify([release.id, previous?.id ?? '', asked.territoryCode, administrative, edition, toldBefore]);

/** A territory inside a wider release: where the survey is only tried out it still has figures of its own. */
async function unitsOf(reader: ReleaseReader, release: Release, territoryCode: string, keys: ReadonlySet<string>): Promise<readonly FrozenUnit[]> {
  const units = await reader.units(release, territoryCode, keys);
  if (release.territoryCode === territoryCode) return units;
  const wide = units.some((unit) => unit.territoryCode !== territoryCode);
  return wide ? units : ofDepartment(units);
}

/** Questions read for the year before. */
const comparedKeys = ({ figures }: Catalogue): readonly string[] =>
  figures.filter(({ measure, year }) => measure.kind === 'change' || measure.kind === 'population' || measure.kind === 'population_share' || (year !== undefined && year !== 'main')).flatMap(questionsOf);

/** Parts of releases, by release, release of the year before and territory; some ten kilobytes each. */
const KEPT_PARTS = 400;
const parts = new Map<string, TerritoryPart>();

async function keptPart(mark: string, make: () => TerritoryPart): Promise<TerritoryPart> {
  const known = parts.get(mark);
  if (known) return known;
  // a hundred territories in a row: others are served in between
  await breathe();
  const part = make();
  parts.set(mark, part);
  for (const oldest of parts.keys()) {
    if (parts.size <= KEPT_PARTS) break;
    parts.delete(oldest);
  }
  return part;
}

/**
 * What the territories inside withhold, so that the wider one does not give it back: départements of a région; régions, each over its départements, of the
 * nation. Computed from the release of the wider territory, once: a release never changes.
 */
async function partsInside(db: Db, reader: ReleaseReader, level: string, code: string, whole: Whole, mark: (code: string) => string): Promise<readonly TerritoryPart[] | undefined> {
  if (level !== 'region' && level !== 'nation') return undefined;
  const present = [...new Set([...whole.units, ...(whole.previous?.units ?? [])].map((unit) => unit.territoryCode))].toSorted();
  const departments: TerritoryPart[] = [];
  for (const department of present) {
    // oxlint-disable-next-line no-await-in-loop -- one computation at a time
    departments.push(await keptPart(mark(department), () => {
      const output = departmentOutput(whole, department);
      reader.computed.put(mark(department), output);
      return departmentPart(whole, department, output);
    }));
  }
  if (level === 'region') return departments;
  const regionOf = new Map((await territoriesByLevel(db, 'department')).map((t) => [t.code as string, t.ancestors.find((ancestor) => ancestor !== code && ancestor !== t.code)]));
  const regions: TerritoryPart[] = [];
  for (const [region, inside] of Map.groupBy(departments, (part) => regionOf.get(part.code))) {
    // oxlint-disable-next-line no-await-in-loop -- idem
    if (region) regions.push(await keptPart(mark(region), () => regionPart(whole, region, inside)));
    else regions.push(...inside);
  }
  return regions;
}

/** Rows and publishable set of a territory and campaign; undefined when nothing was released. Three statements when already computed. `reader`: that of a run over many territories. */
export async function figuresOf(db: Db, asked: Asked, reader: ReleaseReader = readerOnce(db)): Promise<FigureOutput | undefined> {
  const release = await latestRelease(db, asked);
  if (!release) return undefined;
  const previous = await latestRelease(db, { ...asked, campaignYear: asked.campaignYear - 1 });
  const administrative = await administrativeFigures(db, asked.campaignYear, asked.territoryCode);
  const version = await loadVersion(db, asked.campaignYear);
  const mark = markOf(asked, release, previous, administrative, version);
  const known = cache.get(mark);
  if (known) return kept(mark, known);
  const partMark = (code: string): string => JSON.stringify([release.id, previous?.id ?? '', code]);
  // as part of a wider territory it was computed without what institutions signed for it
  const made = administrative.length === 0 ? reader.computed.take(partMark(asked.territoryCode)) : undefined;
  if (made) return kept(mark, made);
  const files = await figureFiles();
  const history = await versionNames(db);
  const general = catalogueFor(files, version, asked.campaignYear, '', history);
  const catalogueOf = (code: string): Catalogue => (files.some((file) => file.campaignYear === asked.campaignYear && file.territory === code) ? catalogueFor(files, version, asked.campaignYear, code, history) : general);
  const catalogue = catalogueOf(asked.territoryCode);
  const level = (await territory(db, asked.territoryCode))?.level ?? '';
  // the particulars of a territory inside are needed to know what it withholds
  const catalogues = [general, catalogue, ...files.flatMap((file) => (file.campaignYear === asked.campaignYear && file.territory ? [catalogueOf(file.territory)] : []))];
  const keys = new Set(catalogues.flatMap(({ figures }) => figures.flatMap(questionsOf)));
  const compared = new Set(catalogues.flatMap((one) => [...comparedKeys(one)]));
  /** The year before under the names of this version: no evolution is computed over a declared break, nor from a part of what was split. */
  const pastRelease = async (past: Release): Promise<PastRelease> => {
    const earlier = await loadVersion(db, past.campaignYear);
    const versions = [...history.filter((v) => v.year !== version.year && v.year !== earlier.year), earlier.version, version.version];
    const names = pastNames(versions, compared, version.year, earlier.year);
    const wanted = new Set([...compared, ...[...names.values()].flatMap((name) => ('keys' in name ? name.keys : []))]);
    return { mainYear: earlier.mainDataYear, units: underNames(await unitsOf(reader, past, asked.territoryCode, wanted), names), names };
  };
  const whole: Whole = {
    version,
    units: await unitsOf(reader, release, asked.territoryCode, keys),
    ...(previous ? { previous: await pastRelease(previous) } : {}),
    campaignYear: asked.campaignYear,
    demonstration: release.manifest.demonstration,
    release: { id: release.id, number: release.number, contentHash: release.contentHash },
    catalogueOf,
  };
  const inside = await partsInside(db, reader, level, asked.territoryCode, whole, partMark);
  const { catalogueOf: _, ...input } = whole;
  return kept(mark, computeFigures({ ...input, territoryCode: asked.territoryCode, catalogue, administrative, ...(inside ? { parts: inside } : {}), closed: !isOpenLevel(level) }));
}

/** The data steward's working table (R77, R89): every figure, publishable or not, and why. Empty when nothing was released. */
export async function computeTables(db: Db, asked: Asked): Promise<readonly TableRow[]> {
  return (await figuresOf(db, asked))?.rows ?? [];
}

/** What a committee, a brochure and the public get: publishable figures only. */
export async function publishableFigures(db: Db, asked: Asked, reader?: ReleaseReader): Promise<PublishedSet | undefined> {
  return (await figuresOf(db, asked, reader))?.set;
}

export interface Counted {
  readonly number: number;
  /** Full-time equivalents of the year before, over the structures for which they are known; null: not known of any. */
  readonly volume: number | null;
}
export interface ResponseCounts {
  readonly approved: Counted;
  readonly solicited: Counted;
  readonly answered: Counted;
  readonly complete: Counted;
  /** Answered among solicited, in percent, by number and by volume; null: withheld or not known. */
  readonly rate: { readonly number: number | null; readonly volume: number | null };
}

/** The four published counts of a released campaign (R59), by number and by volume; volumes that disclosure withholds are null. */
export async function responseCounts(db: Db, asked: Asked): Promise<ResponseCounts | undefined> {
  const set = await publishableFigures(db, asked);
  return set && countsIn(set);
}

/** The same, read from a set at hand. */
export function countsIn(set: PublishedSet): ResponseCounts {
  const of = (id: string): number | undefined => set.figures.get(id)?.value;
  const counted = (id: string, volume: string): Counted => ({ number: of(id) ?? 0, volume: of(volume) ?? null });
  return {
    approved: counted('approved.total', 'campaign.approved.volume'),
    solicited: counted('campaign.solicited', 'campaign.solicited.volume'),
    answered: counted('campaign.answered', 'campaign.answered.volume'),
    complete: counted('campaign.complete', 'campaign.complete.volume'),
    rate: { number: of('response.rate') ?? null, volume: of('response.rate.volume') ?? null },
  };
}
