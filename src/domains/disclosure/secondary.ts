/**
 * The place of secondary suppression: what must be withheld beside the primary cells, so that nobody can compute these back.
 * A `SecondaryStep` receives what is withheld so far and says what else must be. The step below is the cautious one that holds until the optimal
 * one (Fischetti and Salazar) with its independent audit takes this place: as soon as one part of a whole is withheld, all its parts are.
 */
import type { AdditiveGroup, RawFigure } from './model.ts';

export type SecondaryStep = (input: {
  readonly figures: readonly RawFigure[];
  readonly withheld: ReadonlySet<string>;
  readonly groups: readonly AdditiveGroup[];
}) => ReadonlySet<string>;

export const withholdWholeGroups: SecondaryStep = ({ withheld, groups }) => {
  const all = new Set(withheld);
  const added = new Set<string>();
  for (let grown = true; grown; ) {
    grown = false;
    for (const group of groups) {
      if (!group.parts.some((part) => all.has(part))) continue;
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
