import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePerson } from '../../../../tests/support/small-world.ts';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import type { Actor } from '../../access/index.ts';
import { journalOf } from '../../access/index.server.ts';
import { messagesOf } from '../../notification/index.server.ts';
import { interpretations, interpretationsBeside } from '../../questionnaire/index.server.ts';
import type { Database } from '../../../platform/database.server.ts';
import { readResponse } from '../index.server.ts';
import { openCampaignOf, type OpenCampaign } from '../fixtures/open-campaign.ts';
import { answerInquiry, ask, askAgain, interpretInquiry, relayInquiry, replyToRelay } from './asking.server.ts';
import { inquiriesOfTerritory, openInquiryCounts, relayedCount, relayedInquiries } from './inquiries.server.ts';
import { INQUIRY_STEPS } from './steps.ts';

let database: Database;
let world: OpenCampaign;
let committee: Actor;
let elsewhere: Actor;
beforeAll(async () => {
  database = await testDatabase();
  world = await openCampaignOf(database.db);
  committee = await makePerson(database.db, 'Comité technique', [{ role: 'technical_committee', territory: 'FR' }]);
  elsewhere = await makePerson(database.db, 'Correspondante du Nord', [{ role: 'caf_correspondent', territory: '59', side: 'caf' }]);
});
afterAll(() => database.close());

const asked = async (body = 'Les vacataires comptent-ils ?'): Promise<string> => {
  const done = await ask(database.db, world.director, { responseId: world.responses[0]!, dataYear: 2025, key: 'staff_fte', aim: 'interpretation', body });
  if (!done.ok) throw new Error(done.error.message);
  return done.value.inquiryId;
};
const one = async (id: string) => (await readResponse(database.db, world.responses[0]!))!.inquiries!.find((i) => i.id === id)!;
const lettersOf = async (person: Actor): Promise<string[]> => (await messagesOf(database.db, person.accountId)).map((m) => m.topic);
const bodyOf = async (person: Actor): Promise<string> => (await messagesOf(database.db, person.accountId))[0]!.body;

describe('the table of steps', () => {
  it('is the one of the database', async () => {
    const { rows } = await sql<{ from_state: string; act: string; to_state: string }>`select * from entry.inquiry_step`.execute(database.db);
    const coded = Object.entries(INQUIRY_STEPS).flatMap(([from_state, acts]) => Object.entries(acts).map(([act, to_state]) => ({ from_state, act, to_state })));
    const sorted = (list: readonly { from_state: string; act: string }[]) => list.toSorted((a, b) => `${a.from_state} ${a.act}`.localeCompare(`${b.from_state} ${b.act}`));
    expect(sorted(rows)).toEqual(sorted(coded));
  });
});

describe('an inquiry', () => {
  it('reaches both correspondents with the question quoted, and comes back answered', async () => {
    const id = await asked();
    for (const person of [world.caf, world.federation]) {
      expect((await lettersOf(person))[0]).toBe('question');
      expect(await bodyOf(person)).toContain(world.compiled.questions.get('staff_fte')!.label);
      expect(await bodyOf(person)).toContain('Les vacataires comptent-ils');
    }
    expect(await openInquiryCounts(database.db, 2026, ['62', '59'])).toEqual({ 62: 1 });
    expect(await answerInquiry(database.db, world.caf, { inquiryId: id, body: 'Oui, au prorata.' })).toEqual({ ok: true, value: { state: 'answered' } });
    expect(await one(id)).toMatchObject({ state: 'answered', quoted: { code: world.compiled.questions.get('staff_fte')!.code }, messages: [{ act: 'ask', voice: 'structure' }, { act: 'answer', voice: 'caf', body: 'Oui, au prorata.' }] });
    expect((await lettersOf(world.director))[0]).toBe('question_answer');
    expect((await lettersOf(world.federation))[0]).toBe('question_answer');
    expect((await askAgain(database.db, world.director, { inquiryId: id, body: 'Et les stagiaires ?' })).ok).toBe(true);
    expect((await one(id)).state).toBe('open');
    expect((await journalOf(database.db, world.centres[0]!)).map((l) => l.action)).toEqual(['inquiry.ask', 'inquiry.answer', 'inquiry.ask']);
    await answerInquiry(database.db, world.federation, { inquiryId: id, body: 'Non.' });
  });

  it('is relayed without the centre’s name, and its answer becomes help for everyone, dated', async () => {
    const id = await asked('Chez nous, Mme X fait 12 heures : compte-t-elle ?');
    expect((await relayInquiry(database.db, world.federation, { inquiryId: id, body: 'Une personne à temps très partiel compte-t-elle ?' })).ok).toBe(true);
    const [relayed] = await relayedInquiries(database.db);
    expect(relayed).toMatchObject({ id, structureKind: 'CS', territoryName: 'Pas-de-Calais', relayed: 'Une personne à temps très partiel compte-t-elle ?', side: 'federation' });
    expect(JSON.stringify(relayed)).not.toMatch(/Centre 1|Mme X/);
    const letter = (await messagesOf(database.db, committee.accountId))[0]!;
    expect(letter).toMatchObject({ topic: 'question_relayed', structureId: null });
    expect(letter.subject + letter.body).not.toMatch(/Centre 1|Mme X/);
    expect((await answerInquiry(database.db, world.caf, { inquiryId: id, body: 'Oui.' })).ok).toBe(false);
    const done = await interpretInquiry(database.db, committee, { inquiryId: id, asked: 'Un temps très partiel compte-t-il ?', answer: 'Oui, au prorata des heures.' });
    expect(done.ok).toBe(true);
    expect((await one(id)).state).toBe('interpreted');
    expect(await relayedCount(database.db)).toBe(0);
    const beside = await interpretationsBeside(database.db, world.compiled.version);
    expect(beside['staff_fte']).toMatchObject([{ year: 2026, answer: 'Oui, au prorata des heures.', publishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string }]);
    // the version itself is untouched
    const { rows } = await sql<{ content_hash: string; text: string }>`select content_hash, content::text as text from questionnaire.version where year = 2026`.execute(database.db);
    expect(rows[0]!.text).not.toContain('au prorata des heures');
    // a better one takes its place, once
    const again = await asked('Et les vacances ?');
    await relayInquiry(database.db, world.caf, { inquiryId: again, body: 'Et les vacances ?' });
    const [first] = await interpretations(database.db);
    expect((await interpretInquiry(database.db, committee, { inquiryId: again, asked: 'Temps très partiel, vacances ?', answer: 'Oui, vacances comprises.', replaces: first!.id })).ok).toBe(true);
    expect((await interpretationsBeside(database.db, world.compiled.version))['staff_fte']?.map((p) => p.answer)).toEqual(['Oui, vacances comprises.']);
    expect(await interpretations(database.db)).toHaveLength(2);
  });

  it('may be answered by the committee for one centre only', async () => {
    const id = await asked();
    await relayInquiry(database.db, world.caf, { inquiryId: id, body: 'Question relayée.' });
    const before = (await interpretations(database.db)).length;
    expect(await replyToRelay(database.db, committee, { inquiryId: id, body: 'Voyez l’aide.' })).toEqual({ ok: true, value: { state: 'answered' } });
    expect(await interpretations(database.db)).toHaveLength(before);
  });

  it('refuses those who have no place in it, empty words, questions not asked, and moments closed', async () => {
    const { db } = database;
    const id = await asked();
    const codeOf = (done: { ok: boolean; error?: { code: string } }) => (done.ok ? 'ok' : done.error!.code);
    const given = { responseId: world.responses[0]!, dataYear: 2025, key: 'staff_fte', aim: 'correspondents' as const, body: 'Bonjour' };
    expect(codeOf(await ask(db, world.caf, given))).toBe('not_yours');
    expect(codeOf(await ask(db, world.director, { ...given, responseId: world.responses[1]! }))).toBe('not_yours');
    expect(codeOf(await ask(db, world.director, { ...given, body: ' ' }))).toBe('message_needed');
    expect(codeOf(await ask(db, world.director, { ...given, key: 'no_such_key' }))).toBe('unknown_question');
    expect(codeOf(await ask(db, world.director, { ...given, dataYear: 1999 }))).toBe('unknown_question');
    expect(codeOf(await answerInquiry(db, elsewhere, { inquiryId: id, body: 'Oui' }))).toBe('only_correspondent');
    expect(codeOf(await answerInquiry(db, world.director, { inquiryId: id, body: 'Oui' }))).toBe('only_correspondent');
    expect(codeOf(await replyToRelay(db, committee, { inquiryId: id, body: 'Oui' }))).toBe('inquiry_moved');
    expect(codeOf(await interpretInquiry(db, world.caf, { inquiryId: id, asked: 'a', answer: 'b' }))).toBe('committee_only');
    for (const state of ['closing', 'control', 'frozen']) await sql`update campaign.territory_phase set state = ${state} where territory_code = '62'`.execute(db);
    expect(codeOf(await ask(db, world.director, given))).toBe('not_now');
    expect(codeOf(await answerInquiry(db, world.caf, { inquiryId: id, body: 'Oui' }))).toBe('not_now');
    await sql`update campaign.territory_phase set state = 'control' where territory_code = '62'`.execute(db);
    expect((await inquiriesOfTerritory(db, 2026, '62'))[0]!.state).toBe('open');
    expect(await inquiriesOfTerritory(db, 2026, '59')).toEqual([]);
  });

  it('keeps every word: the database refuses what the program would not do', async () => {
    const { db } = database;
    const id = await asked();
    await expect(sql`update entry.inquiry_message set body = 'autre'`.execute(db)).rejects.toThrow('inquiry_message_is_kept');
    await expect(sql`delete from entry.inquiry_message`.execute(db)).rejects.toThrow('inquiry_message_is_kept');
    await expect(sql`update questionnaire.interpretation set answer = 'autre'`.execute(db)).rejects.toThrow('interpretation_is_kept');
    await expect(sql`update entry.inquiry set quoted = '{}'::jsonb where id = ${id}`.execute(db)).rejects.toThrow('inquiry_is_kept');
    await expect(sql`update entry.inquiry set state = 'interpreted' where id = ${id}`.execute(db)).rejects.toThrow('inquiry_is_kept');
    const speak = (act: string, voice: string) => sql`insert into entry.inquiry_message (inquiry_id, act, author_id, spoken_for, body) values (${id}, ${act}, ${world.caf.accountId}, ${voice}, 'x')`.execute(db);
    await expect(speak('reply', 'technical_committee')).rejects.toThrow('inquiry_step_not_allowed');
    await expect(speak('answer', 'structure')).rejects.toThrow('each_voice_has_its_acts');
    await relayInquiry(db, world.caf, { inquiryId: id, body: 'Relais.' });
    await expect(speak('interpret', 'technical_committee')).rejects.toThrow('interpreted_means_published');
  });
});
