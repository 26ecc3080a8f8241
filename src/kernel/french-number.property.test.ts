/** What the formatter prints reads back to the same value, in every notation; what follows or cuts a number makes it refused whole. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatEuro, formatNumber, formatPercent, NBSP, NNBSP, parseFrenchNumber } from './french-number.ts';

const cents = fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 }).map((n) => (n === 0 ? 0 : n / 100));
const space = fc.constantFrom(' ', NBSP, NNBSP, '\u2009', '\t');

it('reads back what is printed, with its unit, its sign and spaces of every kind, in French and in English decimals', () => {
  fc.assert(
    fc.property(cents, space, fc.constantFrom('', '+'), (value, gap, plus) => {
      const printed = formatNumber(value, 2);
      const spaced = printed.replaceAll(NNBSP, gap);
      for (const text of [printed, spaced, spaced.replace(',', '.'), `${gap}${spaced}${gap}`, formatEuro(value, 2), formatPercent(value, 2), ...(value >= 0 ? [`${plus}${spaced}`] : [])]) expect([text, parseFrenchNumber(text)]).toEqual([text, value]);
    }),
  );
});

it('never reads a part of what is not one number', () => {
  fc.assert(
    fc.property(cents, fc.constantFrom('x', ' environ', '/2', '-', '=', ';3', ' km', ',5,5', 'e3'), (value, foreign) => {
      const text = `${formatNumber(value, 2)}${foreign}`;
      expect([text, parseFrenchNumber(text)]).toEqual([text, undefined]);
      expect(parseFrenchNumber(`environ ${formatNumber(value, 2)}`)).toBeUndefined();
    }),
  );
});
