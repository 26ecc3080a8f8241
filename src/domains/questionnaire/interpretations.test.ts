import { describe, expect, it } from 'vitest';
import { type Interpretation, interpretationsOf } from './interpretations.ts';
import type { Question } from './model.ts';

const interpretation = (id: string, more: Partial<Interpretation> = {}): Interpretation => ({ id, year: 2026, questionKey: 'fte', asked: '?', answer: id, helpThen: 'Aide', publishedAt: `2026-05-0${id}`, replaces: null, ...more });
const version = (year: number, help = 'Aide') => ({ year, questions: [{ key: 'fte', help } as Question] });

describe('interpretations beside the help', () => {
  it('stand under their question, oldest first', () => {
    expect(interpretationsOf(version(2026), [interpretation('2'), interpretation('1')])['fte']?.map((p) => p.id)).toEqual(['1', '2']);
    expect(interpretationsOf(version(2026), [interpretation('1', { questionKey: 'gone' })])).toEqual({});
  });
  it('step back when a better one replaces them', () => {
    expect(interpretationsOf(version(2026), [interpretation('1'), interpretation('2', { replaces: '1' })])['fte']?.map((p) => p.id)).toEqual(['2']);
  });
  it('follow into later years until the help is written anew, and never go back', () => {
    expect(interpretationsOf(version(2027), [interpretation('1')])['fte']).toHaveLength(1);
    expect(interpretationsOf(version(2027, 'Aide, précisée.'), [interpretation('1')])).toEqual({});
    expect(interpretationsOf(version(2025), [interpretation('1')])).toEqual({});
    // an erratum of the same year does not take the interpretation away
    expect(interpretationsOf(version(2026, 'Aide sans faute'), [interpretation('1')])['fte']).toHaveLength(1);
  });
});
