import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer, CompiledVersion } from '../questionnaire/index.ts';
import { compileVersion } from '../questionnaire/index.ts';
import { foldProgress, responseRate, wholeOf } from '../campaign/index.ts';
import { contentFolder, readVersionFolder } from '../questionnaire/index.server.ts';
import { FACT_OF_QUESTION } from '../registry/index.ts';
import { catalogueFor, compute, computeFigures, Dataset, type FigureDefinition, type FrozenUnit, type Measure, quantile7, roundedValue, settleSheets } from './index.ts';
import { figureFiles } from './index.server.ts';
import { labelWords } from './wording.ts';

const versions = new Map<number, CompiledVersion>();
beforeAll(async () => {
  for (const year of [2017, 2025]) {
    const read = await readVersionFolder(contentFolder(), year);
    if (!read.ok) throw new Error(`questionnaire ${year} cannot be read`);
    versions.set(year, compileVersion(read.value));
  }
});
const v2017 = (): CompiledVersion => versions.get(2017)!;

const value = (v: unknown): Answer => ({ state: 'value', value: v as number });
function unit(i: number, answers: { readonly [year: string]: { readonly [key: string]: Answer } }, more: Partial<FrozenUnit> = {}): FrozenUnit {
  return {
    structureId: `s${i}`, territoryCode: '62', kind: 'CS', participation: 'solicited', responseState: 'frozen', completeness: 'complete',
    register: { name: `s${i}`, contributor: `siren:${i}`, contributorBasis: 'siren' }, answers, ...more,
  };
}
const figure = (measure: Measure, more: Partial<FigureDefinition> = {}): FigureDefinition => ({ id: 'f', label: 'f', section: 's', unit: 'persons', measure, ...more });
const on = (units: readonly FrozenUnit[], measure: Measure, more: Partial<FigureDefinition> = {}) => compute(figure(measure, more), new Dataset(v2017(), units));
const staff = (...values: (number | Answer | undefined)[]): FrozenUnit[] =>
  values.map((v, i) => unit(i, { 2016: v === undefined ? {} : { staff_headcount: typeof v === 'number' ? value(v) : v } }));

describe('the four states of an answer', () => {
  it('0 is in the base; unanswered, unknown and not concerned are not', () => {
    expect(on(staff(0, 10, undefined, { state: 'unknown' }, { state: 'not_concerned' }), { kind: 'sum', of: 'staff_headcount' })).toMatchObject({ value: 10, base: 2, responses: 5 });
    expect(on(staff(0, 10, undefined), { kind: 'mean', of: 'staff_headcount' })).toMatchObject({ value: 5, base: 2 });
    expect(on(staff(0, 10, 20), { kind: 'mean', of: 'staff_headcount', over: 'positive' })).toMatchObject({ value: 15, base: 2 });
  });
  it('a disputed value is out of the base of its question only', () => {
    const units = staff(10, 20).map((u, i) => (i === 0 ? { ...u, disputed: { 2016: ['staff_headcount'] } } : u));
    expect(on(units, { kind: 'sum', of: 'staff_headcount' })).toMatchObject({ value: 20, base: 1, responses: 2 });
  });
  it('nobody answering gives no value, never 0', () => {
    expect(on(staff(undefined, undefined), { kind: 'sum', of: 'staff_headcount' }).value).toBeUndefined();
  });
  it('not concerned is a "no" of a count, or out of it when the definition says so', () => {
    const units = [unit(0, { 2016: { preteens_activities: value(['sport']) } }), unit(1, { 2016: { preteens_activities: { state: 'not_concerned' } } }), unit(2, { 2016: {} })];
    const where = { q: 'preteens_activities', has: 'sport' };
    expect(on(units, { kind: 'share', where })).toMatchObject({ value: 50, base: 2 });
    expect(on(units, { kind: 'share', where, notConcerned: 'out' })).toMatchObject({ value: 100, base: 1 });
  });
  it('a sum of questions needs each of them; not concerned adds 0', () => {
    const both = ['volunteers_activities_regular', 'volunteers_activities_occasional'];
    const units = [
      unit(0, { 2016: { [both[0]!]: value(3), [both[1]!]: value(4) } }), unit(1, { 2016: { [both[0]!]: value(3), [both[1]!]: { state: 'not_concerned' } } }),
      unit(2, { 2016: { [both[0]!]: value(3), [both[1]!]: { state: 'unknown' } } }),
    ];
    expect(on(units, { kind: 'sum', of: both })).toMatchObject({ value: 10, base: 2 });
  });
});

describe('what the register knows', () => {
  it('comes before the answer, for every question that the register answers and a release freezes', () => {
    const register = {
      ...unit(0, {}).register, managementMode: 'association', legalStatus: 'x', territoryCharacter: 'x', qpvStatus: 'x', ruralZoning: 'x', urbanRenewal: 'x', urbanRenewalStage: 'x', networks: ['x'], approvals: ['agc'],
    };
    const one = { structure_type: 'CS', management_mode: 'association', legal_status: 'x', territory_character: 'x', qpv_status: 'x', rural_zoning: 'x', urban_renewal: 'x', urban_renewal_stage: 'x' };
    const answers = Object.fromEntries([...Object.keys(one), 'networks_membership', 'approvals_held'].map((key) => [key, value(key.endsWith('s_membership') || key.endsWith('_held') ? ['other'] : 'other')]));
    const units = [unit(0, { 2016: answers }, { register }), unit(1, { 2016: answers })];
    const frozen = Object.entries(FACT_OF_QUESTION).filter(([, fact]) => fact === 'kind' || fact in register).map(([key]) => key);
    expect(frozen.toSorted()).toEqual(['structure_name', 'networks_membership', ...Object.keys(one)].toSorted());
    for (const [key, known] of Object.entries(one)) expect(on(units, { kind: 'count', where: { q: key, is: known } }), key).toMatchObject({ value: key === 'structure_type' ? 2 : 1, base: 2 });
    for (const [key, known] of [['networks_membership', 'x'], ['approvals_held', 'agc']] as const) expect(on(units, { kind: 'count', where: { q: key, has: known } }), key).toMatchObject({ value: 1, base: 2 });
  });
});

describe('measures', () => {
  it('take a true side whatever is unknown beside it, and leave out what cannot be told', () => {
    const amount = (ps: Answer | number, local: number | 'unknown'): Answer => value({ caf_ps: { amount: ps }, caf_local: { amount: local } });
    const units = [unit(0, { 2016: { income_by_funder: amount(0, 5) } }), unit(1, { 2016: { income_by_funder: amount(0, 'unknown') } }), unit(2, { 2016: { income_by_funder: amount(7, 'unknown') } })];
    const where = { any: [{ q: 'income_by_funder.caf_ps.amount', positive: true as const }, { q: 'income_by_funder.caf_local.amount', positive: true as const }] };
    expect(on(units, { kind: 'count', where })).toMatchObject({ value: 2, base: 2 });
  });
  it('read an unticked row of boxes as no', () => {
    const units = [unit(0, { 2016: { partnership_matrix: value({ education: { technical: true } }) } }), unit(1, { 2016: { partnership_matrix: value({ commune: { technical: true } }) } })];
    expect(on(units, { kind: 'count', where: { q: 'partnership_matrix.education', anyTicked: true } })).toMatchObject({ value: 1, base: 2 });
  });
  it('give a ratio of sums over those who answer both terms', () => {
    const units = [unit(0, { 2016: { staff_women: value(6), staff_headcount: value(10) } }), unit(1, { 2016: { staff_headcount: value(90) } })];
    expect(on(units, { kind: 'ratio', of: 'staff_women', to: 'staff_headcount' })).toMatchObject({ value: 60, base: 1 });
  });
  it('compare two years on those who answer both', () => {
    const units = [
      unit(0, { 2016: { staff_fte: value(11) }, 2015: { staff_fte: value(10) } }), unit(1, { 2016: { staff_fte: value(50) } }), unit(2, { 2016: {}, 2015: { staff_fte: value(40) } }),
    ];
    const change = on(units, { kind: 'change', of: 'staff_fte' });
    expect(change.base).toBe(1);
    expect(change.value).toBeCloseTo(10, 9);
  });
  it('find the year before in the release before when the campaign asks one year', () => {
    const version = versions.get(2025)!;
    const main = version.mainDataYear;
    const past = Array.from({ length: 4 }, (_, i) => unit(i, { [main - 1]: { unique_users: value(100) } }));
    const now = Array.from({ length: 5 }, (_, i) => unit(i, { [main]: { unique_users: value(110) } }));
    const dataset = new Dataset(version, now, { mainYear: main - 1, units: past });
    expect(compute(figure({ kind: 'sum', of: 'unique_users' }, { year: 'previous' }), dataset)).toMatchObject({ value: 400, base: 4, year: main - 1 });
    const change = compute(figure({ kind: 'change', of: 'unique_users' }), dataset);
    expect(change.value).toBeCloseTo(10, 9);
    expect(change.base).toBe(4);
    expect(compute(figure({ kind: 'sum', of: 'unique_users' }, { year: 'previous' }), new Dataset(version, now)).value).toBeUndefined();
  });
  it('leave out kinds to which a question does not apply', () => {
    const units = [...staff(10, 20), unit(9, { 2016: { staff_women: value(3) } }, { kind: 'EVS' })];
    expect(on(units, { kind: 'sum', of: 'staff_women' }).base).toBe(0);
    expect(on([...units.slice(0, 2), unit(9, { 2016: { staff_headcount: value(5) } }, { kind: 'EVS' })], { kind: 'sum', of: 'staff_headcount' })).toMatchObject({ value: 35, kinds: ['CS', 'EVS'] });
  });
  it('count the register over the approved, and answers over the respondents', () => {
    const units = [0, 1, 2].map((i) => unit(i, { 2016: {} }, { register: { name: '', contributor: `${i}`, contributorBasis: 'own', managementMode: 'caf' }, ...(i === 2 ? { participation: 'newly_approved', responseState: 'none' } : {}) }));
    expect(on(units, { kind: 'count', where: { q: 'management_mode', is: 'caf' } }, { population: 'approved' })).toMatchObject({ value: 3, base: 3 });
    expect(on(units, { kind: 'count', where: { q: 'management_mode', is: 'caf' } })).toMatchObject({ value: 2, base: 2 });
    expect(on(units, { kind: 'population_share', of: 'answered', among: 'approved' })).toMatchObject({ base: 3, year: 2017 });
  });
  it('leave an excluded structure out of the base, as the counts of the campaign do', () => {
    const units = [...staff(10, 20), unit(2, {}, { responseState: 'excluded' }), unit(3, {}, { responseState: 'declined' }), unit(4, {}, { participation: 'newly_approved', responseState: 'none' })];
    const whole = wholeOf(foldProgress(units.map((u) => ({ territory: '62', name: '', kind: u.kind, coverage: 'surveyed', participation: u.participation, state: u.responseState === 'none' ? null : u.responseState, complete: true, n: 1, volume: null, volumeKnown: 0 }))), '');
    expect(whole).toMatchObject({ approved: 5, solicited: 3, answered: 2, excluded: 1, declined: 1 });
    expect(on(units, { kind: 'population', of: 'solicited' })).toMatchObject({ value: whole.solicited });
    expect(on(units, { kind: 'population', of: 'approved' })).toMatchObject({ value: whole.approved });
    expect(on(units, { kind: 'population_share', of: 'answered', among: 'solicited' })).toMatchObject({ value: responseRate(whole), base: 3 });
  });
  it('weigh answers by the full-time equivalents of the year before', () => {
    const units = [unit(0, { 2016: {}, 2015: { staff_fte: value(30) } }), unit(1, {}, { responseState: 'non_respondent', register: { name: '', contributor: 'x', contributorBasis: 'own', volumeFte: 10 } })];
    expect(on(units, { kind: 'population_share', of: 'answered', among: 'solicited', by: 'volume' })).toMatchObject({ value: 75 });
  });
});

describe('two years side by side', () => {
  const two = (changes: readonly number[]) => changes.map((change, i) => unit(i, { 2016: { staff_fte: value(10 + i + change) }, 2015: { staff_fte: value(10 + i) } }));
  const shown = (changes: readonly number[]): string[] => {
    const definitions = [figure({ kind: 'sum', of: 'staff_fte' }, { id: 'now' }), figure({ kind: 'sum', of: 'staff_fte' }, { id: 'then', year: 'previous' }), figure({ kind: 'change', of: 'staff_fte' }, { id: 'change' })];
    return computeFigures({ version: v2017(), units: two(changes), campaignYear: 2017, territoryCode: '62', catalogue: { figures: definitions, lists: [] } }).set.figures.keys().toArray();
  };
  it('are shown when many structures made the difference', () => expect(shown([1, -1, 2, 1, 3, -2])).toEqual(['now', 'then', 'change']));
  it('are not when one or two made it, or one made nearly all of it', () => {
    expect(shown([0, 0, 5, 0, 0, 0])).toEqual(['now']);
    expect(shown([0, 3, 5, 0, 0, 0])).toEqual(['now']);
    expect(shown([0.1, 0.1, 50, 0.1, 0.1, 0])).toEqual(['now']);
  });
});

describe('quantiles and rounding', () => {
  // R 4.2: quantile(c(1, 2, 4, 8, 16), c(.1, .25, .5, .75, .9), type = 7)
  it('are those of R type 7', () => {
    const sorted = [1, 2, 4, 8, 16];
    expect([0.1, 0.25, 0.5, 0.75, 0.9].map((p) => quantile7(sorted, p))).toEqual([1.4, 2, 4, 8, 12.8]);
    expect(quantile7([], 0.5)).toBeNaN();
  });
  it('stay between the extremes and grow with p', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (xs, p, q) => {
      const sorted = xs.toSorted((a, b) => a - b);
      const [low, high] = p < q ? [p, q] : [q, p];
      expect(quantile7(sorted, low)).toBeLessThanOrEqual(quantile7(sorted, high) + 1e-6);
      // Not toBe: it tells -0 from 0, which are one value here.
      expect(quantile7(sorted, 0) === sorted[0]).toBe(true);
      expect(quantile7(sorted, 1) === sorted.at(-1)).toBe(true);
    }));
  });
  it('round half up, to decimals or to a step', () => {
    expect(roundedValue({}, 886307.888)).toEqual({ rounded: 886308, decimals: 0 });
    expect(roundedValue({ step: 0.5 }, 17.26)).toEqual({ rounded: 17.5, decimals: 1 });
    expect(roundedValue({ step: 100 }, 3962)).toEqual({ rounded: 4000, decimals: 0 });
    expect(roundedValue({ decimals: 1 }, -0.05)).toEqual({ rounded: -0.1, decimals: 1 });
  });
});

describe('answers as a release keeps them', () => {
  const settle = (answers: { readonly [key: string]: Answer }) => settleSheets(v2017(), { kind: 'CS', territory: '62' }, { 2016: answers }).answers[2016]!;
  it('say "not concerned" where the structure said that it does not apply, and stay silent where it said nothing', () => {
    expect(settle({ preteens: value('no'), preteens_count: value(12) })['preteens_count']).toEqual({ state: 'not_concerned' });
    expect(settle({ preteens: value('yes'), preteens_count: value(12) })['preteens_count']).toEqual(value(12));
    expect(settle({})['preteens_count']).toBeUndefined();
  });
  it('leave disputed values out and list them', () => {
    const settled = settleSheets(v2017(), { kind: 'CS', territory: '62' }, { 2016: { staff_fte: value(3) } }, { 2016: ['staff_fte'] });
    expect(settled.answers[2016]!['staff_fte']).toBeUndefined();
    expect(settled.disputed).toEqual({ 2016: ['staff_fte'] });
  });
  it('ask a local question of its own territory only', () => {
    expect(settleSheets(v2017(), { kind: 'CS', territory: '59' }, { 2016: { l62_youth_grants: value('yes') } }).answers[2016]!['l62_youth_grants']).toBeUndefined();
  });
});

describe('the general catalogue', () => {
  const mixed = (evs: number): FrozenUnit[] => Array.from({ length: 20 }, (_, i) => unit(i, { 2024: { staff_headcount: value(10 + i), staff_fte: value(5 + i), expenses_total: value(1000 * (i + 1)) } }, { kind: i < evs ? 'EVS' : 'CS' }));
  const run = async (units: readonly FrozenUnit[]) => {
    const version = versions.get(2025)!;
    return computeFigures({ version, units, campaignYear: 2025, territoryCode: '13', catalogue: catalogueFor(await figureFiles(), version, 2025, '13') });
  };
  it('serves any territory and campaign, by kind too', async () => {
    const { set, rows } = await run(mixed(6));
    expect(rows.some((row) => row.id.startsWith('editorial'))).toBe(false);
    expect(['', '@CS', '@EVS'].map((kind) => set.figures.get(`staff.fte${kind}`)?.base)).toEqual([20, 14, 6]);
    expect(set.figures.get('staff.fte@EVS')?.making.population).toBe('Espaces de vie sociale ayant répondu');
  });
  it('keeps all structures beside two espaces de vie sociale, and neither kind alone', async () => {
    const { set, rows } = await run(mixed(2));
    expect(set.figures.has('staff.fte')).toBe(true);
    expect(set.figures.has('staff.fte@EVS') || set.figures.has('staff.fte@CS')).toBe(false);
    expect(rows.find((row) => row.id === 'staff.fte@CS')?.reasonCode).toBe('base_difference');
    expect(set.figures.get('approved.total@EVS')?.value).toBe(2);
    expect(set.withheld.find((w) => w.id === 'staff.fte@CS')?.reason.message).toBe('Non diffusé\u00a0: secret statistique.');
  });
  it('works for one structure: nothing but public facts leaves', async () => {
    const { set } = await run(mixed(0).slice(0, 1));
    for (const figureShown of set.figures.values()) expect(['public', 'visible'], figureShown.id).toContain(figureShown.making.sensitivity);
    expect(set.figures.has('staff.headcount')).toBe(false);
  });
  it('works for none', async () => {
    const { set } = await run([]);
    expect(set.figures.get('approved.total')?.value).toBe(0);
  });
});

describe('labels', () => {
  it('speak of the kinds that they count, with the right agreement', () => {
    expect(labelWords('{S} {agréées|agréés} par {1}', ['CS'])).toBe('Centres sociaux agréés par centre social');
    expect(labelWords('{S} {agréées|agréés} par {1}', ['CS', 'EVS'])).toBe('Structures agréées par structure');
  });
});
