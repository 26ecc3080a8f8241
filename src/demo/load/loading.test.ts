/** The demonstration lived by the ordinary doors on a real database: whole, told again alike after an interruption, never on a real installation. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { actionWords, maySubmit, ownStructures } from '../../domains/access/index.ts';
import { findActor, listPersonas, signInAsPersona } from '../../domains/access/index.server.ts';
import { greetedOf } from '../../domains/campaign/index.server.ts';
import type { Database } from '../../platform/database.server.ts';
import { markInstallation } from '../../platform/installation.server.ts';
import { fillNation, loadDemonstration, nationIsFilled } from '../index.server.ts';

/** Pas-de-Calais, two extended and one frozen département, and a small one where corrections were sent back. */
const DEPARTMENTS = ['62', '48', '2B', '05', '09'];

const states = async (database: Database): Promise<unknown> =>
  (await sql`select r.campaign_year, i.value, r.state, r.completeness, r.open_hard, r.open_soft, md5((select string_agg(a.answers::text, '|' order by a.data_year) from entry.answer_sheet a where a.response_id = r.id)) as sheet
    from entry.response r join registry.structure_identifier i on i.structure_id = r.structure_id and i.scheme = 'import' order by 1, 2`.execute(database.db)).rows;

describe('loading the demonstration', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
    await markInstallation(database.db, true);
    await loadDemonstration(database.db);
  });
  afterAll(() => database.close());

  it('brings the campaign of 2017 to its release, with 36 frozen responses complete and without anything open', async () => {
    const { rows } = await sql`select state, completeness, open_hard + open_soft as open, count(*) as n from entry.response where campaign_year = 2017 group by 1, 2, 3`.execute(database.db);
    expect(rows).toEqual([{ state: 'frozen', completeness: 'complete', open: 0, n: 36 }]);
    const { rows: participants } = await sql`select status, count(*) as n from campaign.participant where campaign_year = 2017 group by 1 order by 1`.execute(database.db);
    expect(participants).toEqual([{ status: 'newly_approved', n: 1 }, { status: 'solicited', n: 36 }]);
    const { rows: releases } = await sql`select territory_code, response_count from statistics.release where campaign_year = 2017`.execute(database.db);
    expect(releases).toEqual([{ territory_code: '62', response_count: 36 }]);
  });

  it('offers each persona, who can be taken with one click', async () => {
    const personas = await listPersonas(database.db);
    expect(personas.map((p) => p.persona)).toEqual(['direction', 'contribution', 'nouvelle-structure', 'gestionnaire', 'correspondant-caf', 'correspondant-federation', 'correspondant-lozere', 'donnees', 'comite', 'invitation', 'region', 'comite-technique', 'statistique', 'mission']);
    for (const { persona } of personas) expect((await signInAsPersona(database.db, persona)).ok).toBe(true);
  });

  it('writes nothing the second time', async () => {
    const before = await states(database);
    await loadDemonstration(database.db);
    expect(await states(database)).toEqual(before);
  });

  it('fills the nation to the same end whether or not it was interrupted', async () => {
    const other = await testDatabase();
    try {
      await markInstallation(other.db, true);
      await loadDemonstration(other.db);
      for (const after of [5, 16]) {
        const abort = new AbortController();
        let seen = 0;
        const attempt = fillNation(other.db, { departments: DEPARTMENTS, signal: abort.signal, onProgress: () => void (++seen === after && abort.abort()) });
        await attempt.catch((error: unknown) => expect((error as Error).name).toBe('AbortError'));
      }
      await fillNation(other.db, { departments: DEPARTMENTS });
      await fillNation(database.db, { departments: DEPARTMENTS });
      expect(await states(other)).toEqual(await states(database));
      expect(await nationIsFilled(other.db)).toBe(true);
    } finally {
      await other.close();
    }
  }, 240_000);

  it('leaves the running campaign in control with something to do for everybody, and the closed ones frozen', async () => {
    const { rows: campaigns } = await sql<{ year: number; state: string }>`select year, state from campaign.campaign order by year`.execute(database.db);
    expect(campaigns.find((c) => c.year === 2026)!.state).toBe('control');
    const { rows } = await sql<{ state: string; n: number }>`select state, count(*) as n from entry.response where campaign_year = 2026 and territory_code = '62' group by 1`.execute(database.db);
    const held = rows.map((r) => r.state);
    for (const state of ['in_progress', 'submitted', 'under_review', 'correction_requested', 'validated']) expect(held).toContain(state);
    const { rows: mine } = await sql<{ value: string; state: string }>`select i.value, r.state from entry.response r join registry.structure_identifier i on i.structure_id = r.structure_id
      where r.campaign_year = 2026 and i.value in ('DEMO-62-CS-004', 'DEMO-62-CS-005') order by 1`.execute(database.db);
    expect(mine.map((m) => m.state)).toEqual(['in_progress', 'correction_requested']);
    const { rows: closed } = await sql<{ state: string }>`select distinct state from entry.response where campaign_year in (2024, 2025)`.execute(database.db);
    expect(closed.every((r) => ['frozen', 'declined', 'non_respondent', 'excluded'].includes(r.state))).toBe(true);
  });

  it('publishes the closed ones page by page, as the national office may, and leaves to its committee the brochure that it votes on', async () => {
    const { rows: nation } = await sql<{ year: number; state: string }>`select year, state from campaign.campaign where year in (2024, 2025) order by 1`.execute(database.db);
    expect(nation).toEqual([{ year: 2024, state: 'publication' }, { year: 2025, state: 'publication' }]);
    // A territory is in publication exactly when its page or its brochure is published.
    const { rows } = await sql<{ year: number; code: string; state: string; page: boolean }>`select t.campaign_year as year, t.territory_code as code, t.state, p.territory_code is not null as page
      from campaign.territory_phase t left join publication.territory_page p on p.campaign_year = t.campaign_year and p.territory_code = t.territory_code where t.campaign_year in (2024, 2025)`.execute(database.db);
    expect(rows.filter((r) => r.page).map((r) => `${r.year} ${r.code}`).toSorted()).toEqual([...DEPARTMENTS.map((d) => `2024 ${d}`), ...DEPARTMENTS.filter((d) => d !== '62').map((d) => `2025 ${d}`)].toSorted());
    expect(rows.filter((r) => (r.state === 'publication') !== r.page)).toEqual([]);
    expect(rows.find((r) => r.year === 2025 && r.code === '62')).toMatchObject({ state: 'analysis', page: false });
    const { rows: brochure } = await sql<{ state: string }>`select state from publication.brochure where campaign_year = 2025`.execute(database.db);
    expect(brochure).toEqual([{ state: 'copil_validation' }]);
    const { rows: office } = await sql<{ n: number }>`select count(*) as n from access.journal where action = 'page.publish' and campaign_year = 2025 and territory_code = '48'`.execute(database.db);
    expect(office[0]!.n).toBe(1);
  });

  it('lets each structure send its corrections back itself', async () => {
    const { rows } = await sql<{ display_name: string; n: number }>`select a.display_name, count(*) as n from entry.state_change s join access.account a on a.id = s.actor_id where s.to_state = 'resubmitted' group by 1`.execute(database.db);
    expect(rows).toEqual([{ display_name: 'Direction de la structure', n: expect.any(Number) as number }]);
    const { rows: open } = await sql<{ n: number }>`select count(*) as n from control.correction_request q join entry.response r on r.id = q.response_id where q.state = 'open' and r.state <> 'correction_requested'`.execute(database.db);
    expect(open[0]!.n).toBe(0);
  });

  it('has words for every act that a structure reads in its journal', async () => {
    const { rows } = await sql<{ action: string }>`select distinct action from access.journal where structure_id is not null`.execute(database.db);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ action }) => actionWords(action).includes(action))).toEqual([]);
  });

  it('shows an exchange in each state, and an interpretation in the help for everyone', async () => {
    const { rows } = await sql<{ state: string }>`select state from entry.inquiry order by 1`.execute(database.db);
    expect(rows.map((r) => r.state)).toEqual(['answered', 'interpreted', 'open', 'relayed']);
    const { rows: interpretations } = await sql`select question_key from questionnaire.interpretation`.execute(database.db);
    expect(interpretations).toEqual([{ question_key: 'staff_fte' }]);
  });

  it('sends for others only where the structure has asked for it', async () => {
    const { rows } = await sql<{ asked: boolean; n: number }>`select third_party_requested as asked, count(*) as n from entry.response where state = 'submitted_by_third_party' group by 1`.execute(database.db);
    expect(rows).toEqual([{ asked: true, n: expect.any(Number) as number }]);
  });

  it('greets structures approved in the year, in Pas-de-Calais too, and lets the one who can still answer do so', async () => {
    const { rows } = await sql<{ territory_code: string; n: number }>`select territory_code, count(*) as n from campaign.participant where campaign_year = 2026 and status = 'newly_approved' and territory_code in ('62', '48') group by 1 order by 1`.execute(database.db);
    expect(rows.map((r) => r.territory_code)).toEqual(['48', '62']);
    const token = await signInAsPersona(database.db, 'nouvelle-structure');
    const actor = (await findActor(database.db, token.ok ? token.value : ''))!;
    const greeted = await greetedOf(database.db, ownStructures(actor));
    expect(greeted).toMatchObject([{ campaignYear: 2026, dataYear: 2025, mayAnswer: true }]);
    expect(maySubmit(actor, greeted[0]!.structureId)).toBe(true);
  });

  it('refuses an installation that is not marked', async () => {
    const real = await testDatabase();
    try {
      await markInstallation(real.db, false);
      await expect(loadDemonstration(real.db)).rejects.toThrow('marked demonstration');
      await expect(fillNation(real.db)).rejects.toThrow('marked demonstration');
    } finally {
      await real.close();
    }
  });
});
