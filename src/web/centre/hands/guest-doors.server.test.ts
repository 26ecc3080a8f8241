/** Every door of a response, knocked at by a guest who came by a link: his rubric opens, nothing else does, and nothing at all once the link is over. */
import { RouterContextProvider } from 'react-router';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findActor, openPart } from '../../../domains/access/index.server.ts';
import { openCampaignOf, type OpenCampaign, value } from '../../../domains/entry/fixtures/open-campaign.ts';
import { givePart, preparedRunner, revokePart, saveAnswers } from '../../../domains/entry/index.server.ts';
import { parisDay } from '../../../kernel/french-date.ts';
import { newId, type ResponseId } from '../../../kernel/identifier.ts';
import type { Database } from '../../../platform/database.server.ts';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import { actorContext, servicesContext } from '../../request-context.ts';
import { openCentrePage, openPartPage } from '../centre-page.server.ts';
import { Followers } from '../follow-endpoint.server.ts';
import { handleSave } from '../save-endpoint.server.ts';

const YEAR = 2025;

describe('the doors of a response, for a guest', () => {
  let database: Database;
  let world: OpenCampaign;
  let own: ResponseId;
  let token: string;
  let linkId: string;
  const followers = new Followers();

  const save = async (key: string, more: { responseId?: ResponseId; dataYear?: number; base?: string } = {}) => {
    const body = JSON.stringify({ saveId: newId(), responseId: own, dataYear: YEAR, key, answer: value(3), ...more });
    const answered = await handleSave(database, { method: 'POST', body, cookie: `senacs_session=${token}` });
    return { status: answered.status, ...(JSON.parse(answered.body) as { error?: { code: string; conflict?: unknown } }) };
  };
  const follow = async (responseId: ResponseId = own, now?: number) => {
    const answered = await followers.answer(database, new URL(`http://localhost/api/following?response=${responseId}&revision=0&year=${YEAR}&rubric=D`), `senacs_session=${token}`, now);
    return { status: answered.status, told: JSON.parse(answered.body) as { changes?: { key: string }[]; conflicts?: { key: string }[]; others?: unknown[] } };
  };
  const context = async (): Promise<RouterContextProvider> => {
    const provider = new RouterContextProvider();
    provider.set(servicesContext, { db: database.db } as never);
    provider.set(actorContext, await findActor(database.db, token));
    return provider;
  };
  const statusOf = async (work: (c: RouterContextProvider, request: Request) => Promise<unknown>, method = 'GET'): Promise<number> => {
    try {
      await work(await context(), new Request(`http://localhost/centre/${own}`, { method }));
      return 200;
    } catch (thrown) {
      if (thrown instanceof Response) return thrown.status;
      throw thrown;
    }
  };

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    own = world.responses[0]!;
    const items = ['members', 'expenses_total'].map((key) => ({ saveId: newId(), key, answer: value(11) }));
    await saveAnswers(preparedRunner(database), { actor: world.director }, { responseId: own, dataYear: YEAR, items });
    // two conflicts, one in his part and one elsewhere
    await saveAnswers(preparedRunner(database), { actor: world.director }, { responseId: own, dataYear: YEAR, items: ['members', 'expenses_total'].map((key) => ({ saveId: newId(), key, answer: value(12), base: 'autre' })) });
    const today = parisDay(new Date());
    const given = await givePart(database.db, world.director, own, { forWhom: 'trésorière', rubrics: ['D'], dataYears: [YEAR], lastDay: today }, today);
    linkId = given.ok ? given.value.linkId : '';
    const opened = await openPart(database.db, given.ok ? given.value.token : '', 'Inès Moreau');
    token = opened.ok ? opened.value : '';
  });
  afterAll(() => database.close());

  it('a save: his questions, of this response and this year', async () => {
    expect((await save('income_total')).status).toBe(200);
    expect(await save('members')).toMatchObject({ status: 403, error: { code: 'outside_your_part' } });
    // a base that would tell the value that stands, were it a conflict
    expect((await save('members', { base: 'x' })).error!.conflict).toBeUndefined();
    expect((await save('income_total', { dataYear: 2024 })).status).toBe(403);
    expect((await save('income_total', { responseId: world.responses[1]! })).status).toBe(403);
    expect((await save('income_total', { responseId: world.evsResponse })).status).toBe(403);
  });

  it('what moves: the changes and the conflicts of his part', async () => {
    const { status, told } = await follow();
    expect(status).toBe(200);
    expect(told.changes!.map((c) => c.key).toSorted()).toEqual(['expenses_total', 'income_total']);
    expect(told.conflicts!.map((c) => c.key)).toEqual(['expenses_total']);
    expect((await follow(world.responses[1]!)).status).toBe(403);
  });

  it('pages: his rubric, narrowed; the door of every other page refuses', async () => {
    const page = (params: { responseId: string }, of: { dataYear: number; rubric?: string }) => statusOf((c, r) => openPartPage(c, r, params, of));
    expect(await page({ responseId: own }, { dataYear: YEAR, rubric: 'D' })).toBe(200);
    expect(await page({ responseId: own }, { dataYear: YEAR, rubric: 'E' })).toBe(403);
    expect(await page({ responseId: own }, { dataYear: 2024, rubric: 'D' })).toBe(403);
    expect(await page({ responseId: world.responses[1]! }, { dataYear: YEAR, rubric: 'D' })).toBe(403);
    expect(await page({ responseId: newId() }, { dataYear: YEAR, rubric: 'D' })).toBe(403);
    expect([await statusOf((c, r) => openCentrePage(c, r, { responseId: own })), await statusOf((c, r) => openCentrePage(c, r, { responseId: own }), 'POST')]).toEqual([403, 403]);
    const { view } = await openPartPage(await context(), new Request('http://localhost/'), { responseId: own }, { dataYear: YEAR, rubric: 'D' });
    expect(Object.keys(view.sheets[YEAR]!.answers).toSorted()).toEqual(['expenses_total', 'income_total']);
  });

  it('all of them shut when the link is revoked, at once', async () => {
    expect((await follow()).status).toBe(200);
    await revokePart(database.db, world.director, own, linkId);
    expect((await save('income_total')).status).toBe(401);
    expect((await follow()).status).toBe(403);
    expect(await statusOf((c, r) => openPartPage(c, r, { responseId: own }, { dataYear: YEAR, rubric: 'D' }))).toBe(302);
  });
});
