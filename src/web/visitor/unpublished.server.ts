/** What can be said of a territory that has published nothing: public facts of the register, and the nearest territory around it that has a page. */
import { lowerFirst } from '../../domains/publication/index.ts';
import { isOpenLevel } from '../../domains/disclosure/index.ts';
import { publishedTerritories } from '../../domains/publication/index.server.ts';
import { registerCodes, structuresIn, territory } from '../../domains/registry/index.server.ts';
import type { Db } from '../../platform/database.server.ts';

export interface Unpublished {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  /** Structures open today, by kind, in the order of their kinds. */
  readonly counts: readonly { readonly kind: string; readonly label: string; readonly n: number }[];
  /** Whether results may ever be published at this level: under a département they would isolate structures. */
  readonly opens: boolean;
  readonly nearest: { readonly code: string; readonly name: string; readonly level: string; readonly year: number } | null;
}

/** Undefined when the official geographic code knows no such territory. Four statements. */
export async function unpublishedTerritory(db: Db, code: string): Promise<Unpublished | undefined> {
  const place = await territory(db, code);
  if (!place) return undefined;
  const open = Map.groupBy(await structuresIn(db, code), (s) => s.kind as string);
  const { kinds } = await registerCodes(db);
  const published = new Map((await publishedTerritories(db)).map((t) => [t.code, t]));
  const around = place.ancestors.toReversed().find((a) => a !== code && published.has(a));
  const nearest = around ? published.get(around)! : undefined;
  return {
    code, name: place.name, level: place.level, counts: kinds.flatMap(({ code: kind, label, plural }) => {
      const n = open.get(kind)?.length ?? 0;
      return n === 0 ? [] : [{ kind, n, label: lowerFirst(n > 1 ? `${plural} agréés` : `${label} agréé`) }];
    }),
    opens: isOpenLevel(place.level),
    nearest: nearest ? { code: nearest.code, name: nearest.name, level: nearest.level, year: nearest.year } : null,
  };
}
