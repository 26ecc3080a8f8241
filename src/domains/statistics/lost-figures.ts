/** Figures that one questionnaire makes and a later one no longer does, or no longer beside the years before. Pure. */
import { type CompiledVersion, followKeys, type VersionNames } from '../questionnaire/index.ts';
import { catalogueFor, type LostFigure } from './catalogue.ts';
import type { FigureFile } from './definition-parsing.ts';
import { translated } from './following.ts';

/**
 * General definitions only: the particulars of one campaign and territory are not carried from year to year. In the order of the catalogue. A question renamed or merged loses
 * nothing; one split, dropped or broken does, and says why. `history`: the other versions in which definitions may have been written.
 */
export function lostFigures(files: readonly FigureFile[], before: CompiledVersion, after: CompiledVersion, history: readonly VersionNames[] = []): readonly LostFigure[] {
  const general = files.filter((file) => file.campaignYear === undefined);
  const all = [...history.filter((v) => v.year !== before.year && v.year !== after.year), before.version, after.version];
  const kept = new Set(catalogueFor(general, after, after.year, 'FR', all).figures.map((f) => f.id));
  const side = [before.version, after.version];
  return catalogueFor(general, before, before.year, 'FR', all).figures.flatMap((figure): LostFigure[] => {
    const { id, label } = figure;
    const there = translated(figure, (keys) => followKeys(side, keys, before.year, after.year));
    if ('lost' in there) return [{ id, label, reason: there.lost }];
    return kept.has(id) ? [] : [{ id, label, reason: 'La réponse ou la ligne qui le fait n’est plus proposée.' }];
  });
}
