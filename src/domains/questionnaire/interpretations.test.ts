import { describe, expect, it } from 'vitest';
import { type Interpretation, precisionsOf } from './interpretations.ts';
import type { Question } from './model.ts';

const precision = (id: string, more: Partial<Interpretation> = {}): Interpretation => ({ id, year: 2026, questionKey: 'fte', asked: '?', answer: id, helpThen: 'Aide', publishedAt: `2026-05-0${id}`, replaces: null, ...more });
const version = (year: number, help = 'Aide') => ({ year, questions: [{ key: 'fte', help } as Question] });

describe('precisions beside the help', () => {
  it('stand under their question, oldest first', () => {
    expect(precisionsOf(version(2026), [precision('2'), precision('1')])['fte']?.map((p) => p.id)).toEqual(['1', '2']);
    expect(precisionsOf(version(2026), [precision('1', { questionKey: 'gone' })])).toEqual({});
  });
  it('step back when a better one replaces them', () => {
    expect(precisionsOf(version(2026), [precision('1'), precision('2', { replaces: '1' })])['fte']?.map((p) => p.id)).toEqual(['2']);
  });
  it('follow into later years until the help is written anew, and never go back', () => {
    expect(precisionsOf(version(2027), [precision('1')])['fte']).toHaveLength(1);
    expect(precisionsOf(version(2027, 'Aide, précisée.'), [precision('1')])).toEqual({});
    expect(precisionsOf(version(2025), [precision('1')])).toEqual({});
    // an erratum of the same year does not take the precision away
    expect(precisionsOf(version(2026, 'Aide sans faute'), [precision('1')])['fte']).toHaveLength(1);
  });
});
