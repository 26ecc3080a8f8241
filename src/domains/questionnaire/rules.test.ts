import { describe, expect, it } from 'vitest';
import type { AnswerValue } from './answer.ts';
import { compileVersion } from './compiled-version.ts';
import { evaluateAll, evaluateReading, previousFor, progress, requiredMissing, rulesReading, visibleQuestions } from './evaluate.ts';
import { altered, sampleAnswers, sampleContext, samplePrevious, valueAnswer } from './fixtures/sample.ts';
import { readVersionFolder } from './folder.server.ts';
import { contentFolder } from './store.server.ts';
import type { EvaluationContext } from './sheet.ts';

const read = await readVersionFolder(contentFolder(), 2026);
if (!read.ok) throw new Error('the version of 2026 is not readable');
const compiled = compileVersion(read.value);
const base = sampleContext();

type Changes = { readonly [key: string]: AnswerValue | undefined };
const zeros = (rubric: string): Changes =>
  Object.fromEntries(
    compiled.version.questions
      .filter((q) => q.rubric === rubric && q.key in sampleAnswers)
      .map((q): [string, AnswerValue] => {
        if (q.kind === 'single') return [q.key, 'no'];
        if (q.kind === 'multiple') return [q.key, q.options!.some((o) => o.code === 'none') ? ['none'] : [q.options![0]!.code]];
        return [q.key, q.table ? Object.fromEntries(q.table.rows.map((r) => [r.code, Object.fromEntries(q.table!.columns.map((c) => [c.code, 0]))])) : 0];
      }),
  );
const rows = (key: string, column: string, value: number): AnswerValue =>
  Object.fromEntries(compiled.questions.get(key)!.table!.rows.map((r) => [r.code, { [column]: value }]));
const actions = (...more: string[]): AnswerValue => ['outings', 'festive_events', 'school_support', ...more];
const matrix = (row: string, financial: boolean): Changes => ({ partnership_matrix: { [row]: { financial } } });
const funder = (row: string, amount: number): Changes => ({ income_by_funder: { [row]: { amount } } });

/** For each rule, the least change of the sample that makes it false. */
const BREAK: { readonly [ruleId: string]: Changes | Partial<EvaluationContext> } = {
  K001: { staff_headcount: undefined }, K002: zeros('E'), K003: zeros('G'), K004: zeros('F'), K005: { expenses_total: -5 }, K007: funder('caf_local', -1),
  K009: { expenses_total: 0 }, K011: { opening_days: 0 }, K012: { opening_hours: 100 }, K013: { opening_weeks: 10 }, K014: { staff_fte: 41 }, K015: { staff_fte: 0 },
  K016: { staff_fte: 40 }, K017: { staff_by_function: { direction: { fte: 3 } } }, K018: { staff_by_contract: { cdi: { fte: 25 } } }, K019: { staff_headcount: 41 },
  K020: { staff_fte: 20.2 }, K021: { staff_headcount: 41 }, K022: { staff_fte: 20.2 }, K023: { staff_women: 41 }, K024: { director_fte: 2.5 }, K025: { director_fte: 0 },
  K026: { family_referent_fte: 1.5 }, K027: { approvals_held: ['agc'] }, K028: { family_referent: 'no' }, K029: { income_total: 950_000 }, K030: { expenses_total: 886_310 },
  K031: { net_result: 0 }, K032: { caf_benefits: { ...(rows('caf_benefits', 'amount', 0) as object), agc: { amount: 1 } } }, K033: { staff_costs: 900_000 },
  K034: { income_by_funder: { user_fees: { amount: 0 }, memberships: { amount: 0 } } }, K035: funder('memberships', 0), K036: funder('caf_ps', 0),
  K037: { income_by_funder: { commune: { amount: 0 }, epci: { amount: 0 } } }, K038: { staff_costs: 100_000 }, K039: { staff_fte: 5 },
  K040: { expenses_by_purpose: { steering: { amount: 10 } } }, K041: { net_result: 200_000 }, K042: funder('commune', 820_000), K043: { approvals_held: ['agc', 'al'] },
  K045: { approval_end: '2022-01-01' }, K046: { approval_end: '2029-12-31' }, K047: { approval_end: '2024-06-01' }, K048: { first_approval_year: 2026 },
  K049: { first_approval_year: 2025 }, K050: { legal_status: 'commune' }, K051: { management_mode: 'local_authority' }, K052: { management_mode: 'caf' },
  K053: { qpv_status: 'no' }, K054: { territory_character: 'rural' }, K055: { rural_zoning: 'frr' }, K056: { general_meetings: 0 },
  K057: { governance_bodies: ['executive', 'management_committee'] }, K058: { board_members_residents: 16 }, K059: { board_members: 2 }, K060: { board_meetings: 30 },
  K061: { general_meeting_attendance: 5 }, K062: { volunteers_governance: 5 }, K063: { volunteers_total: 10 }, K064: { volunteers_total: 100 }, K065: { volunteers_total: 56 },
  K066: { volunteers_trained: 60 }, K067: { volunteers_activities_occasional: 0 }, K068: { volunteer_hours_governance: 0 }, K069: { volunteer_hours_governance: 7000 },
  K070: { volunteer_hours_activities: 0 }, K071: { volunteer_roles: ['none'] }, K072: { governance_bodies: ['board', 'none'] }, K073: { unique_users: 901 },
  K074: { unique_users: 901 }, K075: { unique_users: 901 }, K076: { unique_users: 901 }, K077: { reception_visits: 100 }, K078: { members: 1000 },
  K079: { users_by_age: { unknown: { count: 500 } } }, K080: { users_by_qf: { unknown: { count: 600 } } }, K081: { early_childhood_children: 0 }, K082: { childhood_children: 0 },
  K083: { preteens_count: 0 }, K084: { teens_count: 0 }, K085: { young_adults_count: 0 }, K086: { seniors_count: 0 }, K087: { early_childhood_children: 200 },
  K088: { childhood_children: 600 }, K089: { preteens_count: 300 }, K090: { teens_count: 300 }, K091: { seniors_count: 400 }, K092: { unique_users: 624 },
  K093: { alsh: { under6: { days: 0 } } }, K094: { alsh: { under6: { children: 3000 } } },
  K096: { caf_benefits: { ...(rows('caf_benefits', 'amount', 0) as object), alsh: { amount: 10 } }, alsh: rows('alsh', 'places', 0) },
  K097: { clas_children: 0 }, K098: { family_funding: ['reaap'] }, K099: { family_actions: ['outings'] }, K100: { family_actions: actions('laep') },
  K101: { family_actions: actions('laep'), laep_attendance: { laep: { sessions: 0, children: 0, adults: 0 } } }, K102: { family_actions: actions('holiday_projects'), holiday_families: 0 },
  K103: { asl_participants: 0 }, K104: { partners_count: 3 }, K105: matrix('commune', false), K106: matrix('epci', false), K107: matrix('department', false),
  K108: matrix('region', true), K109: matrix('state', false), K110: matrix('carsat', true), K111: matrix('msa', true), K112: { agreements_count: 0 },
  K113: { expenses_total: 1_200_000 }, K114: { staff_fte: 30 }, K115: { staff_headcount: 80 }, K116: { unique_users: 2000 }, K117: { members: 200 }, K118: { reception_visits: 40_000 },
  K119: { volunteers_total: 100 }, K120: { volunteer_hours_activities: 4000 }, K121: funder('commune', 500_000), K122: funder('caf_ps', 400_000), K123: { partners_count: 90 },
  K124: { management_mode: 'co_management' }, K125: { qpv_status: 'serving' }, K126: {}, K127: { outlier: () => true }, K128: { outlier: () => true }, K129: { outlier: () => true },
  K130: { outlier: () => true }, K131: { outlier: () => true }, K132: { onBehalfReviewed: false }, K133: { opening_weeks: 10 }, K134: { interpretation_issue: 'C15 : stages compris ?' },
  K135: { opening_hours: 500 }, K136: { first_approval_year: 2024 }, K137: { staff_costs: 0 }, K138: { expenses_total: 500 }, K139: { seniors: 'no' },
};
const broken = (ruleId: string): EvaluationContext => {
  const change = BREAK[ruleId]!;
  return 'outlier' in change || 'onBehalfReviewed' in change ? { ...base, ...change } : { ...base, answers: altered(sampleAnswers, change as Changes) };
};

describe('the 134 rules', () => {
  it('are all here, each with a response that breaks it', () => {
    expect(compiled.rules).toHaveLength(134);
    expect(Object.keys(BREAK).toSorted()).toEqual(compiled.rules.map((r) => r.rule.id).toSorted());
  });
  it('find nothing to block nor to explain in the sample', () => {
    expect(evaluateAll(compiled, base, { severities: ['hard', 'soft'] })).toEqual([]);
    expect(progress(compiled, base)).toEqual({ required: 104, answered: 104 });
  });
  it.each(compiled.rules.map((r) => r.rule.id))('%s can be broken', (id) => {
    const finding = evaluateAll(compiled, broken(id)).find((f) => f.ruleId === id);
    expect(finding?.message).toBe(compiled.ruleById.get(id)!.rule.message);
    expect(finding?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });
  it('say while one types what they say of the whole, for the rules that read the question', () => {
    for (const id of Object.keys(BREAK)) {
      const context = broken(id);
      const all = evaluateAll(compiled, context, { gates: false });
      for (const key of Object.keys(BREAK[id]!).filter((k) => compiled.questions.has(k))) {
        const { evaluated, findings } = evaluateReading(compiled, context, key);
        const judged = all.filter((f) => evaluated.some((e) => e.ruleId === f.ruleId && (e.subjects === 'all' || e.subjects.includes(f.subject))));
        expect(findings.toSorted((a, b) => (a.ruleId < b.ruleId ? -1 : 1))).toEqual(judged.toSorted((a, b) => (a.ruleId < b.ruleId ? -1 : 1)));
      }
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
