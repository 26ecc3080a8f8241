import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS, givesBackAPart, primaryStatus, protect, type RawFigure, type TerritoryPart } from './index.ts';

interface Unit { readonly department: string; readonly value: number; readonly who: number }

const sumOf = (units: readonly Unit[], id = 'f'): RawFigure => ({
  facts: {
    id, label: id, shortLabel: id, section: 'test', exact: units.reduce((n, u) => n + u.value, 0), rounded: 0, unit: 'persons', decimals: 0, qualifier: null, base: units.length, responses: units.length,
    year: 2016, kinds: ['CS'], territoryCode: 'x', origin: 'survey',
    making: { definition: '', population: '', baseText: '', rounding: '', sensitivity: 'declared', questions: [], source: '', releaseNumber: 1, releaseHash: 'h' },
  },
  cells: [{ kind: 'sum', variable: 'v', units: units.map((_, i) => i), values: units.map((u) => u.value) }],
});

const REGIONS: { readonly [region: string]: readonly string[] } = { R1: ['a', 'b'], R2: ['c', 'd', 'e'], R3: ['f'] };

/** Publishes a nation as the house does, from the départements up; gives which territories show the figure. */
function publish(units: readonly Unit[]): { shown: Set<string>; total: (inside: readonly string[]) => number } {
  const shown = new Set<string>();
  const guard = (code: string, inside: readonly Unit[], parts?: readonly TerritoryPart[]): TerritoryPart => {
    const out = protect(inside.length === 0 ? [] : [sumOf(inside)], { contributors: inside.map((u) => u.who), ...(parts ? { containing: { places: inside.map((u) => u.department), parts } } : {}) });
    if (out.publishable.length > 0) shown.add(code);
    return { code, known: new Set(['f']), withheld: new Set(out.withheld.keys()), ...(parts ? { parts } : {}) };
  };
  const regions = Object.entries(REGIONS).map(([region, departments]) => {
    const parts = departments.map((d) => guard(d, units.filter((u) => u.department === d)));
    return guard(region, units.filter((u) => departments.includes(u.department)), parts);
  });
  guard('FR', units, regions);
  return { shown, total: (inside) => units.filter((u) => inside.includes(u.department)).reduce((n, u) => n + u.value, 0) };
}

const ALL = Object.values(REGIONS).flat();
const insideOf = (code: string): readonly string[] => (code === 'FR' ? ALL : (REGIONS[code] ?? [code]));

/** Every département that an outsider works out by adding and subtracting what is shown: Gauss on « territory = sum of its départements ». */
function workedOut(shown: ReadonlySet<string>, present: readonly string[], total: (inside: readonly string[]) => number): Map<string, number> {
  const rows = [...shown].map((code) => ({ at: present.map((d) => Number(insideOf(code).includes(d))), value: total(insideOf(code)) }));
  let top = 0;
  for (let column = 0; column < present.length; column++) {
    const pivot = rows.findIndex((row, i) => i >= top && Math.abs(row.at[column]!) > 1e-9);
    if (pivot < 0) continue;
    [rows[top], rows[pivot]] = [rows[pivot]!, rows[top]!];
    const lead = rows[top]!;
    const by = lead.at[column]!;
    lead.at = lead.at.map((x) => x / by);
    lead.value /= by;
    for (const [i, row] of rows.entries()) {
      const factor = row.at[column]!;
      if (i === top || Math.abs(factor) < 1e-9) continue;
      row.at = row.at.map((x, k) => x - factor * lead.at[k]!);
      row.value -= factor * lead.value;
    }
    top++;
  }
  const found = new Map<string, number>();
  for (const row of rows) {
    const known = present.filter((_, i) => Math.abs(row.at[i]!) > 1e-9);
    if (known.length === 1) found.set(known[0]!, row.value);
  }
  return found;
}

const centres = (department: string, ...values: number[]): Unit[] => values.map((value, i) => ({ department, value, who: (department.codePointAt(0) ?? 0) * 100 + i }));

describe('between territories', () => {
  it('a région does not give back the one département that withholds', () => {
    const units = [...centres('a', 5, 7), ...centres('b', 4, 4, 4, 4)];
    const { shown, total } = publish(units);
    // région minus the published département would be the two centres of the other
    expect(total(['a', 'b']) - total(['b'])).toBe(12);
    expect([...shown]).toEqual(['b']);
  });

  it('two that withhold hide each other only when together they pass the rules', () => {
    const small = [...centres('c', 5, 7), ...centres('d', 6, 6), ...centres('e', 4, 4, 4)];
    expect(publish(small).shown).toContain('R2');
    const one = { ...centres('d', 6)[0]!, who: small[0]!.who };
    expect(publish([...centres('c', 5, 7), one, ...centres('e', 4, 4, 4)]).shown).not.toContain('R2');
    expect(publish([...centres('c', 500, 7), ...centres('d', 6, 6), ...centres('e', 4, 4, 4)]).shown).not.toContain('R2');
  });

  it('goes up to the nation', () => {
    const big = ALL.filter((d) => d !== 'a').flatMap((d) => centres(d, 4, 4, 4, 4));
    const { shown } = publish([...centres('a', 5, 7), ...big]);
    expect([...shown].toSorted()).toEqual(['R2', 'R3', 'b', 'c', 'd', 'e', 'f']);
    expect(publish([...centres('a', 5, 7), ...centres('b', 4, 4, 4, 4), ...centres('c', 3, 3), ...big.filter((u) => !['b', 'c'].includes(u.department))]).shown).toContain('FR');
  });

  it('reads a kind from the whole where a part has that kind only, and leaves out what has no answer there', () => {
    const units = [...centres('a', 5, 7), ...centres('b', 4, 4, 4, 4)];
    const refused = (parts: readonly TerritoryPart[]) => givesBackAPart([sumOf(units, 'f@CS')], { places: units.map((u) => u.department), parts }, units.map((u) => u.who), DEFAULT_THRESHOLDS).has('f@CS');
    const b: TerritoryPart = { code: 'b', known: new Set(['f', 'f@CS']), withheld: new Set() };
    expect(refused([{ code: 'a', known: new Set(['f']), withheld: new Set(['f']) }, b])).toBe(true);
    expect(refused([{ code: 'a', known: new Set(['f', 'f@CS']), withheld: new Set(['f']) }, b])).toBe(false);
    expect(refused([{ code: 'a', known: new Set(['f']), withheld: new Set() }, { code: 'z', known: new Set(['f']), withheld: new Set(['f']) }, b])).toBe(false);
  });

  it('for any data, no sum and difference of what is shown gives a withheld département', () => {
    const unit = fc.record({ department: fc.constantFrom(...ALL), value: fc.integer({ min: 1, max: 60 }), who: fc.integer({ min: 0, max: 14 }) });
    fc.assert(fc.property(fc.array(unit, { minLength: 1, maxLength: 40 }), (units) => {
      const { shown, total } = publish(units);
      const present = ALL.filter((d) => units.some((u) => u.department === d));
      for (const [department, value] of workedOut(shown, present, total)) {
        expect(shown.has(department), `${department} worked out as ${value}`).toBe(true);
      }
      // what is left of the nation passes the rules as well
      if (!shown.has('FR')) return;
      const left = Object.entries(REGIONS).flatMap(([region, departments]) => (shown.has(region) ? [] : departments.filter((d) => !shown.has(d))));
      const rest = units.flatMap((u, i) => (left.includes(u.department) ? [i] : []));
      if (rest.length > 0) expect(primaryStatus({ kind: 'sum', variable: 'v', units: rest, values: rest.map((i) => units[i]!.value) }, 'declared', units.map((u) => u.who), DEFAULT_THRESHOLDS)).toBeUndefined();
    }), { numRuns: 400 });
  });
});
