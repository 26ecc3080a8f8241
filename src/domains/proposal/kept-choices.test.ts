/** What is kept for next year holds no word of a file, by the rule and by the database. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { type SmallWorld, smallWorld } from '../../../tests/support/small-world.ts';
import { keepChoices, keptChoicesOf } from './index.server.ts';
import { keptChoice, recallChoices } from './kept-choices.ts';

describe('choices kept for next year', () => {
  let database: Database;
  let world: SmallWorld;
  beforeAll(async () => {
    database = await testDatabase();
    world = await smallWorld(database.db, { year: 2026 });
  });
  afterAll(() => database.close());

  it('come back for the same account, job or column, and carry no word', async () => {
    const given = { 'account:741100': 'caf_ps', 'job:435b animatrice': 'animation', 'column:nom de famille': 'lastName', 'residence:nord': 'own_area', 'account:DUPONT': 'caf_ps' };
    const kept = Object.entries(given).flatMap(([id, target]) => keptChoice(id, target) ?? []);
    expect(kept).toHaveLength(3);
    expect(JSON.stringify(kept)).not.toMatch(/animatrice|famille|nord|DUPONT/);
    expect(await keepChoices(database.db, world.director, world.centres[0]!, kept)).toEqual({ ok: true, value: 3 });
    const again = await keptChoicesOf(database.db, world.centres[0]!);
    expect(recallChoices(again, [...Object.keys(given), 'job:435b autre'])).toEqual({ 'account:741100': 'caf_ps', 'job:435b animatrice': 'animation', 'column:nom de famille': 'lastName' });
    expect(await keptChoicesOf(database.db, world.centres[1]!)).toEqual([]);
  });

  it('are changed by the last word', async () => {
    await keepChoices(database.db, world.director, world.centres[0]!, [keptChoice('account:756000', 'memberships'), keptChoice('account:756000', 'other_own')]);
    expect(recallChoices(await keptChoicesOf(database.db, world.centres[0]!), ['account:756000'])).toEqual({ 'account:756000': 'other_own' });
  });

  it('are refused from another structure, and when they are anything but numbers and codes', async () => {
    const one = keptChoice('account:741100', 'caf_ps');
    expect((await keepChoices(database.db, world.director, world.centres[1]!, [one])).ok).toBe(false);
    expect((await keepChoices(database.db, world.caf, world.centres[0]!, [one])).ok).toBe(false);
    for (const raw of [null, {}, [{ kind: 'job', source: 'Mme Dupont', target: 'x' }], [{ ...one, label: 'Dupont' }], [{ kind: 'account', source: '401DUPONT', target: 'x' }], [{ kind: 'account', source: '741', target: 'Mme Dupont' }]])
      expect((await keepChoices(database.db, world.director, world.centres[0]!, raw)).ok, JSON.stringify(raw)).toBe(false);
  });

  it('cannot hold a word even when written past the door', async () => {
    const insert = (kind: string, source: string) => sql`insert into proposal.kept_choice (structure_id, kind, source, target, chosen_by) values (${world.centres[2]!}, ${kind}, ${source}, 'x', ${world.director.accountId})`.execute(database.db);
    await expect(insert('job', 'Mme Dupont')).rejects.toThrow(/source_holds_no_word/);
    await expect(insert('account', '401DUPONT')).rejects.toThrow(/source_holds_no_word/);
  });
});
