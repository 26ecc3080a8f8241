import { describe, expect, it } from 'vitest';
import { readOnBehalfSource, sourceWords } from './source.ts';

const TODAY = '2026-03-12';
const given = { support: 'telephone', person: ' Mme  Roux ', givenOn: '2026-03-11' };
const codeOf = (more: Partial<typeof given>): string => {
  const read = readOnBehalfSource({ ...given, ...more }, TODAY);
  return read.ok ? 'ok' : read.error.code;
};

describe('the source of what is typed for a structure', () => {
  it('is a paper or a call, of somebody, on a day', () => {
    expect(readOnBehalfSource(given, TODAY)).toEqual({ ok: true, value: { support: 'telephone', person: 'Mme Roux', givenOn: '2026-03-11' } });
    expect(readOnBehalfSource({ support: 'paper', person: '', givenOn: TODAY }, TODAY)).toEqual({ ok: true, value: { support: 'paper', person: null, givenOn: TODAY } });
  });

  it('names who was on the telephone, and no day to come', () => {
    expect([codeOf({ support: '' }), codeOf({ person: '' }), codeOf({ person: 'x' }), codeOf({ givenOn: '' }), codeOf({ givenOn: '12/03/2026' }), codeOf({ givenOn: '2026-03-13' }), codeOf({ givenOn: TODAY })]).toEqual([
      'source_support', 'source_person', 'source_person', 'source_day', 'source_day', 'source_day', 'ok',
    ]);
  });

  it('is read in words', () => {
    expect(sourceWords({ support: 'telephone', person: 'Mme Roux', givenOn: '2026-03-11' })).toBe('par téléphone avec Mme Roux, le 11\u00a0mars 2026');
    expect(sourceWords({ support: 'paper', person: null, givenOn: '2026-03-01' })).toBe('d’après un papier reçu le 1er\u00a0mars 2026');
    expect(sourceWords({ support: 'paper', person: 'la comptable', givenOn: '2026-03-11' })).toBe('d’après un papier reçu le 11\u00a0mars 2026 (la comptable)');
  });
});
