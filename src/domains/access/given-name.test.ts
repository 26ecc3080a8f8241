import { describe, expect, it } from 'vitest';
import { LONGEST_NAME, readName } from './given-name.ts';

describe('a name that a person gives', () => {
  it('loses the spaces that say nothing', () => {
    expect(readName('  Nadia \t Benali\n')).toBe('Nadia Benali');
  });
  it('is of two letters at least and eighty at most, spaces around not counted', () => {
    expect(readName(' N ')).toBeUndefined();
    expect(readName('Ng')).toBe('Ng');
    expect(readName(` ${'a'.repeat(LONGEST_NAME)} `)).toHaveLength(LONGEST_NAME);
    expect(readName('a'.repeat(LONGEST_NAME + 1))).toBeUndefined();
  });
});
