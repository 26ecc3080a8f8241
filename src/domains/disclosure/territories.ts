/**
 * Between territories: a région minus the départements that publish gives back the ones that do not. Until optimal secondary suppression takes the whole
 * hierarchy as one system, a figure goes up withheld: the containing territory keeps silent as long as what is left of it, once the published parts are
 * subtracted, is one territory or does not pass the primary rules.
 */
import type { RawFigure, RevealedCell } from './model.ts';
import { type Contributors, primaryStatus } from './primary.ts';
import type { Thresholds } from './thresholds.ts';

/** Levels whose figures leave: their differences are guarded here. Smaller territories wait for secondary suppression. */
export const OPEN_LEVELS: readonly string[] = ['nation', 'region', 'department'];
export const isOpenLevel = (level: string): boolean => OPEN_LEVELS.includes(level);

/** A territory inside another, as an outsider sees it. A région lists its départements, a département has no parts. */
export interface TerritoryPart {
  readonly code: string;
  /** Ids of all the figures that it has, shown or not: `f@CS` is absent where there is one kind only, `f` then speaks for it. */
  readonly known: ReadonlySet<string>;
  /** Ids withheld for secrecy (not for want of answers), and those whose population is not that of the containing territory and cannot be brought to it. */
  readonly withheld: ReadonlySet<string>;
  readonly parts?: readonly TerritoryPart[];
}

/** Where the units of the containing territory stand, and the parts that an outsider can subtract. */
export interface Containing {
  /** By unit index: the code of the smallest part (département) that holds it. */
  readonly places: readonly string[];
  readonly parts: readonly TerritoryPart[];
}

const hides = (part: TerritoryPart, id: string): boolean => part.withheld.has(id) || (!part.known.has(id) && id.includes('@') && part.withheld.has(id.slice(0, id.indexOf('@'))));

/** Smallest parts that stay unknown when everything published is subtracted: neither they nor any territory between publish the figure. */
function unseen(parts: readonly TerritoryPart[], id: string): string[] {
  return parts.flatMap((part) => (!hides(part, id) ? [] : part.parts ? unseen(part.parts, id) : [part.code]));
}

function only(cell: RevealedCell, places: readonly string[], wanted: ReadonlySet<string>): RevealedCell {
  const inside = (unit: number): boolean => wanted.has(places[unit]!);
  if (cell.kind === 'count') return { ...cell, inside: cell.inside.filter(inside), outside: cell.outside.filter(inside) };
  if (cell.kind === 'position') return { ...cell, units: cell.units.filter(inside) };
  return { ...cell, units: cell.units.filter(inside), values: cell.values.filter((_, i) => inside(cell.units[i]!)) };
}

const sizeOf = (cell: RevealedCell): number => (cell.kind === 'count' ? cell.inside.length + cell.outside.length : cell.units.length);

/** Adds up over territories: counts, sums, and the means and shares made of them. A quantile does not; a rate rounded to the percent is too blunt. */
const adds = (figure: RawFigure): boolean => figure.cells.length > 0 && figure.cells.every((cell) => cell.kind !== 'position') && !figure.cells.every((cell) => cell.kind === 'sum' && cell.blunt);

/**
 * Ids of figures of the containing territory that, minus its published parts, would give back what a part withholds: exactly one part with answers is left,
 * or those left together break a primary rule (fewer than three contributors, dominance).
 */
export function givesBackAPart(figures: readonly RawFigure[], { places, parts }: Containing, contributors: Contributors, thresholds: Thresholds): Set<string> {
  const refused = new Set<string>();
  for (const figure of figures) {
    const { id, making } = figure.facts;
    if (making.sensitivity === 'public' || !adds(figure)) continue;
    const hidden = new Set(unseen(parts, id));
    if (hidden.size === 0) continue;
    const rest = figure.cells.map((cell) => only(cell, places, hidden));
    const left = new Set(rest.flatMap((cell) => (cell.kind === 'count' ? [...cell.inside, ...cell.outside] : cell.units)).map((unit) => places[unit]));
    if (left.size === 1 || (left.size > 1 && rest.some((cell) => sizeOf(cell) > 0 && primaryStatus(cell, making.sensitivity, contributors, thresholds)))) refused.add(id);
  }
  return refused;
}
