import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/identifier.ts';
import { acceptCharter, hashToken, signOut } from '../access/index.server.ts';
import { answerFingerprint } from '../questionnaire/index.ts';
import { sampleAnswers } from '../questionnaire/fixtures/sample.ts';
import type { Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { openCampaignOf, type OpenCampaign, value } from './fixtures/open-campaign.ts';
import { bulkLoad } from './bulk-load.server.ts';
import { recordFindings } from './findings.server.ts';
import { historyOf, readResponse } from './queries.server.ts';
import { saveAnswer } from './save.server.ts';
import { sharedRunner } from './shared-runner.server.ts';
import { preparedRunner } from './statement-runner.server.ts';

describe('saves that arrive together', () => {
  let database: Database;
  let world: OpenCampaign;
  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
  });
  afterAll(() => database.close());

  const by = (): { actor: OpenCampaign['director'] } => ({ actor: world.director });
  const save = (saveId: string, key: string, n: number) => saveAnswer(sharedRunner(database), by(), { saveId, responseId: world.responses[0]!, dataYear: 2025, key, answer: value(n) });

  it('are each acknowledged and counted once, some of them sent twice at the same moment', async () => {
    const keys = ['interns', 'civic_service', 'coconstructed_projects', 'partners_count', 'hosted_associations'];
    const sent = Array.from({ length: 40 }, (_, i) => ({ saveId: newId(), key: keys[i % keys.length]!, n: i }));
    const receipts = await Promise.all([...sent, ...sent.slice(0, 10)].map((s) => save(s.saveId, s.key, s.n)));
    expect(receipts.every((r) => r.ok)).toBe(true);
    const sequences = receipts.map((r) => (r.ok ? r.value.sequence : 0));
    expect(new Set(sequences).size).toBe(40);
    expect(sequences.slice(40)).toEqual(sequences.slice(0, 10));
    const { rows } = await sql<{ n: number; revision: number }>`
      select (select count(*)::int from entry.answer_history where response_id = r.id) as n, revision from entry.response r where id = ${world.responses[0]!}`.execute(database.db);
    expect(rows).toEqual([{ n: 40, revision: 40 }]);
  });
  it('are refused one by one: a fault of one is not the fault of the others', async () => {
    const answers = await Promise.all([
      save(newId(), 'interns', 3),
      saveAnswer(sharedRunner(database), by(), { saveId: newId(), responseId: world.responses[0]!, dataYear: 2025, key: 'interns', answer: value('trois') }),
      saveAnswer(sharedRunner(database), by(), { saveId: newId(), responseId: newId() as never, dataYear: 2025, key: 'interns', answer: value(3) }),
      saveAnswer(sharedRunner(database), { token: 'a'.repeat(30) }, { saveId: newId(), responseId: world.responses[0]!, dataYear: 2025, key: 'interns', answer: value(3) }),
      save(newId(), 'civic_service', 4),
    ]);
    expect(answers.map((a) => (a.ok ? 'ok' : a.error.code))).toEqual(['ok', 'ill_typed_answer', 'unknown_response', 'not_signed_in', 'ok']);
  });
});

describe('a save judged on what the process knows', () => {
  let database: Database;
  let world: OpenCampaign;
  const YEAR = 2025;
  const token = 'k'.repeat(43);
  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    await acceptCharter(database.db, world.director.accountId);
    // A version in use is remembered too.
    await sql`update questionnaire.version set state = 'in_use'`.execute(database.db);
  });
  afterAll(() => database.close());

  const responseId = () => world.responses[0]!;
  const request = (key: string, answer: unknown) => ({ saveId: newId(), responseId: responseId(), dataYear: YEAR, key, answer });
  const save = (key: string, answer: unknown) => saveAnswer(sharedRunner(database), { token }, request(key, answer));
  const code = async (saved: ReturnType<typeof save>) => saved.then((s) => (s.ok ? 'saved' : s.error.code));
  const view = async () => (await readResponse(database.db, responseId()))!;
  const openSession = () =>
    sql`insert into access.session (token_hash, account_id, expires_at) values (${hashToken(token)}, ${world.director.accountId}, now() + interval '1 hour')
      on conflict (token_hash) do update set expires_at = excluded.expires_at`.execute(database.db);
  /** Statements sent by the shared runner while `work` runs. */
  const sent = async (work: () => Promise<unknown>): Promise<number> => {
    const before = database.statementCount();
    await work();
    return database.statementCount() - before;
  };

  it('costs one statement, and is acknowledged, visible and counted as any other', async () => {
    await openSession();
    expect(await code(save('staff_headcount', value(5)))).toBe('saved');
    const statements = await sent(() => save('staff_fte', value(7)));
    // On a PostgreSQL server the statements of a save go beside the counter.
    expect(statements).toBe(database.engine === 'pglite' ? 1 : 0);
    expect((await view()).counters).toMatchObject({ answered: 2, openHard: 1 });
    expect(await code(save('staff_headcount', value(9)))).toBe('saved');
    expect((await view()).findings.find((f) => f.ruleId === 'K014')).toMatchObject({ state: 'corrected' });
    expect((await view()).counters).toMatchObject({ answered: 2, openHard: 0 });
    expect((await historyOf(database.db, responseId(), YEAR, 'staff_headcount')).map((l) => l.answer)).toEqual([value(9), value(5)]);
  });

  it('sent again later gets its receipt and changes nothing', async () => {
    const first = request('members', value(300));
    const receipt = await saveAnswer(sharedRunner(database), { token }, first);
    await save('members', value(301));
    expect(await saveAnswer(sharedRunner(database), { token }, first)).toEqual(receipt);
    expect((await view()).sheets[YEAR]!.answers['members']).toEqual(value(301));
  });

  it('keeps what another process has saved in between, and is judged on it', async () => {
    await save('staff_headcount', value(9));
    expect(await saveAnswer(preparedRunner(database), { actor: world.director }, request('staff_fte', value(20)))).toMatchObject({ ok: true });
    await save('members', value(302));
    expect((await view()).sheets[YEAR]!.answers).toMatchObject({ staff_fte: value(20), members: value(302) });
    await save('staff_headcount', value(30));
    expect((await view()).counters.openHard).toBe(0);
  });

  it('is kept as a conflict when its author had not seen what stands, and stays out when that comes back', async () => {
    const base = (n: number) => answerFingerprint({ state: 'value', value: n });
    await save('interns', value(1));
    const unseen = { ...request('interns', value(9)), base: base(4) };
    expect(await code(saveAnswer(sharedRunner(database), { token }, unseen))).toBe('conflict');
    await save('interns', value(4));
    await save('members', value(303));
    expect(await code(saveAnswer(sharedRunner(database), { token }, unseen))).toBe('conflict');
    expect((await view()).sheets[YEAR]!.answers['interns']).toEqual(value(4));
    expect(await code(saveAnswer(sharedRunner(database), { token }, { ...request('interns', value(9)), base: base(4) }))).toBe('saved');
  });

  it('is judged again when its findings were touched elsewhere', async () => {
    await save('staff_headcount', value(5));
    expect((await view()).counters.openHard).toBe(1);
    await recordFindings(database.db, [], { responseIds: [responseId()], ruleIds: ['K014'] });
    await save('staff_fte', value(21));
    expect((await view()).findings.find((f) => f.ruleId === 'K014')).toMatchObject({ state: 'raised' });
    expect((await view()).counters.openHard).toBe(1);
  });

  it('is refused at once when the session is over, the mandate ended or the entry closed', async () => {
    const before = await save('members', value(310));
    expect(before.ok).toBe(true);
    await signOut(database.db, token);
    expect(await code(save('members', value(311)))).toBe('not_signed_in');
    await openSession();
    expect(await code(save('members', value(312)))).toBe('saved');
    await sql`update access.session set expires_at = now() - interval '1 second' where token_hash = ${hashToken(token)}`.execute(database.db);
    expect(await code(save('members', value(313)))).toBe('not_signed_in');
    await openSession();
    expect(await code(save('members', value(314)))).toBe('saved');
    await sql`update access.mandate set valid_to = current_date where account_id = ${world.director.accountId}`.execute(database.db);
    expect(await code(save('members', value(315)))).toBe('not_yours');
    await sql`update access.mandate set valid_to = null where account_id = ${world.director.accountId}`.execute(database.db);
    expect(await code(save('members', value(316)))).toBe('saved');
    // in_progress goes on in control; the phase after it does not
    for (const state of ['closing', 'control', 'frozen']) await sql`update campaign.territory_phase set state = ${state} where territory_code = '62'`.execute(database.db);
    expect(await code(save('members', value(317)))).toBe('entry_closed');
    expect((await view()).sheets[YEAR]!.answers['members']).toEqual(value(316));
  });
});

describe('a sheet kept as a document and the answers given since', () => {
  it('reads the same whatever was folded, taken back or loaded in between', async () => {
    const database = await testDatabase();
    try {
      const world = await openCampaignOf(database.db);
      const responseId = world.responses[0]!;
      const expected: { [key: string]: unknown } = {};
      const put = async (key: string, answer: unknown) => {
        expect(await saveAnswer(preparedRunner(database), { actor: world.director }, { saveId: newId(), responseId, dataYear: 2025, key, answer })).toMatchObject({ ok: true });
        if (answer === null) delete expected[key];
        else expected[key] = answer;
        expect((await readResponse(database.db, responseId))!.sheets[2025]!.answers).toEqual(expected);
      };
      const waiting = async () => (await sql<{ n: number }>`select count(*)::int as n from entry.stored_sheet s, jsonb_object_keys(s.recent) where response_id = ${responseId}`.execute(database.db)).rows[0]!.n;
      const seen = new Set<string>();
      for (const key of ['members', 'interns', 'users_by_age', 'income_by_funder', 'governance_bodies', 'staff_headcount', 'staff_fte', 'seniors', 'unique_users']) {
        await put(key, sampleAnswers[key]);
        seen.add((await waiting()) > 0 ? 'recent' : 'folded');
      }
      expect([...seen].toSorted()).toEqual(['folded', 'recent']);
      await put('members', value(7));
      await put('members', null);
      await put('members', value(8));
      await put('interns', value(3));
      expect(await waiting()).toBeGreaterThan(0);
      await bulkLoad(database.db, [{ responseId, dataYear: 2025, answers: { interns: value(4), civic_service: value(1) } }], {});
      Object.assign(expected, { interns: value(4), civic_service: value(1) });
      expect((await readResponse(database.db, responseId))!.sheets[2025]!.answers).toEqual(expected);
      await put('interns', value(5));
    } finally {
      await database.close();
    }
  });
});
