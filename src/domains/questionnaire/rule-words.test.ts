import { expect, it } from 'vitest';
import { ruleWords } from './rule-words.ts';

it('says the year that N-1 stands for, wherever it stands, and touches nothing else', () => {
  expect(ruleWords('Le budget a changé depuis N-1, et N-1 aussi.', 2025)).toBe('Le budget a changé depuis 2024, et 2024 aussi.');
  expect(ruleWords('Pour la commune, N-10 et AN-1 restent.', 2025)).toBe('Pour la commune, N-10 et AN-1 restent.');
});
