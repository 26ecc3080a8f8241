import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, type ResponseId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { moveTerritory } from '../campaign/index.server.ts';
import { openCampaignOf, type OpenCampaign, value } from './fixtures/open-campaign.ts';
import { historyOf, preparedRunner, prefillFromRegister, readResponse, type Runner, runnerOf, saveAnswer, saveAnswers } from './index.server.ts';

describe('a save', () => {
  let database: Database;
  let world: OpenCampaign;
  let runner: Runner;
  let responseId: ResponseId;
  const YEAR = 2025;
  const save = (key: string, answer: unknown, saveId: string = newId()) => ({ saveId, responseId, dataYear: YEAR, key, answer });
  const director = () => ({ actor: world.director });

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    runner = preparedRunner(database);
    responseId = world.responses[0]!;
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await sql`delete from entry.finding`.execute(database.db);
    await sql`delete from entry.answer_sheet`.execute(database.db);
  });

  it('is visible at once, begins the response, and keeps author and source', async () => {
    const saved = await saveAnswer(runner, director(), save('staff_headcount', value(12)));
    expect(saved.ok && saved.value.sequence).toBeGreaterThan(0);
    const view = (await readResponse(database.db, responseId))!;
    expect(view.state).toBe('in_progress');
    expect(view.sheets[YEAR]!.answers['staff_headcount']).toEqual(value(12));
    expect(view.counters.answered).toBe(1);
    expect(view.counters.required).toBeGreaterThan(80);
    expect(view.completeness).toBe('partial');
    const [line] = await historyOf(database.db, responseId, YEAR, 'staff_headcount');
    expect(line).toMatchObject({ author: 'Directrice', source: 'structure', answer: value(12) });
  });

  it('sent twice gets the same receipt and is counted once', async () => {
    const request = save('staff_fte', value(8.5));
    const first = await saveAnswer(runner, director(), request);
    const second = await saveAnswer(runner, director(), request);
    expect(first.ok).toBe(true);
    expect(second).toEqual(first);
    const { rows } = await sql<{ n: number }>`select count(*) as n from entry.answer_history where save_id = ${request.saveId}`.execute(database.db);
    expect(rows[0]!.n).toBe(1);
  });

  it('sent twice at the very same time is counted once too', async () => {
    const request = save('members', value(300));
    const receipts = await Promise.all([1, 2, 3, 4].map(() => saveAnswer(runner, director(), request)));
    expect(new Set(receipts.map((r) => JSON.stringify(r))).size).toBe(1);
    expect(receipts[0]!.ok).toBe(true);
  });

  it('refuses the identifier of another save', async () => {
    const request = save('members', value(300));
    await saveAnswer(runner, director(), request);
    const other = await saveAnswer(runner, director(), { ...request, key: 'staff_women' });
    expect(!other.ok && other.error.code).toBe('save_id_reused');
  });

  it('keeps both of two saves made at once on different questions', async () => {
    const keys = ['staff_headcount', 'staff_women', 'members', 'unique_users', 'partners_count', 'volunteers_total', 'board_members', 'board_meetings'];
    const saved = await Promise.all(keys.map((key, i) => saveAnswer(runner, director(), save(key, value(i + 1)))));
    expect(saved.every((r) => r.ok)).toBe(true);
    const view = (await readResponse(database.db, responseId))!;
    expect(keys.map((key) => view.sheets[YEAR]!.answers[key])).toEqual(keys.map((_, i) => value(i + 1)));
    expect(new Set(saved.map((r) => r.ok && r.value.revision)).size).toBe(keys.length);
  });

  it.each([
    ['a text for a number', 'staff_headcount', value('douze')],
    ['a bare number', 'staff_headcount', 12],
    ['an option that does not exist', 'management_mode', value('king')],
    ['a question that does not exist', 'no_such_question', value(1)],
    ['an unknown state', 'staff_headcount', { state: 'maybe' }],
  ])('refuses %s and changes nothing', async (_, key, answer) => {
    const before = await readResponse(database.db, responseId);
    const saved = await saveAnswer(runner, director(), save(key, answer));
    expect(saved.ok).toBe(false);
    expect(await readResponse(database.db, responseId)).toEqual(before);
  });

  it('raises a finding with the save that makes it, and corrects it with the one that repairs it', async () => {
    await saveAnswer(runner, director(), save('staff_headcount', value(5)));
    await saveAnswer(runner, director(), save('staff_fte', value(7)));
    let view = (await readResponse(database.db, responseId))!;
    expect(view.findings.find((f) => f.ruleId === 'K014')).toMatchObject({ state: 'raised', severity: 'hard' });
    expect(view.counters.openHard).toBe(1);
    await saveAnswer(runner, director(), save('staff_headcount', value(9)));
    view = (await readResponse(database.db, responseId))!;
    expect(view.findings.find((f) => f.ruleId === 'K014')).toMatchObject({ state: 'corrected' });
    expect(view.counters.openHard).toBe(0);
  });

  it('takes an answer back with null', async () => {
    await saveAnswer(runner, director(), save('members', value(10)));
    await saveAnswer(runner, director(), save('members', null));
    expect((await readResponse(database.db, responseId))!.sheets[YEAR]!.answers['members']).toBeUndefined();
    expect((await historyOf(database.db, responseId, YEAR, 'members')).slice(0, 2).map((line) => line.answer)).toEqual([undefined, value(10)]);
  });

  it('of a correspondent is marked with its side and waits for the review of the structure', async () => {
    await saveAnswer(runner, { actor: world.caf }, save('members', value(40)));
    let view = (await readResponse(database.db, responseId))!;
    expect(view.sheets[YEAR]!.provenance).toEqual({ members: 'caf' });
    expect(view.onBehalf).toMatchObject([{ key: 'members', source: 'caf', verdict: null, author: 'Correspondante Caf' }]);
    await saveAnswer(runner, director(), save('members', value(41)));
    view = (await readResponse(database.db, responseId))!;
    expect(view.sheets[YEAR]!.provenance).toEqual({});
    expect(view.onBehalf).toEqual([]);
  });

  it('is refused to who has no mandate there, without a charter, and outside of the entry', async () => {
    const other = { ...world.director, mandates: [{ ...world.director.mandates[0]!, structureId: world.centres[1]! }] };
    const refusedCode = async (by: Parameters<typeof saveAnswer>[1], id = responseId) => {
      const saved = await saveAnswer(runner, by, { ...save('members', value(1)), responseId: id });
      return saved.ok ? 'saved' : saved.error.code;
    };
    expect(await refusedCode({ actor: other })).toBe('not_yours');
    expect(await refusedCode({ actor: { ...world.director, charterAccepted: false } })).toBe('charter_needed');
    expect(await refusedCode({ token: 'nobody' })).toBe('not_signed_in');
    expect(await refusedCode({ actor: world.caf }, world.evsResponse)).toBe('not_yours');
    await sql`update campaign.territory_phase set state = 'closing' where territory_code = '62'`.execute(database.db);
    await sql`update campaign.territory_phase set state = 'control' where territory_code = '62'`.execute(database.db);
    expect(await refusedCode({ actor: world.caf })).toBe('entry_closed');
    await sql`delete from campaign.territory_phase where territory_code = '62'`.execute(database.db);
    await sql`insert into campaign.territory_phase (campaign_year, territory_code, state) values (2026, '62', 'open')`.execute(database.db);
  });

  it('of a whole form keeps what is readable, names what is not, and leaves equal answers alone', async () => {
    await saveAnswer(runner, director(), save('members', value(10)));
    const saved = await saveAnswers(
      runner,
      director(),
      { responseId, dataYear: YEAR, items: [{ saveId: newId(), key: 'members', answer: value(10) }, { saveId: newId(), key: 'unique_users', answer: value(20) }, { saveId: newId(), key: 'opening_days', answer: value('x') }] },
      { onlyChanges: true },
    );
    expect(saved.ok && saved.value.receipts.length).toBe(1);
    expect(saved.ok && saved.value.faults.map((f) => f.key)).toEqual(['opening_days']);
  });

  it('keeps every layer of a value: the register, who entered for the structure, the structure', async () => {
    await prefillFromRegister(database.db, responseId);
    await saveAnswer(runner, { actor: world.federation }, save('first_approval_year', value(2011)));
    expect((await readResponse(database.db, responseId))!.sheets[YEAR]!.provenance['first_approval_year']).toBe('federation');
    await saveAnswer(runner, director(), save('first_approval_year', value(2010)));
    const lines = await historyOf(database.db, responseId, YEAR, 'first_approval_year');
    expect(lines.map((l) => [l.source, l.author, l.answer])).toEqual([
      ['structure', 'Directrice', value(2010)],
      ['federation', 'Correspondant fédéral', value(2011)],
      ['register', null, value(2012)],
    ]);
    await expect(sql`update entry.answer_history set answer = null where response_id = ${responseId}`.execute(database.db)).rejects.toThrow('written once');
  });

  it('finds the register’s answers in place, and proposes a change when it says otherwise', async () => {
    const id = world.responses[1]!;
    expect(await prefillFromRegister(database.db, id)).toBeGreaterThan(3);
    expect(await prefillFromRegister(database.db, id)).toBe(0);
    const view = (await readResponse(database.db, id))!;
    expect(view.state).toBe('not_started');
    expect(view.sheets[YEAR]!.answers['structure_name']).toEqual(value('Centre 2'));
    expect(view.sheets[YEAR]!.provenance['structure_name']).toBe('register');
    const director2 = { actor: { ...world.director, mandates: [{ ...world.director.mandates[0]!, structureId: world.centres[1]! }] } };
    await saveAnswer(runner, director2, { ...save('structure_name', value('Centre du Parc')), responseId: id });
    const open = await sql<{ question_key: string; state: string }>`select question_key, state from registry.change_proposal where structure_id = ${world.centres[1]!}`.execute(database.db);
    expect(open.rows).toEqual([{ question_key: 'structure_name', state: 'open' }]);
    await saveAnswer(runner, director2, { ...save('structure_name', value('Centre 2')), responseId: id });
    const closed = await sql<{ state: string }>`select state from registry.change_proposal where structure_id = ${world.centres[1]!}`.execute(database.db);
    expect(closed.rows).toEqual([{ state: 'withdrawn' }]);
  });
});

describe('a save judged just before the end of entry', () => {
  it('is not written in a response that has become a non-respondent', async () => {
    const database = await testDatabase();
    try {
      const world = await openCampaignOf(database.db);
      const responseId = world.responses[0]!;
      const inner = runnerOf(database.db);
      const save = (key: string, answer: unknown) => ({ saveId: newId(), responseId, dataYear: 2025, key, answer });
      expect(await saveAnswer(inner, { actor: world.director }, save('members', value(10)))).toMatchObject({ ok: true });
      for (const state of ['closing', 'control']) await sql`update campaign.campaign set state = ${state}`.execute(database.db);
      let closed = false;
      // Control begins between the reading of the response and the writing of the answer.
      const late: Runner = {
        ...inner,
        run: async (name, text, values) => {
          if (name === 'entry_save_record' && !closed) {
            closed = true;
            expect(await moveTerritory(database.db, world.office, { year: 2026, territory: '62', to: 'control' })).toMatchObject({ ok: true });
          }
          return inner.run(name, text, values);
        },
      };
      expect(await saveAnswer(late, { actor: world.director }, save('members', value(11)))).toMatchObject({ ok: false, error: { code: 'state_refuses_entry' } });
      const view = (await readResponse(database.db, responseId))!;
      expect(view.state).toBe('non_respondent');
      expect(view.sheets[2025]!.answers['members']).toEqual(value(10));
    } finally {
      await database.close();
    }
  });
});
