/** What the territories inside a région or the nation withhold, computed from the same release as the whole. Pure. */
import type { TerritoryPart } from '../disclosure/index.ts';
import type { FrozenUnit } from './model.ts';
import { computeFigures, type FigureInput, type FigureOutput } from './tables.ts';

/** A département counts what it only tries out; wider territories do not (R14). */
export const ofDepartment = (units: readonly FrozenUnit[]): FrozenUnit[] => units.map((unit) => (unit.participation === 'test' ? { ...unit, participation: 'solicited' } : unit));

/** The same words come back in every territory: kept once. */
const words = new Map<string, string>();
function kept(word: string): string {
  const known = words.get(word);
  if (known !== undefined) return known;
  words.set(word, word);
  return word;
}

/**
 * A computed territory as a part of a wider one. `tested`: kinds that it counts and that the wider one leaves out. A figure of several kinds, one of them
 * tested, tells the wider territory's share only to those who know each kind: unless all are shown, it is withheld from the subtraction.
 */
export function partOf(code: string, output: FigureOutput, tested: ReadonlySet<string>, parts?: readonly TerritoryPart[]): TerritoryPart {
  const rows = new Map(output.rows.map((row) => [row.id, row]));
  const withheld = new Set<string>();
  const known = new Set<string>();
  for (const row of output.rows) {
    const secret = row.status === 'withheld' && row.value !== null;
    const mixed = tested.size > 0 && row.base !== null && row.kinds.some((kind) => tested.has(kind)) && row.kinds.some((kind) => !tested.has(kind));
    const told = (): boolean => row.kinds.every((kind) => rows.has(`${row.id}@${kind}`) && !(rows.get(`${row.id}@${kind}`)!.status === 'withheld' && rows.get(`${row.id}@${kind}`)!.value !== null));
    if (secret || (mixed && !told())) withheld.add(kept(row.id));
    if (row.value !== null && row.id.includes('@')) known.add(kept(row.id));
  }
  return { code, known, withheld, ...(parts ? { parts } : {}) };
}

type Common = Omit<FigureInput, 'units' | 'previous' | 'territoryCode' | 'catalogue' | 'parts' | 'closed' | 'administrative'>;

export interface Whole extends Common {
  readonly units: readonly FrozenUnit[];
  readonly previous?: FigureInput['previous'];
  readonly catalogueOf: (territoryCode: string) => FigureInput['catalogue'];
}

/** The figures of one territory cut out of a wider release; `inside`: its départements. */
function cut(whole: Whole, code: string, inside: ReadonlySet<string>, department: boolean, parts?: readonly TerritoryPart[]): FigureOutput {
  const { units, previous, catalogueOf, ...common } = whole;
  const of = (all: readonly FrozenUnit[]): FrozenUnit[] => {
    const own = all.filter((unit) => inside.has(unit.territoryCode));
    return department ? ofDepartment(own) : own;
  };
  return computeFigures({
    ...common, territoryCode: code, catalogue: catalogueOf(code), units: of(units), ...(previous ? { previous: { ...previous, units: of(previous.units) } } : {}), ...(parts ? { parts } : {}),
  });
}

/** The figures of a département of a wider release: those of its own page, what institutions sign for it aside. */
export const departmentOutput = (whole: Whole, code: string): FigureOutput => cut(whole, code, new Set([code]), true);

/** A département of a wider release. */
export function departmentPart(whole: Whole, code: string, output: FigureOutput = departmentOutput(whole, code)): TerritoryPart {
  const tested = new Set(whole.units.filter((unit) => unit.territoryCode === code && unit.participation === 'test').map((unit) => unit.kind));
  return partOf(code, output, tested);
}

/** A région of a wider release, guarded by its départements. */
export const regionPart = (whole: Whole, code: string, departments: readonly TerritoryPart[]): TerritoryPart =>
  partOf(code, cut(whole, code, new Set(departments.map((part) => part.code)), false, departments), new Set(), departments);
