import { describe, expect, it } from 'vitest';
import { actionWords, groupedByDay } from './journal-words.ts';

const line = (at: string, more: object = {}) => ({ at, name: 'Camille', action: 'response.read', purpose: 'Contrôle', ...more });
const day = (instant: string): string => instant.slice(0, 10);

describe('the journal in words', () => {
  it('groups what one person did alike in a row on one day', () => {
    const lines = [line('2026-03-02T10:00'), line('2026-03-02T09:00'), line('2026-03-02T08:00', { purpose: 'Lecture' }), line('2026-03-01T10:00', { purpose: 'Lecture' }), line('2026-03-01T09:00', { name: null })];
    expect(groupedByDay(lines, day).map((g) => [g.at, g.name, g.purpose, g.times])).toEqual([
      ['2026-03-02T10:00', 'Camille', 'Contrôle', 2], ['2026-03-02T08:00', 'Camille', 'Lecture', 1], ['2026-03-01T10:00', 'Camille', 'Lecture', 1], ['2026-03-01T09:00', null, 'Contrôle', 1],
    ]);
  });
  it('never hides an act that has no words', () => {
    expect(actionWords('response.read')).toBe('a ouvert vos réponses');
    expect(actionWords('autre.chose')).toContain('autre.chose');
  });
});
