import { describe, expect, it } from 'vitest';
import { ALL_KINDS } from '../../../domains/questionnaire/fixtures/all-kinds.ts';
import { completionsAt } from './completion.ts';

const at = (text: string): readonly string[] => {
  const caret = text.indexOf('|');
  return completionsAt(text.replace('|', ''), caret, ALL_KINDS.questions, ['sum', 'abs']).map((c) => c.insert);
};

describe('completion of an expression', () => {
  it('gives keys by name or by their words, and functions', () => {
    expect(at('people > 0 && bu|')).toEqual(['budget']);
    expect(at('a09|')).toEqual(['ages']);
    expect(at('Question|').length).toBe(8);
    expect(at('su|')).toEqual(['sum(']);
    expect(at('p|')).toEqual([]);
  });
  it('gives rows, then columns, then options', () => {
    expect(at('ages.|')).toEqual(['*', 'young', 'old']);
    expect(at('ages.young.sh|')).toEqual(['share']);
    expect(at("management == '|'")).toEqual(['yes', 'no']);
    expect(at("has(bodies, 'bo|")).toEqual(['board']);
  });
  it('replaces the word under the caret only', () => {
    expect(completionsAt('people + bud', 12, ALL_KINDS.questions, [])[0]).toMatchObject({ from: 9, to: 12, insert: 'budget' });
  });
});
