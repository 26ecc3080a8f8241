import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_KINDS } from '../questionnaire/fixtures/all-kinds.ts';
import { type Answer, type Answers, compileVersion, type CompiledVersion, type Lineage, type Question } from '../questionnaire/index.ts';
import { catalogueFor } from './catalogue.ts';
import type { FigureFile } from './definition-parsing.ts';
import { compute } from './engine.ts';
import { Dataset } from './dataset.ts';
import { pastNames, underNames } from './following.ts';
import { lostFigures } from './lost-figures.ts';
import type { FrozenUnit } from './model.ts';
import { computeFigures } from './tables.ts';

const model = (key: string): Question => ALL_KINDS.questions.find((q) => q.key === key)!;
const event = (kind: Lineage['kind'], from: readonly string[], to: readonly string[], note = `${kind}.`): Lineage => ({ kind, from, to, note });
/** `people`: a number called so; `people:ages`: the question `ages` under the name `people`. */
const version = (year: number, names: readonly string[], lineage: readonly Lineage[] = []): CompiledVersion =>
  compileVersion({
    ...ALL_KINDS, year, dataYears: [{ year: year - 1, keys: 'all' }], rules: [], lineage,
    questions: names.map((name, i) => {
      const [key = '', like = 'people'] = name.split(':');
      const { relevance: _, ...question } = model(like);
      return { ...question, relevance: null, key, code: `Q${i}`, label: `Question ${key}`, ...(question.table ? { table: { rows: question.table.rows, columns: question.table.columns } } : {}) };
    }),
  });

const before = version(2025, ['a', 'b', 'c', 'd', 'e', 'old', 'mode:management', 'ages:ages', 'same']);
const after = version(2026, ['ab', 'c1', 'c2', 'd2', 'e', 'way:management', 'people_ages:ages', 'same'], [
  event('merged', ['a', 'b'], ['ab']), event('split', ['c'], ['c1', 'c2']), event('renamed', ['d'], ['d2']), event('break', ['e'], ['e'], 'On compte autrement.'), event('dropped', ['old'], []),
  event('renamed', ['mode'], ['way']), event('renamed', ['ages'], ['people_ages']),
]);
const history = [before.version, after.version];

const sum = (id: string, of: string | readonly string[]) => ({ id, label: id, section: 's', unit: 'persons', measure: { kind: 'sum' as const, of } });
const files = (keys: 'old' | 'new'): FigureFile[] => {
  const o = keys === 'old';
  return [{
    figures: [
      sum('both', o ? ['a', 'b'] : 'ab'), sum('d', o ? 'd' : 'd2'), sum('e', 'e'), sum('same', 'same'), sum('young', `${o ? 'ages' : 'people_ages'}.young.count`),
      { id: 'yes', label: 'yes', section: 's', unit: 'percent', measure: { kind: 'share', where: { all: [{ q: o ? 'mode' : 'way', is: 'yes' }, { q: o ? 'd' : 'd2', positive: true }] } } },
      ...(o ? [sum('a', 'a'), sum('c', 'c'), sum('old', 'old')] : [sum('c1', 'c1')]),
      { ...sum('both.previous', o ? ['a', 'b'] : 'ab'), year: 'previous' as const },
      ...['same', 'e', o ? 'd' : 'd2'].map((of) => ({ id: `change.${of[0]}`, label: of, section: 's', unit: 'percent', measure: { kind: 'change' as const, of } })),
      { id: 'both.any', label: 'x', section: 's', unit: 'structures', measure: { kind: 'count', where: { q: o ? 'd' : 'ab', positive: true } } },
    ],
    lists: [{ id: 'modes', title: 'Modes', kind: 'ranked', section: 's', optionsOf: o ? 'mode' : 'way', figureId: 'mode.{code}' }],
  }];
};
const number = (value: number): Answer => ({ state: 'value', value });
const unit = (i: number, year: number, answers: Answers, more: Partial<FrozenUnit> = {}): FrozenUnit => ({
  structureId: `s${i}`, territoryCode: '62', kind: 'CS', participation: 'solicited', responseState: 'frozen', completeness: 'complete', register: { name: '', contributor: `siren:${i}`, contributorBasis: 'siren' }, answers: { [year]: answers }, ...more,
});
const answersBefore = (n: number): Answers => ({ a: number(n), b: number(2 * n), c: number(5), d: number(n), e: number(7), same: number(10), mode: { state: 'value', value: n % 2 ? 'yes' : 'no' }, ages: { state: 'value', value: { young: { count: n } } } });
const answersAfter = (n: number): Answers => ({ ab: number(3 * n), c1: number(2), c2: number(3), d2: number(2 * n), e: number(9), same: number(11), way: { state: 'value', value: n % 2 ? 'yes' : 'no' }, people_ages: { state: 'value', value: { young: { count: n } } } });
const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const now = ten.map((n) => unit(n, 2025, answersAfter(n)));
const then = ten.map((n) => unit(n, 2024, answersBefore(n)));

const values = (compiled: CompiledVersion, units: readonly FrozenUnit[], written: 'old' | 'new') =>
  Object.fromEntries(catalogueFor(files(written), compiled, compiled.year, 'FR', history).figures.map((f) => [f.id, compute(f, new Dataset(compiled, units)).value]));

describe('a figure written once', () => {
  it('computes on the answers of the next version under its names, and no number is made of what was split, dropped or merged with something else', () => {
    const found = values(after, now, 'old');
    expect(found).toMatchObject({ both: 165, d: 110, e: 90, same: 110, young: 55, yes: 50, 'mode.yes': 5, 'mode.no': 5 });
    expect(Object.keys(found).filter((id) => ['a', 'c', 'old'].includes(id))).toEqual([]);
    const { lost } = catalogueFor(files('old'), after, 2026, 'FR', history);
    expect(lost.map((f) => [f.id, /(merged|split|dropped) \(questionnaire 2026\)\.$/.exec(f.reason)?.[1]])).toEqual([['a', 'merged'], ['c', 'split'], ['old', 'dropped']]);
  });
  it('computes on the answers of the version before as well, a merged question as the sum of its parts', () => {
    expect(values(before, then, 'new')).toMatchObject({ both: 165, d: 55, e: 70, same: 100, young: 55, yes: 50, 'mode.yes': 5, 'both.any': 10 });
    expect(catalogueFor(files('new'), before, 2025, 'FR', history).lost.map((f) => f.id)).toEqual(['c1']);
  });
  it('gives the same numbers whichever version it was written for', () => {
    const common = (written: 'old' | 'new', compiled: CompiledVersion, units: readonly FrozenUnit[]) => Object.entries(values(compiled, units, written)).filter(([id]) => !['a', 'c', 'c1', 'old', 'both.any'].includes(id)).toSorted();
    expect(common('old', after, now)).toEqual(common('new', after, now));
    expect(common('old', before, then)).toEqual(common('new', before, then));
  });
});

describe('two years side by side', () => {
  const names = pastNames(history, after.questions.keys(), 2026, 2025);
  const out = computeFigures({ version: after, units: now, previous: { mainYear: 2024, units: underNames(then, names), names }, campaignYear: 2026, territoryCode: '62', catalogue: catalogueFor(files('old'), after, 2026, 'FR', history) });
  const row = (id: string) => out.rows.find((r) => r.id === id)!;

  it('follow renamed and merged questions', () => {
    expect(['both', 'both.previous', 'change.d', 'change.s'].map((id) => row(id).rounded)).toEqual([165, 165, 100, 10]);
  });
  it('name the keys really read, this year and the year before', () => {
    expect(out.set.figures.get('both.previous')!.making).toMatchObject({ questions: ['a', 'b'], definition: expect.stringContaining('En 2024, «\u00a0Question ab\u00a0» se lit dans a + b.') });
    expect(out.set.figures.get('change.d')!.making.questions).toEqual(['d2', 'd']);
    expect(out.set.figures.get('both')!.making.questions).toEqual(['ab']);
  });
  it('are not compared over a break, and say why', () => {
    expect(row('change.e')).toMatchObject({ value: null, status: 'withheld', reasonCode: 'not_comparable', reason: expect.stringContaining('On compte autrement') });
    expect(out.set.withheld.find((f) => f.id === 'change.e')!.reason.code).toBe('not_comparable');
    expect(out.set.figures.has('change.e')).toBe(false);
  });
  it('leave a sum out of the base when one of its parts is disputed, or is not known', () => {
    const units = [unit(1, 2024, answersBefore(1), { disputed: { 2024: ['b', 'same'] } }), unit(2, 2024, { ...answersBefore(2), a: { state: 'unknown' } }), unit(3, 2024, { ...answersBefore(3), a: { state: 'not_concerned' } })];
    const dataset = new Dataset(after, [], { mainYear: 2024, units: underNames(units, names), names });
    const previous = (of: string) => compute({ ...sum('x', of), year: 'previous', kinds: ['CS'] }, dataset);
    expect(previous('ab')).toMatchObject({ value: 6, base: 1 });
    expect(previous('same')).toMatchObject({ value: 20, base: 2 });
  });
  it('whatever is answered, the sum of a merged question the year before is the sum of its parts', () => {
    const answer = fc.oneof(fc.nat(99).map(number), fc.constant<Answer>({ state: 'not_concerned' }), fc.constant<Answer>({ state: 'unknown' }), fc.constant(undefined));
    fc.assert(fc.property(fc.array(fc.tuple(answer, answer), { minLength: 1, maxLength: 12 }), (pairs) => {
      const units = pairs.map(([a, b], i) => unit(i, 2024, { ...(a ? { a } : {}), ...(b ? { b } : {}) }));
      const there = compute({ ...sum('x', 'ab'), year: 'previous', kinds: ['CS'] }, new Dataset(after, [], { mainYear: 2024, units: underNames(units, names), names }));
      const here = compute({ ...sum('x', ['a', 'b']), kinds: ['CS'] }, new Dataset(before, units));
      expect([there.value, there.base]).toEqual([here.value, here.base]);
    }));
  });
});

describe('figures lost from one version to the next', () => {
  it('are those of a question split, dropped, merged apart or broken; not of one renamed or merged whole', () => {
    expect(lostFigures(files('old'), before, after).map((f) => f.id)).toEqual(['e', 'a', 'c', 'old', 'change.e']);
  });
});
