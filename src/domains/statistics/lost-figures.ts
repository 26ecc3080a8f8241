/** Figures that one questionnaire makes and a later one no longer does. Pure. */
import type { CompiledVersion } from '../questionnaire/index.ts';
import { catalogueFor } from './catalogue.ts';
import type { FigureFile } from './definition-parsing.ts';

/** General definitions only: the particulars of one campaign and territory are not carried from year to year. In the order of the catalogue. */
export function lostFigures(files: readonly FigureFile[], before: CompiledVersion, after: CompiledVersion): readonly { readonly id: string; readonly label: string }[] {
  const general = files.filter((file) => file.campaignYear === undefined);
  const kept = new Set(catalogueFor(general, after, after.year, 'FR').figures.map((f) => f.id));
  return catalogueFor(general, before, before.year, 'FR').figures.filter((f) => !kept.has(f.id)).map(({ id, label }) => ({ id, label }));
}
