import { beforeAll, describe, expect, it } from 'vitest';
import { contentFolder, readVersionFolder } from '../../questionnaire/index.server.ts';
import { compileVersion, type CompiledVersion } from '../../questionnaire/index.ts';
import { type PartRequest, readPartRequest } from './part-request.ts';

const CENTRE = { structureKind: 'CS', territoryCode: '59' };
const TODAY = '2026-05-01';
const given: PartRequest = { forWhom: ' La  trésorière ', rubrics: ['D'], dataYears: [2025], lastDay: '2026-06-15' };

describe('a part that the direction wants to give', () => {
  let compiled: CompiledVersion;
  const codeOf = (more: Partial<PartRequest>): string => {
    const read = readPartRequest(compiled, CENTRE, { ...given, ...more }, TODAY);
    return read.ok ? 'ok' : read.error.code;
  };
  beforeAll(async () => {
    const read = await readVersionFolder(contentFolder(), 2026);
    if (!read.ok) throw new Error('questionnaire');
    compiled = compileVersion(read.value);
  });

  it('holds the questions of its rubrics that are asked of the structure, and no other', () => {
    const read = readPartRequest(compiled, CENTRE, { ...given, rubrics: ['D', 'X'], dataYears: [2025, 1999] }, TODAY);
    expect(read).toMatchObject({ ok: true, value: { forWhom: 'La trésorière', rubrics: ['D'], dataYears: [2025], lastDay: '2026-06-15' } });
    const { keys } = read.ok ? read.value : { keys: [] };
    expect(keys).toContain('expenses_total');
    expect(keys.map((key) => compiled.questions.get(key)!.rubric).every((rubric) => rubric === 'D')).toBe(true);
    // a question of the local module of the Pas-de-Calais is not asked in the Nord
    expect(keys).not.toContain('l62_carsat');
    const there = readPartRequest(compiled, { ...CENTRE, territoryCode: '62' }, given, TODAY);
    expect(there.ok && there.value.keys).toContain('l62_carsat');
  });
  it('names somebody, a rubric, a year and a day that is near', () => {
    expect(codeOf({})).toBe('ok');
    expect(codeOf({ forWhom: ' x ' })).toBe('part_for_whom');
    expect(codeOf({ rubrics: ['X'] })).toBe('part_without_rubric');
    expect(codeOf({ dataYears: [2024] })).toBe('part_without_year');
    expect(codeOf({ lastDay: 'demain' })).toBe('part_without_day');
    expect(codeOf({ lastDay: '2026-02-31' })).toBe('part_without_day');
    expect(codeOf({ lastDay: '2026-04-30' })).toBe('part_day_is_past');
    expect([codeOf({ lastDay: TODAY }), codeOf({ lastDay: '2026-10-31' }), codeOf({ lastDay: '2026-11-01' })]).toEqual(['ok', 'ok', 'part_too_long']);
  });
});
