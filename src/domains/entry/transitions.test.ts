import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { openCampaignOf } from './fixtures/open-campaign.ts';
import { RESPONSE_STATES, RESPONSE_TRANSITIONS, transitionAllowed } from './transitions.ts';

describe('states of a response', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it('are the same table in the code and in the database', async () => {
    const { rows } = await sql<{ pair: string }>`select from_state || ' ' || to_state as pair from entry.response_transition order by 1`.execute(database.db);
    const here = RESPONSE_STATES.flatMap((from) => RESPONSE_TRANSITIONS[from].map((to) => `${from} ${to}`));
    expect(rows.map((r) => r.pair).toSorted()).toEqual(here.toSorted());
    expect(here.length).toBeGreaterThan(30);
  });

  it('refuses in the database what the table does not allow, by its name', async () => {
    const { responses } = await openCampaignOf(database.db);
    expect(transitionAllowed('not_started', 'validated')).toBe(false);
    await expect(sql`update entry.response set state = 'validated' where id = ${responses[0]!}`.execute(database.db)).rejects.toThrow('response_transition_not_allowed');
  });
});
