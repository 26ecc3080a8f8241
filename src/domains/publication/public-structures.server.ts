/** Register facts that a brochure and a public page show: approved structures of a release, where they stand, who is thanked and greeted. */
import { isOpenLevel } from '../disclosure/index.ts';
import { lastDayOf } from '../registry/index.ts';
import { structuresIn, territoriesByLevel, territory } from '../registry/index.server.ts';
import { readerOnce, type Release, type ReleaseReader } from '../statistics/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import type { Level } from '../../charts/palette.ts';
import type { PublicStructure } from './model.ts';

export interface Place {
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly departments: readonly string[];
}

/** The territory with the départements inside it; undefined when unknown or smaller than a département: nothing of it leaves. */
export async function placeOfTerritory(db: Db, code: string): Promise<Place | undefined> {
  const found = await territory(db, code);
  if (!found || !isOpenLevel(found.level)) return undefined;
  const level = found.level as Level;
  const departments = level === 'department' ? [found.code] : (await territoriesByLevel(db, 'department', found.code)).map((t) => t.code);
  return { code: found.code, name: found.name, level, departments };
}

/**
 * Approved structures of the release, inside a territory, with register facts as of the end of the main data year.
 * Thanked: answered and agreed to be listed. Sorted as the register sorts.
 */
export async function publicStructures(db: Db, wanted: { readonly release: Release; readonly territoryCode: string; readonly mainYear: number }, reader: ReleaseReader = readerOnce(db)): Promise<PublicStructure[]> {
  const units = new Map((await reader.units(wanted.release, wanted.territoryCode, new Set())).map((u) => [u.structureId, u]));
  const records = await structuresIn(db, wanted.territoryCode, { on: lastDayOf(wanted.mainYear), closedToo: true });
  return records.flatMap((r): PublicStructure[] => {
    const unit = units.get(r.structureId);
    if (!unit) return [];
    return [{
      name: unit.register.name,
      commune: r.communeName,
      department: unit.territoryCode,
      kind: unit.kind,
      latitude: r.position?.latitude ?? null,
      longitude: r.position?.longitude ?? null,
      isNew: unit.participation === 'newly_approved',
      thanked: (unit.responseState === 'frozen' || unit.responseState === 'validated') && unit.register.listed !== false,
    }];
  });
}
