import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { RouterContextProvider } from 'react-router';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { servicesContext } from '../request-context.ts';
import { action } from './sign-in.tsx';

describe('the page of signing in', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  const post = async (email: string) => {
    const context = new RouterContextProvider();
    context.set(servicesContext, { db: database.db, publicUrl: 'http://localhost' } as never);
    const answered = (await action({ context, request: new Request('http://localhost/connexion', { method: 'POST', body: new URLSearchParams({ email, password: 'un mauvais mot de passe' }) }), params: {} } as never)) as { data: { error: string; email: string }; init: ResponseInit | null };
    return { status: answered.init?.status, retryAfter: new Headers(answered.init?.headers).get('Retry-After'), ...answered.data };
  };

  it('says in its status too that a password is wrong, and when to come back after too many tries', async () => {
    expect(await post('directrice@exemple.fr')).toMatchObject({ status: 422, retryAfter: null, email: 'directrice@exemple.fr' });
    const hash = createHash('sha256').update('directrice@exemple.fr').digest('base64url');
    for (let i = 0; i < 10; i++) await sql`insert into access.sign_in_attempt (address_hash) values (${hash})`.execute(database.db);
    expect(await post('directrice@exemple.fr')).toMatchObject({ status: 429, retryAfter: '900', error: expect.stringContaining('quinze minutes') });
  });
});
