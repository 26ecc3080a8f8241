import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

describe('a text that enters', () => {
  it('loses what nobody sees and keeps its words, lines and tabulations', () => {
    expect(plainText('Un\0 cent\u0007re\u007f\u009d')).toBe('Un centre');
    expect(plainText('première\u000bdeuxième\u2028troisième\ttab\r\nfin')).toBe('première\ndeuxième\ntroisième\ttab\r\nfin');
    expect(plainText('« Été » : 12 % 👪🏽 œuvre')).toBe('« Été » : 12 % 👪🏽 œuvre');
  });

  it('is always one that PostgreSQL can keep, and cleaning it twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 0xffff }), (text, unit) => {
        const clean = plainText(text + String.fromCharCode(unit));
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toContain('\0');
        expect(plainText(clean)).toBe(clean);
      }),
    );
  });
});
