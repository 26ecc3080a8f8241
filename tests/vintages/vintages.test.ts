/** Three invented vintages, from their mapping to the figures of their years. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StructureId } from '../../src/kernel/identifier.ts';
import { ok } from '../../src/kernel/result.ts';
import type { Database } from '../../src/platform/database.server.ts';
import { createCampaign, moveCampaign, signFreeze } from '../../src/domains/campaign/index.server.ts';
import { openReview, validate } from '../../src/domains/control/index.server.ts';
import { importVintage, readResponse, readTableFile } from '../../src/domains/entry/index.server.ts';
import { workbookOf } from '../../src/domains/entry/workbook/layout.ts';
import { answersCopy } from '../../src/documents/answers-copy.server.ts';
import { rubricPageOf } from '../../src/web/centre/rubric-page.ts';
import { seriesOf } from '../../src/domains/questionnaire/index.ts';
import { contentFolder, formatFault, formFile, keepVersion, loadVersion, putVersionInUse, readFormFile, readVersionFolder, readVintage, setVersionState, storedContent, type Vintage, writeVersionFolder } from '../../src/domains/questionnaire/index.server.ts';
import { computeTables, createRelease, figureSeries } from '../../src/domains/statistics/index.server.ts';
import { addStructure, type SmallWorld, smallWorld } from '../support/small-world.ts';
import { testDatabase } from '../support/test-database.ts';

const fixture = (name: string): string => readFileSync(path.join(import.meta.dirname, name), 'utf8');
const SIRETS = [11, 12, 13, 14, 15, 16].map((n) => `900000000000${n}`);

let database: Database;
let world: SmallWorld;
const centres: StructureId[] = [];
const vintages = new Map<number, Vintage>();

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  world = await smallWorld(db, { year: 2030, centres: 1 });
  for (const siret of SIRETS) {
    const id = await addStructure(db, { name: `Centre ${siret}`, department: '62', kind: 'CS', approvedFrom: '2005-01-01' });
    await sql`insert into registry.structure_identifier (structure_id, scheme, value) values (${id}, 'siret', ${siret})`.execute(db);
    centres.push(id);
  }
  for (const year of [2017, 2026]) expect(await putVersionInUse(db, contentFolder(), year)).toMatchObject({ ok: true });
});
afterAll(() => database.close());

/** 2012 asked what 2011 had asked, of the same structures. */
const fileOf = (year: number, kind: 'json' | 'csv'): string => (year === 2012 ? fixture(`2011.${kind}`).replaceAll('2011', '2012').replaceAll('2010', '2011') : fixture(`${year}.${kind}`));

const load = (year: number, mode: 'preview' | 'whole' | 'valid_rows', text = fileOf(year, 'csv'), send = false) => {
  const table = readTableFile(new TextEncoder().encode(text));
  if (!table.ok) throw new Error(table.error.message);
  return importVintage(database.db, { campaignYear: year, accountId: null, mode, send, vintage: vintages.get(year)!, table: table.value });
};
const responseOf = async (year: number, i: number) => (await sql<{ id: never }>`select id from entry.response where campaign_year = ${year} and structure_id = ${centres[i]!}`.execute(database.db)).rows[0]!.id;
const sheetOf = async (year: number, i: number) => (await readResponse(database.db, await responseOf(year, i)))!.sheets[year - 1];
const value = (v: unknown) => ({ state: 'value', value: v });

async function openCampaign(year: number): Promise<void> {
  const { db } = database;
  const read = await readVintage(db, fileOf(year, 'json'), `${year}.json`);
  if (!read.ok) throw new Error(read.error.map(formatFault).join('\n'));
  vintages.set(year, read.value);
  expect(await keepVersion(db, read.value.version)).toMatchObject({ ok: true, value: { changed: true } });
  for (const state of ['proposed', 'validated'] as const) expect(await setVersionState(db, year, state)).toEqual(ok({ year, state }));
  expect(await createCampaign(db, world.office, { year, opensOn: `${year}-03-01`, closesOn: `${year}-06-30`, coverage: [{ territory: '62', kind: 'CS', status: 'surveyed' }] })).toMatchObject({ ok: true });
  for (const to of ['preparation', 'questionnaire_validated', 'open'] as const) expect(await moveCampaign(db, world.office, { year, to, today: `${year}-03-01` })).toMatchObject({ ok: true });
}

const figures = new Map<number, { readonly [id: string]: unknown }>();

/** Sends what has come in, then control, both signatures, a release and its figures, as of any campaign. */
async function finish(year: number): Promise<void> {
  const { db } = database;
  expect(await load(year, 'whole', undefined, true)).toMatchObject({ changed: 0, sent: 6 });
  for (const to of ['closing', 'control'] as const) expect(await moveCampaign(db, world.office, { year, to, today: `${year}-09-01` })).toMatchObject({ ok: true });
  for (let i = 0; i < centres.length; i++) {
    const id = await responseOf(year, i);
    expect(await openReview(db, world.caf, id)).toMatchObject({ ok: true });
    expect(await validate(db, world.caf, id)).toMatchObject({ ok: true });
  }
  for (const actor of [world.caf, world.federation]) expect(await signFreeze(db, actor, { year, territories: ['62'] })).toMatchObject({ ok: true });
  expect(await moveCampaign(db, world.office, { year, to: 'frozen' })).toMatchObject({ ok: true });
  expect(await createRelease(db, { campaignYear: year, territoryCode: '62' })).toMatchObject({ ok: true, value: { responseCount: 6 } });
  const rows = await computeTables(db, { campaignYear: year, territoryCode: '62' });
  figures.set(year, Object.fromEntries(['staff.headcount', 'staff.fte', 'budget.total', ...(year === 2012 ? ['staff.headcount.change', 'staff.fte.change'] : [])].map((id) => [id, rows.find((r) => r.id === id)?.value])));
}

describe('an earlier campaign', () => {
  it('has its own questionnaire, made from its mapping: the questions as they were asked, and what became of them', async () => {
    const read = await readVintage(database.db, fixture('2011.json'), '2011.json');
    if (!read.ok) throw new Error(read.error.map(formatFault).join('\n'));
    const { version } = read.value;
    expect(version.questions.map((q) => `${q.code} ${q.key}`)).toEqual([
      'Q5 management_mode', 'Q6 governance_bodies', 'Q1 staff_headcount', 'Q2 staff_fte', 'Q3 staff_by_function', 'Q8 trainings_all', 'Q7 volunteers_total', 'Q4 expenses_total',
    ]);
    expect(version.questions.find((q) => q.key === 'management_mode')!.options!.map((o) => o.label)).toEqual(['Association', 'Ville', 'Caf', 'CCAS']);
    expect(version.becomes!.map((l) => [l.kind, l.from, l.to])).toEqual([['break', ['staff_fte'], ['staff_fte']], ['split', ['trainings_all'], ['trainings_in_plan', 'trainings_off_plan']]]);
    expect(version.rules).toEqual([]);
  });

  it('goes out to the folder and to a form, and comes back the same', async () => {
    const read = await readVintage(database.db, fixture('2011.json'), '2011.json');
    if (!read.ok) throw new Error('the mapping of 2011 does not read');
    const folder = await mkdtemp(path.join(tmpdir(), 'senacs-'));
    try {
      await writeVersionFolder(folder, read.value.version);
      expect(await readVersionFolder(folder, 2011)).toMatchObject({ ok: true, value: { contentHash: read.value.version.contentHash } });
    } finally {
      await rm(folder, { recursive: true });
    }
    expect(readFormFile(formFile(read.value.version).bytes, { name: '2011.xlsx' })).toMatchObject({ ok: true, value: { version: { contentHash: read.value.version.contentHash } } });
  });

  it('waits for its campaign, and for the questionnaire of its mapping', async () => {
    const read = await readVintage(database.db, fixture('2011.json'), '2011.json');
    vintages.set(2011, read.ok ? read.value : (undefined as never));
    expect((await load(2011, 'whole')).faults).toEqual([expect.objectContaining({ column: 'campagne', value: '2011', remedy: expect.stringContaining('n’existe pas') })]);
    await openCampaign(2011);
    const other = await readVintage(database.db, fixture('2011.json').replace('Départs en formation', 'Stages'), '2011.json');
    vintages.set(2011, other.ok ? other.value : (undefined as never));
    expect((await load(2011, 'whole')).faults).toEqual([expect.objectContaining({ remedy: expect.stringContaining('n’est pas celui de la correspondance') })]);
    vintages.set(2011, read.ok ? read.value : (undefined as never));
  });

  it('is previewed without writing, comes in exactly, and twice changes nothing', async () => {
    expect(await load(2011, 'preview')).toMatchObject({ structures: 6, faults: [], written: false, unchanged: 0 });
    expect((await readResponse(database.db, await responseOf(2011, 0)))!.sheets).toEqual({});
    const done = await load(2011, 'whole');
    expect(done).toMatchObject({ faults: [], written: true, sent: 0 });
    const first = (await sheetOf(2011, 0))!;
    expect(first.answers).toEqual({
      staff_headcount: value(14), staff_fte: value(10), staff_by_function: value({ direction: { fte: 1 } }), expenses_total: value(412_500), management_mode: value('association'),
      governance_bodies: value(['board', 'executive']), volunteers_total: value(30), trainings_all: value(4),
    });
    expect(new Set(Object.values(first.provenance))).toEqual(new Set(['import']));
    // a blank box adds 0 as the mapping says, a code 9 is no answer, 12 000 hours are 7.47 FTE
    expect((await sheetOf(2011, 1))!.answers).toMatchObject({ volunteers_total: value(12), governance_bodies: value(['board']), staff_by_function: value({ direction: { fte: 0.8 } }) });
    expect((await sheetOf(2011, 4))!.answers['management_mode']).toBeUndefined();
    expect((await sheetOf(2011, 5))!.answers).toMatchObject({ staff_fte: value(7.47), expenses_total: value(377_004) });
    expect(await load(2011, 'whole')).toMatchObject({ changed: 0, unchanged: done.changed });
    const { rows } = await sql`select from notification.message where campaign_year = 2011`.execute(database.db);
    expect(rows).toEqual([]);
  });

  it('names each fault of a wide file by its own line, column and value, with what to do', async () => {
    const [header, ...rows] = fixture('2011.csv').trim().split('\n');
    const told = async (text: string) => {
      const { faults, written } = await load(2011, 'whole', text);
      expect(written).toBe(false);
      expect(faults.filter((f) => f.remedy.length < 20)).toEqual([]);
      return faults.map((f) => [f.row, f.column, f.value]);
    };
    const one = '90000000000012';
    expect(await told(`${header}\n${one};douze;beaucoup;;;7;peut-être;;;;;\n`)).toEqual([[2, 'Q2 heures', 'beaucoup'], [2, 'Gestion', '7'], [2, 'CA', 'peut-être'], [2, 'Q1', 'douze']]);
    expect(await told(`${header}\n${rows[0]}\n123;1;;;;;;;;;;\n;1;;;;;;;;;;\n${rows[0]}\n`)).toEqual([[3, 'N° SIRET', '123'], [4, 'N° SIRET', ''], [5, 'N° SIRET', '90000000000011']]);
    expect(await told(`${header};Sorties\n`)).toEqual([[1, 'Sorties', 'Sorties']]);
    expect(await told(header!.replace('Q1;', ''))).toEqual([[1, 'Q1', '']]);
    const valid = await load(2011, 'valid_rows', `${header}\n${one};9;beaucoup;;;7;;;;;;\n`);
    // volunteers_total becomes 0: the mapping says that blank boxes are
    expect(valid).toMatchObject({ written: true, changed: 2 });
    expect((await sheetOf(2011, 1))!.answers).toMatchObject({ staff_headcount: value(9), staff_fte: value(5), management_mode: value('association') });
    expect(await load(2011, 'whole')).toMatchObject({ changed: 2, faults: [] });
  });

  it('says what a blank part of a sum and a part in words lack', async () => {
    const read = await readVintage(database.db, fixture('2011.json').replace(', "values": { "": "0" }', ''), '2011.json');
    const kept = vintages.get(2011)!;
    vintages.set(2011, { ...kept, mapping: read.ok ? read.value.mapping : kept.mapping });
    const header = fixture('2011.csv').split('\n')[0]!;
    expect((await load(2011, 'preview', `${header}\n90000000000012;;;;;;;;12;;;\n90000000000013;;;;;;;;12;NSP;;\n`)).faults.map((f) => [f.row, f.column, f.value])).toEqual([[2, 'Bénévoles H', ''], [3, 'Bénévoles F', '12']]);
    vintages.set(2011, kept);
    await finish(2011);
  });

  it('is not compared with the year before over a break', async () => {
    await openCampaign(2012);
    expect(await load(2012, 'whole')).toMatchObject({ faults: [], written: true });
    const view = (await readResponse(database.db, await responseOf(2012, 0)))!;
    const compiled = await loadVersion(database.db, 2012);
    expect(view.previous[2011]).toEqual(expect.objectContaining({ staff_headcount: value(14), expenses_total: value(412_500) }));
    expect([view.previous[2011]!['staff_fte'], view.cuts![2011]]).toEqual([undefined, { staff_fte: 'non comparable (2011 demandait les heures payées ; elles sont divisées par 1 607)' }]);
    const words = view.cuts![2011]!['staff_fte']!;
    const book = workbookOf(view, compiled, '2012-03-02').sheets.flatMap((sheet) => sheet.rows.flat().map((cell) => String(cell?.content ?? '')));
    expect(book.filter((text) => text.startsWith('non comparable'))).toEqual([words]);
    const paper = answersCopy(view, compiled, { today: '2012-03-02', demonstration: false }).years.flatMap((year) => year.rubrics.flatMap((rubric) => rubric.questions));
    expect(paper.filter((line) => line.previous.includes('non comparable')).map((line) => line.previous)).toEqual([`2010\u00a0: ${words}`]);
    const rubric = compiled.questions.get('staff_fte')!.rubric;
    const page = rubricPageOf(compiled, view, { dataYear: 2011, rubric, account: null, as: 'structure', editable: true, asks: [], conflicts: [], saved: false } as never);
    expect([page.previous['staff_fte'], page.cuts['staff_fte']]).toEqual([undefined, words]);
    await finish(2012);
    expect(figures.get(2012)).toEqual({ 'staff.headcount': 43, 'staff.fte': 27.97, 'budget.total': 1_399_454, 'staff.headcount.change': 0, 'staff.fte.change': null });
  });

  it('names the faults of a long file, and reads answers by the words of then', async () => {
    await openCampaign(2014);
    const header = 'numéro,exercice,code,réponse';
    const bad = `${header}\n90000000000012,2012,A.1,3\n90000000000012,2013,X.1,3\n90000000000012,2013,A.1,3\n90000000000012,2013,A.1,4\n,2013,A.1,4\n90000000000012,2013,B.1,SCIC\n`;
    expect((await load(2014, 'whole', bad)).faults.map((f) => [f.row, f.column, f.value])).toEqual([
      [2, 'exercice', '2012'], [3, 'code', 'X.1'], [5, 'code', 'A.1'], [6, 'numéro', ''], [7, 'réponse', 'SCIC'],
    ]);
    expect(await load(2014, 'whole')).toMatchObject({ structures: 6, changed: 18, faults: [], written: true });
    expect((await sheetOf(2014, 0))!.answers).toEqual({
      staff_headcount: value(15), staff_fte: value(10.5), expenses_total: value(430_000), management_mode: value('association'), governance_bodies: value(['board', 'user_council']), unique_users: value(900),
    });
    expect((await sheetOf(2014, 1))!.answers['management_mode']).toEqual({ state: 'unknown' });
    expect((await sheetOf(2014, 5))!.answers['expenses_total']).toEqual(value(380_400));
    await finish(2014);
  });

  it('comes in as closely from a third file, with other columns', async () => {
    await openCampaign(2019);
    expect(await load(2019, 'whole')).toMatchObject({ structures: 6, faults: [], written: true });
    expect((await sheetOf(2019, 0))!.answers).toEqual({
      staff_headcount: value(16), expenses_total: value(455_000), management_mode: value('association'), unique_users: value(1200), staff_by_function: value({ direction: { headcount: 1, fte: 1 } }),
    });
    expect((await sheetOf(2019, 2))!.answers['unique_users']).toEqual({ state: 'not_concerned' });
    expect((await sheetOf(2019, 3))!.answers['staff_by_function']).toBeUndefined();
    await finish(2019);
  });
});

describe('ten years', () => {
  it('make one series of a question, cut where its meaning changed, with a gap where it was not asked', async () => {
    const versions = await Promise.all([2011, 2014, 2017, 2019, 2026].map(async (year) => (await storedContent(database.db, year))!));
    const series = (key: string) => seriesOf(versions, 2026, key).map((p) => `${p.year} ${p.keys.join('+') || '-'}${p.comparable ? ' =' : ''}${p.event ? ` ${p.event.kind}` : ''}`);
    expect(series('staff_headcount')).toEqual(['2026 staff_headcount =', '2019 staff_headcount =', '2017 staff_headcount =', '2014 staff_headcount =', '2011 staff_headcount']);
    expect(series('staff_fte')).toEqual(['2026 staff_fte', '2019 -', '2017 staff_fte =', '2014 staff_fte break', '2011 staff_fte']);
    expect(series('unique_users')).toEqual(['2026 unique_users =', '2019 unique_users =', '2017 unique_users break', '2014 unique_users']);
    expect(series('trainings_in_plan')).toEqual(['2026 trainings_in_plan', '2019 -', '2017 trainings_in_plan', '2014 - split', '2011 trainings_all']);
  });

  it('have their figures, each computed from the release of its year', () => {
    expect(Object.fromEntries([...figures].filter(([year]) => year !== 2012))).toEqual({
      2011: { 'staff.headcount': 43, 'staff.fte': 27.97, 'budget.total': 1_399_454 },
      2014: { 'staff.headcount': 46, 'staff.fte': 28.5, 'budget.total': 810_400 },
      2019: { 'staff.headcount': 49, 'staff.fte': undefined, 'budget.total': 1_474_500 },
    });
  });

  it('make one series of a publishable figure, with its breaks in words', async () => {
    const series = async (figureId: string) => (await figureSeries(database.db, { territoryCode: '62', figureId, upTo: 2030 })).map((p) => [p.campaignYear, p.figure?.value ?? null, p.cut ?? p.absent ?? (p.first ? 'first' : '=')]);
    expect(await series('staff.headcount')).toEqual([[2019, 49, '='], [2014, 46, '='], [2012, 43, '='], [2011, 43, 'first']]);
    const fte = await series('staff.fte');
    expect(fte.map(([year, value]) => [year, value])).toEqual([[2019, null], [2014, 29], [2012, 28], [2011, 28]]);
    expect(fte[0]![2]).toBe('Le questionnaire 2019 ne pose pas cette question.');
    expect(fte[1]![2]).toMatch(/^Rupture .*elles sont divisées par 1\s607 \(questionnaire 2014\)\.$/);
    expect(fte[2]![2]).toContain('2011 demandait les heures payées');
    expect(fte[3]![2]).toBe('first');
    expect((await figureSeries(database.db, { territoryCode: '62', figureId: 'staff.headcount', upTo: 2012 })).map((p) => p.campaignYear)).toEqual([2012, 2011]);
    expect(await series('no.such.figure')).toEqual([]);
  });
});
