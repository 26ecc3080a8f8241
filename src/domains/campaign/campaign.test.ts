import { sql } from 'kysely';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePerson, type SmallWorld, smallWorld } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { type Database, refusedBy } from '../../platform/database.server.ts';
import { messagesOf } from '../notification/index.server.ts';
import { CAMPAIGN_STATES, CAMPAIGN_TRANSITIONS, followedVolumeRate, mayFollow, PHASE_BOUNDS, responseRate, valuesReadable } from './index.ts';
import {
  brochurePublished, campaignOf, missingBefore, pagePublished, createCampaign, extendTerritory, freezeLacks, inviteNewcomers, moveCampaign, moveTerritory, optIn, participants, phaseOf, progressOf,
  greetedOf, releaseTaken, setCoverage, signFreeze, staffing, waive,
} from './index.server.ts';

let database: Database;
let world: SmallWorld;
const YEAR = 2026;
const only62 = [{ territory: '62', kind: 'CS', status: 'surveyed' as const }, { territory: '59', kind: 'EVS', status: 'test' as const }];
const moveTo = (to: (typeof CAMPAIGN_STATES)[number], reason?: string) => moveCampaign(database.db, world.office, { year: YEAR, to, reason, today: '2026-07-20' });
/** Revisions of the responses in a state: a save judged on an older one is refused. */
const revisions = async (state: string): Promise<Map<string, number>> =>
  new Map((await sql<{ id: string; revision: number }>`select id, revision from entry.response where state = ${state}`.execute(database.db)).rows.map((r) => [r.id, r.revision]));

beforeAll(async () => {
  database = await testDatabase();
  world = await smallWorld(database.db, { year: YEAR });
});
afterAll(() => database.close());

describe('transitions', () => {
  it('are the same in code and in the database', async () => {
    const { rows } = await sql<{ from_state: string; to_state: string }>`select * from campaign.transition`.execute(database.db);
    const inDatabase = rows.map((r) => `${r.from_state} > ${r.to_state}`).toSorted();
    expect(Object.entries(CAMPAIGN_TRANSITIONS).flatMap(([from, tos]) => tos.map((to) => `${from} > ${to}`)).toSorted()).toEqual(inDatabase);
  });

  it('let a territory stand only where the nation allows, and the nation itself always', () => {
    fc.assert(fc.property(fc.constantFrom(...CAMPAIGN_STATES), (state) => PHASE_BOUNDS[state].includes(state)));
    expect(mayFollow('draft', 'open')).toBe(false);
  });
});

describe('values', () => {
  it('are read by those who help and control while they do, and by nobody else afterwards (charter 1.3)', () => {
    expect(CAMPAIGN_STATES.filter(valuesReadable)).toEqual(['open', 'closing', 'control']);
  });

  it('make the rate by volume that correspondents see, then and no longer', () => {
    const progress = { volumeAnswered: 30, volumeSolicited: 40 };
    expect(CAMPAIGN_STATES.filter((phase) => followedVolumeRate(progress, phase) !== undefined)).toEqual(CAMPAIGN_STATES.filter(valuesReadable));
    expect([followedVolumeRate(progress, 'control'), followedVolumeRate({ volumeAnswered: 0, volumeSolicited: 0 }, 'control')]).toEqual([75, undefined]);
  });
});

describe('a campaign', () => {
  it('is created by the national office only, once, with a questionnaire', async () => {
    expect(await createCampaign(database.db, world.caf, { year: YEAR })).toMatchObject({ ok: false, error: { code: 'only_project_office' } });
    expect(await createCampaign(database.db, world.office, { year: 2031 })).toMatchObject({ ok: false, error: { code: 'no_questionnaire' } });
    expect(await createCampaign(database.db, world.office, { year: YEAR, closesOn: '2026-06-30', coverage: only62 })).toMatchObject({ ok: true });
    expect(await createCampaign(database.db, world.office, { year: YEAR })).toMatchObject({ ok: false, error: { code: 'campaign_exists' } });
    expect(await campaignOf(database.db, YEAR)).toMatchObject({ state: 'draft', dataYear: 2025, closesOn: '2026-06-30' });
  });

  it('skips no state, in code and in the database', async () => {
    expect(await moveTo('open')).toMatchObject({ ok: false, error: { code: 'transition_not_allowed' } });
    const error = await sql`update campaign.campaign set state = 'open' where year = ${YEAR}`.execute(database.db).catch((e: unknown) => e);
    expect(refusedBy(error)).toBe('campaign_transition_not_allowed');
  });

  it('opens only with a correspondent of each side, or a waiver with its reason', async () => {
    expect(await moveTo('preparation')).toMatchObject({ ok: true });
    expect(await moveTo('questionnaire_validated')).toMatchObject({ ok: true });
    expect(await setCoverage(database.db, world.office, YEAR, [{ territory: '59', kind: 'CS', status: 'surveyed' }])).toMatchObject({ ok: true, value: { changed: 1 } });
    const refused = await moveTo('open');
    expect(refused).toMatchObject({ ok: false, error: { code: 'guard' } });
    expect(!refused.ok && refused.error.missing).toEqual([expect.stringContaining('Nord')]);
    // The last day of a mandate is the day before its end, here as at sign-in.
    const sidesOf62 = async () => (await staffing(database.db, YEAR)).find((t) => t.code === '62');
    expect(await sidesOf62()).toMatchObject({ caf: true, federation: true });
    await sql`update access.mandate set valid_to = current_date where account_id = ${world.caf.accountId}`.execute(database.db);
    expect(await sidesOf62()).toMatchObject({ caf: false, federation: true });
    await sql`update access.mandate set valid_to = null where account_id = ${world.caf.accountId}`.execute(database.db);
    expect(await waive(database.db, world.office, YEAR, ['59'], ' ')).toMatchObject({ ok: false });
    expect(await waive(database.db, world.office, YEAR, ['59'], 'Fédération en création')).toMatchObject({ ok: true });
    expect(await inviteNewcomers(database.db, world.office, { year: YEAR })).toMatchObject({ ok: false, error: { code: 'campaign_not_open' } });
    expect(await moveCampaign(database.db, world.office, { year: YEAR, to: 'open' })).toMatchObject({ ok: true, value: { participants: 5, responses: 4 } });
    expect(await inviteNewcomers(database.db, world.office, { year: YEAR })).toMatchObject({ ok: true, value: { participants: 0, responses: 0 } });
    expect(await inviteNewcomers(database.db, world.caf, { year: YEAR })).toMatchObject({ ok: false, error: { code: 'only_project_office' } });
    const { rows } = await sql`select state from questionnaire.version where year = ${YEAR}`.execute(database.db);
    expect(rows).toEqual([{ state: 'in_use' }]);
  });

  it('invites the people of each structure asked', async () => {
    expect((await messagesOf(database.db, world.director.accountId)).map((m) => m.topic)).toEqual(['invitation']);
  });

  it('counts and greets a structure approved in the data year, and asks it nothing until it asks', async () => {
    const found = (await participants(database.db, YEAR, '62')).find((p) => p.structureId === world.newcomer);
    expect(found?.status).toBe('newly_approved');
    expect(await progressOf(database.db, YEAR, { territory: '62' })).toMatchObject([{ kind: 'CS', approved: 4, newlyApproved: 1, solicited: 3, answered: 0 }]);
    const contributor = await makePerson(database.db, 'Contributrice', [{ role: 'contributor', structureId: world.newcomer }]);
    for (const nobody of [world.director, contributor])
      expect(await optIn(database.db, nobody, { year: YEAR, structureId: world.newcomer })).toMatchObject({ ok: false });
    expect(await greetedOf(database.db, [world.newcomer, world.centres[0]!])).toMatchObject([{ campaignYear: YEAR, dataYear: YEAR - 1, structureId: world.newcomer, mayAnswer: true }]);
    expect(await optIn(database.db, world.caf, { year: YEAR, structureId: world.newcomer })).toMatchObject({ ok: true });
    expect(await greetedOf(database.db, [world.newcomer])).toEqual([]);
    expect(await optIn(database.db, world.caf, { year: YEAR, structureId: world.newcomer })).toMatchObject({ ok: false });
    expect(await progressOf(database.db, YEAR, { territory: '62' })).toMatchObject([{ approved: 4, newlyApproved: 1, solicited: 4 }]);
  });

  it('keeps tests beside the national rates', async () => {
    const lines = await progressOf(database.db, YEAR, { by: 'nation' });
    expect(lines.find((l) => l.kind === 'EVS')).toMatchObject({ approved: 1, solicited: 0 });
    expect((await progressOf(database.db, YEAR)).find((l) => l.kind === 'EVS')).toMatchObject({ approved: 1, solicited: 1, coverage: 'test' });
    expect(responseRate({ answered: 0, solicited: 0 })).toBeUndefined();
  });

  it('extends a territory with a reason, which then closes at its own date', async () => {
    expect(await extendTerritory(database.db, world.caf, { year: YEAR, territory: '59', closesOn: '2026-08-31', reason: 'x' })).toMatchObject({ ok: false });
    expect(await extendTerritory(database.db, world.office, { year: YEAR, territory: '59', closesOn: '2026-06-01', reason: 'x' })).toMatchObject({ ok: false, error: { code: 'date_not_later' } });
    expect(await extendTerritory(database.db, world.office, { year: YEAR, territory: '59', closesOn: '2026-08-31', reason: 'Ouverture tardive' })).toMatchObject({ ok: true });
  });

  it('lets a territory begin control early only when all is sent', async () => {
    expect(await moveTerritory(database.db, world.caf, { year: YEAR, territory: '62', to: 'control' })).toMatchObject({ ok: false, error: { code: 'guard' } });
    expect(await moveTerritory(database.db, world.caf, { year: YEAR, territory: '62', to: 'frozen' })).toMatchObject({ ok: false });
  });

  it('makes non-respondents of those that have not sent, when control begins', async () => {
    await sql`update entry.response set state = 'in_progress' where structure_id <> ${world.newcomer}`.execute(database.db);
    await sql`update entry.response set state = 'submitted', completeness = 'complete' where structure_id in (${world.centres[0]}, ${world.centres[1]})`.execute(database.db);
    expect(await moveTo('closing')).toMatchObject({ ok: true });
    const before = await revisions('non_respondent');
    expect(await moveTo('control')).toMatchObject({ ok: true });
    expect(before.size).toBe(0);
    for (const revision of (await revisions('non_respondent')).values()) expect(revision).toBe(1);
    expect(await phaseOf(database.db, YEAR, '62')).toMatchObject({ state: 'control', national: 'control' });
    expect(await phaseOf(database.db, YEAR, '59')).toMatchObject({ state: 'closing', closesOn: '2026-08-31' });
    expect(await progressOf(database.db, YEAR, { territory: '62' })).toMatchObject([{ solicited: 4, answered: 2, complete: 2, nonRespondent: 2 }]);
  });
});

describe('the freeze of a territory', () => {
  it('waits for every response', async () => {
    expect(await freezeLacks(database.db, YEAR, '62')).toEqual([expect.stringContaining('2 réponses')]);
    expect(await signFreeze(database.db, world.caf, { year: YEAR, territories: ['62'] })).toMatchObject({ ok: false, error: { code: 'guard' } });
  });

  it('needs both institutions and two people', async () => {
    await sql`update entry.response set state = 'under_review' where state = 'submitted'`.execute(database.db);
    await sql`update entry.response set state = 'validated' where state = 'under_review'`.execute(database.db);
    expect(await signFreeze(database.db, world.office, { year: YEAR, territories: ['62'] })).toMatchObject({ ok: false, error: { code: 'only_correspondent' } });
    expect(await signFreeze(database.db, world.caf, { year: YEAR, territories: ['62'] })).toMatchObject({ ok: true, value: { side: 'caf', acted: [] } });
    expect(await signFreeze(database.db, world.caf, { year: YEAR, territories: ['62'] })).toMatchObject({ ok: true, value: { acted: [] } });
    expect((await messagesOf(database.db, world.federation.accountId))[0]).toMatchObject({ topic: 'freeze_signature' });
    expect(await signFreeze(database.db, world.federation, { year: YEAR, territories: ['62'] })).toMatchObject({ ok: true, value: { side: 'federation', acted: ['62'] } });
    expect(await phaseOf(database.db, YEAR, '62')).toMatchObject({ state: 'frozen' });
    expect([...(await revisions('frozen')).values()]).toEqual([1, 1]);
    expect((await progressOf(database.db, YEAR, { territory: '62' }))[0]?.byState).toEqual({ frozen: 2, non_respondent: 2 });
  });

  it('leads to analysis by a release, to publication by a brochure, each once', async () => {
    await releaseTaken(database.db, YEAR, '62');
    await releaseTaken(database.db, YEAR, '62');
    expect(await phaseOf(database.db, YEAR, '62')).toMatchObject({ state: 'analysis' });
    await brochurePublished(database.db, YEAR, '62');
    expect(await phaseOf(database.db, YEAR, '62')).toMatchObject({ state: 'publication' });
  });

  it('is led to publication by its page as by a brochure; the page of the nation leaves the nation to its office', async () => {
    const rollback = new Error('undone: what follows starts from a brochure');
    const tried = database.db.transaction().execute(async (tx) => {
      await sql`update campaign.territory_phase set state = 'control' where campaign_year = ${YEAR} and territory_code = '62'`.execute(tx);
      await sql`update campaign.territory_phase set state = 'frozen' where campaign_year = ${YEAR} and territory_code = '62'`.execute(tx);
      // Before its release a territory is not moved by a page.
      await pagePublished(tx, YEAR, '62');
      expect(await phaseOf(tx, YEAR, '62')).toMatchObject({ state: 'frozen' });
      await sql`update campaign.campaign set state = 'frozen' where year = ${YEAR}`.execute(tx);
      await releaseTaken(tx, YEAR, 'FR');
      await pagePublished(tx, YEAR, 'FR');
      const campaign = (await campaignOf(tx, YEAR))!;
      expect(campaign.state).toBe('analysis');
      expect((await missingBefore(tx, campaign, 'publication'))[0]).toContain('la page d’un territoire');
      await pagePublished(tx, YEAR, '62');
      expect(await phaseOf(tx, YEAR, '62')).toMatchObject({ state: 'publication' });
      expect(await missingBefore(tx, campaign, 'publication')).toEqual([]);
      throw rollback;
    });
    await expect(tried).rejects.toBe(rollback);
  });

  it('is undone by both signatures and a reason, leaving the answers frozen until one is taken back', async () => {
    const second = await makePerson(database.db, 'Seconde Caf', [{ role: 'caf_correspondent', territory: '62' }]);
    expect(await signFreeze(database.db, second, { year: YEAR, territories: ['62'], purpose: 'reopen' })).toMatchObject({ ok: false, error: { code: 'reason_needed' } });
    expect(await signFreeze(database.db, second, { year: YEAR, territories: ['62'], purpose: 'reopen', reason: 'Une erreur dans le budget' })).toMatchObject({ ok: true });
    expect(await signFreeze(database.db, world.federation, { year: YEAR, territories: ['62'], purpose: 'reopen', reason: 'Une erreur dans le budget' })).toMatchObject({ ok: true, value: { acted: ['62'] } });
    expect(await phaseOf(database.db, YEAR, '62')).toMatchObject({ state: 'control' });
    for (const actor of [second, world.federation]) await signFreeze(database.db, actor, { year: YEAR, territories: ['62'] });
    expect(await phaseOf(database.db, YEAR, '62')).toMatchObject({ state: 'frozen' });
  });
});
