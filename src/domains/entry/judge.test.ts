import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, compileVersion, type CompiledVersion, evaluateAll, progress } from '../questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../questionnaire/index.server.ts';
import { applyChanges, applyFindingChanges, countersOf, findingChanges, progressOf, progressOnceChanged } from './judge.ts';
import type { Sheet, StoredFinding } from './model.ts';
import { contextOf, type ResponseFacts } from './rules.ts';

/** A few linked questions, with values that make them agree and disagree. */
const change = fc.oneof(
  fc.record({ key: fc.constantFrom('staff_headcount', 'staff_fte', 'staff_women', 'members', 'unique_users', 'expenses_total', 'income_total', 'board_members', 'board_members_residents'), answer: fc.option(fc.integer({ min: -1, max: 12 }).map((v): Answer => ({ state: 'value', value: v })), { nil: undefined }) }),
  fc.record({ key: fc.constant('family_referent'), answer: fc.constantFrom<Answer | undefined>({ state: 'value', value: 'yes' }, { state: 'value', value: 'no' }, undefined) }),
  fc.record({ key: fc.constant('family_referent_fte'), answer: fc.option(fc.integer({ min: 0, max: 3 }).map((v): Answer => ({ state: 'value', value: v })), { nil: undefined }) }),
);

describe('judging answer by answer', () => {
  let compiled: CompiledVersion;
  beforeAll(async () => {
    const read = await readVersionFolder(contentFolder(), 2017);
    if (!read.ok) throw new Error('content');
    compiled = compileVersion(read.value);
  });

  it('ends with the very findings and counters of judging everything at once, whatever the order and over two data years', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(2016, 2015), change), { maxLength: 25 }), (changes) => {
        let sheets: { [year: number]: Sheet } = {};
        let stored: readonly StoredFinding[] = [];
        const facts = (): ResponseFacts => ({ structureKind: 'CS', territoryCode: '62', sheets });
        let progresses = progressOf(compiled, facts());
        let counters = countersOf(facts(), progresses, [], []);
        for (const [year, one] of changes) {
          const before = facts();
          sheets = { ...sheets, [year]: applyChanges(sheets[year], [one], 'structure') };
          const found = findingChanges(compiled, facts(), stored, year, [one.key]);
          progresses = progressOnceChanged(compiled, before, facts(), year, [one.key], progresses);
          counters = countersOf(facts(), progresses, stored, found);
          stored = applyFindingChanges(stored, found);
        }
        const open = stored.filter((f) => f.state === 'raised').map((f) => `${f.dataYear} ${f.ruleId} ${f.subject} ${f.fingerprint}`).toSorted();
        const whole = [2016, 2015].flatMap((year) => (sheets[year] ? evaluateAll(compiled, contextOf(compiled, facts(), year, { serverRules: false }), { gates: false }).map((f) => `${year} ${f.ruleId} ${f.subject} ${f.fingerprint}`) : [])).toSorted();
        // A rule over a whole rubric also speaks of a sheet in which nothing of it was touched yet: only what some answer raised can be open.
        expect(whole).toEqual(expect.arrayContaining(open));
        const touched = new Set(changes.flatMap(([year, c]) => compiled.rules.filter((r) => r.reads.includes(c.key)).map((r) => `${year} ${r.rule.id}`)));
        expect(open).toEqual(expect.arrayContaining(whole.filter((f) => touched.has(f.split(' ').slice(0, 2).join(' ')))));
        const required = [2016, 2015].map((year) => progress(compiled, contextOf(compiled, facts(), year)));
        expect([counters.required, counters.answered]).toEqual([required[0]!.required + required[1]!.required, required[0]!.answered + required[1]!.answered]);
        expect(counters.openHard + counters.openSoft + counters.openInfo).toBe(open.length);
      }),
      { numRuns: 120 },
    );
  });
});
