/** The history of one structure as periods side by side, and how a change from a day on enters it. */
import type { TerritoryCode } from '../../kernel/territory-code.ts';
import type { StructureFacts, StructureVersion } from './model.ts';

export type TimelineVersion = Omit<StructureVersion, 'source' | 'recordedAt'>;
export type TimelineChange = Partial<StructureFacts> & { readonly departmentCode?: TerritoryCode };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Values of `change` that say other than the version. */
export function differing(version: TimelineVersion, change: TimelineChange): TimelineChange {
  return Object.fromEntries(Object.entries(change).filter(([fact, value]) => value !== undefined && !same(version[fact as keyof TimelineVersion], value)));
}

/** The version in force on a day, or the first one for an earlier day. `history` in any order, not empty. */
export function versionOn(history: readonly TimelineVersion[], day: string): TimelineVersion {
  const sorted = history.toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
  return sorted.findLast((v) => v.validFrom <= day) ?? sorted[0]!;
}

/**
 * Versions to write so that `change` is true from `from` on (empty when it already is). The version in force is cut there. A later version that
 * said the same as the version in force takes the change too; one that had moved on keeps its own word.
 */
export function splice(history: readonly TimelineVersion[], from: string, change: TimelineChange): TimelineVersion[] {
  const sorted = history.toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
  const base = versionOn(sorted, from);
  const news = differing(base, change);
  if (Object.keys(news).length === 0) return [];
  const written: TimelineVersion[] = [];
  if (base.validFrom < from) written.push({ ...base, validTo: from });
  // before the first version: a new first one, up to it
  const validTo = from < base.validFrom ? base.validFrom : base.validTo;
  written.push({ ...base, ...news, validFrom: from, validTo });
  for (const later of sorted.filter((v) => v.validFrom > from)) {
    const carried = Object.fromEntries(Object.entries(news).filter(([fact]) => same(later[fact as keyof TimelineVersion], base[fact as keyof TimelineVersion])));
    if (Object.keys(carried).length > 0) written.push({ ...later, ...carried });
  }
  return written;
}
