import { sql } from 'kysely';
import { RouterContextProvider } from 'react-router';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../domains/access/index.ts';
import { openCampaignOf, type OpenCampaign } from '../../domains/entry/fixtures/open-campaign.ts';
import type { Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { actorContext, servicesContext } from '../request-context.ts';
import { openCentrePage } from './centre-page.server.ts';

describe('the pages of a response', () => {
  let database: Database;
  let world: OpenCampaign;
  const statusFor = async (actor: Actor, responseId: string): Promise<number> => {
    const context = new RouterContextProvider();
    context.set(servicesContext, { db: database.db } as never);
    context.set(actorContext, actor);
    try {
      await openCentrePage(context, new Request(`http://localhost/centre/${responseId}`), { responseId });
      return 200;
    } catch (thrown) {
      if (thrown instanceof Response) return thrown.status;
      throw thrown;
    }
  };
  const phase = async (...states: string[]): Promise<void> => {
    for (const state of states) {
      // oxlint-disable-next-line no-await-in-loop -- each state follows the one before
      await sql`update campaign.territory_phase set state = ${state} where territory_code = '62'`.execute(database.db);
    }
  };

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
  });
  afterAll(() => database.close());

  it('open to the structure and to its two correspondents during entry, to nobody else', async () => {
    const id = world.responses[0]!;
    expect(await Promise.all([world.director, world.caf, world.federation].map((a) => statusFor(a, id)))).toEqual([200, 200, 200]);
    expect(await statusFor(world.office, id)).toBe(403);
    expect(await statusFor(world.director, 'xx')).toBe(404);
  });

  it('stay open to the structure alone once its territory is frozen (charter 1.3, 3.2)', async () => {
    const id = world.responses[0]!;
    await phase('closing', 'control');
    expect(await statusFor(world.caf, id)).toBe(200);
    for (const state of ['frozen', 'analysis', 'publication', 'archived']) {
      // oxlint-disable-next-line no-await-in-loop -- each state follows the one before
      await phase(state);
      // oxlint-disable-next-line no-await-in-loop
      expect(await Promise.all([world.director, world.caf, world.federation].map((a) => statusFor(a, id)))).toEqual([200, 403, 403]);
    }
  });
});
