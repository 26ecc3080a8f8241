import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePerson } from '../../../../tests/support/small-world.ts';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import type { Actor } from '../../access/index.ts';
import { journalOf } from '../../access/index.server.ts';
import { messagesOf } from '../../notification/index.server.ts';
import type { Database } from '../../../platform/database.server.ts';
import { openCampaignOf, type OpenCampaign } from '../fixtures/open-campaign.ts';
import {
  answerInquiry, ask, closeGroupSession, inquiriesOfTerritory, interpretInquiry, inviteToGroupSession, openGroupSession, readResponse, readSessionView, relayInquiry, replyToRelay, sessionsOfResponse, sessionsOfTerritory, toldIn,
} from '../index.server.ts';

const TODAY = '2026-04-02';
let database: Database;
let world: OpenCampaign;
let second: Actor;
let third: Actor;
let committee: Actor;
let elsewhere: Actor;
let session: string;
beforeAll(async () => {
  database = await testDatabase();
  world = await openCampaignOf(database.db);
  second = await makePerson(database.db, 'Deuxième direction', [{ role: 'director', structureId: world.centres[1]! }]);
  third = await makePerson(database.db, 'Troisième direction', [{ role: 'director', structureId: world.centres[2]! }]);
  committee = await makePerson(database.db, 'Comité technique', [{ role: 'technical_committee', territory: 'FR' }]);
  elsewhere = await makePerson(database.db, 'Correspondante du Nord', [{ role: 'caf_correspondent', territory: '59', side: 'caf' }]);
});
afterAll(() => database.close());

const open = (by: Actor, centres: readonly string[], more: { title?: string; heldOn?: string; territory?: string } = {}) =>
  openGroupSession(database.db, by, { year: 2026, territory: '62', title: 'Session d’Arras', heldOn: '2026-04-14', centres, ...more }, TODAY);
const codeOf = (done: { ok: boolean; error?: { code: string } }): string => (done.ok ? 'ok' : done.error!.code);
const lettersOf = async (person: Actor, topic: string) => (await messagesOf(database.db, person.accountId)).filter((m) => m.topic === topic);
const askIn = async (by: Actor, response: number, body = 'Les vacataires du Centre 1 comptent-ils ?', sessionId: string = session) =>
  ask(database.db, by, { responseId: world.responses[response]!, dataYear: 2025, key: 'staff_fte', aim: 'correspondents', body, sessionId });
const asked = async (): Promise<string> => {
  const done = await askIn(world.director, 0);
  if (!done.ok) throw new Error(done.error.message);
  return done.value.inquiryId;
};

describe('a collective session', () => {
  it('is opened by a correspondent for centres of its territory, which receive a letter', async () => {
    const opened = await open(world.caf, [world.responses[0]!, world.responses[1]!]);
    if (!opened.ok) throw new Error(opened.error.message);
    session = opened.value.sessionId;
    const [letter] = await lettersOf(world.director, 'session');
    expect(letter!.body).toContain('«\u00a0Session d’Arras\u00a0»');
    expect(letter!.body).toContain('14\u00a0avril 2026');
    expect(await lettersOf(third, 'session')).toEqual([]);
    expect(await sessionsOfTerritory(database.db, 2026, '62')).toMatchObject([{ id: session, title: 'Session d’Arras', heldOn: '2026-04-14', openedBy: 'Correspondante Caf', closedAt: null, centres: 2, waiting: 0 }]);
    expect(await sessionsOfTerritory(database.db, 2026, '59')).toEqual([]);
    expect((await sessionsOfResponse(database.db, world.responses[1]!)).map((s) => s.id)).toEqual([session]);
    expect((await journalOf(database.db, world.centres[0]!)).map((l) => l.action)).toEqual(['session.invite']);
  });

  it('shows how far each centre is, and no answer', async () => {
    await sql`update entry.response set state = 'in_progress', required_count = 60, answered_count = 12 where id = ${world.responses[1]!}`.execute(database.db);
    const view = (await readSessionView(database.db, session))!;
    expect(view.centres.map(({ structureName, state, answered, required }) => ({ structureName, state, answered, required }))).toEqual([
      { structureName: 'Centre 1', state: 'not_started', answered: 0, required: 0 }, { structureName: 'Centre 2', state: 'in_progress', answered: 12, required: 60 },
    ]);
    expect(Object.keys(view.centres[0]!).toSorted()).toEqual(['answered', 'communeName', 'required', 'responseId', 'state', 'structureName']);
  });

  it('refuses who has no place in it, other territories, moments closed', async () => {
    const first = [world.responses[0]!];
    expect([codeOf(await open(world.director, first)), codeOf(await open(elsewhere, first)), codeOf(await open(world.caf, [])), codeOf(await open(world.caf, [world.evsResponse])), codeOf(await open(world.caf, first, { title: 'x' })), codeOf(await open(world.caf, first, { heldOn: '2026-04-01' })), codeOf(await open(world.caf, first, { territory: '75' }))]).toEqual([
      'only_correspondent', 'only_correspondent', 'session_without_centre', 'session_other_centre', 'session_title', 'session_day', 'only_correspondent',
    ]);
    expect(await sessionsOfTerritory(database.db, 2026, '62'), 'what is refused leaves nothing').toHaveLength(1);
    const invite = (by: Actor, centres: readonly string[]) => inviteToGroupSession(database.db, by, { sessionId: session, centres });
    expect([codeOf(await invite(elsewhere, [world.responses[2]!])), codeOf(await invite(world.federation, first)), codeOf(await invite(world.federation, [world.responses[2]!]))]).toEqual(['only_correspondent', 'session_other_centre', 'ok']);
    expect(await lettersOf(third, 'session')).toHaveLength(1);
  });

  it('tells every other centre the answer to what one asked, without naming it', async () => {
    const id = await asked();
    expect((await readResponse(database.db, world.responses[0]!))!.inquiries!.find((i) => i.id === id)!.session).toBe('Session d’Arras');
    expect((await inquiriesOfTerritory(database.db, 2026, '62'))[0]!.session).toBe('Session d’Arras');
    expect(await lettersOf(second, 'session_answer'), 'not before it is answered').toEqual([]);
    expect(codeOf(await answerInquiry(database.db, world.caf, { inquiryId: id, body: 'Oui, au prorata.' })), 'the words for all are needed').toBe('message_needed');
    expect(await toldIn(database.db, [session])).toEqual([]);
    expect(codeOf(await answerInquiry(database.db, world.caf, { inquiryId: id, body: 'Oui, au prorata.', asked: 'Les vacataires comptent-ils ?' }))).toBe('ok');
    for (const person of [second, third]) {
      // oxlint-disable-next-line no-await-in-loop -- two people
      const [letter] = await lettersOf(person, 'session_answer');
      expect(letter!.body).toContain('«\u00a0Les vacataires comptent-ils ?\u00a0»');
      expect(letter!.body).toContain('Oui, au prorata.');
      expect(letter!.body).toContain('Correspondante Caf');
      expect(letter!.subject + letter!.body).not.toMatch(/Centre 1|Directrice/);
    }
    expect(await lettersOf(world.director, 'session_answer'), 'the one that asked is answered as always').toEqual([]);
    expect((await lettersOf(world.director, 'question_answer'))[0]!.body).toContain('Oui, au prorata.');
    const told = await toldIn(database.db, [session]);
    expect(told).toMatchObject([{ sessionId: session, dataYear: 2025, asked: 'Les vacataires comptent-ils ?', answer: 'Oui, au prorata.', author: 'Correspondante Caf', voice: 'caf' }]);
    expect(JSON.stringify(told)).not.toMatch(/Centre 1|Directrice|vacataires du/);
  });

  it('tells what the technical committee answers too, with the words that were relayed', async () => {
    const reply = await asked();
    await relayInquiry(database.db, world.federation, { inquiryId: reply, body: 'Un vacataire compte-t-il ?' });
    expect((await toldIn(database.db, [session]))).toHaveLength(1);
    await replyToRelay(database.db, committee, { inquiryId: reply, body: 'Voyez l’aide.' });
    const interpreted = await asked();
    await relayInquiry(database.db, world.federation, { inquiryId: interpreted, body: 'Et un stagiaire ?' });
    expect(codeOf(await interpretInquiry(database.db, committee, { inquiryId: interpreted, asked: 'Un stagiaire compte-t-il ?', answer: 'Non.' }))).toBe('ok');
    expect((await toldIn(database.db, [session])).map((t) => [t.asked, t.answer])).toEqual([['Un stagiaire compte-t-il ?', 'Non.'], ['Un vacataire compte-t-il ?', 'Voyez l’aide.'], ['Les vacataires comptent-ils ?', 'Oui, au prorata.']]);
    expect((await lettersOf(second, 'session_answer'))[0]!.body).toContain('Comité technique national');
  });

  it('takes no question from a centre that is not invited, nor once it is closed, by its opener or by the end of entry', async () => {
    const { db } = database;
    const another = await open(world.caf, [world.responses[1]!], { title: 'Une autre' });
    if (!another.ok) throw new Error(another.error.message);
    expect(codeOf(await askIn(world.director, 0, 'Bonjour', another.value.sessionId))).toBe('session_over');
    const late = await asked();
    expect(codeOf(await closeGroupSession(db, world.federation, session))).toBe('only_opener');
    expect(codeOf(await closeGroupSession(db, world.caf, session))).toBe('ok');
    expect(codeOf(await closeGroupSession(db, world.caf, session))).toBe('session_over');
    expect(codeOf(await askIn(world.director, 0))).toBe('session_over');
    expect(codeOf(await inviteToGroupSession(db, world.caf, { sessionId: session, centres: [world.responses[0]!] }))).toBe('session_over');
    expect(codeOf(await answerInquiry(db, world.caf, { inquiryId: late, body: 'Oui.', asked: 'Après coup ?' })), 'what was asked is still answered').toBe('ok');
    expect((await toldIn(db, [session]))[0]!.asked).toBe('Après coup ?');
    for (const state of ['closing', 'control']) {
      // oxlint-disable-next-line no-await-in-loop -- one step after the other
      await sql`update campaign.territory_phase set state = ${state} where territory_code = '62'`.execute(db);
    }
    expect(codeOf(await askIn(second, 1, 'Bonjour', another.value.sessionId))).toBe('session_over');
    expect(codeOf(await open(world.caf, [world.responses[0]!]))).toBe('session_not_now');
  });

  it('is guarded by the database', async () => {
    const { db } = database;
    const raw = (text: ReturnType<typeof sql>) => text.execute(db);
    await expect(raw(sql`update entry.group_session set title = 'autre' where id = ${session}`)).rejects.toThrow('session_is_kept');
    await expect(raw(sql`delete from entry.group_session`)).rejects.toThrow('session_is_kept');
    await expect(raw(sql`update entry.group_session set closed_at = null where id = ${session}`)).rejects.toThrow('session_is_kept');
    await expect(raw(sql`delete from entry.group_session_centre`)).rejects.toThrow('session_invitation_is_kept');
    await expect(raw(sql`delete from entry.group_session_answer`)).rejects.toThrow('session_answer_is_kept');
    const invite = (id: string, response: string) => raw(sql`insert into entry.group_session_centre (session_id, response_id, invited_by) values (${id}, ${response}, ${world.caf.accountId})`);
    const [other] = await sessionsOfResponse(db, world.responses[1]!);
    await expect(invite(other!.id, world.evsResponse)).rejects.toThrow('session_invites_its_territory');
    const inquire = (id: string, response: string) => raw(sql`insert into entry.inquiry (id, response_id, data_year, question_key, quoted, aim, session_id) values (gen_random_uuid(), ${response}, 2025, 'members', '{}', 'correspondents', ${id})`);
    await expect(inquire(session, world.responses[0]!)).rejects.toThrow('session_is_closed');
    const still = (await sessionsOfTerritory(db, 2026, '62')).find((s) => s.title === 'Une autre')!;
    await expect(inquire(still.id, world.responses[0]!)).rejects.toThrow('asked_in_its_session');
    await expect(raw(sql`insert into entry.group_session_answer (message_id, asked) select min(id), 'x' from entry.inquiry_message where act = 'ask'`)).rejects.toThrow('only_answers_are_told');
  });
});
