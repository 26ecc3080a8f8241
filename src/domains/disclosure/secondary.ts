/**
 * The place of secondary suppression: what must be withheld beside the primary cells, so that nobody can compute these back.
 * A `SecondaryStep` receives what is withheld so far and says what else must be. The step below is the cautious one that holds until the optimal
 * one (Fischetti and Salazar) with its independent audit takes this place: as soon as one part of a whole is withheld, all its parts are; and a total withheld
 * beside parts that are all shown is their sum: the smallest part then goes with it.
 */
import type { AdditiveGroup, RawFigure } from './model.ts';

export type SecondaryStep = (input: {
  readonly figures: readonly RawFigure[];
  readonly withheld: ReadonlySet<string>;
  readonly groups: readonly AdditiveGroup[];
}) => ReadonlySet<string>;

export const withholdWholeGroups: SecondaryStep = ({ figures, withheld, groups }) => {
  const size = new Map(figures.map(({ facts }) => [facts.id, Math.abs(facts.exact)]));
  const smallest = (parts: readonly string[]): string | undefined => parts.toSorted((a, b) => (size.get(a) ?? 0) - (size.get(b) ?? 0))[0];
  /** Parts withheld for their total's sake alone: the others may stay, two are unknown. */
  const forTotal = new Map<AdditiveGroup, string>();
  const all = new Set(withheld);
  const added = new Set<string>();
  for (let grown = true; grown; ) {
    grown = false;
    for (const group of groups) {
      const hidden = group.parts.filter((part) => all.has(part));
      if (hidden.length === 0) {
        const part = group.total !== undefined && all.has(group.total) ? smallest(group.parts) : undefined;
        if (part === undefined) continue;
        forTotal.set(group, part);
        all.add(part);
        added.add(part);
        grown = true;
        continue;
      }
      if (hidden.length === 1 && hidden[0] === forTotal.get(group)) continue;
      for (const part of group.parts) {
        if (all.has(part)) continue;
        all.add(part);
        added.add(part);
        grown = true;
      }
    }
  }
  return added;
};
