import { describe, expect, it } from 'vitest';
import { gathered, turns } from './gathering.ts';

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('calls gathered', () => {
  it('leave together and get each its own answer', async () => {
    const groups: number[][] = [];
    const double = gathered(async (items: readonly number[]) => {
      groups.push([...items]);
      await soon();
      return items.map((n) => n * 2);
    });
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
    expect(groups).toEqual([[1, 2, 3]]);
  });
  it('wait while two groups are on their way, then leave as one', async () => {
    const groups: number[][] = [];
    const send = gathered(async (items: readonly number[]) => {
      groups.push([...items]);
      await soon();
      return items;
    });
    const calls: Promise<number>[] = [];
    for (let n = 0; n < 6; n++) {
      calls.push(send(n));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await Promise.all(calls)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(groups).toEqual([[0], [1], [2, 3, 4, 5]]);
  });
  it('are sent one by one when the group fails: only the one at fault is refused', async () => {
    const send = gathered(async (items: readonly number[]) => {
      if (items.includes(2)) throw new Error('no two');
      return items;
    });
    expect((await Promise.allSettled([1, 2, 3].map(send))).map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

describe('turns', () => {
  it('keep the order under one name, a failure included, and leave other names alone', async () => {
    const inTurn = turns();
    const log: string[] = [];
    const work = (name: string, fails = false) => async () => {
      log.push(`${name} begins`);
      await soon();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
    };
    await Promise.allSettled([inTurn('a', work('a1', true)), inTurn('a', work('a2')), inTurn('b', work('b1'))]);
    expect(log.filter((l) => l.startsWith('a'))).toEqual(['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends']);
    expect(log.indexOf('b1 begins')).toBeLessThan(log.indexOf('a1 ends'));
  });
});
