import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePerson } from '../../../../tests/support/small-world.ts';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import type { Actor } from '../../access/index.ts';
import { messagesOf } from '../../notification/index.server.ts';
import { newId } from '../../../kernel/identifier.ts';
import type { Database } from '../../../platform/database.server.ts';
import { openCampaignOf, type OpenCampaign, value } from '../fixtures/open-campaign.ts';
import { historyOf, onBehalfSourcesOf, preparedRunner, readResponse, reviewOnBehalf, saveAnswer, sayOnBehalfSource } from '../index.server.ts';

const YEAR = 2025;
const TODAY = '2026-03-12';
let database: Database;
let world: OpenCampaign;
let elsewhere: Actor;
beforeAll(async () => {
  database = await testDatabase();
  world = await openCampaignOf(database.db);
  elsewhere = await makePerson(database.db, 'Correspondante du Nord', [{ role: 'caf_correspondent', territory: '59', side: 'caf' }]);
});
afterAll(() => database.close());

const said = async (by: Actor, support = 'telephone', person = 'Mme Roux') => {
  const done = await sayOnBehalfSource(database.db, by, { responseId: world.responses[0]!, support, person, givenOn: '2026-03-11' }, TODAY);
  if (!done.ok) throw new Error(done.error.message);
  return done.value.id;
};
const give = (by: Actor, key: string, answer: unknown, sourceId?: string, saveId = newId(), responseId = world.responses[0]!) =>
  saveAnswer(preparedRunner(database), { actor: by }, { saveId, responseId, dataYear: YEAR, key, answer, ...(sourceId ? { sourceId } : {}) });
const lettersOf = async (person: Actor) => (await messagesOf(database.db, person.accountId)).filter((m) => m.topic === 'on_behalf_entered');

describe('what a correspondent types for a structure', () => {
  it('keeps with each value who typed it and what it comes from, and tells the structure once a day', async () => {
    const source = await said(world.caf);
    expect(await lettersOf(world.director), 'nothing is typed yet').toEqual([]);
    expect((await give(world.caf, 'board_meetings', value(6), source)).ok).toBe(true);
    expect((await give(world.caf, 'members', value(120), source)).ok).toBe(true);
    expect((await give(world.federation, 'interns', value(2))).ok).toBe(true);
    const view = (await readResponse(database.db, world.responses[0]!))!;
    const from = { support: 'telephone', person: 'Mme Roux', givenOn: '2026-03-11' };
    expect(view.onBehalf.map(({ key, source: side, from: of, verdict }) => ({ key, side, of, verdict }))).toEqual([
      { key: 'board_meetings', side: 'caf', of: from, verdict: null }, { key: 'members', side: 'caf', of: from, verdict: null }, { key: 'interns', side: 'federation', of: null, verdict: null },
    ]);
    const letters = await lettersOf(world.director);
    expect(letters).toHaveLength(1);
    expect(letters[0]!.body).toContain('Correspondante Caf');
    expect(letters[0]!.body).toContain('par téléphone avec Mme Roux, le 11\u00a0mars 2026');
    await sql`update notification.message set created_at = now() - interval '25 hours' where topic = 'on_behalf_entered'`.execute(database.db);
    await give(world.caf, 'members', value(121), source);
    expect(await lettersOf(world.director)).toHaveLength(2);
    // a structure that answers by itself is told nothing
    await give(world.director, 'members', value(122));
    expect((await historyOf(database.db, world.responses[0]!, YEAR, 'members')).map((l) => [l.source, l.from?.person ?? null])).toEqual([['structure', null], ['caf', 'Mme Roux'], ['caf', 'Mme Roux']]);
  });

  it('is acknowledged once, however often it is sent, and reviewed value by value', async () => {
    const source = await said(world.caf, 'paper', '');
    const id = newId();
    const first = await give(world.caf, 'board_meetings', value(7), source, id);
    expect(await give(world.caf, 'board_meetings', value(7), source, id)).toEqual(first);
    const review = (verdict: 'accepted' | 'contested') => reviewOnBehalf(database.db, world.director, { responseId: world.responses[0]!, dataYear: YEAR, key: 'board_meetings', verdict, comment: 'Huit, avec celle de mai.' });
    expect((await review('contested')).ok).toBe(true);
    expect((await review('accepted')).ok, 'looked at already').toBe(false);
    const view = (await readResponse(database.db, world.responses[0]!))!;
    expect(view.onBehalf.find((v) => v.key === 'board_meetings')).toMatchObject({ verdict: 'contested', comment: 'Huit, avec celle de mai.', from: { support: 'paper', person: null } });
  });

  it('is refused with a source that the person has not said for this response', async () => {
    const mine = await said(world.caf);
    const code = async (...args: Parameters<typeof give>) => {
      const done = await give(...args);
      return done.ok ? 'ok' : done.error.code;
    };
    expect(await code(world.federation, 'members', value(1), mine)).toBe('unknown_source');
    expect(await code(world.caf, 'members', value(1), newId())).toBe('unknown_source');
    expect(await code(world.caf, 'members', value(1), mine, newId(), world.responses[1]!)).toBe('unknown_source');
    // its own answers need no source, and name none
    expect(await code(world.director, 'members', value(125), mine)).toBe('ok');
    expect((await historyOf(database.db, world.responses[0]!, YEAR, 'members'))[0]).toMatchObject({ source: 'structure', from: null });
    const say = (by: Actor) => sayOnBehalfSource(database.db, by, { responseId: world.responses[0]!, support: 'paper', person: '', givenOn: TODAY }, TODAY);
    expect([(await say(world.director)).ok, (await say(elsewhere)).ok]).toEqual([false, false]);
    expect((await onBehalfSourcesOf(database.db, world.responses[0]!, world.caf.accountId))[0]).toEqual({ id: mine, support: 'telephone', person: 'Mme Roux', givenOn: '2026-03-11' });
  });

  it('is guarded by the database', async () => {
    const { db } = database;
    const source = await said(world.federation);
    const saved = newId();
    await give(world.caf, 'interns', value(3), undefined, saved);
    const tie = (save: string) => sql`insert into entry.on_behalf_value (save_id, source_id) values (${save}, ${source})`.execute(db);
    await expect(tie(saved)).rejects.toThrow('source_is_of_the_same_hand');
    await expect(sql`update entry.on_behalf_source set person = 'autre'`.execute(db)).rejects.toThrow('on_behalf_source_is_kept');
    await expect(sql`delete from entry.on_behalf_value`.execute(db)).rejects.toThrow('on_behalf_value_is_kept');
    const say = (support: string, person: string | null, day: string) =>
      sql`insert into entry.on_behalf_source (id, response_id, support, person, given_on, said_by) values (${newId()}, ${world.responses[0]!}, ${support}, ${person}, ${day}, ${world.caf.accountId})`.execute(db);
    await expect(say('telephone', null, '2026-01-02')).rejects.toThrow('telephone_has_somebody');
    await expect(say('paper', null, '2999-01-02')).rejects.toThrow('given_before_it_is_typed');
    await expect(say('fax', null, '2026-01-02')).rejects.toThrow('known_support');
  });
});
