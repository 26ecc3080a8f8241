import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, AnswerValue } from './answer.ts';
import { answerEquals, columnTotal, isComplete } from './cells.ts';
import { compileVersion } from './compiled-version.ts';
import { evaluateAll, progress } from './evaluate.ts';
import { ALL_KINDS } from './fixtures/all-kinds.ts';
import { altered, valueAnswer } from './fixtures/sample.ts';
import { fieldName, parseFormAnswer, presentField, stateField } from './form-answer.ts';
import { formatAnswer, formatInput } from './format-answer.ts';
import type { Question } from './model.ts';
import { answerOf, parseAnswer } from './parse-answer.ts';

const compiled = compileVersion(ALL_KINDS);
const question = (key: string): Question => compiled.questions.get(key)!;
const form = (key: string, fields: { readonly [name: string]: string | readonly string[] }) => parseFormAnswer(question(key), (name) => [fields[name] ?? []].flat());
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

const GOOD: { readonly [key: string]: readonly [AnswerValue, string] } = {
  people: [12, '12 personnes'], work: [1234.5, '1 234,5 ETP'], budget: [1200, '1 200 €'], women_share: [17.5, '17,5 %'], remark: ['Bien', 'Bien'], opened: ['2029-03-01', '1er mars 2029'],
  management: ['yes', 'Oui'], bodies: [['board', 'office'], 'Conseil, Bureau'], detail: [0, '0'],
  ages: [{ young: { count: 2, share: 40, met: true }, old: { count: 3, share: 60, met: false } }, 'Jeunes : rencontrés, personnes 2, part 40 % ; Aînés : personnes 3, part 60 %'],
};

describe('answers of every kind', () => {
  it.each(Object.entries(GOOD))('%s is read, kept, written in French, and equal to itself', (key, [value, words]) => {
    const read = parseAnswer(question(key), JSON.parse(JSON.stringify({ state: 'value', value })));
    expect(read).toEqual({ ok: true, value: valueAnswer(value) });
    expect(plain(formatAnswer(question(key), valueAnswer(value)))).toBe(words);
    expect(answerEquals(valueAnswer(value), valueAnswer(value))).toBe(true);
    expect(isComplete(question(key), valueAnswer(value))).toBe(true);
  });
  it('keeps four states apart', () => {
    for (const key of Object.keys(GOOD)) {
      const q = question(key);
      expect(parseAnswer(q, null)).toEqual({ ok: true, value: undefined });
      expect(parseAnswer(q, { state: 'unknown' })).toEqual({ ok: true, value: { state: 'unknown' } });
      expect(parseAnswer(q, { state: 'not_concerned' })).toEqual({ ok: true, value: { state: 'not_concerned' } });
      expect([undefined, { state: 'unknown' } as const, { state: 'not_concerned' } as const].map((a) => formatAnswer(q, a))).toEqual(['—', 'Ne sait pas', 'Non concerné']);
      expect(parseAnswer({ ...q, unknownAllowed: false }, { state: 'unknown' }).ok).toBe(false);
      expect(parseAnswer({ ...q, notConcernedAllowed: false }, { state: 'not_concerned' }).ok).toBe(false);
    }
  });
  it.each([
    ['people', '12'], ['people', Number.NaN], ['people', 1e300], ['people', true], ['work', [1]], ['remark', 3], ['remark', 'x'.repeat(10_001)], ['opened', '2029-02-30'], ['opened', '01/03/2029'],
    ['management', 'maybe'], ['management', ['yes']], ['bodies', 'board'], ['bodies', ['board', 'x']], ['ages', [1]], ['ages', { young: 2 }], ['ages', { x: {} }], ['ages', { young: { x: 1 } }],
    ['ages', { young: { count: '2' } }], ['ages', { young: { met: 1 } }], ['ages', { young: { count: 'lots' } }],
  ])('refuses %s = %j in French', (key, value) => {
    const read = parseAnswer(question(key), { state: 'value', value });
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error).toMatchObject({ code: 'ill_typed_answer', message: expect.stringContaining(question(key).code) as string });
  });
  it('refuses anything that is not an answer, and never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(GOOD)), fc.anything(), (key, raw) => {
        const read = parseAnswer(question(key), raw);
        if (read.ok && read.value) expect(['value', 'unknown', 'not_concerned']).toContain(read.value.state);
      }),
    );
    for (const raw of [undefined, 3, 'x', [], {}, { state: 'value' }, { state: 'empty' }, { state: 'unknown', value: 3 }, { state: 'value', value: 3, more: 1 }]) expect(parseAnswer(question('people'), raw).ok).toBe(false);
  });
  it('keeps a text without the characters that nobody sees and no database takes', () => {
    expect(parseAnswer(question('remark'), { state: 'value', value: ' a\0b\u0007\ud800 ' })).toEqual({ ok: true, value: valueAnswer('ab\ufffd') });
    expect(parseAnswer(question('remark'), { state: 'value', value: '\0\u0001' })).toEqual({ ok: true, value: undefined });
    expect(answerOf(question('remark'), '\0'.repeat(20_000))).toEqual({ ok: true, value: undefined });
  });
  it('keeps a value out of bounds: it becomes a finding, not a loss', () => {
    for (const [key, value] of [['people', -1], ['people', 1.5], ['people', 101], ['work', 0.123], ['women_share', 120], ['remark', 'x'.repeat(21)]] as const) {
      expect(answerOf(question(key), value)).toEqual({ ok: true, value: valueAnswer(value) });
      const findings = evaluateAll(compiled, { structureKind: 'CS', dataYear: 2029, answers: { [key]: valueAnswer(value) } });
      expect(findings.map((f) => [f.ruleId, f.subject])).toEqual([['X2', key]]);
    }
  });
  it('counts progress, and totals of columns', () => {
    const answers = Object.fromEntries(Object.entries(GOOD).map(([key, [value]]) => [key, valueAnswer(value)]));
    expect(progress(compiled, { structureKind: 'EVS', dataYear: 2029, answers })).toEqual({ required: 10, answered: 10 });
    expect(progress(compiled, { structureKind: 'EVS', dataYear: 2028, answers: {} })).toEqual({ required: 2, answered: 0 });
    expect(columnTotal(question('ages'), answers['ages'], 'count')).toBe(5);
    expect(columnTotal(question('ages'), altered(answers, { ages: { old: { count: 'unknown' } } })['ages'], 'count')).toBe(undefined);
  });
});

describe('fields of a form', () => {
  it.each([
    ['people', { people: '1 234' }, 1234], ['work', { work: '1 234,5' }, 1234.5], ['work', { work: '1234.5' }, 1234.5], ['women_share', { women_share: '12 %' }, 12], ['budget', { budget: '1 200,50 €' }, 1200.5],
    ['opened', { opened: '1/3/2029' }, '2029-03-01'], ['remark', { remark: '  Bien ' }, 'Bien'], ['management', { management: 'no' }, 'no'], ['bodies', { bodies: ['office', 'board'] }, ['board', 'office']],
  ] as const)('%s %j', (key, fields, value) => expect(form(key, fields)).toEqual({ ok: true, value: valueAnswer(value) }));
  it('reads cells, boxes and states', () => {
    const fields = { 'ages.young.count': '2', 'ages.old.count': '', [stateField('ages.old.count')]: 'unknown', 'ages.young.met': 'on', [presentField('ages')]: '1' };
    expect(form('ages', fields)).toEqual({ ok: true, value: valueAnswer({ young: { count: 2, met: true }, old: { count: 'unknown', met: false } }) });
    expect(form('people', { people: '3', [stateField('people')]: 'unknown' })).toEqual({ ok: true, value: { state: 'unknown' } });
    expect(form('ages', {})).toEqual({ ok: true, value: undefined });
    expect(form('bodies', { [presentField('bodies')]: '1' })).toEqual({ ok: true, value: undefined });
  });
  it.each([
    ['people', 'abc', '«\u00a0abc\u00a0» n’est pas un nombre\u00a0: écrivez par exemple 1\u00a0234.'], ['work', 'abc', '1\u00a0234,5.'], ['women_share', 'abc', '12,5.'],
    ['budget', '12 %', 'est une part\u00a0: cette question attend un montant en euros'], ['people', '12%', 'cette question attend un nombre'], ['people', '9'.repeat(20), 'trop grand'], ['people', '?', 'choisissez «\u00a0Ne sait pas\u00a0»'], ['budget', 'NSP', 'choisissez «\u00a0Ne sait pas\u00a0»'],
  ] as const)('%s: %s is refused with what to type', (key, typed, words) => {
    const read = form(key, { [key]: typed });
    expect(read.ok ? '' : read.error.message).toContain(words);
  });
  it('asks for the number where not knowing is no answer', () => {
    const people = { ...ALL_KINDS.questions.find((q) => q.key === 'people')!, unknownAllowed: false };
    const read = parseFormAnswer(people, (name) => (name === 'people' ? ['ne sait pas'] : []));
    expect(read.ok ? '' : read.error.message).toContain('laissez la case vide');
  });
  it('says what is unreadable, where, and gives back what was typed', () => {
    const read = form('ages', { 'ages.young.count': '2', 'ages.old.count': 'trois' });
    expect(read).toMatchObject({ ok: false, error: { field: 'ages.old.count', typed: { 'ages.young.count': ['2'], 'ages.old.count': ['trois'] } } });
    expect(form('opened', { opened: '31/02/2029' })).toMatchObject({ ok: false, error: { field: 'opened' } });
    expect(form('management', { management: 'maybe' }).ok).toBe(false);
    expect(form('people', { [stateField('people')]: 'lost' }).ok).toBe(false);
  });
  it('takes back any answer from its own fields', () => {
    const number = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((x) => (Object.is(x, -0) ? 0 : x));
    fc.assert(
      fc.property(number, fc.dictionary(fc.constantFrom('young', 'old'), fc.dictionary(fc.constantFrom('count', 'share'), fc.integer({ min: -1000, max: 10_000 }), { minKeys: 1 })), (x, cells) => {
        const rounded = Number(x.toFixed(6));
        const scalar: Answer = valueAnswer(Object.is(rounded, -0) ? 0 : rounded);
        expect(form('work', { work: formatInput('decimal', rounded) })).toEqual({ ok: true, value: scalar });
        const fields = Object.fromEntries(Object.entries(cells).flatMap(([row, c]) => Object.entries(c).map(([column, n]) => [fieldName('ages', row, column), formatInput('integer', n)])));
        const read = form('ages', fields);
        expect(read.ok && answerEquals(read.value, Object.keys(cells).length ? valueAnswer(cells) : undefined)).toBe(true);
      }),
    );
  });
});
