import { expect, it } from 'vitest';
import { changeWords } from './reading.ts';

it('says a change in per cent, and nothing when it rounds to none', () => {
  expect(changeWords(12.4)?.replace(/\s/u, ' ')).toBe('+12 %');
  expect(changeWords(-3)?.replace(/\s/u, ' ')).toMatch(/^[-−]3 %$/u);
  for (const none of [null, 0, 0.3, -0.3]) expect(changeWords(none)).toBeNull();
});
