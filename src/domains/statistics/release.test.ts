import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addStructure, type SmallWorld, smallWorld } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { newId } from '../../kernel/identifier.ts';
import { type Database, refusedBy } from '../../platform/database.server.ts';
import { readPublished, storePublished } from '../disclosure/index.server.ts';
import { contentFolder, readVersionFolder } from '../questionnaire/index.server.ts';
import { computeTables, createRelease, latestRelease, publishableFigures, readerOfRun, readerOnce, recordAdministrativeFigures, releases, releaseUnits, responseCounts, verifyRelease } from './index.server.ts';

let database: Database;
let world: SmallWorld;
const YEAR = 2017;
const nord: string[] = [];
const response = new Map<string, string>();

const value = (v: unknown) => ({ state: 'value', value: v });
const sheet = (i: number) => ({
  staff_headcount: value(20 + i), staff_fte: value(10 + i), expenses_total: value(100_000 + i * 1000), preteens: value(i % 2 ? 'yes' : 'no'), ...(i % 2 ? { preteens_count: value(40 + i) } : {}),
  family_actions: value(i === 0 ? ['outings', 'laep'] : ['outings']), early_childhood: value('no'),
});

/** A response in a state that it may have reached, with its 2016 sheet. */
async function answer(structureId: string, territory: string, kind: string, i: number, state = 'frozen'): Promise<void> {
  const { db } = database;
  const id = newId();
  response.set(structureId, id);
  await sql`insert into entry.response (id, campaign_year, structure_id, territory_code, structure_kind, state, completeness)
    values (${id}, ${YEAR}, ${structureId}, ${territory}, ${kind}, ${state}, ${i === 0 ? 'partial' : 'complete'})`.execute(db);
  await sql`insert into entry.stored_sheet (response_id, data_year, answers) values (${id}, 2016, ${JSON.stringify(sheet(i))}::jsonb)`.execute(db);
}

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  const version = await readVersionFolder(contentFolder(), YEAR);
  if (!version.ok) throw new Error('the questionnaire of 2017 cannot be read');
  world = await smallWorld(db, { year: YEAR, centres: 8, version: version.value });
  for (let i = 0; i < 4; i++) nord.push(await addStructure(db, { name: `Centre du Nord ${i}`, department: '59', kind: 'CS', approvedFrom: '2011-01-01' }));
  await sql`insert into campaign.campaign (year, state, questionnaire_year) values (${YEAR}, 'control', ${YEAR})`.execute(db);
  await sql`insert into campaign.territory_phase (campaign_year, territory_code, state) values (${YEAR}, '62', 'control'), (${YEAR}, '59', 'control')`.execute(db);
  await sql`insert into campaign.coverage (campaign_year, territory_code, structure_kind, status) values (${YEAR}, '62', 'CS', 'surveyed'), (${YEAR}, '59', 'CS', 'test')`.execute(db);
  const participants = [
    ...world.centres.map((id) => ({ id, place: '62', status: 'solicited' })), { id: world.newcomer, place: '62', status: 'newly_approved' }, ...nord.map((id) => ({ id, place: '59', status: 'solicited' })),
  ];
  await sql`insert into campaign.participant (campaign_year, structure_id, territory_code, structure_kind, status)
    select ${YEAR}, p.id, p.place, 'CS', p.status from jsonb_to_recordset(${JSON.stringify(participants)}::jsonb) as p(id uuid, place text, status text)`.execute(db);
  for (const [i, id] of world.centres.entries()) await answer(id, '62', 'CS', i, i === 7 ? 'declined' : 'frozen');
  for (const [i, id] of nord.entries()) await answer(id, '59', 'CS', 20 + i);
});
afterAll(() => database.close());

const release62 = () => createRelease(database.db, { campaignYear: YEAR, territoryCode: '62' });
const freeze = (code: string) => sql`update campaign.territory_phase set state = 'frozen' where campaign_year = ${YEAR} and territory_code = ${code}`.execute(database.db);

describe('a release', () => {
  it('waits for the freeze of its territory, and says so', async () => {
    expect(await release62()).toMatchObject({ ok: false, error: { code: 'territory_not_frozen', message: expect.stringContaining('62') } });
    expect(await createRelease(database.db, { campaignYear: 1999, territoryCode: '62' })).toMatchObject({ ok: false, error: { code: 'unknown_campaign' } });
    expect(await createRelease(database.db, { campaignYear: YEAR, territoryCode: '99' })).toMatchObject({ ok: false, error: { code: 'unknown_territory' } });
    expect(await computeTables(database.db, { campaignYear: YEAR, territoryCode: '62' })).toEqual([]);
  });

  it('holds every approved structure, the answers of those validated, and its own hash', async () => {
    await freeze('62');
    const made = await release62();
    expect(made).toMatchObject({ ok: true, value: { responseCount: 7, supersedes: null, manifest: { structures: 9, complete: 6, byParticipation: { solicited: 8, newly_approved: 1 }, byState: { frozen: 7, declined: 1, none: 1 } } } });
    const release = made.ok ? made.value : undefined;
    expect(await verifyRelease(database.db, release!)).toBe(true);
    const units = await releaseUnits(database.db, release!.id);
    expect(units.find((u) => u.responseState === 'declined')?.answers).toEqual({});
    const first = units.find((u) => u.structureId === world.centres[0])!;
    expect(first.answers['2016']?.['preteens_count']).toEqual({ state: 'not_concerned' });
    expect(first.answers['2016']?.['teens_count']).toBeUndefined();
    const phase = await sql<{ state: string }>`select state from campaign.territory_phase where campaign_year = ${YEAR} and territory_code = '62'`.execute(database.db);
    expect(phase.rows[0]?.state).toBe('analysis');
  });

  it('is the same when nothing has changed, and never changes itself', async () => {
    const again = await release62();
    const all = await releases(database.db, YEAR, '62');
    expect(all).toHaveLength(1);
    expect(again.ok && again.value.id).toBe(all[0]!.id);
    for (const statement of [sql`update statistics.release set response_count = 1`, sql`delete from statistics.release_unit`]) {
      expect(refusedBy(await statement.execute(database.db).catch((e: unknown) => e))).toMatch(/immutable/);
    }
  });

  it('is superseded by a later one, and leaves a disputed value out of its base', async () => {
    await sql`insert into control.disputed_value (response_id, data_year, question_key, reason, declared_by) values (${response.get(world.centres[3]!)}, 2016, 'staff_fte', 'désaccord', ${world.caf.accountId})`.execute(database.db);
    const [before] = await releases(database.db, YEAR, '62');
    const made = await release62();
    expect(made).toMatchObject({ ok: true, value: { supersedes: before!.id, manifest: { disputedValues: 1 } } });
    expect(made.ok && made.value.contentHash).not.toBe(before!.contentHash);
    const rows = await computeTables(database.db, { campaignYear: YEAR, territoryCode: '62' });
    expect(rows.find((r) => r.id === 'staff.fte')).toMatchObject({ base: 6, value: 10 + 11 + 12 + 14 + 15 + 16 });
    expect(rows.find((r) => r.id === 'staff.headcount')).toMatchObject({ base: 7, responses: 7 });
  });
});

describe('figures of a territory', () => {
  it('tell who was asked and who answered, and keep the newly approved out of every base', async () => {
    expect(await responseCounts(database.db, { campaignYear: YEAR, territoryCode: '62' })).toMatchObject({ approved: { number: 9 }, solicited: { number: 8 }, answered: { number: 7 }, complete: { number: 6 }, rate: { number: 88, volume: null } });
    const set = (await publishableFigures(database.db, { campaignYear: YEAR, territoryCode: '62' }))!;
    expect(set.figures.get('response.rate')).toMatchObject({ value: 88, base: 8, year: 2017 });
    expect(set.figures.get('age.preteens.share')).toMatchObject({ base: 7, value: 43 });
    expect(set.figures.get('family.action.laep')?.value).toBe(1);
    expect(set.release.number).toBeGreaterThan(0);
  });

  it('carry what institutions sign, replaced when given again', async () => {
    const figure = { campaignYear: YEAR, territoryCode: '62', figureId: 'youth.grants.centres', label: 'Bourses', value: 12, unit: 'centres', dataYear: 2016, institution: 'Caf du Pas-de-Calais', author: 'Service', recordedOn: '2017-09-01', source: 'Gestion' };
    await recordAdministrativeFigures(database.db, [figure]);
    expect((await publishableFigures(database.db, { campaignYear: YEAR, territoryCode: '62' }))?.figures.get('youth.grants.centres')?.value).toBe(12);
    await recordAdministrativeFigures(database.db, [{ ...figure, value: 13 }]);
    expect((await publishableFigures(database.db, { campaignYear: YEAR, territoryCode: '62' }))?.figures.get('youth.grants.centres')?.value).toBe(13);
  });

  it('come back as they left when stored by publication', async () => {
    const set = (await publishableFigures(database.db, { campaignYear: YEAR, territoryCode: '62' }))!;
    const { rows } = await sql<{ content: unknown }>`select ${JSON.stringify(storePublished(set))}::jsonb as content`.execute(database.db);
    const back = readPublished(rows[0]!.content);
    expect([...back.figures.keys()]).toEqual([...set.figures.keys()]);
    expect(back.figures.get('staff.headcount')).toEqual(set.figures.get('staff.headcount'));
  });

  it('come from the latest release that covers the territory, its own or a wider one, and a territory in test enters no wider figure', async () => {
    await freeze('59');
    const nation = await createRelease(database.db, { campaignYear: YEAR, territoryCode: 'FR' });
    expect(nation).toMatchObject({ ok: true, value: { manifest: { byParticipation: { test: 4 } } } });
    expect((await latestRelease(database.db, { campaignYear: YEAR, territoryCode: '59' }))?.territoryCode).toBe('FR');
    const count = async (territoryCode: string) => (await computeTables(database.db, { campaignYear: YEAR, territoryCode })).find((r) => r.id === 'staff.headcount');
    expect(await count('59')).toMatchObject({ base: 4 });
    expect(await count('R32')).toMatchObject({ base: 7 });
    expect(await count('FR')).toMatchObject({ base: 7 });
    expect((await publishableFigures(database.db, { campaignYear: YEAR, territoryCode: 'R32' }))?.figures.has('staff.headcount')).toBe(true);
    // a run over many territories reads the release once and cuts the same units out of it
    const release = (await latestRelease(database.db, { campaignYear: YEAR, territoryCode: 'FR' }))!;
    const reader = readerOfRun(database.db);
    for (const code of ['FR', 'R32', '62', '59', 'R11']) {
      const cut = await reader.units(release, code, new Set(['staff_fte']));
      expect(cut.length).toBe({ FR: 13, R32: 13, 62: 9, 59: 4, R11: 0 }[code]);
      expect(cut).toEqual(await readerOnce(database.db).units(release, code, new Set(['staff_fte'])));
    }
    // a commune stays a working table of the one data steward
    const commune = await computeTables(database.db, { campaignYear: YEAR, territoryCode: 'C62041' });
    expect(commune.find((r) => r.id === 'staff.headcount')).toMatchObject({ base: 7, status: 'withheld', reasonCode: 'territory_level', reason: expect.stringContaining('département') });
    expect(commune.filter((r) => r.status === 'publishable' && (r.origin === 'survey' || r.origin === 'derived'))).toEqual([]);
    // the nation was released after Pas-de-Calais: both are read from it, until Pas-de-Calais is corrected
    expect((await latestRelease(database.db, { campaignYear: YEAR, territoryCode: '62' }))?.territoryCode).toBe('FR');
    await sql`delete from control.disputed_value where question_key = 'staff_fte'`.execute(database.db);
    expect(await release62()).toMatchObject({ ok: true });
    expect((await latestRelease(database.db, { campaignYear: YEAR, territoryCode: '62' }))?.territoryCode).toBe('62');
    expect((await latestRelease(database.db, { campaignYear: YEAR, territoryCode: 'R32' }))?.territoryCode).toBe('FR');
  });
});
