import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { farCell } from '../../../platform/spreadsheet/fixtures/hostile.ts';
import { parseExpression } from '../expression/parse.ts';
import { printExpression } from '../expression/syntax.ts';
import { ALL_KINDS } from '../fixtures/all-kinds.ts';
import { hashOf, readVersionFolder, sealed, yearsOf } from '../folder.server.ts';
import type { Question, QuestionnaireVersion } from '../model.ts';
import { formatFault } from '../parsing.ts';
import { contentFolder } from '../store.server.ts';
import type { FormRow, FormSheet } from './xlsform.ts';
import { LABEL } from './xlsform.ts';
import { formFile, readFormFile } from './xlsform-file.server.ts';
import { readXlsForm } from './xlsform-read.ts';
import { formScope, writeXlsForm } from './xlsform-write.ts';
import { fromXPath, type Named } from './xpath-read.ts';
import { toXPath } from './xpath-write.ts';

const fixture = sealed(ALL_KINDS);

function back(version: QuestionnaireVersion): QuestionnaireVersion {
  const read = readFormFile(formFile(version).bytes, { name: 'f.xlsx' });
  expect(read.ok ? [] : read.error.map(formatFault)).toEqual([]);
  if (!read.ok) throw new Error('unreadable');
  return read.value.version;
}

describe('our own questionnaire', () => {
  it('goes out and comes back with the same content hash, every year of the folder', async () => {
    for (const year of await yearsOf(contentFolder())) {
      const version = await readVersionFolder(contentFolder(), year);
      if (!version.ok) throw new Error(`${year}`);
      const again = back(version.value);
      expect(again).toEqual(version.value);
      expect(again.contentHash).toBe(version.value.contentHash);
    }
  });

  it('is refused when it is no workbook, or one too large, with what to do', () => {
    const said = (bytes: Uint8Array): string => {
      const read = readFormFile(bytes, { name: 'f.xlsx' });
      return read.ok ? 'read' : read.error.map(formatFault).join();
    };
    expect(said(new TextEncoder().encode('bonjour'))).toContain('Enregistrez-le au format XLSX ou ODS');
    expect(said(farCell([['type', 'name']]))).toContain('la case XFD1048576');
  });

  it('goes out and comes back with a question of every kind', () => {
    expect(back(fixture)).toEqual(fixture);
  });

  it('goes out and comes back whatever its words, bounds and life', () => {
    const words = fc.stringMatching(/^[a-zé’«» 0-9=+"',{}[\]]*[a-z0-9][a-zé’«» 0-9=+"',{}[\]]*$/).filter((s) => s.length < 200);
    const any = fc.record({
      label: words, help: fc.oneof(fc.constant(''), words), note: fc.option(words, { nil: undefined }), min: fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined }), max: fc.option(fc.integer({ min: 9, max: 99 }), { nil: undefined }),
      required: fc.boolean(), unknownAllowed: fc.boolean(), internal: fc.boolean(), feeds: fc.array(words, { maxLength: 2 }), appliesTo: fc.subarray(['CS', 'EVS']), relevance: fc.constantFrom(null, "management == 'yes'", "has(bodies, 'board') || !filled(remark)", 'prev(people) > 2'),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), words, fc.boolean(), (more, title, lineage) => {
        const extra = more.map((m, i): Question => ({ ...(ALL_KINDS.questions[0]! as Question), ...Object.fromEntries(Object.entries(m).filter(([, v]) => v !== undefined)), code: `X${i}`, key: `extra_${i}` }) as Question);
        const noBounds = extra.map((q, i) => { const { min: _, max: __, ...rest } = q; return { ...rest, ...(more[i]!.min === undefined ? {} : { min: more[i]!.min }), ...(more[i]!.max === undefined ? {} : { max: more[i]!.max }) } as Question; });
        const version = sealed({ ...ALL_KINDS, title, questions: [...ALL_KINDS.questions, ...noBounds], follows: 2029, ...(lineage ? { lineage: [{ kind: 'dropped' as const, from: ['gone'], to: [], note: title }] } : { lineage: [] }) });
        expect(back(version)).toEqual(version);
      }),
      { numRuns: 40 },
    );
  });

  it('says what a form cannot carry', () => {
    const left = writeXlsForm(fixture).notCarried.map((n) => n.subject);
    expect(left).toContain('« Ne sait pas » (10)');
    expect(left).toContain('Années de données (1)');
    expect(left).toContain('Contrôle X2');
  });

  it('follows what a person changed in the form', () => {
    const sheets = writeXlsForm(fixture).sheets.map((s): FormSheet => (s.name === 'survey' ? { ...s, rows: s.rows.map((r): FormRow => (r['name'] === 'people' ? { ...r, [LABEL]: 'Combien ?', constraint: '. >= 5', relevant: "${budget} > 10" } : r)) } : s));
    const read = readXlsForm(sheets, { file: 'f.xlsx' });
    expect(read.faults).toEqual([]);
    const people = read.content.questions[0]!;
    expect([people.label, people.min, people.max, people.relevance, people.unit]).toEqual(['Combien ?', 5, undefined, 'budget > 10', 'persons']);
    expect(hashOf(read.content)).not.toBe(fixture.contentHash);
  });
});

describe('expressions', () => {
  const scope = formScope(fixture);
  const named = (name: string): Named | undefined => {
    const [key = '', row, column] = name.split('.');
    const question = fixture.questions.find((q) => q.key === key);
    if (!question) return undefined;
    if (row) return { kind: 'cell', key, row, column: column!, box: false };
    return { kind: 'question', key, ...(question.kind === 'multiple' ? { choice: 'multiple' as const } : {}) };
  };
  const number = fc.letrec<{ n: string }>((tie) => ({
    n: fc.oneof({ depthSize: 'small' }, fc.constantFrom('people', 'work', 'ages.young.count', 'nz(people)', '3', '0.5'), fc.tuple(tie('n'), fc.constantFrom('+', '-', '*', '/'), tie('n')).map(([a, o, b]) => `(${a}) ${o} (${b})`), tie('n').map((a) => `abs(${a})`)),
  })).n;
  const truth = fc.letrec<{ t: string }>((tie) => ({
    t: fc.oneof({ depthSize: 'small' }, fc.tuple(number, fc.constantFrom('==', '!=', '<', '>=', '>'), number).map(([a, o, b]) => `(${a}) ${o} (${b})`), fc.constantFrom("has(bodies, 'board')", 'filled(remark)', "management == 'yes'"), fc.tuple(tie('t'), fc.constantFrom('&&', '||'), tie('t')).map(([a, o, b]) => `(${a}) ${o} (${b})`), tie('t').map((a) => `!(${a})`)),
  })).t;

  it('go to XPath and come back the same', () => {
    fc.assert(fc.property(truth, (text) => {
      const tree = parseExpression(text);
      if (!tree.ok) throw new Error(text);
      const xpath = toXPath(text, scope);
      if (!xpath.ok) throw new Error(xpath.error);
      expect(fromXPath(xpath.value, { named })).toEqual({ ok: true, value: printExpression(tree.value) });
    }), { numRuns: 500 });
  });

  it.each([
    ["management == 'yes' && people / 2 > 1", "${management} = 'yes' and ${people} div 2 > 1"],
    ["!has(bodies, 'board')", "not(selected(${bodies}, 'board'))"],
    ['sum(ages.*.count) == people', '(coalesce(${ages.young.count}, 0) + coalesce(${ages.old.count}, 0)) = ${people}'],
    ['ages.young.met', "(${ages.young.met} = 'yes')"],
    ['days_between(opened, opened) > 1', 'decimal-date-time(${opened}) - decimal-date-time(${opened}) > 1'],
  ])('%s', (ours, theirs) => {
    expect(toXPath(ours, scope)).toEqual({ ok: true, value: theirs });
  });

  it('say why when there is no equivalent', () => {
    expect(toXPath('prev(people) > 1', scope)).toMatchObject({ ok: false, error: expect.stringContaining('année précédente') });
    expect(fromXPath('today() > ${opened}', { named })).toMatchObject({ ok: false, error: expect.stringContaining('today') });
    expect(fromXPath("${people} mod 2 = 0", { named })).toMatchObject({ ok: false, error: expect.stringContaining('mod') });
  });
});

describe('a form made elsewhere', () => {
  const survey: FormRow[] = [
    { type: 'start', name: 'start' },
    { type: 'note', name: 'hello', 'label::English': 'Hello', 'label::Français (fr)': 'Bonjour' },
    { type: 'begin group', name: 'g1', 'label::Français (fr)': 'Le lieu', relevant: "${Open} = 'yes'" },
    { type: 'integer', name: 'visits', 'label::Français (fr)': 'Passages', constraint: '. >= 0 and . <= 100', required: 'yes', default: '3' },
    { type: 'integer', name: 'women', 'label::Français (fr)': 'Femmes', constraint: '. <= ${visits}', 'constraint_message::Français (fr)': 'Trop de femmes.' },
    { type: 'select_multiple days or_other', name: 'days', 'label::Français (fr)': 'Jours', relevant: 'today() > 3' },
    { type: 'end group' },
    { type: 'select_one yn', name: 'Open', label: 'Ouvert ?' },
    { type: 'range', name: 'mark', label: 'Note', parameters: 'start=0 end=5 step=1' },
    { type: 'begin_repeat', name: 'rooms', label: 'Salles', repeat_count: '3' },
    { type: 'integer', name: 'places', label: 'Places', constraint: '. >= 1' },
    { type: 'text', name: 'room_name', label: 'Nom' },
    { type: 'end_repeat' },
    { type: 'calculate', name: 'twice', calculation: '${visits} * 2 + sum(${places})' },
    { type: 'geopoint', name: 'where', label: 'Où' }, { type: 'image', name: 'pic', label: 'Photo' }, { type: 'rank days', name: 'rk', label: 'Rang' }, { type: 'time', name: 'at', label: 'Heure' },
    { type: 'dateTime', name: 'when', label: 'Quand' }, { type: 'barcode', name: 'bar', label: 'Code' }, { type: 'acknowledge', name: 'okay', label: 'Compris' }, { type: 'select_one_from_file x.csv', name: 'far', label: 'Loin' },
  ];
  const choices: FormRow[] = [{ list_name: 'yn', name: 'yes', label: 'Oui' }, { list_name: 'yn', name: 'no', label: 'Non' }, { list_name: 'days', name: 'mon-day', label: 'Lundi' }];
  const sheets: FormSheet[] = [
    { name: 'survey', columns: [...new Set(survey.flatMap((r) => Object.keys(r)))], rows: survey },
    { name: 'choices', columns: ['list_name', 'name', 'label'], rows: choices },
    { name: 'settings', columns: [], rows: [{ form_title: 'Un lieu', form_id: 'lieu', public_key: 'abc' }] },
    { name: 'entities', columns: [], rows: [] },
  ];
  const { content, faults, notCarried } = readXlsForm(sheets, { year: 2031, file: 'lieu.xlsx' });
  const question = (key: string): Question => content.questions.find((q) => q.key === key)!;

  it('becomes a version without a fault', () => {
    expect(faults.map(formatFault)).toEqual([]);
    expect(content.title).toBe('Un lieu');
    expect(content.rubrics).toEqual({ A: 'Le lieu', B: 'Questions' });
    expect(content.questions.map((q) => [q.key, q.kind])).toEqual([['visits', 'integer'], ['women', 'integer'], ['days', 'multiple'], ['open', 'single'], ['mark', 'integer'], ['rooms', 'table'], ['twice', 'decimal'], ['at', 'text'], ['when', 'date'], ['bar', 'text'], ['okay', 'single']]);
  });

  it('keeps bounds, conditions of groups, calculations, constraints and repeats', () => {
    expect(question('visits')).toMatchObject({ min: 0, max: 100, required: true, label: 'Passages', relevance: "open == 'yes'" });
    expect(content.rules).toMatchObject([{ assert: 'women <= visits', message: 'Trop de femmes.', severity: 'hard' }]);
    expect(question('twice').computed).toBe('visits * 2 + sum(rooms.*.places)');
    expect(question('rooms').table).toMatchObject({ rows: [{}, {}, {}], columns: [{ code: 'places', kind: 'integer', min: 1 }] });
    expect(question('mark')).toMatchObject({ min: 0, max: 5, step: 1 });
    expect(question('days').options).toEqual([{ code: 'mon_day', label: 'Lundi' }, { code: 'other', label: 'Autre' }]);
  });

  it.each(['start', 'hello', 'English', 'default', 'today', 'Open', 'range', 'room_name', 'where', 'pic', 'rk', 'far', 'public_key', 'entities', 'or_other', 'mon-day'])('says what became of « %s »', (word) => {
    expect(notCarried.some((n) => `${n.subject} ${n.reason}`.includes(word))).toBe(true);
    expect(notCarried.every((n) => n.reason.length > 10)).toBe(true);
  });
});
