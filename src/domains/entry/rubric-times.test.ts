import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addStructure } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { newId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import { openCampaignOf, type OpenCampaign } from './fixtures/open-campaign.ts';
import { refreshDueRubricTimes, refreshRubricTimes, rubricTimesOf } from './rubric-times.server.ts';
import { aboutMinutes, secondsLeft, totalLeft } from './rubric-times.ts';

describe('the words of time', () => {
  it('round as people speak', () => {
    expect([20, 61, 8 * 60, 12 * 60, 13 * 60, 60 * 60, 76 * 60].map(aboutMinutes)).toEqual(['environ 1\u00a0min', 'environ 1\u00a0min', 'environ 8\u00a0min', 'environ 10\u00a0min', 'environ 15\u00a0min', 'environ 1\u00a0h', 'environ 1\u00a0h\u00a015']);
  });
  it('count what is left, and say no total when a rubric is unknown', () => {
    const times = [{ dataYear: 2025, rubric: 'C', medianSeconds: 600, structures: 5 }];
    const c = { code: 'C', dataYear: 2025, required: 20, answered: 15 };
    const d = { code: 'D', dataYear: 2025, required: 10, answered: 4 };
    expect(secondsLeft(times, c)).toBe(150);
    expect(secondsLeft(times, { ...c, dataYear: 2024 })).toBeUndefined();
    expect(totalLeft(times, [c, d])).toBeUndefined();
    expect(totalLeft(times, [c, { ...d, answered: 10 }])).toBe(150);
  });
});

describe('what others took', () => {
  let database: Database;
  let world: OpenCampaign;
  const responses: string[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    for (let i = 0; i < 5; i++) {
      const structure = await addStructure(database.db, { name: `Autre ${i}`, department: '62', kind: 'CS', approvedFrom: '2012-01-01' });
      const id = newId();
      await sql`insert into entry.response (id, campaign_year, structure_id, territory_code, structure_kind) values (${id}, 2026, ${structure}, '62', 'CS')`.execute(database.db);
      responses.push(id);
    }
  });
  afterAll(() => database.close());

  /** Saves at given seconds after nine o'clock. */
  const saves = async (responseId: string, list: readonly (readonly [string, number])[], source = 'structure') => {
    for (const [key, second] of list)
      await sql`insert into entry.answer_history (save_id, response_id, data_year, question_key, answer, author_id, source, revision, at)
        values (${newId()}, ${responseId}, 2025, ${key}, '1'::jsonb, ${world.director.accountId}, ${source}, 1, timestamptz '2026-05-04 09:00Z' + ${second} * interval '1 second')`.execute(database.db);
  };
  const send = (id: string) => sql`update entry.response set state = 'in_progress' where id = ${id}`.execute(database.db)
    .then(() => sql`update entry.response set state = 'submitted', submitted_at = '2026-05-04 12:00Z' where id = ${id}`.execute(database.db));

  it('adds gaps under five minutes to the rubric of the later save, leaves pauses out, and stays silent under five structures', async () => {
    for (const [i, id] of responses.entries()) {
      const pace = 60 + 10 * i;
      // the first save of rubric E follows one of C; a pause of an hour stands in between two of C
      await saves(id, [['staff_headcount', 0], ['staff_fte', pace], ['civic_service', 2 * pace], ['director_fte', 2 * pace + 3600], ['opening_weeks', 2 * pace + 3700], ['unique_users', 2 * pace + 3800], ['members', 2 * pace + 3900]]);
      // what others entered, and what was changed after sending, is no time of the structure
      await saves(id, [['interns', 20]], 'caf');
      await saves(id, [['volunteers_total', 15_000], ['volunteers_trained', 15_100], ['volunteer_roles', 15_200]]);
      if (i < 4) await send(id);
    }
    expect(await refreshRubricTimes(database.db, 2026)).toBe(0);
    expect(await rubricTimesOf(database.db, 2026, 'CS')).toEqual([]);
    await send(responses[4]!);
    expect(await refreshDueRubricTimes(database.db)).toBe(2);
    expect(await rubricTimesOf(database.db, 2026, 'CS')).toEqual([
      { dataYear: 2025, rubric: 'C', medianSeconds: 160, structures: 5 },
      { dataYear: 2025, rubric: 'E', medianSeconds: 300, structures: 5 },
    ]);
    expect(await rubricTimesOf(database.db, 2026, 'EVS')).toEqual([]);
    // the next campaign begins with what this one has taught, and the one after with nothing
    expect((await rubricTimesOf(database.db, 2027, 'CS')).map((t) => t.dataYear)).toEqual([2026, 2026]);
    expect(await rubricTimesOf(database.db, 2028, 'CS')).toEqual([]);
    await expect(sql`insert into entry.rubric_time (campaign_year, structure_kind, years_before, rubric, structures, median_seconds) values (2026, 'CS', 1, 'A', 4, 10)`.execute(database.db)).rejects.toThrow('never_fewer_than_five');
  });

  it('takes back a median that five structures bear no longer', async () => {
    await sql`update entry.response set state = 'in_progress' where id = ${responses[0]!}`.execute(database.db);
    expect(await refreshRubricTimes(database.db, 2026)).toBe(0);
    expect(await rubricTimesOf(database.db, 2026, 'CS')).toEqual([]);
  });
});
