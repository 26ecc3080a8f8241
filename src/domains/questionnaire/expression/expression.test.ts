import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_KINDS } from '../fixtures/all-kinds.ts';
import { compileVersion, scopeOf } from '../compiled-version.ts';
import { Sheet } from '../sheet.ts';
import type { Answers } from '../answer.ts';
import { checkExpression, readsOf } from './check.ts';
import { compileExpression, type Value } from './compile.ts';
import { parseExpression } from './parse.ts';
import { printExpression, type BinaryOperator, type Expression } from './syntax.ts';

const tree = (text: string): Expression => {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message}\n${parsed.error.pointer}`);
  return parsed.value;
};
const scope = scopeOf(ALL_KINDS);
const compiled = compileVersion(ALL_KINDS);
const evaluate = (text: string, answers: Answers, previous: Answers = {}): Value =>
  compileExpression(tree(text))(new Sheet(compiled, { structureKind: 'CS', dataYear: 2029, answers, previous }).frame);
const faults = (text: string, expected: 'truth' | 'number' = 'truth'): string[] => checkExpression(text, tree(text), { ...scope, params: new Set(['most']) }, expected).faults.map((f) => `${f.offset} ${f.message}`);
const number = (value: number) => ({ state: 'value', value }) as const;

const name = fc.constantFrom('people', 'work', 'budget', 'a', 'x_1');
const expression: fc.Arbitrary<Expression> = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.nat(100_000).map((n): Expression => ({ type: 'number', value: n / 100, start: 0, end: 0 })),
    fc.stringMatching(/^[^']{0,8}$/).map((value): Expression => ({ type: 'text', value, start: 0, end: 0 })),
    name.map((key): Expression => ({ type: 'reference', key, start: 0, end: 0 })),
    fc.tuple(name, name, name).map(([key, row, column]): Expression => ({ type: 'reference', key, row, column, start: 0, end: 0 })),
    fc.tuple(name, name).map(([key, column]): Expression => ({ type: 'column', key, column, start: 0, end: 0 })),
    fc.tuple(name, fc.array(tie('node'), { maxLength: 3 })).map(([call, args]): Expression => ({ type: 'call', name: call, args, start: 0, end: 0 })),
    fc.tuple(fc.constantFrom('!' as const, '-' as const), tie('node')).map(([operator, operand]): Expression => ({ type: 'unary', operator, operand, start: 0, end: 0 })),
    fc
      .tuple(fc.constantFrom<BinaryOperator>('||', '&&', '==', '!=', '<=', '>=', '<', '>', '+', '-', '*', '/'), tie('node'), tie('node'))
      .map(([operator, left, right]): Expression => ({ type: 'binary', operator, left, right, start: 0, end: 0 })),
  ),
})).node;
const withoutPlaces = (node: unknown): unknown => JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value)));

describe('reading of expressions', () => {
  it('gives a tree back from its printed text', () => {
    fc.assert(fc.property(expression, (node) => {
        expect(withoutPlaces(tree(printExpression(node)))).toEqual(withoutPlaces(node));
      }));
  });
  it('never throws on any text, and points inside it', () => {
    const pieces = fc.array(fc.constantFrom('people', 'sum(', ')', '(', "'a'", "'", '.', '*', '&&', '|', '==', '!', '1.5', ' ', '\n', 'é', '-', ','), { maxLength: 30 }).map((p) => p.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), pieces), (text) => {
        const parsed = parseExpression(text);
        if (parsed.ok) checkExpression(text, parsed.value, scope, 'truth');
        else expect(parsed.error.offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });
  it('does not exhaust the stack on endless parentheses', () => {
    expect(parseExpression('('.repeat(5000)).ok).toBe(false);
  });
  it.each([
    ['people > ', 9, 'Nombre, texte, question ou fonction attendu'],
    ['people = 3', 7, 'écrivez « == »'],
    ['people & work', 7, 'écrivez « && »'],
    ["management == 'oui", 14, 'pas refermée'],
    ['sum(ages.*.count == 3', 21, '« ) » attendu après les arguments de « sum »'],
    ['1 < people < 3', 11, 'deux côtés'],
    ['ages.young', 10, 'puis une colonne'],
    ['people > 3 €', 11, 'Caractère inattendu'],
  ])('points at the character of %s', (text, offset, words) => {
    const parsed = parseExpression(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) {
      expect(parsed.error.offset).toBe(offset);
      expect(parsed.error.message).toContain(words);
      expect(parsed.error.pointer.split('\n')[1]).toBe(`${' '.repeat(offset)}^`);
    }
  });
  it('says line and column when the text has several lines', () => {
    const parsed = parseExpression('people > 0 &&\n  work >');
    expect(!parsed.ok && [parsed.error.line, parsed.error.column]).toEqual([2, 9]);
  });
});

describe('static check', () => {
  it.each([
    ['peple > 0', '0 Aucune question ne s’appelle « peple ».'],
    ["management > 'no'", '0 « > » compare des nombres ou des dates ; c’est un choix.'],
    ["management == 'maybe'", '14 « maybe » n’est pas une réponse possible : yes, no.'],
    ['people == opened', '10 On ne compare pas un nombre et une date.'],
    ['ages > 0', '0 « ages » est un tableau : nommez une ligne et une colonne.'],
    ['ages.young.size > 0', '11 « ages » n’a pas de colonne « size ».'],
    ['ages.older.count > 0', '5 « ages » n’a pas de ligne « older ».'],
    ['people.a.b > 0', '7 « people » n’est pas un tableau.'],
    ['sum(people) > 0', '4 « sum » attend une colonne : tableau.*.colonne.'],
    ['sum(ages.*.met) > 0', '4 La colonne « met » se coche : elle ne se calcule pas.'],
    ['ages.*.count > 0', '0 « ages.*.count » est une colonne entière : mettez-la dans sum, min_of ou max_of.'],
    ["has(bodies, 'bord')", '12 « bord » n’est pas un choix de « bodies » : board, office, none.'],
    ["has(people, 'a')", '4 « has » attend une question à choix multiples ; « people » n’en est pas.'],
    ["people < param('least')", "15 Le seuil « least » n’est pas donné dans « params »."],
    ['people + 1', '0 L’expression donne un nombre ; il faut vrai ou faux ici.'],
    ['people && true()', '0 Il faut vrai ou faux ici, et c’est un nombre.'],
    ['abs(people, 2) > 0', '0 « abs » attend un argument.'],
    ["rubric_has_nonzero('Q')", '19 Aucune rubrique « Q ».'],
    ['rows_ticked(people) > 0', '12 « rows_ticked » attend un tableau à cocher ; « people » n’en est pas.'],
    ["rows_le(ages, 'met', 'count')", '14 « ages » n’a pas de colonne de nombres « met ».'],
    ['bodies == 1', "0 « bodies » est à choix multiples : utilisez has(bodies, '…')."],
    ['constructor(people)', '0 Aucune fonction ne s’appelle « constructor ».'],
  ])('%s', (text, fault) => expect(faults(text)).toContain(fault));
  it('accepts what is right, and lists the questions read once each', () => {
    const text = "people <= max(1, work, budget) && has(bodies, 'board') && sum(ages.*.count) <= people && year(opened) >= data_year() - 3";
    expect(faults(text)).toEqual([]);
    expect(readsOf(tree(text))).toEqual(['people', 'work', 'budget', 'bodies', 'ages', 'opened']);
  });
});

describe('three values', () => {
  // people == 1 is true, false or not evaluable after the state of `people`
  const STATES = { true: number(1), false: number(0), none: undefined } as const;
  const cases: readonly (keyof typeof STATES)[] = ['true', 'false', 'none'];
  const of = (v: keyof typeof STATES): boolean | undefined => (v === 'none' ? undefined : v === 'true');
  const answers = (a: keyof typeof STATES, b: keyof typeof STATES): Answers => ({ ...(STATES[a] && { people: STATES[a] }), ...(STATES[b] && { work: STATES[b] }) });
  const [p, q] = ['people == 1', 'work == 1'];

  it('follows Kleene for and, or, not, with De Morgan and commutation', () => {
    for (const a of cases)
      for (const b of cases) {
        const given = answers(a, b);
        const and = of(a) === false || of(b) === false ? false : of(a) === undefined || of(b) === undefined ? undefined : true;
        const or = of(a) === true || of(b) === true ? true : of(a) === undefined || of(b) === undefined ? undefined : false;
        expect(evaluate(`${p} && ${q}`, given)).toBe(and);
        expect(evaluate(`${p} || ${q}`, given)).toBe(or);
        expect(evaluate(`${q} && ${p}`, given)).toBe(and);
        expect(evaluate(`${q} || ${p}`, given)).toBe(or);
        expect(evaluate(`!(${p} && ${q})`, given)).toBe(evaluate(`!(${p}) || !(${q})`, given));
        expect(evaluate(`!(!(${p}))`, given)).toBe(of(a));
      }
  });
  it('answers one of three values for any expression that checks, whatever the states', () => {
    const state = fc.constantFrom(undefined, number(0), number(3), { state: 'unknown' } as const, { state: 'not_concerned' } as const);
    fc.assert(
      fc.property(expression, state, state, (node, people, work) => {
        const text = printExpression(node);
        if (checkExpression(text, node, scope, 'truth').faults.length > 0) return;
        expect([true, false, undefined]).toContain(evaluate(text, { ...(people && { people }), ...(work && { work }) }));
      }),
      { numRuns: 2000 },
    );
  });

  const table = (young: object, old: object): Answers => ({ ages: { state: 'value', value: { young, old } as never } });
  it('does not evaluate a sum with an empty or unknown cell, and counts a cell not concerned as 0', () => {
    expect(evaluate('sum(ages.*.count)', table({ count: 2 }, { count: 3 }))).toBe(5);
    expect(evaluate('sum(ages.*.count)', table({ count: 2 }, {}))).toBe(undefined);
    expect(evaluate('sum(ages.*.count)', table({ count: 2 }, { count: 'unknown' }))).toBe(undefined);
    expect(evaluate('sum(ages.*.count)', table({ count: 2 }, { count: 'not_concerned' }))).toBe(2);
    expect(evaluate('sum(ages.*.count)', { ages: { state: 'not_concerned' } })).toBe(0);
    expect(evaluate('ages.old.count > 0', table({ count: 2 }, { count: 'not_concerned' }))).toBe(undefined);
  });
  it('reads an unticked box as false, never as empty', () => {
    expect(evaluate('ages.old.met', table({ met: true }, {}))).toBe(false);
    expect(evaluate('rows_ticked(ages)', table({ met: true }, {}))).toBe(1);
    expect(evaluate('ages.old.met', {})).toBe(undefined);
  });
  it('keeps 0, unknown, not concerned and unanswered apart in filled, nz and comparisons', () => {
    const see = (people: Answers['people'] | undefined) => ['filled(people)', 'nz(people)', 'people == 0'].map((t) => evaluate(t, people ? { people } : {}));
    expect(see(number(0))).toEqual([true, 0, true]);
    expect(see({ state: 'not_concerned' })).toEqual([true, 0, undefined]);
    expect(see({ state: 'unknown' })).toEqual([true, undefined, undefined]);
    expect(see(undefined)).toEqual([false, 0, undefined]);
  });
  it('holds a hidden question as not concerned, whatever it still contains', () => {
    const hidden: Answers = { management: { state: 'value', value: 'no' }, detail: number(7) };
    expect(['filled(detail)', 'nz(detail)', 'detail > 0'].map((t) => evaluate(t, hidden))).toEqual([false, 0, undefined]);
    expect(evaluate('detail > 0', { ...hidden, management: { state: 'value', value: 'yes' } })).toBe(true);
  });
  it('compares with the year before only when there is one', () => {
    const before = { people: number(10) };
    expect(evaluate('pct_change(people)', { people: number(12) }, before)).toBe(20);
    expect(evaluate('pct_change(people)', { people: number(12) }, { people: number(0) })).toBe(undefined);
    expect(evaluate('delta(people)', { people: number(12) }, before)).toBe(2);
    expect(evaluate('has_prev(people)', {}, before)).toBe(true);
    expect(evaluate('has_prev(people)', {}, { people: { state: 'unknown' } })).toBe(false);
    expect(evaluate('same_as_prev(people)', { people: number(12) })).toBe(undefined);
    expect(evaluate('prev(people) + 1', {}, before)).toBe(11);
  });
  it('means its tolerances: 20.1 - 20 is 0.1', () => {
    expect(evaluate('abs(work - people) <= 0.1', { work: number(20.1), people: number(20) })).toBe(true);
    expect(evaluate('people / 0', { people: number(20) })).toBe(undefined);
  });
  it('reads dates', () => {
    const opened: Answers = { opened: { state: 'value', value: '2029-03-01' } };
    expect(evaluate('year(opened) == data_year()', opened)).toBe(true);
    expect(evaluate('days_between(opened, opened)', opened)).toBe(0);
  });
});
