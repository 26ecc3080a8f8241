import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptCharter, hashToken } from '../../domains/access/index.server.ts';
import { openCampaignOf, type OpenCampaign, value } from '../../domains/entry/fixtures/open-campaign.ts';
import { readResponse } from '../../domains/entry/index.server.ts';
import { newId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { handleSave, readSave } from './save-endpoint.server.ts';

describe('POST /api/saves', () => {
  let database: Database;
  let world: OpenCampaign;
  const token = 'a'.repeat(43);
  const body = (more: object = {}) => JSON.stringify({ saveId: newId(), responseId: world.responses[0], dataYear: 2025, key: 'members', answer: value(12), ...more });
  const post = (text: string, more: object = {}) => handleSave(database, { method: 'POST', body: text, cookie: `senacs_session=${token}`, ...more });

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    await sql`insert into access.session (token_hash, account_id, expires_at) values (${hashToken(token)}, ${world.director.accountId}, now() + interval '1 hour')`.execute(database.db);
    await acceptCharter(database.db, world.director.accountId);
  });
  afterAll(() => database.close());

  it('answers with a receipt once the answer is committed, the same one when sent again', async () => {
    const text = body();
    const first = await post(text);
    expect(first.status).toBe(200);
    expect(JSON.parse(first.body).receipt).toMatchObject({ saveId: JSON.parse(text).saveId, revision: 1 });
    expect(await post(text)).toEqual(first);
    expect((await readResponse(database.db, world.responses[0]!))!.sheets[2025]!.answers['members']).toEqual(value(12));
  });

  it('refuses what is truncated, ill-typed or of another shape, and changes nothing', async () => {
    const before = await readResponse(database.db, world.responses[0]!);
    const whole = body();
    const bad = [whole.slice(0, -1), whole.slice(0, 40), '', '[]', 'null', '"x"', body({ dataYear: '2025' }), body({ saveId: 'x' }), body({ answer: value('douze') }), body({ answer: 12 }), body({ more: 1 }), body({ key: '' })];
    for (const text of bad) {
      const answered = await post(text);
      expect(answered.status, text).toBe(400);
      expect(JSON.parse(answered.body).error.message).toMatch(/[.]$/);
    }
    expect(await readResponse(database.db, world.responses[0]!)).toEqual(before);
    expect(readSave(whole)).toBeDefined();
  });

  it('refuses a stranger, another method, a body without end', async () => {
    expect((await post(body(), { cookie: undefined })).status).toBe(401);
    expect((await post(body(), { cookie: `senacs_session=${'b'.repeat(43)}` })).status).toBe(401);
    expect((await post(body(), { method: 'GET' })).status).toBe(405);
    expect((await post(body({ answer: 'x'.repeat(300_000) }))).status).toBe(413);
    expect((await post(body({ responseId: newId() }))).status).toBe(404);
  });
});
