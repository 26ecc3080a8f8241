/** The fictional nation: right sizes, complete answers that break no rule, mistakes that are found, the same every time. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentFolder, readVersionFolder } from '../../domains/questionnaire/index.server.ts';
import { type Answers, askedKeys, type CompiledVersion, compileVersion, evaluateAll, progress } from '../../domains/questionnaire/index.ts';
import { askedAnswers } from '../answers/response.ts';
import { chance } from '../random.ts';
import { BLOCKING, mistaken, SENDABLE } from './mistakes.ts';
import { nationalResponse, nationalSheet, ownChance } from './responses.ts';
import { type Commune, type Department, LIFE_SPACES, type NationalStructure, nationalStructures, SOCIAL_CENTRES } from './structures.ts';

const lines = gunzipSync(readFileSync(new URL('../../../database/reference/territories.csv.gz', import.meta.url))).toString('utf8').split('\n').map((l) => l.split(';'));
const departments: Department[] = lines.filter((l) => l[1] === 'department').map((l) => ({ code: l[0]!, name: l[2]!, population: Number(l[4]) }));
const communes: Commune[] = lines
  .filter((l) => l[1] === 'commune')
  .map((l) => ({ insee: l[0]!.slice(1), name: l[2]!, department: l[3]!.split(' ')[2]!, population: Number(l[4] || 0), latitude: l[5] ? Number(l[5]) : null, longitude: l[6] ? Number(l[6]) : null }));

let compiled: CompiledVersion;
let structures: NationalStructure[];
beforeAll(async () => {
  const version = await readVersionFolder(contentFolder(), 2026);
  if (!version.ok) throw new Error(JSON.stringify(version.error));
  compiled = compileVersion(version.value);
  structures = nationalStructures(departments, communes, new Map());
});

const answersOf = (s: NationalStructure, sheet: ReturnType<typeof nationalSheet>): Answers => askedAnswers(sheet, askedKeys(compiled, { structureKind: s.kind, territory: s.department, dataYear: 2025 }));
const findings = (s: NationalStructure, answers: Answers, previous: Answers) =>
  evaluateAll(compiled, { structureKind: s.kind, territory: s.department, dataYear: 2025, answers, previous }, { severities: ['hard', 'soft'] }).filter((f) => f.ruleId !== 'K133');

describe('the fictional nation', () => {
  it('has the structures of 2024 over the 101 départements', () => {
    expect(structures.filter((s) => s.kind === 'CS').length).toBe(SOCIAL_CENTRES);
    expect(structures.filter((s) => s.kind === 'EVS').length).toBe(LIFE_SPACES);
    expect(new Set(structures.map((s) => s.department)).size).toBe(101);
    expect(new Set(structures.map((s) => s.identifier)).size).toBe(structures.length);
    expect(new Set(structures.map((s) => s.siret)).size).toBe(structures.length);
    const urban = structures.filter((s) => s.kind === 'CS' && s.character !== 'rural').length / SOCIAL_CENTRES;
    expect(urban).toBeGreaterThan(0.7);
    expect(urban).toBeLessThan(0.9);
  });

  it('is told again alike', () => expect(nationalStructures(departments, communes, new Map())).toEqual(structures));

  it('keeps national orders of magnitude', () => {
    const centres = structures.filter((s) => s.kind === 'CS').map((s) => nationalSheet(ownChance(s), s, 2025));
    const mean = (key: string): number => centres.reduce((sum, s) => sum + (s[key] as number), 0) / centres.length;
    expect(mean('staff_headcount')).toBeGreaterThan(22);
    expect(mean('staff_headcount')).toBeLessThan(34);
    expect(mean('volunteers_governance')).toBeGreaterThan(18);
    expect(mean('volunteers_governance')).toBeLessThan(28);
    expect(mean('expenses_total')).toBeGreaterThan(450_000);
    expect(mean('expenses_total')).toBeLessThan(900_000);
  });

  it('answers completely and breaks no rule where no mistake is planned', () => {
    const faults: string[] = [];
    for (const s of structures.filter((_, i) => i % 3 === 0)) {
      const own = ownChance(s);
      const answers = answersOf(s, nationalSheet(own, s, 2025));
      const previous = answersOf(s, nationalSheet(own, s, 2024));
      const counted = progress(compiled, { structureKind: s.kind, territory: s.department, dataYear: 2025, answers, previous });
      if (counted.required !== counted.answered) faults.push(`${s.identifier}: ${counted.answered} of ${counted.required}`);
      for (const f of findings(s, answers, previous)) faults.push(`${s.identifier}: ${f.ruleId}`);
    }
    const byRule = Object.entries(Object.groupBy(faults, (f) => f.split(': ')[1]!)).map(([rule, list]) => `${rule} × ${list!.length} (${list![0]})`);
    // Rare soft findings are explained at sending, as people do.
    expect(faults.length).toBeLessThan(structures.length / 3 / 12);
    expect(faults.filter((f) => compiled.ruleById.get(f.split(': ')[1]!)?.rule.severity !== 'soft')).toEqual([]);
    expect(byRule.length).toBeLessThan(12);
  });

  it.each([...SENDABLE, ...BLOCKING])('makes a mistake that the rules find: %s', (mistake) => {
    let found = 0;
    const sample = structures.filter((s) => s.kind === 'CS').slice(0, 60);
    for (const s of sample) {
      const own = ownChance(s);
      const before = nationalSheet(own, s, 2024);
      const sheet = mistaken(chance(s.identifier), mistake, nationalSheet(own, s, 2025), before);
      const severities = mistake === 'same_as_previous' ? (['info'] as const) : (['hard', 'soft'] as const);
      const list = evaluateAll(compiled, { structureKind: s.kind, territory: s.department, dataYear: 2025, answers: answersOf(s, sheet), previous: answersOf(s, before) }, { severities: [...severities], gates: true });
      if (list.length > 0) found++;
      if (SENDABLE.includes(mistake)) expect(list.filter((f) => f.severity === 'hard' && f.ruleId !== 'K133').map((f) => f.ruleId)).toEqual([]);
      else expect(list.some((f) => f.severity === 'hard')).toBe(true);
    }
    expect(found / sample.length).toBeGreaterThan(0.75);
  });

  it('shows every state in the running campaign, and only settled ones in the closed campaigns', () => {
    const states = (campaign: number): Set<string> => new Set(structures.map((s) => nationalResponse(s, campaign).state));
    expect([...states(2026)].toSorted()).toEqual(['correction_requested', 'declined', 'excluded', 'frozen', 'in_progress', 'non_respondent', 'not_started', 'resubmitted', 'submitted', 'submitted_by_third_party', 'under_review', 'validated']);
    expect([...states(2024)].toSorted()).toEqual(['declined', 'excluded', 'frozen', 'non_respondent']);
  });
});
