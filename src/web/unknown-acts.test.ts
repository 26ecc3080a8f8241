/** A form that names no known act, or an identifier that is none, is refused and changes nothing: no page acts by default. */
import { sql } from 'kysely';
import { RouterContextProvider } from 'react-router';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../domains/access/index.ts';
import { openCampaignOf, type OpenCampaign } from '../domains/entry/fixtures/open-campaign.ts';
import type { Database } from '../platform/database.server.ts';
import { testDatabase } from '../../tests/support/test-database.ts';
import { action as corrections } from './centre/corrections.tsx';
import { action as home } from './centre/home.tsx';
import { action as overview } from './centre/overview.tsx';
import { action as submit } from './centre/submit.tsx';
import { action as freeze } from './correspondent/freeze.tsx';
import { action as response } from './correspondent/response.tsx';
import { action as territory } from './correspondent/territory.tsx';
import { action as campaign } from './national/campaign.tsx';
import { action as studioModules } from './national/studio/modules.tsx';
import { action as studioProposals } from './national/studio/proposals.tsx';
import { action as studioQuestion } from './national/studio/question.tsx';
import { action as studioRule } from './national/studio/rule.tsx';
import { action as studioVersion } from './national/studio/version.tsx';
import { action as studioVersions } from './national/studio/versions.tsx';
import { actorContext, servicesContext } from './request-context.ts';

type Action = (args: never) => unknown;

describe('an action', () => {
  let database: Database;
  let world: OpenCampaign;

  const post = async (action: Action, actor: Actor, fields: { readonly [name: string]: string }): Promise<number> => {
    const context = new RouterContextProvider();
    context.set(servicesContext, { db: database.db, database } as never);
    context.set(actorContext, actor);
    const params = { territory: '62', year: '2026', responseId: world.responses[0]! };
    try {
      await action({ context, params, request: new Request('http://localhost/', { method: 'POST', body: new URLSearchParams(fields) }) } as never);
      return 200;
    } catch (thrown) {
      if (thrown instanceof Response) return thrown.status;
      throw thrown;
    }
  };
  const everything = async (): Promise<string> => {
    const { rows } = await sql`select (select jsonb_agg(to_jsonb(r) order by r.id) from entry.response r) as responses, (select jsonb_agg(to_jsonb(p)) from campaign.territory_phase p) as phases,
      (select jsonb_agg(to_jsonb(c)) from campaign.campaign c) as campaigns, (select jsonb_agg(v.state) from questionnaire.version v) as versions,
      (select count(*) from control.exclusion_vote) as votes, (select count(*) from campaign.freeze_signature) as signatures, (select count(*) from entry.on_behalf_review) as reviews,
      (select count(*) from control.message) as messages`.execute(database.db);
    return JSON.stringify(rows);
  };

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
  });
  afterAll(() => database.close());

  it.each<[string, Action, 'caf' | 'director' | 'office']>([
    ['territory', territory, 'caf'], ['response', response, 'caf'], ['freeze', freeze, 'caf'], ['campaign', campaign, 'office'],
    ['submit', submit, 'director'], ['corrections', corrections, 'director'], ['overview', overview, 'director'], ['home', home, 'director'],
    ['studio', studioVersions, 'office'], ['version', studioVersion, 'office'], ['modules', studioModules, 'office'], ['question', studioQuestion, 'office'], ['rule', studioRule, 'office'], ['proposals', studioProposals, 'director'],
  ])('of the page « %s » refuses what it does not know', async (_, action, who) => {
    const before = await everything();
    const unknown: { readonly [name: string]: string }[] = [{}, { intent: 'xx', intention: 'xx' }, { reason: 'x', purpose: 'freeze' }, { intention: 'relire', verdict: 'xx' }];
    for (const fields of unknown)
      // oxlint-disable-next-line no-await-in-loop -- one after the other: each must change nothing
      expect(await post(action, world[who], fields)).toBe(400);
    expect(await everything()).toBe(before);
  });

  it('keeps a sentence without the characters that no database takes', async () => {
    expect(await post(submit, world.director, { intention: 'decliner', raison: 'Nous\0 fermons\u0007 cette année.' })).toBe(302);
    const { rows } = await sql<{ reason: string }>`select state_reason as reason from entry.response where id = ${world.responses[0]!}`.execute(database.db);
    expect(rows).toEqual([{ reason: 'Nous fermons cette année.' }]);
  });

  it('refuses identifiers and years that are none, in French, before the database sees them', async () => {
    expect(await post(response, world.caf, { intent: 'message', request: 'xx', body: 'Bonjour' })).toBe(404);
    expect(await post(response, world.caf, { intent: 'dispute', annee: 'xx', question: 'members', reason: 'x' })).toBe(400);
    expect(await post(corrections, world.director, { intention: 'message', demande: 'xx', message: 'Bonjour' })).toBe(404);
    expect(await post(corrections, world.director, { intention: 'repondre', demande: 'xx', annee: '2025', question: 'members', reponse: 'confirmed' })).toBe(404);
    expect(await post(submit, world.director, { intention: 'relire', annee: '', question: 'members', verdict: 'accepted' })).toBe(400);
    expect(await post(home, world.director, { intention: 'repondre', structure: 'xx', campagne: '2026' })).toBe(404);
    expect(await post(campaign, world.office, { intent: 'cover-all', all: 'CS.everything' })).toBe(400);
  });
});
