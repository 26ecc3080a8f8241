import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCampaignOf, type OpenCampaign, value } from '../../domains/entry/fixtures/open-campaign.ts';
import { openConflictsOf, preparedRunner, readResponse, readWorkbookFile, saveAnswer, workbookFile } from '../../domains/entry/index.server.ts';
import { fillIn } from '../../domains/entry/workbook/fixtures/filling.ts';
import { workbookOf } from '../../domains/entry/workbook/layout.ts';
import type { Answers } from '../../domains/questionnaire/index.ts';
import { newId, type ResponseId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import { farCell } from '../../platform/spreadsheet/fixtures/hostile.ts';
import { writeOds } from '../../platform/spreadsheet/ods.server.ts';
import { makePerson } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { accept, type Carried, carry, previewOf, readAcceptance, readCarried } from './workbook-preview.server.ts';

describe('a workbook brought back', () => {
  const YEAR = 2025;
  let database: Database;
  let world: OpenCampaign;
  let id: ResponseId;

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    id = world.responses[0]!;
    for (const [key, v] of [['interns', 3], ['members', 100], ['unique_users', 40]] as const) await online(key, v);
  });
  afterAll(() => database.close());

  const view = async () => (await readResponse(database.db, id))!;
  const stands = async (key: string) => (await view()).sheets[YEAR]?.answers[key];
  const online = (key: string, v: number) => saveAnswer(preparedRunner(database), { actor: world.director }, { saveId: newId(), responseId: id, dataYear: YEAR, key, answer: value(v) });

  it('shows what differs, writes only what is accepted, reverts nothing answered on line meanwhile, and is written once', async () => {
    const then = await view();
    const typed = { ...then.sheets[YEAR]!.answers, interns: value(4), staff_fte: value(8.5), unique_users: value(50), staff_by_function: value({ direction: { headcount: 1, fte: 0.8 } }) } as Answers;
    const bytes = writeOds(fillIn(workbookOf(then, world.compiled, '2026-11-22T10:00:00Z'), world.compiled, then, { [YEAR]: typed }));
    await online('members', 120);
    await online('unique_users', 45);

    const read = readWorkbookFile(await view(), world.compiled, bytes);
    if (!read.ok) throw new Error(read.error.message);
    const preview = previewOf(world.compiled, await view(), carry(read.value.answers), read.value.faults);
    expect(preview.differences.map((d) => [d.key, d.kind])).toEqual([['staff_fte', 'changed'], ['staff_by_function', 'changed'], ['interns', 'changed'], ['unique_users', 'both']]);
    expect(preview.differences.find((d) => d.key === 'interns')!.lines).toEqual([{ label: '', standing: expect.stringContaining('3'), inFile: expect.stringContaining('4'), previous: '' }]);
    expect(preview.differences.find((d) => d.key === 'unique_users')!.atDownload).toContain('40');
    expect(await stands('interns')).toEqual(value(3));

    // What travels in the form is read again as it was.
    const carried = readCarried(world.compiled, JSON.stringify(preview.carried))!;
    expect(carried).toEqual(preview.carried);
    const one = await accept(database, world.director, await view(), world.compiled, readAcceptance(`question/${YEAR}/interns`)!, carried, []);
    expect([one.written, await stands('interns'), await stands('staff_fte')]).toEqual([1, value(4), undefined]);
    const all = await accept(database, world.director, await view(), world.compiled, { kind: 'all' }, carried, []);
    expect([all.written, await stands('staff_fte'), await stands('unique_users'), await stands('members')]).toEqual([2, value(8.5), value(45), value(120)]);
    expect(all.preview.differences.map((d) => d.key)).toEqual(['unique_users']);
    const { revision } = await view();
    expect((await accept(database, world.director, await view(), world.compiled, { kind: 'all' }, carried, [])).written).toBe(0);
    expect((await view()).revision).toBe(revision);

    const last = await accept(database, world.director, await view(), world.compiled, readAcceptance(`question/${YEAR}/unique_users`)!, all.preview.carried, []);
    expect([last.written, last.preview.differences, await stands('unique_users')]).toEqual([1, [], value(50)]);
  });

  it('never takes the place of a value that moved while the preview was read: both are kept, and the next choice settles', async () => {
    const then = await view();
    const read = readWorkbookFile(then, world.compiled, writeOds(fillIn(workbookOf(then, world.compiled, '2026-11-22T10:00:00Z'), world.compiled, then, { [YEAR]: { ...then.sheets[YEAR]!.answers, interns: value(7) } as Answers })));
    const shown = previewOf(world.compiled, then, carry(read.ok ? read.value.answers : []), []);
    await online('interns', 9);
    const tried = await accept(database, world.director, await view(), world.compiled, readAcceptance(`question/${YEAR}/interns`)!, shown.carried, []);
    expect([tried.written, await stands('interns'), tried.notes]).toEqual([0, value(9), [expect.stringContaining('la réponse a changé en ligne')]]);
    expect((await openConflictsOf(database.db, id)).map((k) => [k.key, k.answer])).toEqual([['interns', value(7)]]);
    expect(tried.preview.differences).toMatchObject([{ key: 'interns', kind: 'both' }]);
    const chosen = await accept(database, world.director, await view(), world.compiled, readAcceptance(`question/${YEAR}/interns`)!, tried.preview.carried, []);
    expect([chosen.written, await stands('interns'), await openConflictsOf(database.db, id)]).toEqual([1, value(7), []]);
  });

  it('brought by a correspondent waits for the review of the structure; brought by a stranger writes nothing', async () => {
    const then = await view();
    const change = (v: number): Carried[] => [{ dataYear: YEAR, key: 'board_members', atDownload: null, inFile: value(v) as never, seen: '', saveId: newId(), settles: [] }];
    expect((await accept(database, world.caf, then, world.compiled, { kind: 'all' }, change(11), [])).written).toBe(1);
    expect((await view()).onBehalf.map((o) => [o.key, o.source, o.verdict])).toEqual([['board_members', 'caf', null]]);
    const stranger = await makePerson(database.db, 'Inconnue', []);
    const refused = await accept(database, stranger, then, world.compiled, readAcceptance(`question/${YEAR}/board_members`)!, [{ ...change(12)[0]!, atDownload: value(11) as never }], []);
    expect([refused.written, refused.notes.length, await stands('board_members')]).toEqual([0, 1, value(11)]);
  });

  it('refuses what a page never carried', () => {
    const good = { dataYear: YEAR, key: 'interns', atDownload: null, inFile: value(4), seen: '', saveId: newId(), settles: [] };
    expect(readCarried(world.compiled, JSON.stringify([good]))).toHaveLength(1);
    for (const bad of ['', '{}', '[null]', JSON.stringify([{ ...good, key: 'nothing' }]), JSON.stringify([{ ...good, saveId: '1' }]), JSON.stringify([{ ...good, dataYear: 1999 }]), JSON.stringify([{ ...good, inFile: value('quatre') }])]) expect(readCarried(world.compiled, bad), bad).toBeUndefined();
    expect([readAcceptance('tout'), readAcceptance('rubrique/2025/C'), readAcceptance('question/2025/interns'), readAcceptance('rubrique/x/C'), readAcceptance('')]).toEqual([
      { kind: 'all' }, { kind: 'rubric', dataYear: 2025, rubric: 'C' }, { kind: 'question', dataYear: 2025, key: 'interns' }, undefined, undefined,
    ]);
  });

  it('that is no workbook is refused with what to do', async () => {
    for (const bytes of [new TextEncoder().encode('bonjour'), workbookFile(await view(), world.compiled, 'xlsx', '2026-01-01').subarray(0, 2000)]) {
      expect(readWorkbookFile(await view(), world.compiled, bytes)).toMatchObject({ ok: false, error: { message: expect.stringContaining('Enregistrez-le au format XLSX ou ODS') } });
    }
    expect(readWorkbookFile(await view(), world.compiled, farCell([['a']]))).toMatchObject({ ok: false, error: { code: 'file_too_large', message: expect.stringContaining('Supprimez les feuilles') } });
  });
});
