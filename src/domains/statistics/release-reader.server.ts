/**
 * Where figures take the units of releases from: the database at each time, or, for a run over many territories of the same releases (publishing every page of a
 * campaign), each release read once and cut in memory. Handed from door to door and forgotten with the run: nothing of it outlives who holds it.
 */
import { sql } from 'kysely';
import type { Db } from '../../platform/database.server.ts';
import { territory } from '../registry/index.server.ts';
import type { FrozenUnit } from './model.ts';
import { type Release, releaseUnits } from './release.server.ts';
import type { FigureOutput } from './tables.ts';

export interface ReleaseReader {
  /** As {@link releaseUnits}, of the release itself when the territory is the release's own. */
  readonly units: (release: Release, territoryCode: string, keys: ReadonlySet<string>) => Promise<readonly FrozenUnit[]>;
  /** Départements that a wider territory had computed to know what they withhold, waiting for their own page. */
  readonly computed: { readonly put: (mark: string, output: FigureOutput) => void; /** Given once. */ readonly take: (mark: string) => FigureOutput | undefined };
}

/** For one territory: reads no more than it needs, keeps nothing. */
export const readerOnce = (db: Db): ReleaseReader => ({
  units: (release, code, keys) => releaseUnits(db, release.id, release.territoryCode === code ? undefined : code, keys),
  computed: { put: () => {}, take: () => undefined },
});

/** Every territory inside another, itself too, in any geographic code. */
async function codesInside(db: Db, code: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ code: string }>`select distinct t.code from registry.territory t where t.ancestors @> array[${code}::text]`.execute(db);
  return new Set(rows.map((row) => row.code));
}

/** For a run: a national release and the year before take some hundred megabytes until it ends. */
export function readerOfRun(db: Db): ReleaseReader {
  const whole = new Map<string, readonly FrozenUnit[]>();
  const places = new Map<string, ReadonlySet<string>>();
  const outputs = new Map<string, FigureOutput>();
  return {
    units: async (release, code, keys) => {
      const mark = JSON.stringify([release.id, [...keys].toSorted()]);
      const all = whole.get(mark) ?? (await releaseUnits(db, release.id, undefined, keys));
      whole.set(mark, all);
      if (release.territoryCode === code) return all;
      if ((await territory(db, code))?.level === 'department') return all.filter((unit) => unit.territoryCode === code);
      const inside = places.get(code) ?? (await codesInside(db, code));
      places.set(code, inside);
      return all.filter((unit) => inside.has(unit.territoryCode) || inside.has(unit.register.communeCode ?? ''));
    },
    computed: {
      put: (mark, output) => void outputs.set(mark, output),
      take: (mark) => {
        const output = outputs.get(mark);
        outputs.delete(mark);
        return output;
      },
    },
  };
}
