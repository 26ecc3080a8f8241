import { describe, expect, it } from 'vitest';
import type { Answers, AnswerValue } from './answer.ts';
import { compileVersion } from './compiled-version.ts';
import { cutsFor, evaluateAfter, evaluateAll, evaluateReading, previousFor, progress, requiredMissing, rulesReading, verdictOf, visibleQuestions } from './evaluate.ts';
import { contextOfCase, type RuleCase, ruleCases } from './fixtures/rule-cases.ts';
import { altered, sampleAnswers, sampleContext, samplePrevious, valueAnswer } from './fixtures/sample.ts';
import { readVersionFolder } from './folder.server.ts';
import type { Lineage } from './model.ts';
import { contentFolder } from './store.server.ts';
import type { EvaluationContext } from './sheet.ts';

const read = await readVersionFolder(contentFolder(), 2026);
if (!read.ok) throw new Error('the version of 2026 is not readable');
const compiled = compileVersion(read.value);
const base = sampleContext();

/** The first case of a rule that makes it speak. */
const broken = (ruleId: string): RuleCase => ruleCases[ruleId]!.find((one) => one.fires)!;

describe('the 134 rules', () => {
  it('are all here, each with a response that breaks it', () => {
    expect(compiled.rules).toHaveLength(134);
    expect(Object.keys(ruleCases).toSorted()).toEqual(compiled.rules.map((r) => r.rule.id).toSorted());
  });
  it('find nothing to block nor to explain in the sample', () => {
    expect(evaluateAll(compiled, base, { severities: ['hard', 'soft'] })).toEqual([]);
    expect(progress(compiled, base)).toEqual({ required: 104, answered: 104 });
  });
  it.each(compiled.rules.map((r) => r.rule.id))('%s says what its cases say', (id) => {
    for (const one of ruleCases[id]!) {
      const found = evaluateAll(compiled, contextOfCase(one)).find((f) => f.ruleId === id);
      expect({ ...one, fires: found !== undefined }).toEqual(one);
      if (found) expect([found.message, /^[0-9a-f]{16}$/.test(found.fingerprint)]).toEqual([compiled.ruleById.get(id)!.rule.message, true]);
    }
    expect(broken(id)).toBeDefined();
  });
  it('say while one types what they say of the whole, for the rules that read the question', () => {
    for (const id of Object.keys(ruleCases)) {
      const context = contextOfCase(broken(id));
      const all = evaluateAll(compiled, context, { gates: false });
      const keys = new Set(Object.keys(broken(id).set ?? {}).map((place) => place.split('.')[0]!));
      for (const key of keys) {
        const { evaluated, findings } = evaluateReading(compiled, context, key);
        const judged = all.filter((f) => evaluated.some((e) => e.ruleId === f.ruleId && (e.subjects === 'all' || e.subjects.includes(f.subject))));
        expect(findings.toSorted((a, b) => (a.ruleId < b.ruleId ? -1 : 1))).toEqual(judged.toSorted((a, b) => (a.ruleId < b.ruleId ? -1 : 1)));
      }
    }
  });
  it('say, from what they said before and the answers that changed, what they say of the whole', () => {
    let before: { context: EvaluationContext; findings: ReturnType<typeof evaluateAll> } | undefined;
    for (const one of Object.values(ruleCases).flat()) {
      const context = { ...contextOfCase(one), serverRules: false };
      const same = before?.context.structureKind === context.structureKind && before.context.dataYear === context.dataYear && JSON.stringify([before.context.previous, before.context.territory]) === JSON.stringify([context.previous, context.territory]);
      const whole = evaluateAll(compiled, context, { gates: false });
      if (before && same) {
        const was = before.context.answers;
        const keys = [...new Set([...Object.keys(was), ...Object.keys(context.answers)])].filter((key) => JSON.stringify(was[key]) !== JSON.stringify(context.answers[key]));
        expect(evaluateAfter(compiled, context, before.findings, keys)).toEqual(whole);
        // one after the other, as a person gives them
        let [answers, findings] = [was, before.findings];
        for (const key of keys) {
          const { [key]: _, ...others } = answers;
          answers = context.answers[key] ? { ...others, [key]: context.answers[key] } : others;
          findings = evaluateAfter(compiled, { ...context, answers }, findings, [key]);
        }
        expect(findings).toEqual(whole);
      }
      before = { context, findings: whole };
    }
  });
});

describe('a sheet', () => {
  it('gives one finding per empty required question and per value out of bounds', () => {
    const answers = altered(sampleAnswers, { staff_headcount: undefined, members: undefined, alsh: { under6: { days: 400 } }, opening_hours: 500 });
    const findings = evaluateAll(compiled, { ...base, answers });
    expect(findings.filter((f) => f.ruleId === 'K001').map((f) => f.subject)).toEqual(['staff_headcount', 'members']);
    expect(findings.filter((f) => f.ruleId === 'K135').map((f) => [f.subject, f.detail?.replaceAll('\u00a0', ' ')])).toEqual([
      ['opening_hours', '500 dépasse le maximum de 168.'],
      ['alsh.under6.days', 'Moins de 6 ans, jours d’ouverture : 400 dépasse le maximum de 366.'],
    ]);
  });
  it('lets the sentence on a negative budget stand alone', () => {
    const ids = evaluateAll(compiled, { ...base, answers: altered(sampleAnswers, { expenses_total: -5 }) }).map((f) => f.ruleId);
    expect(ids).toContain('K005');
    expect(ids).not.toContain('K135');
  });
  it('holds the fingerprint while value and year before stand, and lets it go with either', () => {
    const of = (context: EvaluationContext): string => evaluateAll(compiled, context).find((f) => f.ruleId === 'K113')!.fingerprint;
    const grown = { ...base, answers: altered(sampleAnswers, { expenses_total: 1_200_000 }) };
    expect(of({ ...grown, answers: altered(grown.answers, { opening_weeks: 10 }) })).toBe(of(grown));
    expect(of({ ...grown, answers: altered(sampleAnswers, { expenses_total: 1_200_001 }) })).not.toBe(of(grown));
    expect(of({ ...grown, previous: altered(samplePrevious, { expenses_total: 870_001 }) })).not.toBe(of(grown));
  });
  it('asks for an explanation of every gap, and is satisfied when each has one', () => {
    const context = { ...base, answers: altered(sampleAnswers, { opening_weeks: 10 }) };
    expect(evaluateAll(compiled, context).map((f) => f.ruleId)).toContain('K133');
    expect(evaluateAll(compiled, { ...context, isJustified: (f) => f.ruleId === 'K013' }).map((f) => f.ruleId)).not.toContain('K133');
  });
  it('waits for an empty question instead of reading it as none', () => {
    const answers = altered(sampleAnswers, { approvals_held: undefined });
    expect(evaluateAll(compiled, { ...base, answers }, { gates: false, severities: ['hard', 'soft'] })).toEqual([]);
  });
  it('shows a question after the answers that it depends on, through others too', () => {
    const hidden = { ...base, answers: altered(sampleAnswers, { governance_bodies: ['executive'] }) };
    const keys = visibleQuestions(compiled, hidden).map((q) => q.key);
    expect(keys).not.toContain('board_members');
    expect(keys).not.toContain('board_members_residents');
    expect(rulesReading(compiled, 'governance_bodies').map((r) => r.rule.id)).toContain('K058');
  });
  it('asks local questions in their territory and a lighter core to an EVS', () => {
    const count = (kind: string, territory: string): number => visibleQuestions(compiled, { structureKind: kind, territory, dataYear: 2025, answers: {} }).filter((q) => q.level !== 'optional').length;
    const local = (territory: string): number => visibleQuestions(compiled, { ...base, territory }).filter((q) => q.level === 'local').length;
    expect([local('62'), local('13')]).toEqual([5, 0]);
    expect(count('EVS', '62')).toBeLessThan(64);
    expect(compiled.version.questions.filter((q) => q.level === 'core' && q.appliesTo.includes('EVS'))).toHaveLength(63);
  });
  it('counts a table as answered when its last number is there', () => {
    const { ages, ...rest } = { ages: 'users_by_age', ...base };
    const value = sampleAnswers[ages];
    const cells = value?.state === 'value' ? { ...(value.value as object) } : {};
    delete (cells as { a0_3?: unknown }).a0_3;
    expect(requiredMissing(compiled, { ...rest, answers: { ...sampleAnswers, [ages]: valueAnswer(cells as AnswerValue) } }).map((q) => q.key)).toEqual(['users_by_age']);
  });
});

describe('two data years', async () => {
  const read2017 = await readVersionFolder(contentFolder(), 2017);
  if (!read2017.ok) throw new Error('2017 is not readable');
  const v2017 = compileVersion(read2017.value);

  it('asks 2016 in full and a part of 2015', () => {
    expect(v2017.dataYears).toEqual([2016, 2015]);
    expect(visibleQuestions(v2017, sampleContext(2016)).length).toBeGreaterThan(100);
    expect(visibleQuestions(v2017, sampleContext(2015))).toHaveLength(17);
    expect(progress(v2017, sampleContext(2015))).toEqual({ required: 17, answered: 17 });
  });
  it('judges for 2015 only the rules whose questions are all asked', () => {
    const context = { ...sampleContext(2015), answers: altered(sampleAnswers, { staff_fte: 41, staff_women: 99, volunteers_total: 10, members: undefined }) };
    const ids = evaluateAll(v2017, context, { severities: ['hard'] }).map((f) => f.ruleId);
    expect(ids).toContain('K014');
    expect(ids).toContain('K063');
    expect(ids).not.toContain('K023');
    expect(ids).not.toContain('K001');
  });
  it('takes the 2015 sheet of the same response as the year before 2016, for what 2015 is asked', () => {
    const previous = previousFor(v2017, 2016, { sheets: { 2015: { staff_fte: valueAnswer(5), members: valueAnswer(1) } }, earlier: { staff_fte: valueAnswer(9), unique_users: valueAnswer(7) } });
    expect(previous).toEqual({ staff_fte: valueAnswer(5), unique_users: valueAnswer(7) });
    expect(previousFor(v2017, 2015, { sheets: { 2015: { staff_fte: valueAnswer(5) } } })).toEqual({});
  });
});

describe('a check that reads last year', () => {
  const judged = (told: readonly Lineage[], lineage: readonly Lineage[] = [], earlier: Answers = samplePrevious) => {
    const version = compileVersion({ ...compiled.version, lineage }, told);
    const context: EvaluationContext = { ...base, previous: previousFor(version, base.dataYear, { sheets: {}, earlier }) };
    return new Map(version.rules.filter((r) => r.readsPrevious && !r.wide).map((r) => [r.rule.id, verdictOf(version, context, r.rule.id)]));
  };
  const keys = [...new Set(compiled.rules.filter((r) => r.readsPrevious && !r.wide).flatMap((r) => r.reads))];
  const concluded = (verdicts: ReadonlyMap<string, string>): number => [...verdicts.values()].filter((v) => v === 'holds' || v === 'broken').length;

  it('concludes nothing over a break that the earlier survey or this version tells', () => {
    expect(concluded(judged([]))).toBeGreaterThan(3);
    const events = keys.map((key): Lineage => ({ kind: 'break', from: [key], to: [key], note: 'n' }));
    expect(concluded(judged(events))).toBe(concluded(judged([], [], {})));
    expect(concluded(judged([], events))).toBe(concluded(judged([], [], {})));
    expect(concluded(judged([], [], {}))).toBeLessThan(concluded(judged([])));
  });
  it('reads a renamed question under its former name, where one year only is asked', () => {
    const renamed = keys.map((key): Lineage => ({ kind: 'renamed', from: [`old_${key}`], to: [key], note: 'n' }));
    const earlier = Object.fromEntries(Object.entries(samplePrevious).map(([key, answer]) => [keys.includes(key) ? `old_${key}` : key, answer]));
    expect(judged([], renamed, earlier)).toEqual(judged([]));
  });
  it('has the words of what cut it beside the field, where something was answered', () => {
    const told: Lineage[] = [{ kind: 'break', from: ['staff_fte'], to: ['staff_fte'], note: 'Les heures étaient demandées.' }, { kind: 'split', from: ['unknown_then'], to: ['interns'], note: 'n' }];
    const version = compileVersion(compiled.version, told);
    expect(cutsFor(version, {}, samplePrevious)).toEqual({ staff_fte: 'non comparable (Les heures étaient demandées)' });
    expect(cutsFor(version, {}, undefined)).toEqual({});
    expect(cutsFor(version, { staff_fte: valueAnswer(3) }, samplePrevious)).toEqual({});
  });
});
