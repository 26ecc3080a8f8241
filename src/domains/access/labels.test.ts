import { expect, it } from 'vitest';
import { namedWithSide } from './labels.ts';

it('says the institution beside a name once', () => {
  expect(namedWithSide('Camille Petit', 'caf')).toBe('Camille Petit (Caf)');
  expect(namedWithSide('Correspondance Caf, Nord', 'caf')).toBe('Correspondance Caf, Nord');
  expect(namedWithSide('Correspondance fédérale', 'federation')).toBe('Correspondance fédérale');
  expect(namedWithSide('Cafer Petit', 'caf')).toBe('Cafer Petit (Caf)');
});
