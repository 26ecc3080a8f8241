/**
 * Figures of one variable over populations that differ by one or two contributors give those contributors away by subtraction: 36 named respondents beside
 * 37 approved structures, all structures beside those of one kind, a panel beside a cross-section. What comes first in the catalogue is kept.
 */
import type { RawFigure, RevealedCell } from './model.ts';
import type { Contributors } from './primary.ts';

const populationOf = (cell: RevealedCell): readonly number[] => (cell.kind === 'count' ? [...cell.inside, ...cell.outside] : cell.units);

interface Population {
  readonly members: Set<number>;
  readonly mark: string;
}

/** Order-free fingerprint: most populations that differ are told apart by it; those that do not are compared unit by unit. */
function fingerprint(units: readonly number[]): string {
  let sum = 0;
  let mix = 0;
  for (const unit of units) {
    sum += unit;
    mix = (mix + Math.imul(unit ^ (unit << 13) ^ 0x5bd1e995, unit + 0x9e3779b1)) | 0;
  }
  return `${units.length}:${sum}:${mix}`;
}

/** Distinct contributors behind the units of `a` that are not in `b`, counted no further than `enough`. */
function distinctOutside(a: Set<number>, b: Set<number>, contributors: Contributors, enough: number): number {
  const seen = new Set<string | number>();
  for (const unit of a) {
    if (b.has(unit)) continue;
    seen.add(contributors[unit]!);
    if (seen.size >= enough) break;
  }
  return seen.size;
}

/**
 * True when subtracting a total over B from the same total over A leaves one or two contributors: 0 < |A \ B| + |B \ A| and each side below the minimum.
 * One on each side counts: either of the two, who knows his own value, learns the other's.
 */
export function nearlySame(a: Set<number>, b: Set<number>, contributors: Contributors, minimum: number): boolean {
  const onlyA = distinctOutside(a, b, contributors, minimum);
  if (onlyA >= minimum) return false;
  const onlyB = distinctOutside(b, a, contributors, minimum);
  return onlyB < minimum && onlyA + onlyB > 0;
}

/**
 * Stricter, for filters that a person chooses freely: refused when 0 < |P1 \ P2| < minimum or 0 < |P2 \ P1| < minimum against a population already
 * answered, since the third population that would complete the subtraction can be asked for as well.
 */
export function filterTooClose(wanted: Set<number>, answered: Set<number>, contributors: Contributors, minimum: number): boolean {
  const thin = (n: number): boolean => n > 0 && n < minimum;
  return thin(distinctOutside(wanted, answered, contributors, minimum)) || thin(distinctOutside(answered, wanted, contributors, minimum));
}

/** Ids of figures to withhold, in catalogue order, given the figures that have passed the primary rules. */
export function tooCloseToAnother(figures: readonly RawFigure[], contributors: Contributors, minimum: number): Set<string> {
  const keptByVariable = new Map<string, Population[]>();
  const refused = new Set<string>();
  for (const figure of figures) {
    const { sensitivity } = figure.facts.making;
    const cells = figure.cells.filter((cell) => sensitivity !== 'public' && !(sensitivity === 'visible' && cell.kind === 'count') && !(cell.kind === 'sum' && cell.blunt));
    const populations = cells.map((cell) => {
      const units = populationOf(cell);
      return { variable: cell.variable, mark: fingerprint(units), units };
    });
    const fresh: { variable: string; population: Population }[] = [];
    let clash = false;
    for (const { variable, mark, units } of populations) {
      const kept = keptByVariable.get(variable) ?? [];
      if (kept.some((other) => other.mark === mark && units.every((unit) => other.members.has(unit)))) continue;
      const members = new Set(units);
      if (kept.some((other) => nearlySame(members, other.members, contributors, minimum))) {
        clash = true;
        break;
      }
      fresh.push({ variable, population: { members, mark } });
    }
    if (clash) {
      refused.add(figure.facts.id);
      continue;
    }
    for (const { variable, population } of fresh) keptByVariable.set(variable, [...(keptByVariable.get(variable) ?? []), population]);
  }
  return refused;
}
