import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, type ResponseId } from '../../../kernel/identifier.ts';
import { type Database, refusedBy } from '../../../platform/database.server.ts';
import { makePerson } from '../../../../tests/support/small-world.ts';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import type { Actor } from '../../access/index.ts';
import { acceptCharter, acceptInvitation, agentOf, findActor, journalOf } from '../../access/index.server.ts';
import { deliverWaiting, type Mail } from '../../notification/index.server.ts';
import { type Answer, answerFingerprint } from '../../questionnaire/index.ts';
import { managingBody } from '../../registry/index.server.ts';
import { openCampaignOf, type OpenCampaign, value } from '../fixtures/open-campaign.ts';
import { blockersOfResponse, factsOfBody, giveSharedFacts, historyOf, nameAgent, openConflictsOf, preparedRunner, readResponse, recoverMailbox, saveAnswer } from '../index.server.ts';

const YEAR = 2025;
const number = (n: number): Answer => ({ state: 'value', value: n });

describe('what a managing body gives once', () => {
  let database: Database;
  let world: OpenCampaign;
  let bodyId: string;
  let agent: Actor;
  let first: ResponseId;
  let second: ResponseId;
  const code = (result: { ok: boolean; error?: { code: string } }): string => (result.ok ? 'ok' : result.error!.code);
  const link = (token: string): string => `https://senacs.exemple/invitation/${token}`;
  const name = (actor: Actor, email: string, who = 'Claude Roux', structureId = world.centres[0]!) => nameAgent(database.db, actor, { structureId, name: who, email }, link);
  const letters = async (): Promise<Mail[]> => {
    const sent: Mail[] = [];
    await deliverWaiting(database.db, async (mail) => void sent.push(mail));
    return sent;
  };
  const give = (given: { [key: string]: number | null }, actor = agent) =>
    giveSharedFacts(database.db, actor, { managingBodyId: bodyId, answers: new Map(Object.entries(given).map(([key, n]) => [key, n === null ? undefined : number(n)])) });
  const waiting = async (responseId: ResponseId) => (await openConflictsOf(database.db, responseId)).toSorted((a, b) => a.key.localeCompare(b.key)).map((k) => [k.key, (k.answer as { value: number } | null)?.value, k.managingBody, k.author]);
  const save = (key: string, n: number | null, base: number | null, settles?: readonly string[]) =>
    saveAnswer(preparedRunner(database), { actor: world.director }, { saveId: newId(), responseId: first, dataYear: YEAR, key, answer: n === null ? null : value(n), base: answerFingerprint(base === null ? undefined : number(base)), ...(settles ? { settles } : {}) });

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    [first, second] = world.responses as [ResponseId, ResponseId];
    bodyId = await managingBody(database.db, { name: 'Association des Voisins', siren: null, communeCode: 'C62041' });
    for (const id of world.centres.slice(0, 2)) await sql`update registry.structure_version set managing_body_id = ${bodyId} where structure_id = ${id}`.execute(database.db);
    const other = await managingBody(database.db, { name: 'Ville d’Arras', siren: null, communeCode: 'C62041' });
    await sql`update registry.structure_version set managing_body_id = ${other} where structure_id = ${world.centres[2]!}`.execute(database.db);
  });
  afterAll(() => database.close());

  it('is given by one person, whom a correspondent of its structures names; another takes the place in one gesture', async () => {
    expect([code(await name(world.director, 'claude@exemple.fr')), code(await name(world.caf, 'claude')), code(await name(world.caf, 'claude@exemple.fr', 'X', world.newcomer))]).toEqual(['only_correspondent_names', 'not_an_address', 'no_managing_body']);
    expect(code(await name(world.caf, 'claude@exemple.fr'))).toBe('ok');
    const invitation = (await letters()).find((m) => m.to === 'claude@exemple.fr')!;
    expect(invitation.text).toContain('Association des Voisins');
    const opened = await acceptInvitation(database.db, /\/invitation\/([\w-]+)\s*$/.exec(invitation.text)![1]!, 'une courte phrase');
    if (!opened.ok) throw new Error(opened.error.message);
    const before = (await findActor(database.db, opened.value))!;
    expect(before.mandates).toMatchObject([{ role: 'managing_body_agent', managingBodyId: bodyId, structureId: null, territoryCode: null }]);
    expect(code(await name(world.federation, 'claude@exemple.fr'))).toBe('already_agent');
    // somebody else: the first is told, and may give nothing more
    const next = await makePerson(database.db, 'Sacha Petit', []);
    expect(code(await name(world.federation, next.email))).toBe('ok');
    expect((await letters()).map((m) => m.to).toSorted()).toEqual(['claude@exemple.fr', next.email].toSorted());
    expect((await findActor(database.db, opened.value))!.mandates).toEqual([]);
    expect((await agentOf(database.db, bodyId))?.accountId).toBe(next.accountId);
    await acceptCharter(database.db, next.accountId);
    agent = { ...next, mandates: [{ role: 'managing_body_agent', structureId: null, territoryCode: null, managingBodyId: bodyId, institutionId: null, side: null }] };
    expect((await journalOf(database.db, world.centres[0]!, 10, 0)).map((l) => l.action)).toEqual(['managing_body.agent', 'managing_body.agent']);
    // his mailbox is not for a correspondent of one structure to move
    expect(code(await recoverMailbox(database.db, world.caf, { structureId: world.centres[0]!, accountId: next.accountId, email: 'autre@exemple.fr' }, link))).toBe('not_yours_to_recover');
  });

  it('waits beside the answer of each structure that it runs, and changes none', async () => {
    const saved = await saveAnswer(preparedRunner(database), { actor: world.director }, { saveId: newId(), responseId: first, dataYear: YEAR, key: 'governance_bodies', answer: value(['board']) });
    expect(saved.ok).toBe(true);
    await save('board_members', 12, null);
    expect(code(await give({ board_meetings: 6 }, world.director))).toBe('not_your_body');
    expect(code(await give({ members: 6 }))).toBe('unknown_question');
    expect(code(await giveSharedFacts(database.db, agent, { managingBodyId: bodyId, answers: new Map([['board_meetings', { state: 'value', value: 'six' }]]) }))).not.toBe('ok');
    const given = await give({ board_meetings: 6, board_members: 12, general_meetings: null });
    expect(given).toEqual({ ok: true, value: { facts: 2, structures: 2 } });
    // the first centre already says 12: nothing to look at there
    expect([await waiting(first), await waiting(second)]).toEqual([
      [['board_meetings', 6, 'Association des Voisins', null]],
      [['board_meetings', 6, 'Association des Voisins', null], ['board_members', 12, 'Association des Voisins', null]],
    ]);
    expect(await waiting(world.responses[2]!)).toEqual([]);
    expect((await readResponse(database.db, first))!.sheets[YEAR]!.answers['board_meetings']).toBeUndefined();
    const told = (await letters()).map((m) => [m.to, m.subject]);
    expect(told).toEqual([[world.director.email, expect.stringContaining('vous propose une réponse')]]);
    // saved again unchanged: nobody is written to twice
    expect(await give({ board_meetings: 6, board_members: 12 })).toEqual({ ok: true, value: { facts: 0, structures: 0 } });
  });

  it('stops a submission until it is looked at; kept or taken, the history says where it came from', async () => {
    const undecided = async () => (await blockersOfResponse(database.db, (await readResponse(database.db, first))!)).filter((b) => 'key' in b && b.key === 'board_meetings').map((b) => b.kind);
    expect(await undecided()).toEqual(['undecided']);
    // hidden, it stops nothing
    await save('board_members', 0, 12);
    expect(await undecided()).toEqual([]);
    await save('board_members', 12, 0);
    const [kept] = await openConflictsOf(database.db, first);
    expect(code(await save('board_meetings', 6, null, [kept!.saveId]))).toBe('ok');
    expect([await undecided(), await waiting(first)]).toEqual([[], []]);
    expect((await historyOf(database.db, first, YEAR, 'board_meetings'))[0]).toMatchObject({ author: 'Directrice', source: 'structure', managingBody: 'Association des Voisins' });
    // given anew, refused: what the structure says stands, and its history names nobody else
    await give({ board_meetings: 7 });
    const [again] = await openConflictsOf(database.db, first);
    expect(code(await save('board_meetings', 6, 6, [again!.saveId]))).toBe('ok');
    expect((await historyOf(database.db, first, YEAR, 'board_meetings'))[0]).toMatchObject({ managingBody: null });
    expect(await undecided()).toEqual([]);
    expect((await factsOfBody(database.db, bodyId, 2026, YEAR)).find((f) => f.key === 'board_meetings')).toMatchObject({ answer: number(7), author: 'Sacha Petit' });
  });

  it('given anew or taken back, waits no more where nobody looked; reaches later those whose entry opens', async () => {
    expect((await waiting(second)).map(([key, n]) => [key, n])).toEqual([['board_meetings', 7], ['board_members', 12]]);
    expect(await give({ board_members: null })).toEqual({ ok: true, value: { facts: 1, structures: 0 } });
    expect((await waiting(second)).map(([key]) => key)).toEqual(['board_meetings']);
    await sql`update entry.response set state = 'declined' where id = ${second}`.execute(database.db);
    expect(await give({ general_meetings: 2 })).toEqual({ ok: true, value: { facts: 1, structures: 1 } });
    await sql`update entry.response set state = 'in_progress' where id = ${second}`.execute(database.db);
    expect(await give({})).toEqual({ ok: true, value: { facts: 0, structures: 1 } });
    expect((await waiting(second)).map(([key]) => key)).toEqual(['board_meetings', 'general_meetings']);
  });

  it('is refused by the database beside an answer of another body, on another question, and when it is changed', async () => {
    const { rows } = await sql<{ id: string }>`select id from entry.shared_fact where question_key = 'general_meetings'`.execute(database.db);
    const keep = (responseId: ResponseId, key: string) =>
      sql`insert into entry.answer_conflict (save_id, response_id, data_year, question_key, answer, author_id, shared_fact_id)
        values (${newId()}, ${responseId}, ${YEAR}, ${key}, ${JSON.stringify(number(2))}::jsonb, ${agent.accountId}, ${rows[0]!.id})`.execute(database.db).then(() => 'written', (error: unknown) => refusedBy(error));
    expect([await keep(world.responses[2]!, 'general_meetings'), await keep(second, 'board_meetings')].map((r) => r?.split(':')[0])).toEqual(['kept_fact_is_of_its_body', 'kept_fact_is_of_its_body']);
    await expect(sql`update entry.shared_fact set answer = null`.execute(database.db)).rejects.toThrow();
  });
});
