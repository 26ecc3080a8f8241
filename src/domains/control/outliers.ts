/**
 * Values unlike those of comparable structures (methods of editing: robust z, Iglewicz and Hoaglin 1993).
 * z = |x − median| / (1.4826 MAD), on logarithms for money; when the MAD is 0, IQR / 1.349 takes its place; when that is 0 too, nothing can be said.
 * Groups: kind × size class (quartile of the full-time equivalents of the year before) × zone; a group under `minGroup` pools to kind × size, then kind.
 */
export interface OutlierUnit {
  readonly id: string;
  readonly kind: string;
  /** Full-time equivalents of the year before (or of this one when unknown); null: in no size class. */
  readonly size: number | null;
  readonly zone: string | null;
  /** Values by target (`staff_fte`, `key.row.col`), for one data year. */
  readonly values: { readonly [target: string]: number | undefined };
}

export interface OutlierParams {
  readonly z: number;
  readonly minGroup: number;
}

/** Quantile of sorted values, type 7 (R's default). */
export function quantile(sorted: readonly number[], p: number): number {
  const h = (sorted.length - 1) * p;
  const low = Math.floor(h);
  return sorted[low]! + (h - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}
const median = (sorted: readonly number[]): number => quantile(sorted, 0.5);
const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

/** Centre and spread of a group; undefined when it has no spread at all. */
export function robustScale(values: readonly number[]): { centre: number; scale: number } | undefined {
  if (values.length === 0) return undefined;
  const sorted = ascending(values);
  const centre = median(sorted);
  const mad = median(ascending(sorted.map((x) => Math.abs(x - centre))));
  const scale = mad > 0 ? 1.4826 * mad : (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.349;
  return scale > 0 ? { centre, scale } : undefined;
}

/** Size class 1 to 4 of each unit, by quartiles within its kind; 0 when its size is not known. */
function sizeClasses(units: readonly OutlierUnit[]): Map<string, number> {
  const cuts = new Map<string, number[]>();
  for (const [kind, members] of Map.groupBy(units, (u) => u.kind)) {
    const sizes = ascending(members.flatMap((u) => (u.size === null ? [] : [u.size])));
    cuts.set(kind, sizes.length > 0 ? [0.25, 0.5, 0.75].map((p) => quantile(sizes, p)) : []);
  }
  return new Map(units.map((u) => [u.id, u.size === null ? 0 : 1 + (cuts.get(u.kind) ?? []).filter((cut) => u.size! > cut).length]));
}

/**
 * Prepares the answer to "is this value unlike the others?" for every unit. `logarithms`: targets that are amounts of money.
 * The function returned says true, false, or undefined when it cannot be said (no value, amount not above zero on a logarithm, group too small or without spread).
 */
export function outlierJudge(units: readonly OutlierUnit[], logarithms: ReadonlySet<string>): (id: string, target: string, params: OutlierParams) => boolean | undefined {
  const classes = sizeClasses(units);
  const byId = new Map(units.map((u) => [u.id, u]));
  const keysOf = (u: OutlierUnit): string[] => [`${u.kind}|${classes.get(u.id)}|${u.zone ?? ''}`, `${u.kind}|${classes.get(u.id)}`, u.kind];
  const value = (u: OutlierUnit, target: string): number | undefined => {
    const x = u.values[target];
    if (x === undefined || !logarithms.has(target)) return x;
    return x > 0 ? Math.log(x) : undefined;
  };
  const groups = new Map<string, Map<string, number[]>>();
  const groupsOf = (target: string): Map<string, number[]> => {
    const known = groups.get(target);
    if (known) return known;
    const made = new Map<string, number[]>();
    for (const u of units) {
      const x = value(u, target);
      if (x === undefined) continue;
      for (const key of keysOf(u)) {
        const members = made.get(key);
        if (members) members.push(x);
        else made.set(key, [x]);
      }
    }
    groups.set(target, made);
    return made;
  };
  const scales = new Map<string, ReturnType<typeof robustScale>>();
  return (id, target, params) => {
    const u = byId.get(id);
    const x = u && value(u, target);
    if (!u || x === undefined) return undefined;
    const made = groupsOf(target);
    const key = keysOf(u).find((k) => (made.get(k)?.length ?? 0) >= params.minGroup);
    if (!key) return undefined;
    const cacheKey = `${target} ${key}`;
    if (!scales.has(cacheKey)) scales.set(cacheKey, robustScale(made.get(key)!));
    const scale = scales.get(cacheKey);
    return scale && Math.abs(x - scale.centre) / scale.scale > params.z;
  };
}

/** Targets that a rule asks about: the argument of each `outlier(…)` in its assertion. */
export const outlierTargets = (expression: string): string[] => [...expression.matchAll(/\boutlier\(\s*([\w.]+)\s*\)/g)].map((m) => m[1]!);
