/**
 * Where the meaning of a question stands in another version: the one rule that figures, N-1, rules and the series of a figure follow (the history of a question, `series.ts`, tells its events one by one). One step goes between two versions that
 * stand side by side in the house, by what the later one tells (`lineage`) and what the earlier one tells when it came in afterwards (`becomes`). Pure.
 */
import type { Lineage, QuestionnaireVersion } from './model.ts';

/** What is needed of a version to follow names through it. */
export type VersionNames = Pick<QuestionnaireVersion, 'year' | 'lineage' | 'becomes'> & { readonly questions: readonly { readonly key: string }[] };

/** Keys whose sum carries the meaning (a single one: itself), or what took it away. */
export type Step = { readonly keys: readonly string[] } | { readonly lost: Lineage };

/** As {@link Step}, over several versions: `year`, the version at which the meaning was lost; without event, the question is simply not asked there. */
export type Followed = { readonly keys: readonly string[] } | { readonly lost: true; readonly year: number; readonly event?: Lineage };

/** What happened between two versions side by side; what the later one tells comes first. */
export function eventsBetween(later: Pick<VersionNames, 'lineage'>, told: readonly Lineage[] = []): readonly Lineage[] {
  const own = later.lineage ?? [];
  return [...own, ...told.filter(({ to }) => !own.some((event) => event.to.some((key) => to.includes(key))))];
}

/** From the later version to the earlier: a renamed key by its former name, a merged one as the sum of its parts, all the parts of a split as what they were. */
export function stepBack(events: readonly Lineage[], keys: readonly string[]): Step {
  const rest = new Set(keys);
  const before: string[] = [];
  for (const event of events) {
    const inside = event.to.filter((key) => rest.has(key));
    if (inside.length === 0) continue;
    if (event.kind === 'break' || (event.kind === 'split' && inside.length < event.to.length)) return { lost: event };
    for (const key of inside) rest.delete(key);
    before.push(...event.from);
  }
  return onward(events, before, rest, 'from');
}

/** From the earlier version to the later: a renamed key by its new name, all the parts of a merger as the merged one; split, dropped or broken, it is lost. */
export function stepForward(events: readonly Lineage[], keys: readonly string[]): Step {
  const rest = new Set(keys);
  const after: string[] = [];
  for (const event of events) {
    const inside = event.from.filter((key) => rest.has(key));
    if (inside.length === 0) continue;
    if (event.kind !== 'renamed' && !(event.kind === 'merged' && inside.length === event.from.length)) return { lost: event };
    for (const key of inside) rest.delete(key);
    after.push(...event.to);
  }
  return onward(events, after, rest, 'to');
}

/** Keys named nowhere go on; one that an event gives to another question on the other side is not the same question. */
function onward(events: readonly Lineage[], found: readonly string[], rest: ReadonlySet<string>, side: 'from' | 'to'): Step {
  const taken = events.find((event) => event[side].some((key) => rest.has(key)));
  return taken ? { lost: taken } : { keys: [...new Set([...found, ...rest])] };
}

const asks = (version: VersionNames, keys: readonly string[]): boolean => keys.every((key) => version.questions.some((q) => q.key === key));

/** Keys of version `from` (their sum, when several) as version `to` asks them; both are among `versions`. A year between that did not ask them is a gap, not an end. */
export function followKeys(versions: readonly VersionNames[], keys: readonly string[], from: number, to: number): Followed {
  const sorted = versions.toSorted((a, b) => a.year - b.year);
  const [first, last] = [sorted.findIndex((v) => v.year === from), sorted.findIndex((v) => v.year === to)];
  if (first < 0 || last < 0) throw new Error(`no version ${first < 0 ? from : to}`);
  const way = Math.sign(last - first);
  let present = keys;
  for (let i = first; i !== last; i += way) {
    const [earlier, later] = way > 0 ? [sorted[i]!, sorted[i + 1]!] : [sorted[i - 1]!, sorted[i]!];
    const events = eventsBetween(later, earlier.becomes);
    const step = way > 0 ? stepForward(events, present) : stepBack(events, present);
    if ('lost' in step) return { lost: true, year: later.year, event: step.lost };
    present = step.keys;
  }
  return asks(sorted[last]!, present) ? { keys: present } : { lost: true, year: to };
}

/**
 * Keys written for any version (a figure's), as version `year` asks them: as they are when it asks them all; else from the nearest version that does, the earlier ones first.
 * Several that no version ever asked together are followed one by one. Lost, the nearest version says why.
 */
export function keysIn(versions: readonly VersionNames[], keys: readonly string[], year: number): Followed {
  const target = versions.find((v) => v.year === year);
  if (!target) throw new Error(`no version ${year}`);
  if (asks(target, keys)) return { keys };
  const homes = versions.filter((v) => v.year !== year && asks(v, keys)).toSorted((a, b) => Number(a.year > year) - Number(b.year > year) || Math.abs(a.year - year) - Math.abs(b.year - year));
  const readings = homes.map((home) => followKeys(versions, keys, home.year, year));
  if (homes.length === 0 && keys.length > 1) {
    const alone = keys.map((key) => keysIn(versions, [key], year));
    return alone.find((reading) => 'lost' in reading) ?? { keys: [...new Set(alone.flatMap((reading) => ('keys' in reading ? reading.keys : [])))] };
  }
  return readings.find((reading) => 'keys' in reading) ?? readings[0] ?? { lost: true, year };
}
