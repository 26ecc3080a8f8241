import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, type ResponseId } from '../../../kernel/identifier.ts';
import { parisDay } from '../../../kernel/french-date.ts';
import { type Database, refusedBy } from '../../../platform/database.server.ts';
import { makePerson } from '../../../../tests/support/small-world.ts';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import { findActor, findPart, hashToken, journalOf, openPart, partsOf } from '../../access/index.server.ts';
import type { Actor } from '../../access/index.ts';
import { openCampaignOf, type OpenCampaign, value } from '../fixtures/open-campaign.ts';
import { givePart, handsOf, justifyFinding, preparedRunner, readResponse, revokePart, saveAnswer, saveAnswers, sharedRunner } from '../index.server.ts';

describe('a part given by a link', () => {
  const TODAY = parisDay(new Date());
  const YEAR = 2025;
  let database: Database;
  let world: OpenCampaign;
  let responseId: ResponseId;
  /** Token of the link and of the session that it opened. */
  let link: string;
  let linkId: string;
  let session: string;

  const ask = { forWhom: 'trésorière', rubrics: ['D'], dataYears: [YEAR], lastDay: TODAY };
  const give = async (actor: Actor = world.director, of: ResponseId = responseId) => givePart(database.db, actor, of, ask, TODAY);
  const save = async (key: string, more: { responseId?: ResponseId; dataYear?: number; answer?: unknown } = {}) =>
    saveAnswer(sharedRunner(database), { token: session }, { saveId: newId(), responseId: more.responseId ?? responseId, dataYear: more.dataYear ?? YEAR, key, answer: more.answer ?? value(1000) });
  const codeOf = (result: { ok: boolean; error?: { code: string } }): string => (result.ok ? 'ok' : result.error!.code);
  const sheet = async () => (await readResponse(database.db, responseId))!.sheets[YEAR]?.answers ?? {};

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    responseId = world.responses[0]!;
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    const given = await give();
    if (!given.ok) throw new Error(given.error.message);
    ({ token: link, linkId } = given.value);
    const opened = await openPart(database.db, link, 'Inès  Moreau');
    if (!opened.ok) throw new Error(opened.error.message);
    session = opened.value;
  });

  it('is given by whoever may submit, and by nobody else', async () => {
    const contributor = await makePerson(database.db, `Contributeur ${newId()}`, [{ role: 'contributor', structureId: world.centres[0]! }]);
    expect(await Promise.all([contributor, world.caf, world.office, (await findActor(database.db, session))!].map(async (a) => codeOf(await give(a))))).toEqual(Array(4).fill('only_director'));
    expect(codeOf(await give(world.director, world.responses[1]!))).toBe('only_director');
    expect(codeOf(await give(world.director, newId<ResponseId>()))).toBe('unknown_response');
  });

  it('is kept as a hash, opens under one name, and is told in the journal', async () => {
    const { rows } = await sql<{ text: string }>`select row_to_json(l)::text as text from access.part_link l where l.id = ${linkId}`.execute(database.db);
    expect(rows[0]!.text).not.toContain(link);
    expect(rows[0]!.text).toContain(hashToken(link));
    const again = await openPart(database.db, link, 'Un autre nom');
    const actor = await findActor(database.db, again.ok ? again.value : '');
    expect(actor).toMatchObject({ displayName: 'Inès Moreau', mandates: [], charterAccepted: true, part: { rubrics: ['D'], dataYears: [YEAR], lastDay: TODAY, campaignYear: 2026 } });
    expect(actor!.part!.keys).toContain('expenses_total');
    expect(codeOf(await openPart(database.db, 'a'.repeat(43), 'Inès Moreau'))).toBe('link_is_over');
    expect((await journalOf(database.db, world.centres[0]!)).slice(0, 2).map((l) => l.action).toSorted()).toEqual(['part.give', 'part.open']);
  });

  it('asks for a name the first time', async () => {
    const given = await give();
    const token = given.ok ? given.value.token : '';
    expect([codeOf(await openPart(database.db, token, ' ')), codeOf(await openPart(database.db, token, 'x'.repeat(81)))]).toEqual(['name_needed', 'name_needed']);
    expect((await findPart(database.db, token))!.name).toBe(null);
  });

  it('writes its questions, under the name that was given', async () => {
    expect(codeOf(await save('expenses_total'))).toBe('ok');
    expect((await sheet())['expenses_total']).toEqual(value(1000));
    expect(await handsOf(database.db, responseId)).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'Inès Moreau', as: 'guest', duty: null, answers: 1 }), expect.objectContaining({ name: 'Directrice', as: 'direction', answers: 0, lastAt: null })]));
  });

  it('writes no other question, year nor structure, whole or among others', async () => {
    const before = await sheet();
    const other = await readResponse(database.db, world.responses[1]!);
    expect(await Promise.all([save('members'), save('expenses_total', { dataYear: 2024 }), save('staff_headcount', { answer: null })].map(async (s) => codeOf(await s)))).toEqual(Array(3).fill('outside_your_part'));
    expect(codeOf(await save('expenses_total', { responseId: world.responses[1]! }))).toBe('not_yours');
    const actor = (await findActor(database.db, session))!;
    const both = ['income_total', 'members'].map((key) => ({ saveId: newId(), key, answer: value(7) }));
    expect(codeOf(await saveAnswers(preparedRunner(database), { actor }, { responseId, dataYear: YEAR, items: both }, { onlyChanges: true }))).toBe('outside_your_part');
    expect(await sheet()).toEqual(before);
    expect(await readResponse(database.db, world.responses[1]!)).toEqual(other);
  });

  it('does not explain the findings of others', async () => {
    const actor = (await findActor(database.db, session))!;
    const elsewhere = world.compiled.rules.find((r) => !r.perQuestion && r.reads.length > 0 && r.reads.every((key) => world.compiled.questions.get(key)!.rubric === 'C'))!.rule.id;
    await sql`insert into entry.finding (response_id, data_year, rule_id, severity, fingerprint) values (${responseId}, ${YEAR}, ${elsewhere}, 'soft', 'f') on conflict do nothing`.execute(database.db);
    expect(codeOf(await justifyFinding(database.db, actor, { responseId, dataYear: YEAR, ruleId: elsewhere, subject: '', text: 'Parce que.' }))).toBe('not_yours');
    const own = world.compiled.rules.find((r) => !r.perQuestion && !r.gate && r.reads.length > 0 && r.reads.every((key) => world.compiled.questions.get(key)!.rubric === 'D'))!.rule.id;
    await sql`insert into entry.finding (response_id, data_year, rule_id, severity, fingerprint) values (${responseId}, ${YEAR}, ${own}, 'soft', 'f') on conflict (response_id, data_year, rule_id, subject) do update set state = 'raised', severity = 'soft'`.execute(database.db);
    expect(codeOf(await justifyFinding(database.db, actor, { responseId, dataYear: YEAR, ruleId: own, subject: '', text: 'Parce que.' }))).toBe('ok');
  });

  it('ends at once when it is revoked, sessions included; what was given stays', async () => {
    expect(codeOf(await save('income_total'))).toBe('ok');
    expect(codeOf(await revokePart(database.db, world.caf, responseId, linkId))).toBe('only_director');
    expect(codeOf(await revokePart(database.db, world.director, world.responses[1]!, linkId))).toBe('only_director');
    expect(codeOf(await revokePart(database.db, world.director, responseId, linkId))).toBe('ok');
    expect(codeOf(await revokePart(database.db, world.director, responseId, linkId))).toBe('link_already_over');
    expect(codeOf(await save('income_total', { answer: value(2) }))).toBe('not_signed_in');
    expect(await findActor(database.db, session)).toBeUndefined();
    expect(codeOf(await openPart(database.db, link, 'Inès Moreau'))).toBe('link_is_over');
    expect((await sheet())['income_total']).toEqual(value(1000));
    expect((await partsOf(database.db, { structureId: world.centres[0]!, campaignYear: 2026 })).find((l) => l.linkId === linkId)).toMatchObject({ state: 'revoked', name: 'Inès Moreau' });
  });

  it('ends after its last day', async () => {
    // Time passes: below the guard, which lets no link be prolonged.
    const past = async (work: () => Promise<void>): Promise<void> => {
      await sql`alter table access.part_link disable trigger part_link_never_grows`.execute(database.db);
      await sql`update access.part_link set last_day = current_date - 1 where id = ${linkId}`.execute(database.db);
      await sql`alter table access.part_link enable trigger part_link_never_grows`.execute(database.db);
      await work();
    };
    const actor = (await findActor(database.db, session))!;
    await past(async () => {
      expect(codeOf(await save('expenses_total'))).toBe('not_yours');
      expect(await findPart(database.db, link)).toBeUndefined();
      expect((await findActor(database.db, session))!.part).toBe(null);
      // somebody who was known before its end: the database refuses the line
      const late = await saveAnswer(preparedRunner(database), { actor }, { saveId: newId(), responseId, dataYear: YEAR, key: 'expenses_total', answer: value(5) });
      expect(codeOf(late)).not.toBe('ok');
      expect((await sheet())['expenses_total']).toEqual(value(1000));
    });
  });

  it('is held by the database whatever the program does', async () => {
    const actor = (await findActor(database.db, session))!;
    const line = (key: string, of: ResponseId, year: number) => sql`insert into entry.answer_history (save_id, response_id, data_year, question_key, author_id, source, revision)
      values (${newId()}, ${of}, ${year}, ${key}, ${actor.accountId}, 'structure', 1)`.execute(database.db);
    const refused = async (work: Promise<unknown>): Promise<string | undefined> => work.then(() => 'written', (error: unknown) => refusedBy(error));
    expect(await refused(line('expenses_total', responseId, YEAR))).toBe('written');
    expect(await refused(line('members', responseId, YEAR))).toBe('outside_the_part');
    expect(await refused(line('expenses_total', responseId, 2024))).toBe('outside_the_part');
    expect(await refused(line('expenses_total', world.responses[1]!, YEAR))).toBe('outside_the_part');
    expect(await refused(sql`insert into entry.answer_conflict (save_id, response_id, data_year, question_key, author_id) values (${newId()}, ${responseId}, ${YEAR}, 'members', ${actor.accountId})`.execute(database.db))).toBe('outside_the_part');
    expect(await refused(sql`insert into access.mandate (id, account_id, role, structure_id, valid_from) values (${newId()}, ${actor.accountId}, 'director', ${world.centres[0]!}, current_date)`.execute(database.db))).toBe('link_has_no_mandate');
    expect(await refused(sql`update access.part_link set last_day = last_day + 1 where id = ${linkId}`.execute(database.db))).toBe('part_link_never_grows');
    expect(await refused(sql`update access.part_link set keys = keys || '{members}' where id = ${linkId}`.execute(database.db))).toBe('part_link_never_grows');
    expect(await refused(sql`delete from access.part_link where id = ${linkId}`.execute(database.db))).toBe('part_link_is_kept');
    await revokePart(database.db, world.director, responseId, linkId);
    expect(await refused(sql`update access.part_link set revoked_at = null, revoked_by = null where id = ${linkId}`.execute(database.db))).toBe('part_link_never_grows');
    expect(await refused(line('expenses_total', responseId, YEAR))).toBe('outside_the_part');
  });
});
