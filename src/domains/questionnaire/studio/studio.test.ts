import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueAnswer } from '../fixtures/sample.ts';
import { ALL_KINDS } from '../fixtures/all-kinds.ts';
import { readVersionFolder, sealed } from '../folder.server.ts';
import type { Question, QuestionnaireVersion, Rule } from '../model.ts';
import type { Raw } from '../parsing.ts';
import { seriesOf, underPresentNames } from '../series.ts';
import { contentFolder } from '../store.server.ts';
import { differences } from './differences.ts';
import { writeVersionFolder } from './folder-exchange.server.ts';
import { localModuleState, territoriesTouched } from './local-modules.ts';
import { applyOperation, type Operation, seenOf } from './operations.ts';
import { readiness } from './readiness.ts';
import { renameInExpression } from './rename-in-expression.ts';
import { readColumns, readGroups, readOptions, readParams, readRows, readTotals, writeColumns, writeGroups, writeOptions, writeParams, writeRows, writeTotals } from './text-lists.ts';

const read = await readVersionFolder(contentFolder(), 2026);
if (!read.ok) throw new Error('the version of 2026 is not readable');
const v2026 = read.value;
const draft = sealed({ ...v2026, year: 2027, title: 'Questionnaire 2027', dataYears: [{ year: 2026, keys: 'all' }], follows: 2026, lineage: [] });

const question = (version: QuestionnaireVersion, key: string): Question => version.questions.find((q) => q.key === key)!;
const rule = (version: QuestionnaireVersion, id: string): Rule => version.rules.find((r) => r.id === id)!;
const done = (version: QuestionnaireVersion, ...ops: readonly Operation[]): QuestionnaireVersion =>
  ops.reduce((v, op) => {
    const applied = applyOperation(v, op);
    if (!applied.ok) throw new Error(`${op.act}: ${applied.error.message} ${JSON.stringify(applied.error.faults)}`);
    return sealed(applied.value.version);
  }, version);
const refusedWith = (version: QuestionnaireVersion, op: Operation) => {
  const applied = applyOperation(version, op);
  if (applied.ok) throw new Error('not refused');
  return applied.error;
};
const newQuestion = (key: string, more: Raw = {}): Raw => ({
  code: key.toUpperCase(), key, rubric: 'F', dimension: 'projet', label: `Question ${key}`, help: 'Au 31 décembre.', kind: 'integer', referencePeriod: 'N-1', sensitivity: 'declared', ...more,
});
const seen = (version: QuestionnaireVersion, key: string): string => seenOf(question(version, key));

describe('a gesture on a draft', () => {
  it('adds a question at its place in its rubric, and refuses a code, a key or a name that is taken or unknown, at their fields', () => {
    const after = done(draft, { act: 'add_question', question: newQuestion('gardens', { rubric: 'B' }), after: 'governance_bodies' });
    const at = after.questions.findIndex((q) => q.key === 'gardens');
    expect(after.questions[at - 1]!.key).toBe('governance_bodies');
    expect(after.questions).toHaveLength(127);
    const faults = (raw: Raw) => refusedWith(draft, { act: 'add_question', question: raw, after: null }).faults.map((f) => f.field);
    expect(faults(newQuestion('staff_fte'))).toEqual(['key']);
    expect(faults(newQuestion('x', { code: question(draft, 'staff_fte').code }))).toEqual(['code']);
    expect(faults(newQuestion('x', { rubric: 'Q' }))).toEqual(['rubric']);
    expect(faults(newQuestion('x', { label: ' ' }))).toEqual(['label']);
    expect(faults(newQuestion('x', { kind: 'single' }))).toEqual(['options']);
    expect(faults(newQuestion('x', { relevance: 'staff_ft > 0' }))).toEqual(['relevance']);
  });

  it('points at the character of a faulty expression', () => {
    const { faults } = refusedWith(draft, { act: 'change_rule', id: 'K014', rule: { ...rule(draft, 'K014'), assert: 'staff_fte <= staff_headcont' }, seen: seenOf(rule(draft, 'K014')) });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ field: 'assert', pointer: `staff_fte <= staff_headcont\n${' '.repeat(13)}^` });
  });

  it('never writes over what somebody else changed in the same item, and merges with what changed elsewhere', () => {
    const before = seen(draft, 'address');
    const other = done(draft, { act: 'change_question', key: 'address', question: { ...question(draft, 'address'), label: 'Adresse du site' }, seen: before });
    expect(refusedWith(other, { act: 'change_question', key: 'address', question: { ...question(draft, 'address'), label: 'Adresse du siège' }, seen: before }).code).toBe('changed_meanwhile');
    const both = done(other, { act: 'change_question', key: 'staff_fte', question: { ...question(draft, 'staff_fte'), help: 'Autre aide.' }, seen: seen(draft, 'staff_fte') });
    expect([question(both, 'address').label, question(both, 'staff_fte').help]).toEqual(['Adresse du site', 'Autre aide.']);
  });

  it('renames a question in every rule, total and condition, and keeps its past', () => {
    const after = done(draft, { act: 'rename_question', key: 'staff_headcount', to: 'employees', note: 'Mot plus clair.', seen: seen(draft, 'staff_headcount') });
    expect(JSON.stringify(after.rules)).not.toMatch(/\bstaff_headcount\b/);
    expect(rule(after, 'K014').assert).toBe('staff_fte <= employees');
    expect(after.questions.flatMap((q) => Object.values(q.table?.total ?? {}))).toContain('employees');
    expect(after.lineage).toEqual([{ kind: 'renamed', from: ['staff_headcount'], to: ['employees'], note: 'Mot plus clair.' }]);
    expect(underPresentNames(after, { staff_headcount: valueAnswer(12), staff_fte: valueAnswer(9) })).toEqual({ employees: valueAnswer(12), staff_fte: valueAnswer(9) });
    // renamed again, it still comes from last year's key
    const again = done(after, { act: 'rename_question', key: 'employees', to: 'salaried', note: 'Encore.', seen: seen(after, 'employees') });
    expect(again.lineage).toMatchObject([{ from: ['staff_headcount'], to: ['salaried'] }]);
  });

  it('drops a question with its reason, unless something still reads it', () => {
    const refused = refusedWith(draft, { act: 'drop_question', key: 'staff_headcount', note: 'Inutile.', seen: seen(draft, 'staff_headcount') });
    expect(refused.faults.map((f) => f.elsewhere)).toContain('contrôle K014');
    expect(refusedWith(draft, { act: 'drop_question', key: 'financial_outlook', note: ' ', seen: seen(draft, 'financial_outlook') }).code).toBe('note_needed');
    const free = draft.questions.find((q) => applyOperation(draft, { act: 'drop_question', key: q.key, note: 'Inutile.', seen: seenOf(q) }).ok)!;
    const after = done(draft, { act: 'drop_question', key: free.key, note: 'Inutile.', seen: seenOf(free) });
    expect(after.lineage).toEqual([{ kind: 'dropped', from: [free.key], to: [], note: 'Inutile.' }]);
    expect(differences(draft, after)).toMatchObject([{ what: 'dropped', id: free.key }]);
  });

  it('takes a module out with its questions', () => {
    const after = done(
      draft,
      { act: 'add_module', module: { code: 'GARDENS', label: 'Jardins' } },
      { act: 'add_question', question: newQuestion('gardens', { level: 'optional', module: 'GARDENS' }), after: null },
      { act: 'drop_module', code: 'GARDENS', note: 'Remis à plus tard.' },
    );
    expect(after.questions.some((q) => q.key === 'gardens')).toBe(false);
    expect(after.modules).toEqual(draft.modules);
  });

  it('tells the territory whose local module it touches', () => {
    const applied = applyOperation(draft, { act: 'add_question', question: newQuestion('beach', { level: 'local', module: 'LOCAL_62' }), after: null });
    if (!applied.ok) throw new Error(applied.error.message);
    expect(territoriesTouched(draft, applied.value)).toEqual(['62']);
    const core = applyOperation(draft, { act: 'add_question', question: newQuestion('beach'), after: null });
    if (!core.ok) throw new Error(core.error.message);
    expect(territoriesTouched(draft, core.value)).toEqual([null]);
  });

  it('renames nothing inside a text or another name', () => {
    expect(renameInExpression("has(bodies,'bodies') && bodies_2 > 0 && sum(bodies.*.bodies) > nz(bodies)", 'bodies', 'organs')).toBe("has(organs,'bodies') && bodies_2 > 0 && sum(organs.*.bodies) > nz(organs)");
  });
});

describe('the history of a question', () => {
  const year = (y: number, keys: readonly string[], lineage: QuestionnaireVersion['lineage'] = []): QuestionnaireVersion => ({ ...ALL_KINDS, year: y, questions: keys.map((key) => ({ ...question(ALL_KINDS, 'people'), key, code: key })), lineage });
  const versions = [
    year(2017, ['a', 'b', 'c']),
    year(2018, ['a', 'b', 'c'], [{ kind: 'break', from: ['c'], to: ['c'], note: 'n' }]),
    year(2019, ['ab', 'c'], [{ kind: 'merged', from: ['a', 'b'], to: ['ab'], note: 'n' }]),
    year(2020, ['total', 'c1', 'c2'], [{ kind: 'renamed', from: ['ab'], to: ['total'], note: 'n' }, { kind: 'split', from: ['c'], to: ['c1', 'c2'], note: 'n' }]),
    year(2021, ['total', 'c1', 'c2']),
  ];
  it('goes on through a renaming and a merger, as one series', () => {
    expect(seriesOf(versions, 2021, 'total').map((p) => [p.year, p.keys.join('+'), p.comparable])).toEqual([[2021, 'total', true], [2020, 'total', true], [2019, 'ab', true], [2018, 'a+b', true], [2017, 'a+b', false]]);
  });
  it('breaks at a split and at a declared break, and still tells what was there', () => {
    expect(seriesOf(versions, 2021, 'c1').map((p) => [p.year, p.keys.join('+'), p.comparable])).toEqual([[2021, 'c1', true], [2020, 'c1', false], [2019, 'c', true], [2018, 'c', false], [2017, 'c', false]]);
  });
  it('gives last year’s answers their present names: summed after a merger, none after a break', () => {
    const n = (value: number) => valueAnswer(value);
    expect(underPresentNames(versions[2]!, { a: n(2), b: n(3), c: n(1) })).toEqual({ ab: n(5), c: n(1) });
    expect(underPresentNames(versions[2]!, { a: n(2), b: { state: 'unknown' } })).toEqual({});
    expect(underPresentNames(versions[1]!, { a: n(2), c: n(1) })).toEqual({ a: n(2) });
    expect(underPresentNames(versions[3]!, { ab: n(5), c: n(1) })).toEqual({ total: n(5) });
  });
});

describe('the readiness of a version', () => {
  const of = (version: QuestionnaireVersion, states: readonly (readonly [string, 'draft' | 'proposed' | 'validated'])[] = []) =>
    readiness({ version, previous: v2026, localModules: new Map(states), openProposals: 0, interpretations: {} }).blocking.map((p) => p.code);
  it('advises to write into the help what was made precise since', () => {
    const interpretation = { id: 'p', year: 2026, questionKey: 'staff_fte', asked: '?', answer: 'Oui.', helpThen: '', publishedAt: '2026-05-01', replaces: null };
    const advice = (year: number) => readiness({ version: draft, previous: v2026, localModules: new Map(), openProposals: 0, interpretations: { staff_fte: [{ ...interpretation, year }] } }).advice.filter((a) => a.code === 'interpretation_beside').map((a) => a.key);
    expect(advice(draft.year - 1)).toEqual(['staff_fte']);
    expect(advice(draft.year)).toEqual([]);
  });
  it('is whole for a version that follows another without a change', () => expect(of(draft)).toEqual([]));
  it('asks what became of a question that is no longer there, and for a break when its nature changes', () => {
    expect(of({ ...draft, questions: draft.questions.filter((q) => q.key !== 'financial_outlook') })).toEqual(['untold_departure']);
    expect(of({ ...draft, questions: draft.questions.map((q) => (q.key === 'opening_hours' ? { ...q, unit: 'minutes' } : q)) })).toEqual(['untold_break']);
    const told = done(draft, { act: 'mark_break', key: 'opening_hours', note: 'En minutes.' });
    expect(of({ ...told, questions: told.questions.map((q) => (q.key === 'opening_hours' ? { ...q, unit: 'minutes' } : q)) })).toEqual([]);
  });
  it('waits for the committee of a local module that changed, and for questions in an empty theme or rubric', () => {
    expect(of(draft, [['LOCAL_62', 'draft']])).toEqual(['local_module_pending']);
    expect(of(draft, [['LOCAL_62', 'proposed']])).toEqual(['local_module_pending']);
    expect(of(draft, [['LOCAL_62', 'validated']])).toEqual([]);
    expect(of(done(draft, { act: 'add_module', module: { code: 'GARDENS', label: 'Jardins' } }))).toEqual(['empty_module']);
    expect(of(done(draft, { act: 'set_rubric', code: 'J', label: 'Jardins' }))).toEqual(['empty_rubric']);
  });
  it('takes a change after the validation of a local module as a new draft of it', () => {
    expect(localModuleState([])).toBe('carried');
    expect(localModuleState(['changed', 'proposed', 'validated'])).toBe('validated');
    expect(localModuleState(['changed', 'proposed', 'validated', 'changed'])).toBe('draft');
  });
});

describe('differences in words', () => {
  it('say each thing that changed, and nothing when nothing did', () => {
    expect(differences(v2026, v2026)).toEqual([]);
    const changed = done(draft, { act: 'change_question', key: 'address', question: { ...question(draft, 'address'), required: false, help: 'La plus récente.' }, seen: seen(draft, 'address') });
    const [, address] = differences(v2026, changed);
    expect(address).toMatchObject({ what: 'changed', kind: 'question', id: 'address' });
    expect(address!.sentences.join(' ').replaceAll('\u00a0', ' ')).toContain('Obligatoire : « oui » devient « non ».');
  });
});

describe('lists as lines of text', () => {
  const code = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
  const label = fc.stringMatching(/^[A-Za-zÀ-ÿ0-9’«»€%.,:;-]([A-Za-zÀ-ÿ0-9’ €%.,:;-]{0,30}[A-Za-zÀ-ÿ0-9’€%.])?$/);
  const optional = <T, K extends string>(name: K, value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined }).map((v) => (v === undefined ? {} : { [name]: v }) as { [k in K]?: T });
  const several = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 6 });
  it('read back as they were written', () => {
    fc.assert(fc.property(several(fc.tuple(code, label, optional('exclusive', fc.boolean())).map(([c, l, e]) => ({ code: c, label: l, ...e }))), (options) => void expect(readOptions(writeOptions(options))).toEqual({ ok: true, value: options })));
    fc.assert(fc.property(several(fc.tuple(code, label, optional('unknown', fc.boolean())).map(([c, l, u]) => ({ code: c, label: l, ...u }))), (rows) => void expect(readRows(writeRows(rows))).toEqual({ ok: true, value: rows })));
    const number = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 4);
    const column = fc
      .tuple(code, label, fc.constantFrom('integer', 'decimal', 'money', 'percentage', 'boolean'), optional('unit', fc.constantFrom('fte', 'EUR', null)), optional('min', number), optional('max', number), optional('decimals', fc.constantFrom(0, 1, 2)))
      .map(([c, l, kind, unit, min, max, decimals]) => ({ code: c, label: l, kind, ...unit, ...min, ...max, ...decimals }));
    fc.assert(fc.property(several(column), (columns) => void expect(readColumns(writeColumns(columns as never))).toEqual({ ok: true, value: columns })));
    const numbers = fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9_]{0,8}$/), number.map((n) => n + 0), { noNullPrototype: true });
    fc.assert(fc.property(numbers, (params) => void expect(readParams(writeParams(params))).toEqual({ ok: true, value: params })));
  });
  it('read back every table of the questionnaire', () => {
    const tables = v2026.questions.flatMap((q) => (q.table ? [q.table] : []));
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables)
      expect([readRows(writeRows(table.rows)), readColumns(writeColumns(table.columns)), readTotals(writeTotals(table.total)), readGroups(writeGroups(table.groups))].map((r) => r.ok && r.value)).toEqual([table.rows, table.columns, table.total, table.groups]);
  });
  it('name the line at fault', () => {
    expect(readOptions('a | Oui\nb')).toMatchObject({ ok: false, error: [{ line: 2 }] });
    expect(readColumns('n | Nombre | nombr')).toMatchObject({ ok: false, error: [{ line: 1 }] });
    expect(readParams('semaines = 25\nx = beaucoup')).toMatchObject({ ok: false, error: [{ line: 2 }] });
  });
});

describe('the folder and the studio', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'senacs-studio-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const backFrom = async (version: QuestionnaireVersion): Promise<QuestionnaireVersion> => {
    await writeVersionFolder(folder, version);
    const back = await readVersionFolder(folder, version.year);
    if (!back.ok) throw new Error(JSON.stringify(back.error));
    return back.value;
  };
  it.each([2017, 2024, 2025, 2026])('give back the version of %i with the same hash, whole', async (year) => {
    const before = await readVersionFolder(contentFolder(), year);
    if (!before.ok) throw new Error('unreadable');
    const back = await backFrom(before.value);
    expect(back.contentHash).toBe(before.value.contentHash);
    expect(back.questions).toEqual(before.value.questions);
  });

  /** A choice among the gestures that anybody may make; those that are refused are passed over. */
  const word = fc.stringMatching(/^[A-Za-zÀ-ÿ"\\’«{][A-Za-zÀ-ÿ "\\/’»{}$€|\n]{0,20}[a-z]$/);
  const gesture = fc.record({
    which: fc.constantFrom('add', 'change', 'rename', 'drop', 'move', 'break', 'rule', 'module', 'rubric', 'kind'),
    at: fc.nat(200), key: fc.stringMatching(/^[a-z][a-z0-9_]{2,8}$/), text: word, kind: fc.constantFrom('integer', 'text', 'date', 'money'), letter: fc.constantFrom('A', 'I', 'J', 'Y', 'Z'), min: fc.option(fc.integer(), { nil: undefined }),
  });
  type Gesture = typeof gesture extends fc.Arbitrary<infer G> ? G : never;
  const operation = (version: QuestionnaireVersion, g: Gesture): Operation => {
    const q = version.questions[g.at % version.questions.length]!;
    const raw = newQuestion(g.key, { rubric: g.letter, label: g.text, help: g.text, kind: g.kind, ...(g.min === undefined ? {} : { min: g.min }) });
    switch (g.which) {
      case 'add': return { act: 'add_question', question: raw, after: q.key };
      case 'kind': return { act: 'add_question', question: { ...raw, kind: 'multiple', options: [{ code: 'a', label: g.text }, { code: 'b', label: 'B', exclusive: true }] }, after: null };
      case 'change': return { act: 'change_question', key: q.key, question: { ...q, label: g.text, note: g.text, required: g.at % 2 === 0 }, seen: seenOf(q) };
      case 'rename': return { act: 'rename_question', key: q.key, to: g.key, note: g.text, seen: seenOf(q) };
      case 'drop': return { act: 'drop_question', key: q.key, note: g.text, seen: seenOf(q) };
      case 'move': return { act: 'move_question', key: q.key, by: g.at % 2 === 0 ? 1 : -1 };
      case 'break': return { act: 'mark_break', key: q.key, note: g.text };
      case 'rule': return { act: 'add_rule', rule: { id: `X${g.at}`, category: 'sum', severity: 'info', assert: `filled(${q.key})`, message: g.text, params: { [g.key]: g.at / 8 } } };
      case 'module': return { act: 'add_module', module: { code: g.key.toUpperCase(), label: g.text } };
      default: return { act: 'set_rubric', code: g.letter, label: g.text };
    }
  };
  it('are two views of one thing: whatever is made in the studio comes back from the folder with the same hash', async () => {
    const accepted = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(gesture, { minLength: 1, maxLength: 12 }), async (gestures) => {
        const made = gestures.reduce((version, g) => {
          const applied = applyOperation(version, operation(version, g));
          if (!applied.ok) return version;
          accepted.set(g.which, (accepted.get(g.which) ?? 0) + 1);
          return sealed(applied.value.version);
        }, draft);
        expect((await backFrom(made)).contentHash).toBe(made.contentHash);
      }),
      { numRuns: 60 },
    );
    // every gesture was really made, so that the property says something of each
    expect([...accepted.keys()].toSorted()).toEqual(['add', 'break', 'change', 'drop', 'kind', 'module', 'move', 'rename', 'rubric', 'rule']);
  });
});
