import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_KINDS } from '../../questionnaire/fixtures/all-kinds.ts';
import { type Answer, answerEquals, cellOf } from '../../questionnaire/index.ts';
import { differenceLines, meet } from './differences.ts';
import { anyAnswer } from './fixtures/filling.ts';

const question = (code: string) => ALL_KINDS.questions.find((q) => q.code === code)!;
const value = (v: unknown): Answer => ({ state: 'value', value: v as never });

describe('three values of a question meet', () => {
  const people = question('A01');

  it('what was not changed in the file is left as it stands on line', () => {
    expect(meet(people, value(3), value(5), value(3))).toEqual({ kind: 'nothing' });
    expect(meet(people, undefined, value(5), undefined)).toEqual({ kind: 'nothing' });
  });

  it('what was changed in the file only is proposed, a withdrawal too; what was changed in both is shown as such', () => {
    expect(meet(people, value(3), value(3), value(4))).toEqual({ kind: 'changed', proposal: value(4) });
    expect(meet(people, value(3), value(3), undefined)).toEqual({ kind: 'changed', proposal: undefined });
    expect(meet(people, value(3), value(5), value(4))).toEqual({ kind: 'both', proposal: value(4) });
    expect(meet(people, value(3), value(4), value(4))).toEqual({ kind: 'nothing' });
  });

  it('tables meet cell by cell', () => {
    const ages = question('A09');
    const then = value({ young: { count: 1, share: 10 }, old: { count: 2 } });
    const now = value({ young: { count: 9, share: 10 }, old: { count: 2 } });
    const file = value({ young: { count: 1, share: 20 } });
    expect(meet(ages, then, now, file)).toEqual({ kind: 'changed', proposal: value({ young: { count: 9, share: 20 } }) });
    expect(meet(ages, then, now, value({ young: { count: 8, share: 10 }, old: { count: 2 } }))).toMatchObject({ kind: 'both', proposal: value({ young: { count: 8, share: 10 }, old: { count: 2 } }) });
    expect(meet(ages, then, { state: 'unknown' }, file)).toEqual({ kind: 'both', proposal: file });
    expect(differenceLines(ages, now, value({ young: { count: 9, share: 20 } }), then)).toEqual([
      { label: 'Jeunes, part', standing: '10\u00a0%', inFile: '20\u00a0%', previous: '10\u00a0%' },
      { label: 'Aînés, personnes', standing: '2', inFile: '', previous: '2' },
    ]);
  });

  it('of any question, any three answers: an untouched file changes nothing, a cell untouched in the file is never reverted', () => {
    const three = fc.constantFrom(...ALL_KINDS.questions).chain((q) => fc.tuple(fc.constant(q), anyAnswer(q, false), anyAnswer(q, false), anyAnswer(q, false)));
    fc.assert(
      fc.property(three, ([q, then, now, file]) => {
        expect(meet(q, then, now, then).kind).toBe('nothing');
        const met = meet(q, then, now, file);
        if (met.kind === 'nothing') {
          expect(answerEquals(file, now) || answerEquals(file, then) || q.table !== undefined).toBe(true);
          return;
        }
        expect(answerEquals(met.proposal, now)).toBe(false);
        for (const row of q.table?.rows ?? [])
          for (const column of q.table!.columns) {
            const cells = [then, now, file, met.proposal].map((a) => cellOf(a, row.code, column.code));
            if ([then, now, file].every((a) => a === undefined || a.state === 'value')) expect(cells[3]).toBe(cells[2] === cells[0] ? cells[1] : cells[2]);
          }
      }),
      { numRuns: 400 },
    );
  });
});
