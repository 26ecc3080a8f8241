import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Answers } from './answer.ts';
import { followKeys, keysIn, type VersionNames } from './lineage.ts';
import type { Lineage } from './model.ts';
import { cutSince, summedAnswer, underPresentNames } from './series.ts';

const event = (kind: Lineage['kind'], from: string, to: string): Lineage => ({ kind, from: from.split(' ').filter(Boolean), to: to.split(' ').filter(Boolean), note: `${kind} ${from}` });
const version = (year: number, keys: string, lineage: readonly Lineage[] = [], becomes: readonly Lineage[] = []): VersionNames => ({ year, questions: keys.split(' ').map((key) => ({ key })), lineage, becomes });
const words = (reading: ReturnType<typeof followKeys>): string => ('keys' in reading ? reading.keys.join('+') : `${reading.event?.kind ?? 'not asked'} ${reading.year}`);

const house = [
  version(2021, 'a b c d old w', [], [event('split', 'w', 'w1 w2')]),
  version(2022, 'a b c d e w1 w2', [event('dropped', 'old', '')]),
  version(2023, 'ab c1 c2 d2 e w1 w2', [event('merged', 'a b', 'ab'), event('split', 'c', 'c1 c2'), event('renamed', 'd', 'd2')]),
  version(2024, 'total c1 c2 d3 e w1 w2', [event('renamed', 'ab', 'total'), event('renamed', 'd2', 'd3'), event('break', 'e', 'e')]),
];

describe('the names of a question from version to version', () => {
  it('are followed backwards through renamings and mergers, and lost at a part of a split or a break', () => {
    expect(['total', 'd3', 'c1', 'e'].map((key) => words(followKeys(house, [key], 2024, 2022)))).toEqual(['a+b', 'd', 'split 2023', 'break 2024']);
    expect(words(followKeys(house, ['c1', 'c2'], 2024, 2022))).toBe('c');
    expect(words(followKeys(house, ['e'], 2023, 2021))).toBe('not asked 2021');
  });
  it('are followed forwards, where a part of a merger, a split, a drop and a break lose the meaning', () => {
    expect(words(followKeys(house, ['a', 'b'], 2021, 2024))).toBe('total');
    expect(['a', 'c', 'd', 'old', 'e'].map((key) => words(followKeys(house, [key], 2021, 2024)))).toEqual(['merged 2023', 'split 2023', 'd3', 'dropped 2022', 'break 2024']);
  });
  it('are followed over what an earlier survey says of itself', () => {
    expect(words(followKeys(house, ['w1'], 2024, 2021))).toBe('split 2022');
    expect(words(followKeys(house, ['w'], 2021, 2024))).toBe('split 2022');
    expect([...cutSince(house[1]!, house[0]!.becomes).keys()]).toEqual(['w1', 'w2']);
    expect([...cutSince(house[1]!).keys()]).toEqual([]);
  });
  it('are found from whichever version wrote them', () => {
    expect(words(keysIn(house, ['d'], 2024))).toBe('d3');
    expect(words(keysIn(house, ['d3'], 2021))).toBe('d');
    expect(words(keysIn(house, ['a', 'b'], 2024))).toBe('total');
    expect(words(keysIn(house, ['total'], 2021))).toBe('a+b');
    // a sum of keys that no version asked together
    expect(words(keysIn(house, ['d', 'd3', 'e'], 2024))).toBe('d3+e');
    expect(words(keysIn(house, ['e'], 2024))).toBe('e');
    expect(words(keysIn(house, ['nowhere'], 2024))).toBe('not asked 2024');
  });
  it('never take a reused name for the question that had it', () => {
    const reused = [version(2021, 'a b'), version(2022, 'b x', [event('renamed', 'a', 'x')]), version(2023, 'x a', [event('dropped', 'b', '')]), version(2024, 'a', [event('merged', 'x a', 'a')])];
    expect(words(followKeys(reused, ['a'], 2021, 2023))).toBe('x');
    expect(words(followKeys(reused, ['a'], 2023, 2024))).toBe('merged 2024');
    expect(words(followKeys([reused[0]!, version(2022, 'a y', [event('renamed', 'a', 'y')])], ['a'], 2022, 2021))).toBe('renamed 2022');
  });
});

/** A version of numbered keys, and what a random year makes of them: each key stays, is renamed, merged with the next, split, dropped or broken. */
const turns = fc.array(fc.constantFrom('stays', 'renamed', 'merged', 'split', 'dropped', 'break'), { minLength: 1, maxLength: 12 });
function yearOf(kinds: readonly string[]): { earlier: VersionNames; later: VersionNames } {
  const before: string[] = [];
  const after: string[] = [];
  const events: Lineage[] = [];
  kinds.forEach((kind, i) => {
    const from = kind === 'merged' ? [`k${i}a`, `k${i}b`] : [`k${i}`];
    const to = kind === 'stays' || kind === 'break' ? from : kind === 'dropped' ? [] : kind === 'split' ? [`n${i}a`, `n${i}b`] : [`n${i}`];
    before.push(...from);
    after.push(...to);
    if (kind !== 'stays') events.push({ kind: kind as Lineage['kind'], from, to, note: kind });
  });
  return { earlier: version(2025, before.join(' ')), later: version(2026, after.join(' ') || 'z', events) };
}
const answer: fc.Arbitrary<Answer | undefined> = fc.oneof(fc.nat(1000).map((value): Answer => ({ state: 'value', value })), fc.constant<Answer>({ state: 'not_concerned' }), fc.constant<Answer>({ state: 'unknown' }), fc.constant(undefined));

describe('whatever a year makes of its questions', () => {
  it('a key followed one way comes back the other way, or is lost', () => {
    fc.assert(fc.property(turns, (kinds) => {
      const { earlier, later } = yearOf(kinds);
      const both = [earlier, later];
      kinds.forEach((kind, i) => {
        const from = kind === 'merged' ? [`k${i}a`, `k${i}b`] : [`k${i}`];
        const there = followKeys(both, from, 2025, 2026);
        if (kind === 'stays' || kind === 'renamed' || kind === 'merged') expect('keys' in there && followKeys(both, there.keys, 2026, 2025)).toEqual({ keys: from });
        else expect(there).toMatchObject({ lost: true, event: { kind } });
      });
    }));
  });

  it('last year’s answer under a present name is the sum of what the names read, and none exactly where they are lost', () => {
    fc.assert(fc.property(turns, fc.array(answer, { minLength: 24, maxLength: 24 }), (kinds, given) => {
      const { earlier, later } = yearOf(kinds);
      const past: Answers = Object.fromEntries(earlier.questions.flatMap(({ key }, i) => (given[i] ? [[key, given[i]]] : [])));
      const present = underPresentNames(later, past);
      const cut = cutSince(later);
      for (const { key } of later.questions) {
        const read = followKeys([earlier, later], [key], 2026, 2025);
        expect(present[key]).toEqual('keys' in read ? summedAnswer(read.keys.map((k) => past[k])) : undefined);
        expect(cut.has(key)).toBe('lost' in read && read.event !== undefined);
      }
    }));
  });
});
