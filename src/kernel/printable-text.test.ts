import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printedCharactersFile } from '../../scripts/printed-characters.ts';
import { readFileSync } from 'node:fs';
import { printableText, unprintableIn } from './printable-text.ts';

describe('a text to print', () => {
  it('keeps what the fonts hold, letter for letter', () => {
    const french = '« Œuvre d’été » : 12 %, 3 500 € — ligne\nsuivante\tΣ Ж ☐ ✓';
    expect(printableText(french)).toBe(french);
    expect(unprintableIn(french)).toEqual([]);
  });

  it('writes otherwise what can be, and draws one square for one sign that cannot', () => {
    expect(printableText('𝐁onjour ① e\u0301t\u0301e')).toBe('Bonjour 1 ét\u0301e');
    expect(printableText('Merci 😀 ☎ 中文 👨‍👩‍👧 🇫🇷 م')).toBe('Merci □ □ □□ □ □ □');
    expect(printableText('moitié \ud83d')).toBe('moitié □');
  });

  it('drops what nobody sees', () => {
    expect(printableText('\ufeffcœur ❤\ufe0f lié\u2060\u200d\u0007')).toBe('cœur ❤ lié');
  });

  it('names each sign that has no letter, once', () => {
    expect(unprintableIn('😀 oui 👍🏽 non 😀 𝐁')).toEqual(['😀', '👍🏽']);
  });

  it('is never left with anything to replace', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const out = printableText(text);
        expect(printableText(out)).toBe(out);
        expect(unprintableIn(out)).toEqual([]);
        if (unprintableIn(text).length > 0) expect(out).toContain('□');
      }),
    );
  });

  it('knows the characters of the fonts as they are', () => {
    expect(readFileSync('src/kernel/printed-characters.ts', 'utf8')).toBe(printedCharactersFile());
  });
});
