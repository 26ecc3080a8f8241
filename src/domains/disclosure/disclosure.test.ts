import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { canonical } from '../questionnaire/index.ts';
import { fromColumns, toColumns } from './columns.ts';
import { readPublished, storePublished } from './index.server.ts';
import {
  DEFAULT_THRESHOLDS, filterTooClose, isPublishableFigure, nearlySame, primaryStatus, protect, type PublishableFigure, type PublishedSet, type RawFigure, type RevealedCell,
} from './index.ts';
import { PublishableFigure as Inner } from './publishable.ts';

const range = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => i + from);
const everyone = range(200).map((i) => `b${i}`);
type Sensitivity = RawFigure['facts']['making']['sensitivity'];

function raw(id: string, cells: readonly RevealedCell[], sensitivity: Sensitivity = 'declared', exact = 12.5): RawFigure {
  return {
    facts: {
      id, label: id, shortLabel: id, section: 'test', exact, rounded: Math.round(exact), unit: 'persons', decimals: 0, qualifier: null, base: 36, responses: 36, year: 2016,
      kinds: ['CS'], territoryCode: '62', origin: 'survey',
      making: { definition: '', population: '', baseText: '', rounding: '', sensitivity, questions: [], source: '', releaseNumber: 1, releaseHash: 'h' },
    },
    cells,
  };
}
const count = (inside: number, base: number): RevealedCell => ({ kind: 'count', variable: 'v', inside: range(inside), outside: range(base - inside, inside) });
const sum = (values: number[], units = range(values.length), variable = 'v'): RevealedCell => ({ kind: 'sum', variable, units, values });
const status = (cell: RevealedCell, sensitivity: Sensitivity = 'declared', contributors: readonly string[] = everyone) => primaryStatus(cell, sensitivity, contributors, DEFAULT_THRESHOLDS);

describe('who counts as one contributor', () => {
  it('counts three centres of one body as one contributor', () => {
    expect(status(sum([1, 1, 1]), 'declared', ['x', 'x', 'x'])).toBe('frequency');
    expect(status(sum([1, 1, 1]), 'declared', ['x', 'y', 'z'])).toBeUndefined();
  });
});

describe('primary rules', () => {
  it('withholds 1 or 2 on either side of a declared yes or no, and no other', () => {
    for (const n of range(37)) expect(status(count(n, 36)) === 'frequency', String(n)).toBe([1, 2, 34, 35].includes(n));
  });
  it('leaves counts of visible and public facts free, 35 of 36 among them', () => {
    expect(status(count(35, 36), 'visible')).toBeUndefined();
    expect(status(count(1, 37), 'public')).toBeUndefined();
  });
  it('holds amounts and numbers to the rules even when their question is visible', () => {
    expect(status(sum([3, 4]), 'visible')).toBe('frequency');
  });
  it('withholds a total above 85 % from one contributor, strictly', () => {
    expect(status(sum([85, 10, 5]))).toBeUndefined();
    expect(status(sum([85.01, 10, 4.99]))).toBe('dominance');
    expect(status(sum([-90, 5, 5]))).toBe('dominance');
  });
  it('withholds a total of zero from one or two, and a total that only two bring', () => {
    expect(status(sum([0, 0]))).toBe('frequency');
    expect(status(sum([0, 0, 0]))).toBeUndefined();
    expect(status(sum([5, 4, 0, 0, 0]))).toBe('frequency');
  });
  it('applies the p % rule when asked to', () => {
    const cell = sum([80, 15, 3, 2]);
    expect(primaryStatus(cell, 'declared', everyone, { ...DEFAULT_THRESHOLDS, pPercent: 10 })).toBe('p_percent');
    expect(status(cell)).toBeUndefined();
  });
  it('never shows an extreme, and asks 5, 10 and 30 contributors for median, quartiles and deciles', () => {
    const position = (p: number, n: number): RevealedCell => ({ kind: 'position', variable: 'v', p, units: range(n) });
    expect(status(position(0, 100))).toBe('extreme');
    expect(status(position(1, 100))).toBe('extreme');
    for (const [p, floor] of [[0.5, 5], [0.25, 10], [0.75, 10], [0.1, 30], [0.9, 30]] as const) {
      expect(status(position(p, floor - 1))).toBe('position_floor');
      expect(status(position(p, floor))).toBeUndefined();
    }
  });
  it('gives a ratio the worst status of its two terms', () => {
    const out = protect([raw('ratio', [sum([1, 1, 1], range(3), 'n'), sum([100, 1, 1], range(3), 'd')])], { contributors: everyone });
    expect(out.withheld.get('ratio')?.code).toBe('dominance');
  });
});

describe('the way out', () => {
  it('keeps the first of two figures whose bases differ by one structure', () => {
    const out = protect([raw('of36', [sum(range(36).map(() => 5))]), raw('of37', [sum(range(37).map(() => 5))]), raw('of30', [sum(range(30).map(() => 5))])], { contributors: everyone });
    expect(out.publishable.map((f) => f.id)).toEqual(['of36', 'of30']);
    expect(out.withheld.get('of37')?.code).toBe('base_difference');
  });
  it('keeps bases of which each has many that the other has not, refuses a swap of one for one, and is stricter with free filters', () => {
    const [a, b, swap] = [new Set(range(10)), new Set([...range(8), ...range(8, 20)]), new Set([...range(9), 30])];
    expect(nearlySame(a, b, everyone, 3)).toBe(false);
    expect(filterTooClose(a, b, everyone, 3)).toBe(true);
    expect(nearlySame(a, swap, everyone, 3)).toBe(true);
    expect(nearlySame(a, a, everyone, 3) || filterTooClose(a, a, everyone, 3)).toBe(false);
  });
  it('lets bases differ when the fact counted is visible to all', () => {
    const out = protect([raw('a', [count(20, 36)], 'visible'), raw('b', [count(20, 37)], 'visible')], { contributors: everyone });
    expect(out.withheld.size).toBe(0);
  });
  it('withholds all the parts of a whole as soon as one is', () => {
    const out = protect([raw('p1', [sum([5, 5, 5, 5], range(4), 'p1')]), raw('p2', [sum([9, 9], range(2), 'p2')]), raw('all', [sum([7, 7, 7, 7, 7, 7], range(6), 't')])], {
      contributors: everyone, groups: [{ id: 'g', parts: ['p1', 'p2'], total: 'all' }],
    });
    expect(out.publishable.map((f) => f.id)).toEqual(['all']);
    expect(out.withheld.get('p1')?.code).toBe('complement');
  });
  it('withholds the smallest part beside a withheld total, which would be the sum of its parts', () => {
    const parts = [raw('p1', [sum([5, 5, 5, 5], range(4), 'p1')], 'declared', 20), raw('p2', [sum([3, 3, 3], range(3, 4), 'p2')], 'declared', 9), raw('p3', [sum([8, 8, 8], range(3, 7), 'p3')], 'declared', 24)];
    const groups = [{ id: 'g', parts: ['p1', 'p2', 'p3'], total: 'all' }];
    const out = protect([...parts, raw('all', [sum([900, 1, 1], range(3), 't')], 'declared', 53)], { contributors: everyone, groups });
    expect(out.withheld.get('all')?.code).toBe('dominance');
    expect(out.publishable.map((f) => f.id)).toEqual(['p1', 'p3']);
    expect(protect(parts, { contributors: everyone, groups }).withheld.size).toBe(0);
  });
  it('lets nothing of the survey leave a territory smaller than a département', () => {
    const out = protect([raw('x', [sum([4, 4, 4])]), raw('seen', [count(5, 9)], 'visible'), { ...raw('register', [], 'public'), facts: { ...raw('register', [], 'public').facts, origin: 'register' } }], { contributors: everyone, closed: true });
    expect(out.publishable.map((f) => f.id)).toEqual(['register']);
    expect(out.withheld.get('x')?.code).toBe('territory_level');
  });
  it('says why without the value', () => {
    const out = protect([raw('x', [sum([7777.25])], 'declared', 7777.25)], { contributors: everyone });
    expect(JSON.stringify([...out.withheld])).not.toMatch(/7777/);
  });
  it('publishes the rounded value only', () => {
    const [figure] = protect([raw('x', [sum([4, 4, 4])], 'declared', 12.4)], { contributors: everyone }).publishable;
    expect(figure!.value).toBe(12);
    expect(JSON.stringify(figure)).not.toMatch(/12\.4/);
  });
  it('sorts a ranked list by value, ties in the order given, and counts the rows left out', () => {
    const figures = [raw('a', [count(5, 36)], 'visible', 5), raw('b', [count(9, 36)], 'visible', 9), raw('c', [count(9, 36)], 'visible', 9), raw('d', [count(1, 36)], 'declared', 1)];
    const [table] = protect(figures, { contributors: everyone, tables: [{ id: 't', title: 'T', kind: 'ranked', section: 's', figures: ['a', 'b', 'c', 'd'] }] }).tables;
    expect(table!.figures.map((f) => f.id)).toEqual(['b', 'c', 'a']);
    expect(table!.withheld).toBe(1);
  });
  it('is the only maker: what looks alike is not a publishable figure, and nobody else can build one', () => {
    const [real] = protect([raw('x', [sum([4, 4, 4])])], { contributors: everyone }).publishable;
    expect(isPublishableFigure(real)).toBe(true);
    expect(isPublishableFigure({ ...real })).toBe(false);
    expect(() => new Inner(Symbol('disclosure') as never, raw('x', []).facts)).toThrow('disclosure domain only');
    expectTypeOf<{ [K in keyof PublishableFigure]: PublishableFigure[K] }>().not.toExtend<PublishableFigure>();
  });
  it('comes back sealed from storage, and not at all when altered', () => {
    const out = protect([raw('x', [sum([4, 4, 4])])], { contributors: everyone, tables: [{ id: 't', title: 'T', kind: 'group', section: 's', figures: ['x'] }] });
    const set: PublishedSet = {
      campaignYear: 2017, territoryCode: '62', mainYear: 2016, release: { id: 'r', number: 1, contentHash: 'h' },
      figures: new Map(out.publishable.map((f) => [f.id, f])), tables: new Map(out.tables.map((t) => [t.id, t])), withheld: [],
    };
    const stored = storePublished(set);
    const back = readPublished(JSON.parse(JSON.stringify(stored)));
    expect(isPublishableFigure(back.figures.get('x'))).toBe(true);
    expect(back.figures.get('x')).toEqual(set.figures.get('x'));
    expect(back.tables.get('t')?.figures).toHaveLength(1);
    expect(stored.text).toContain('"value":{"said":[13]');
    expect(() => readPublished({ ...stored, text: stored.text.replace('"value":{"said":[13]', '"value":{"said":[99]') })).toThrow('not those that left');
    expect(() => readPublished(null)).toThrow('not those that left');
  });
  it('says each word once where hundreds of figures repeat it, and loses nothing', () => {
    const rows = [{ id: 'a', source: 'S', kinds: ['CS'], base: null }, { id: 'b', source: 'S', kinds: ['CS'], base: 3, note: 'n' }, { id: 'c', source: 'S', kinds: ['CS', 'EVS'], base: '3' }];
    expect(toColumns(rows)).toMatchObject({ source: { said: ['S'], at: '0 0 0' }, kinds: { said: [['CS'], ['CS', 'EVS']], at: '0 0 1' }, note: { said: ['n'], at: '- 0 -' } });
    fc.assert(fc.property(fc.array(fc.record({ id: fc.string(), n: fc.oneof(fc.integer(), fc.constant(null), fc.string(), fc.array(fc.string())) }, { requiredKeys: ['id'] })), (list) => {
      expect(fromColumns(JSON.parse(JSON.stringify(toColumns(list))))).toEqual(list);
    }));
    expect(fromColumns(toColumns(rows))).toEqual(rows);
  });
  it('still reads what was stored before words were said once', () => {
    const [figure] = protect([raw('x', [sum([4, 4, 4])])], { contributors: everyone }).publishable;
    const stored = { campaignYear: 2017, territoryCode: '62', mainYear: 2016, release: { id: 'r', number: 1, contentHash: 'h' }, figures: [{ ...figure }], tables: [], withheld: [] };
    const checksum = createHash('sha256').update(canonical(stored)).digest('hex');
    expect(readPublished({ checksum, stored }).figures.get('x')).toEqual(figure);
    expect(() => readPublished({ checksum, stored: { ...stored, mainYear: 2015 } })).toThrow('not those that left');
  });
});

describe('for any data', () => {
  const values = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 12 });
  const bodies = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 12, maxLength: 12 });
  it('a published total has three contributors and none above 85 %', () => {
    fc.assert(fc.property(values, bodies, (xs, who) => {
      const out = protect([raw('x', [sum(xs)])], { contributors: who });
      if (out.publishable.length === 0) return;
      const totals = new Map<number, number>();
      xs.forEach((x, i) => totals.set(who[i]!, (totals.get(who[i]!) ?? 0) + x));
      expect(totals.size).toBeGreaterThanOrEqual(3);
      const total = xs.reduce((a, b) => a + b, 0);
      for (const part of totals.values()) expect(part).toBeLessThanOrEqual(0.85 * total);
    }));
  });
  it('withholding does not depend on the order of the units', () => {
    fc.assert(fc.property(values, bodies, (xs, who) => {
      const forward = primaryStatus(sum(xs), 'financial', who, DEFAULT_THRESHOLDS);
      const backward = primaryStatus(sum(xs.toReversed(), range(xs.length).toReversed()), 'financial', who, DEFAULT_THRESHOLDS);
      expect(backward).toBe(forward);
    }));
  });
  it('no two published totals of one variable can be subtracted to one or two contributors', () => {
    fc.assert(fc.property(fc.array(fc.uniqueArray(fc.nat({ max: 11 }), { minLength: 3, maxLength: 12 }), { minLength: 2, maxLength: 6 }), bodies, (populations, who) => {
      const out = protect(populations.map((units, i) => raw(`f${i}`, [sum(units.map(() => 1), units)])), { contributors: who });
      const shown = out.publishable.map((f) => new Set(populations[Number(f.id.slice(1))]));
      for (const a of shown) for (const b of shown) {
        const left = new Set([...a].filter((u) => !b.has(u)).map((u) => who[u])).size;
        const right = new Set([...b].filter((u) => !a.has(u)).map((u) => who[u])).size;
        expect(left + right === 0 || left >= 3 || right >= 3, `${left} and ${right}`).toBe(true);
      }
    }));
  });
  it('the seal survives no copy', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 50 }), { minLength: 3, maxLength: 9 }), (xs) => {
      for (const figure of protect([raw('x', [sum(xs)])], { contributors: everyone }).publishable) expect(isPublishableFigure(structuredClone({ ...figure }))).toBe(false);
    }));
  });
});
