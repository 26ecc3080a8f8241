import { describe, expect, it } from 'vitest';
import type { Part } from '../access/index.ts';
import { sampleAnswers } from '../questionnaire/fixtures/sample.ts';
import { contentFolder, readVersionFolder } from '../questionnaire/index.server.ts';
import { compileVersion } from '../questionnaire/index.ts';
import type { ResponseView, StoredFinding } from './model.ts';
import { narrowedTo, readsOnlyPart } from './narrowed.ts';

const read = await readVersionFolder(contentFolder(), 2026);
const compiled = compileVersion(read.ok ? read.value : (undefined as never));
const keysOf = (...rubrics: readonly string[]): string[] => compiled.version.questions.filter((q) => rubrics.includes(q.rubric)).map((q) => q.key);
const part: Part = { linkId: 'l', structureId: 's' as Part['structureId'], campaignYear: 2026, rubrics: ['D'], dataYears: [2025], keys: keysOf('D'), lastDay: '2026-12-31' };
const finding = (ruleId: string, subject = '', dataYear = 2025): StoredFinding => ({ dataYear, ruleId, subject, severity: 'soft', state: 'raised', fingerprint: 'f', justification: 'parce que' });
const all = compiled.rules.filter((r) => !r.gate).map((r) => finding(r.rule.id, r.perQuestion ? compiled.version.questions[0]!.key : ''));

const view = {
  stateReason: 'une raison', counters: { required: 9, answered: 9, openHard: 1, openSoft: 1, openInfo: 1 },
  sheets: { 2025: { answers: sampleAnswers, provenance: Object.fromEntries(Object.keys(sampleAnswers).map((key) => [key, 'caf'])) }, 2024: { answers: sampleAnswers, provenance: {} } },
  previous: { 2025: sampleAnswers, 2024: sampleAnswers }, cuts: { 2025: Object.fromEntries(Object.keys(sampleAnswers).map((key) => [key, 'non comparable'])), 2024: { income_total: 'non comparable' } },
  findings: [...all, ...all.map((f) => ({ ...f, dataYear: 2024 }))],
  inquiries: [{ key: 'income_total', dataYear: 2025 }],
  onBehalf: Object.keys(sampleAnswers).map((key) => ({ dataYear: 2025, key, source: 'caf', author: null, at: '', sequence: 1, verdict: null, comment: 'mot' })),
} as unknown as ResponseView;

describe('what a guest sees of a response', () => {
  const seen = narrowedTo(part, compiled, view);
  const outside = compiled.version.questions.map((q) => q.key).filter((key) => !part.keys.includes(key));

  it('holds his answers and N-1, and names no other question', () => {
    expect(Object.keys(seen.sheets)).toEqual(['2025']);
    expect(seen.sheets[2025]!.answers['income_total']).toEqual(sampleAnswers['income_total']);
    expect([Object.keys(seen.cuts!), seen.cuts![2025]!['income_total']]).toEqual([['2025'], 'non comparable']);
    expect(seen.previous[2025]!['income_total']).toEqual(sampleAnswers['income_total']);
    const given = new Set([...Object.keys(seen.sheets[2025]!.answers), ...Object.keys(seen.sheets[2025]!.provenance), ...Object.keys(seen.previous[2025]!), ...Object.keys(seen.cuts![2025]!), ...seen.onBehalf.map((v) => v.key)]);
    expect([...given].filter((key) => outside.includes(key))).toEqual([]);
    expect(Object.keys(sampleAnswers).some((key) => outside.includes(key))).toBe(true);
    expect([seen.stateReason, seen.counters.required, seen.counters.openHard]).toEqual([null, 0, 0]);
    expect(seen.inquiries).toEqual([]);
  });

  it('holds the findings that read nothing else', () => {
    expect(seen.findings.length).toBeGreaterThan(0);
    expect(seen.findings.length).toBeLessThan(all.length);
    for (const f of seen.findings) {
      expect(f.dataYear).toBe(2025);
      expect(compiled.ruleById.get(f.ruleId)!.reads.filter((key) => outside.includes(key)), f.ruleId).toEqual([]);
    }
    const per = compiled.rules.find((r) => r.perQuestion)!.rule.id;
    expect([readsOnlyPart(compiled, part, finding(per, 'income_total')), readsOnlyPart(compiled, part, finding(per, 'staff_by_function.direction.fte')), readsOnlyPart(compiled, part, finding('unknown'))]).toEqual([true, false, false]);
  });
});
