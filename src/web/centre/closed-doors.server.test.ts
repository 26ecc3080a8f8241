/** The doors of one structure's answers, knocked at in every capacity that is neither its own nor that of its correspondents (charter 1.3, 3.2): none opens, over any territory. */
import { sql } from 'kysely';
import { RouterContextProvider } from 'react-router';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, ROLE_LABELS, type Role, scopeFault } from '../../domains/access/index.ts';
import { acceptCharter, openSession } from '../../domains/access/index.server.ts';
import { readForControl } from '../../domains/control/index.server.ts';
import { openCampaignOf, type OpenCampaign, value } from '../../domains/entry/fixtures/open-campaign.ts';
import { managingBody } from '../../domains/registry/index.server.ts';
import { newId, type ResponseId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import { makePerson } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { actorContext, servicesContext } from '../request-context.ts';
import { loader as accesses } from './accesses.tsx';
import { loader as allAnswers } from './all-answers-file.ts';
import { loader as copy } from './copy.ts';
import { loader as copyJson } from './copy-json.ts';
import { Followers } from './follow-endpoint.server.ts';
import { loader as dense } from './on-behalf/dense.tsx';
import { loader as overview } from './overview.tsx';
import { loader as rubric } from './rubric.tsx';
import { loader as sessions } from './sessions.tsx';
import { handleSave } from './save-endpoint.server.ts';

const CLOSED = (Object.keys(ROLE_LABELS) as Role[]).filter((role) => !['director', 'contributor', 'caf_correspondent', 'federation_correspondent', 'managing_body_agent'].includes(role));

describe('the doors of a response', () => {
  let database: Database;
  let world: OpenCampaign;
  let own: ResponseId;

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    own = world.responses[0]!;
  });
  afterAll(() => database.close());

  const knock = async (actor: Actor, loader: (args: never) => Promise<unknown>, params: object): Promise<number> => {
    const context = new RouterContextProvider();
    context.set(servicesContext, { db: database.db } as never);
    context.set(actorContext, actor);
    try {
      await loader({ context, request: new Request(`http://localhost/centre/${own}`), params } as never);
      return 200;
    } catch (thrown) {
      if (thrown instanceof Response) return thrown.status;
      throw thrown;
    }
  };
  const atEachDoor = async (actor: Actor): Promise<number[]> => {
    const [structureId, responseId] = [world.centres[0]!, own];
    return [
      await knock(actor, overview, { responseId }), await knock(actor, rubric, { responseId, dataYear: '2025', rubric: 'D' }), await knock(actor, copy, { responseId }), await knock(actor, copyJson, { responseId }),
      await knock(actor, accesses, { responseId }), await knock(actor, allAnswers, { structureId, file: 'reponses.csv' }),
      await knock(actor, sessions, { responseId }), await knock(actor, dense, { responseId, dataYear: '2025', rubric: 'D' }),
    ];
  };

  it('open to its own people', async () => {
    const { director } = world;
    expect([await knock(director, overview, { responseId: own }), await knock(director, accesses, { responseId: own }), await knock(director, copyJson, { responseId: own })]).toEqual([200, 200, 200]);
  });

  it('stay shut to every other capacity, over the nation, the département and another, and to the agent of its own managing body', async () => {
    const body = await managingBody(database.db, { name: 'Association des Voisins', siren: null, communeCode: 'C62041' });
    await sql`update registry.structure_version set managing_body_id = ${body} where structure_id = ${world.centres[0]!}`.execute(database.db);
    const mandates = [...CLOSED.flatMap((role) => ['FR', '62', '59'].flatMap((territory) => (scopeFault(role, { territoryCode: territory }) ? [] : [{ role, territory }]))), { role: 'managing_body_agent' as const, territory: undefined, managingBodyId: body }];
    for (const { role, territory, ...more } of mandates) {
      const actor = await makePerson(database.db, `${role} ${territory}`, [{ role, ...(territory ? { territory } : {}), ...more }]);
      expect([role, territory, ...(await atEachDoor(actor))]).toEqual([role, territory, 403, 403, 403, 403, 403, 403, 403, 403]);
      expect(await readForControl(database.db, actor, own, 'essai')).toMatchObject({ ok: false });
      await acceptCharter(database.db, actor.accountId);
      const cookie = `senacs_session=${await openSession(database.db, actor.accountId)}`;
      const saved = await handleSave(database, { method: 'POST', body: JSON.stringify({ saveId: newId(), responseId: own, dataYear: 2025, key: 'members', answer: value(3) }), cookie });
      const followed = await new Followers().answer(database, new URL(`http://localhost/api/following?response=${own}&revision=0&year=2025&rubric=D`), cookie);
      expect([role, territory, saved.status, followed.status]).toEqual([role, territory, 403, 403]);
    }
  });

  it('stay shut to the people of another structure', async () => {
    const neighbour = await makePerson(database.db, 'Voisine', [{ role: 'director', structureId: world.centres[1]! }]);
    expect(await atEachDoor(neighbour)).toEqual([403, 403, 403, 403, 403, 403, 403, 403]);
  });
});
