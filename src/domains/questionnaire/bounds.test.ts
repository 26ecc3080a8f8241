import { expect, it } from 'vitest';
import { boundFaults } from './bounds.ts';
import type { Question } from './model.ts';

it('says how to write a text whose form is wrong, in words and not in bounds', () => {
  const commune = { key: 'commune', kind: 'text', pattern: '^(\\d{5}|2[AB]\\d{3})$' } as Question;
  expect(boundFaults(commune, { state: 'value', value: 'Arras' })).toEqual([{ message: expect.stringContaining('cinq caractères du code Insee'), form: true }]);
  expect(boundFaults(commune, { state: 'value', value: '2A004' })).toEqual([]);
  expect(boundFaults({ ...commune, pattern: '^x$' }, { state: 'value', value: 'y' })[0]?.message).toContain('y');
});
