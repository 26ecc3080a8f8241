/** Figures of a territory, from its last release. A release never changes, so what is computed from it is kept in memory. */
import type { Db } from '../../platform/database.server.ts';
import type { PublishedSet } from '../disclosure/index.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { administrativeFigures } from './administrative.server.ts';
import { type Catalogue, catalogueFor } from './catalogue.ts';
import { figureFiles } from './content.server.ts';
import { questionsOf, VOLUME_KEY } from './engine.ts';
import type { AdministrativeFigure, FrozenUnit, TableRow } from './model.ts';
import { latestRelease, type Release, releaseUnits } from './release.server.ts';
import { computeFigures, type FigureOutput } from './tables.ts';

export interface Asked {
  readonly campaignYear: number;
  readonly territoryCode: string;
}

/** Last computed territories; one holds about half a megabyte. */
const KEPT = 24;
const cache = new Map<string, FigureOutput>();

/** A figure that an institution signed changes without a release: it is part of the mark. */
const markOf = (asked: Asked, release: Release, previous: Release | undefined, administrative: readonly AdministrativeFigure[]): string =>
  JSON.stringify([release.id, previous?.id ?? '', asked.territoryCode, administrative]);

/** A territory inside a wider release: where the survey is only tried out it still has figures of its own. */
async function unitsOf(db: Db, release: Release, territoryCode: string, keys: ReadonlySet<string>): Promise<FrozenUnit[]> {
  if (release.territoryCode === territoryCode) return releaseUnits(db, release.id, undefined, keys);
  const units = await releaseUnits(db, release.id, territoryCode, keys);
  const wide = units.some((unit) => unit.territoryCode !== territoryCode);
  return wide ? units : units.map((unit) => (unit.participation === 'test' ? { ...unit, participation: 'solicited' } : unit));
}

/** Questions read for the year before. */
const comparedKeys = ({ figures }: Catalogue): ReadonlySet<string> =>
  new Set([...figures.filter((figure) => figure.measure.kind === 'change' || (figure.year !== undefined && figure.year !== 'main')).flatMap(questionsOf), VOLUME_KEY]);

/** Rows and publishable set of a territory and campaign; undefined when nothing was released. Three statements when already computed. */
export async function figuresOf(db: Db, asked: Asked): Promise<FigureOutput | undefined> {
  const release = await latestRelease(db, asked);
  if (!release) return undefined;
  const previous = await latestRelease(db, { ...asked, campaignYear: asked.campaignYear - 1 });
  const administrative = await administrativeFigures(db, asked.campaignYear, asked.territoryCode);
  const mark = markOf(asked, release, previous, administrative);
  const known = cache.get(mark);
  if (known) {
    cache.delete(mark);
    cache.set(mark, known);
    return known;
  }
  const version = await loadVersion(db, asked.campaignYear);
  const catalogue = catalogueFor(await figureFiles(), version, asked.campaignYear, asked.territoryCode);
  const keys = new Set([...catalogue.figures.flatMap(questionsOf), VOLUME_KEY]);
  const output = computeFigures({
    version,
    units: await unitsOf(db, release, asked.territoryCode, keys),
    ...(previous ? { previous: { mainYear: (await loadVersion(db, previous.campaignYear)).mainDataYear, units: await unitsOf(db, previous, asked.territoryCode, comparedKeys(catalogue)) } } : {}),
    campaignYear: asked.campaignYear,
    territoryCode: asked.territoryCode,
    catalogue,
    administrative,
    demonstration: release.manifest.demonstration,
    release: { id: release.id, number: release.number, contentHash: release.contentHash },
  });
  cache.set(mark, output);
  for (const oldest of cache.keys()) {
    if (cache.size <= KEPT) break;
    cache.delete(oldest);
  }
  return output;
}

/** The data steward's working table (R77, R89): every figure, publishable or not, and why. Empty when nothing was released. */
export async function computeTables(db: Db, asked: Asked): Promise<readonly TableRow[]> {
  return (await figuresOf(db, asked))?.rows ?? [];
}

/** What a committee, a brochure and the public get: publishable figures only. */
export async function publishableFigures(db: Db, asked: Asked): Promise<PublishedSet | undefined> {
  return (await figuresOf(db, asked))?.set;
}
export const figuresForTerritory = publishableFigures;

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
  if (!set) return undefined;
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
