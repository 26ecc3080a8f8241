import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allot } from './allotment.ts';
import { apportion } from './apportion.ts';
import { fictionalSiren, fictionalSiret } from './fictional-siren.ts';
import { chance } from './random.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

describe('apportion', () => {
  it('adds up to the total and stays between the bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.nat(20), fc.nat(200)), { minLength: 1, maxLength: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), (rows, place) => {
        const min = rows.map((r) => r[1]);
        const max = rows.map((r) => r[1] + r[2]);
        const total = Math.round(sum(min) + place * (sum(max) - sum(min)));
        const parts = apportion(total, rows.map((r) => r[0]), { min, max });
        expect(sum(parts)).toBe(total);
        parts.forEach((p, i) => expect(p >= min[i]! && p <= max[i]!).toBe(true));
      }),
    );
  });
  it('follows the weights to less than one unit when nothing stops it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 }), fc.nat(1_000_000), (weights, total) => {
        const whole = sum(weights);
        apportion(total, weights).forEach((p, i) => expect(Math.abs(p - (total * weights[i]!) / whole)).toBeLessThan(1 + 1e-6));
      }),
    );
  });
  it('refuses what its bounds forbid', () => expect(() => apportion(10, [1, 1], { max: 4 })).toThrow(RangeError));
});

describe('allot', () => {
  it('gives each option its number of members and leaves nobody without', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 5 }), (seed, n, less) => {
        const members = Array.from({ length: n }, (_, i) => i);
        const counts = { a: Math.max(1, n - less), b: Math.min(n, less + 1) };
        const dealt = allot(chance(seed), members, counts);
        for (const option of ['a', 'b'] as const) expect(members.filter((m) => dealt.get(m)!.includes(option)).length).toBe(counts[option]);
        expect(members.every((m) => dealt.get(m)!.length > 0)).toBe(true);
      }),
    );
  });
});

describe('chance', () => {
  it('tells the same again from the same seed, and other things from another', () => {
    const draw = (seed: string): number[] => Array.from({ length: 5 }, chance(seed).next);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    expect(draw('a/b')).toEqual(Array.from({ length: 5 }, chance('a').fork('b').next));
  });
});

describe('fictional numbers', () => {
  it('have a right control digit and a beginning that was never given', () => {
    const luhnHolds = (digits: string): boolean =>
      [...digits].reverse().reduce((total, d, i) => total + (i % 2 === 0 ? Number(d) : Number(d) * 2 > 9 ? Number(d) * 2 - 9 : Number(d) * 2), 0) % 10 === 0;
    for (const n of [1, 42, 6213, 9999]) {
      const siren = fictionalSiren(n);
      expect(siren).toMatch(/^0000\d{5}$/);
      expect(luhnHolds(siren)).toBe(true);
      expect(luhnHolds(fictionalSiret(siren, n))).toBe(true);
    }
  });
});
