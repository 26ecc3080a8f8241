/** Gathers what a composition needs: figures of the territory, register facts, national sheet, coverage. */
import { coverage } from '../campaign/index.server.ts';
import type { PublishedSet } from '../disclosure/index.ts';
import { institutionsOf, registerCodes, territoriesByLevel } from '../registry/index.server.ts';
import { latestRelease, publishableFigures, type Release, type ReleaseReader } from '../statistics/index.server.ts';
import { NATION } from '../../kernel/territory-code.ts';
import type { Db } from '../../platform/database.server.ts';
import type { CompositionInput } from './compose.ts';
import type { BrochureTexts, Coverage, PublicStructure } from './model.ts';
import { nationalSheetOf } from './national-sheet.server.ts';
import { type Place, placeOfTerritory, publicStructures } from './public-structures.server.ts';
import { type NationalSheetWords, sheetCoverage } from './sections/closing.ts';
import { defaultTexts } from './texts.ts';

export interface Wanted {
  readonly year: number;
  readonly territory: string;
}

/** Names of the Caf and of the federation of a territory, for covers, signatures and contacts. */
export async function institutionNames(db: Db, territory: string): Promise<{ caf?: string; federation?: string }> {
  const all = await institutionsOf(db, territory);
  const caf = all.find((i) => i.kind === 'caf')?.name ?? all.find((i) => i.side === 'caf')?.name;
  const federation = all.find((i) => i.kind === 'federation')?.name ?? all.find((i) => i.side === 'federation' && (i.kind !== 'national_federation' || territory === NATION))?.name;
  return { ...(caf ? { caf } : {}), ...(federation ? { federation } : {}) };
}

async function national(db: Db, year: number): Promise<NationalSheetWords | null> {
  const content = await nationalSheetOf(db, year);
  if (!content) return null;
  const names = new Map((await territoriesByLevel(db, 'department')).map((t) => [t.code as string, t.name]));
  return { content, coverage: sheetCoverage(content, content.computed ? await campaignCoverage(db, year) : new Map()), names, campaignYear: year };
}

/** The widest coverage of each département, any kind of structure. */
async function campaignCoverage(db: Db, year: number): Promise<Map<string, Coverage>> {
  const rank: readonly Coverage[] = ['surveyed', 'test', 'not_yet'];
  const states = new Map<string, Coverage>();
  for (const row of await coverage(db, year)) {
    const known = states.get(row.territory);
    if (!known || rank.indexOf(row.status as Coverage) < rank.indexOf(known)) states.set(row.territory, row.status as Coverage);
  }
  return states;
}

/** What a territory's page and its brochure both say. */
export interface Portrait {
  readonly place: Place;
  readonly release: Release;
  readonly set: PublishedSet;
  readonly structures: readonly PublicStructure[];
  readonly demonstration: boolean;
}

/** Undefined when the territory is unknown or smaller than a département, or when nothing was released. `reader`: that of a run over many territories. */
export async function portrait(db: Db, wanted: Wanted, demonstration: boolean, reader?: ReleaseReader): Promise<Portrait | undefined> {
  const asked = { campaignYear: wanted.year, territoryCode: wanted.territory };
  const place = await placeOfTerritory(db, wanted.territory);
  const release = place && (await latestRelease(db, asked));
  const set = release && (await publishableFigures(db, asked, reader));
  if (!place || !release || !set) return undefined;
  return { place, release, set, structures: await publicStructures(db, { release, territoryCode: wanted.territory, mainYear: set.mainYear }, reader), demonstration: demonstration || release.manifest.demonstration };
}

export interface Gathered {
  readonly set: PublishedSet;
  readonly input: Omit<CompositionInput, 'texts' | 'date'>;
}

/** What a brochure is composed of; undefined as {@link portrait}. */
export async function gather(db: Db, wanted: Wanted, demonstration: boolean): Promise<Gathered | undefined> {
  const found = await portrait(db, wanted, demonstration);
  if (!found) return undefined;
  const { place, release, set, structures } = found;
  return {
    set,
    input: {
      territory: { code: place.code, name: place.name, level: place.level },
      departments: place.departments,
      set,
      dataYears: release.manifest.dataYears,
      structures,
      kinds: (await registerCodes(db)).kinds,
      national: await national(db, wanted.year),
      demonstration: found.demonstration,
    },
  };
}

export const textsFor = async (db: Db, territory: string): Promise<BrochureTexts> => defaultTexts(await institutionNames(db, territory));
