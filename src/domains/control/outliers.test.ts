import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlierJudge, outlierTargets, type OutlierUnit, quantile, robustScale } from './outliers.ts';

const unit = (id: number, x: number | undefined, more: Partial<OutlierUnit> = {}): OutlierUnit => ({ id: String(id), kind: 'CS', size: 10, zone: 'urban', values: { x }, ...more });
const params = { z: 3.5, minGroup: 10 };

describe('robust scale', () => {
  it('uses type 7 quantiles', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantile([1, 2, 3, 4, 5], 0.5)).toBe(3);
  });
  it('falls back on the interquartile range when half of the values are equal, and on nothing when all are', () => {
    expect(robustScale([5, 5, 5, 5, 5, 5, 7, 8, 9, 10])?.scale).toBeCloseTo(2.75 / 1.349);
    expect(robustScale([5, 5, 5, 5])).toBeUndefined();
  });
  it('moves with the values and stretches with them', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 5, maxLength: 40 }), fc.integer({ min: 2, max: 9 }), (values, k) => {
      const one = robustScale(values);
      const other = robustScale(values.map((x) => 100 + k * x));
      expect(other === undefined).toBe(one === undefined);
      if (one && other) {
        expect(other.centre).toBeCloseTo(100 + k * one.centre, 6);
        expect(other.scale).toBeCloseTo(k * one.scale, 6);
      }
    }));
  });
});

describe('the judge', () => {
  const eleven = Array.from({ length: 11 }, (_, i) => unit(i, 10 + i));
  it('finds the value ten times too large, and only it', () => {
    const units = [...eleven, unit(99, 170)];
    const judge = outlierJudge(units, new Set());
    expect(units.filter((u) => judge(u.id, 'x', params)).map((u) => u.id)).toEqual(['99']);
  });
  it('says nothing of a missing value or of a group that is too small', () => {
    expect(outlierJudge([...eleven, unit(99, undefined)], new Set())('99', 'x', params)).toBeUndefined();
    expect(outlierJudge(eleven.slice(0, 5), new Set())('0', 'x', params)).toBeUndefined();
  });
  it('pools small groups to their kind and size, never across kinds', () => {
    const units = [...eleven.map((u, i) => ({ ...u, zone: i % 2 ? 'urban' : 'rural' })), unit(99, 170, { zone: 'islands' }), unit(100, 170, { kind: 'EVS' })];
    const judge = outlierJudge(units, new Set());
    expect(judge('99', 'x', params)).toBe(true);
    expect(judge('100', 'x', params)).toBeUndefined();
  });
  it('judges money on logarithms, where zero has no place', () => {
    const units = [...Array.from({ length: 20 }, (_, i) => unit(i, 100_000 * 1.2 ** i)), unit(98, 0), unit(99, 300)];
    const judge = outlierJudge(units, new Set(['x']));
    expect(judge('98', 'x', params)).toBeUndefined();
    expect(judge('99', 'x', params)).toBe(true);
    expect(judge('19', 'x', params)).toBe(false);
  });
  it('reads its targets from the rules', () => {
    expect(outlierTargets('!outlier(staff_fte) && !outlier( users.total.count )')).toEqual(['staff_fte', 'users.total.count']);
  });
});
