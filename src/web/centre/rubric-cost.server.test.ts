/**
 * What opening a rubric costs the database: five statements at most, whoever opens it, however he types and whatever waits there. A process looks besides for errata every five
 * seconds and for interpretations every minute, however many pages it serves.
 */
import { sql } from 'kysely';
import { RouterContextProvider } from 'react-router';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../domains/access/index.ts';
import { acceptCharter, findActor, openPart, openSession } from '../../domains/access/index.server.ts';
import { requestCorrection } from '../../domains/control/index.server.ts';
import { openCampaignOf, type OpenCampaign, value } from '../../domains/entry/fixtures/open-campaign.ts';
import { ask, givePart, openGroupSession, preparedRunner, saveAnswers, sayOnBehalfSource } from '../../domains/entry/index.server.ts';
import { interpretationsBeside, loadVersion } from '../../domains/questionnaire/index.server.ts';
import { parisDay } from '../../kernel/french-date.ts';
import { newId, type ResponseId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import { makePerson } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { actorContext, servicesContext } from '../request-context.ts';
import { loader as root } from '../root.tsx';
import { loader as dense } from './on-behalf/dense.tsx';
import { loader as rubric } from './rubric.tsx';

const YEAR = 2025;

describe('opening a rubric', () => {
  let database: Database;
  let world: OpenCampaign;
  let responseId: ResponseId;

  /** Everything that a request for the page asks the database: who it is, the page, what stands around every page. */
  const costOf = async <Page>(token: string, address: string, open: (args: never) => Promise<Page>): Promise<{ statements: number; page: Page }> => {
    const compiled = await loadVersion(database.db, 2026);
    await interpretationsBeside(database.db, compiled.version);
    const before = database.statementCount();
    const context = new RouterContextProvider();
    context.set(servicesContext, { db: database.db } as never);
    context.set(actorContext, await findActor(database.db, token));
    const args = { context, request: new Request(`http://localhost/centre/${responseId}/${YEAR}/A${address}`), params: { responseId, dataYear: String(YEAR), rubric: 'A' } } as never;
    await root(args);
    const page = await open(args);
    return { statements: database.statementCount() - before, page };
  };
  const cost = (token: string) => costOf(token, '', rubric);
  const sessionOf = async (actor: Actor): Promise<string> => {
    await acceptCharter(database.db, actor.accountId);
    return openSession(database.db, actor.accountId);
  };
  const save = async (actor: Actor, key: string, answer: unknown, base?: string): Promise<void> => {
    const saved = await saveAnswers(preparedRunner(database), { actor }, { responseId, dataYear: YEAR, items: [{ saveId: newId(), key, answer, ...(base === undefined ? {} : { base }) }] });
    expect(saved.ok && saved.value.faults).toEqual([]);
  };

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    responseId = world.responses[0]!;
    await sql`update questionnaire.version set state = 'in_use'`.execute(database.db);
    await sql`update entry.response set notice_read_at = now() where id = ${responseId}`.execute(database.db);
    // a commune to name, two values of one question, a question asked
    await save(world.director, 'commune', value('62041'));
    await save(world.director, 'address', value('1, rue du Port'));
    await save(world.director, 'address', value('3, rue du Port'), '');
    expect((await ask(database.db, world.director, { responseId, dataYear: YEAR, key: 'address', aim: 'correspondents', body: 'Quelle adresse donner ?' })).ok).toBe(true);
  });
  afterAll(() => database.close());

  it('takes five statements at most, as direction, contributor, guest by a link, correspondent who types', async () => {
    const contributor = await makePerson(database.db, 'Trésorière', [{ role: 'contributor', structureId: world.centres[0]! }]);
    const part = await givePart(database.db, world.director, responseId, { forWhom: 'secrétaire', rubrics: ['A'], dataYears: [YEAR], lastDay: parisDay(new Date(Date.now() + 86_400_000)) }, parisDay(new Date()));
    if (!part.ok) throw new Error(part.error.message);
    const guest = await openPart(database.db, part.value.token, 'Nadia Benali');
    if (!guest.ok) throw new Error(guest.error.message);
    for (const token of [await sessionOf(world.director), await sessionOf(contributor), guest.value, await sessionOf(world.caf)]) {
      const { statements, page } = await cost(token);
      expect(page.conflicts.map((k) => k.key)).toEqual(['address']);
      expect(page.beside).toEqual({ commune: '62041 est Arras.' });
      expect(statements).toBeLessThanOrEqual(5);
    }
  });

  it('as correspondent who types a whole rubric from paper', async () => {
    const said = await sayOnBehalfSource(database.db, world.caf, { responseId, support: 'paper', person: '', givenOn: parisDay(new Date()) }, parisDay(new Date()));
    if (!said.ok) throw new Error(said.error.message);
    const { statements, page } = await costOf(await sessionOf(world.caf), `/pour-compte?source=${said.value.id}`, dense);
    expect(page.dense?.page.conflicts.map((k) => k.key)).toEqual(['address']);
    expect(statements).toBeLessThanOrEqual(5);
  });

  it('and during a collective session in which a question was asked', async () => {
    const today = parisDay(new Date());
    const opened = await openGroupSession(database.db, world.caf, { year: 2026, territory: '62', title: 'Session d’Arras', heldOn: today, centres: [responseId] }, today);
    if (!opened.ok) throw new Error(opened.error.message);
    const asked = await ask(database.db, world.director, { responseId, dataYear: YEAR, key: 'commune', aim: 'correspondents', body: 'Celle du siège ?', sessionId: opened.value.sessionId });
    expect(asked.ok).toBe(true);
    for (const actor of [world.director, world.caf]) {
      const { statements, page } = await cost(await sessionOf(actor));
      expect(page.asking['commune']?.last).toBeTruthy();
      expect(statements).toBeLessThanOrEqual(5);
    }
  });

  it('and with an open request of correction, for the structure and for its correspondent', async () => {
    await sql`update entry.response set state = 'submitted' where id = ${responseId}`.execute(database.db);
    await sql`update campaign.territory_phase set state = 'closing' where territory_code = '62'`.execute(database.db);
    await sql`update campaign.territory_phase set state = 'control' where territory_code = '62'`.execute(database.db);
    const asked = await requestCorrection(database.db, world.caf, { responseId, points: [{ dataYear: YEAR, key: 'address' }], message: 'Est-ce l’adresse du siège ?' });
    expect(asked.ok).toBe(true);
    for (const actor of [world.director, world.caf]) {
      const { statements, page } = await cost(await sessionOf(actor));
      expect(page.editable).toBe(actor === world.director);
      expect(statements).toBeLessThanOrEqual(5);
    }
  });
});
