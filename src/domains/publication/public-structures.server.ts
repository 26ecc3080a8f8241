/** Register facts that a brochure and a public page show: approved structures of a release, where they stand, who is thanked and greeted. */
import { lastDayOf } from '../registry/index.ts';
import { structuresIn, territoriesByLevel, territory } from '../registry/index.server.ts';
import { releaseUnits } from '../statistics/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import type { Level } from '../../charts/palette.ts';
import type { PublicStructure } from './model.ts';

export interface Place {
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly departments: readonly string[];
}

const LEVELS: readonly Level[] = ['nation', 'region', 'department'];

/** The territory with the départements inside it; undefined when unknown. Levels below the département have no outline of their own. */
export async function placeOfTerritory(db: Db, code: string): Promise<Place | undefined> {
  const found = await territory(db, code);
  if (!found) return undefined;
  const level = LEVELS.find((l) => l === found.level) ?? 'department';
  const departments = found.level === 'department' ? [found.code] : level === 'department' ? [] : (await territoriesByLevel(db, 'department', found.code)).map((t) => t.code);
  return { code: found.code, name: found.name, level, departments };
}

/**
 * Approved structures of the release, inside a territory, with register facts as of the end of the main data year.
 * Thanked: answered and agreed to be listed. Sorted as the register sorts.
 */
export async function publicStructures(db: Db, wanted: { readonly releaseId: string; readonly territoryCode: string; readonly mainYear: number }): Promise<PublicStructure[]> {
  const units = new Map((await releaseUnits(db, wanted.releaseId, wanted.territoryCode, new Set())).map((u) => [u.structureId, u]));
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
