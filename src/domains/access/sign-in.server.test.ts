import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/support/test-database.ts';
import type { Database, Db } from '../../platform/database.server.ts';
import { LONGEST_LINE } from './password.server.ts';
import { createAccount, signIn } from './index.server.ts';

const PASSWORD = 'un long mot de passe';
const hashOf = (address: string): string => createHash('sha256').update(address).digest('base64url');
const codes = (results: readonly Awaited<ReturnType<typeof signIn>>[]): string[] => results.map((r) => (r.ok ? 'open' : r.error.code));
const count = (list: readonly string[]) => Object.fromEntries([...Map.groupBy(list, (c) => c)].map(([code, all]) => [code, all.length]));

describe('signing in', () => {
  let database: Database;
  let db: Db;
  beforeAll(async () => {
    database = await testDatabase();
    ({ db } = database);
    for (const who of ['x', 'y', 'z']) await createAccount(db, { email: `${who}@exemple.fr`, displayName: who, password: PASSWORD, mandate: { role: 'guest', territoryCode: '62' } });
  });
  afterAll(() => database.close());
  const tried = (address: string, n: number) => sql`insert into access.sign_in_attempt (address_hash) select ${hashOf(address)} from generate_series(1, ${n})`.execute(db);

  it('closes an address after ten tries, for a quarter of an hour', async () => {
    await tried('x@exemple.fr', 9);
    expect(codes([await signIn(db, ' X@exemple.fr', 'mauvais')])).toEqual(['wrong_credentials']);
    expect(codes([await signIn(db, 'x@exemple.fr', PASSWORD)])).toEqual(['too_many_attempts']);
    await sql`update access.sign_in_attempt set at = at - interval '16 minutes'`.execute(db);
    expect(codes([await signIn(db, 'x@exemple.fr', PASSWORD)])).toEqual(['open']);
    // a right password starts the count anew
    expect((await sql`select 1 from access.sign_in_attempt`.execute(db)).rows).toEqual([]);
  });

  it('counts tries that come at once', async () => {
    await tried('y@exemple.fr', 7);
    const said = codes(await Promise.all(['a', 'b', 'c', 'd', 'e', PASSWORD].map((password) => signIn(db, 'y@exemple.fr', password))));
    expect(said.filter((code) => code === 'too_many_attempts')).toHaveLength(3);
    expect(said.filter((code) => code === 'wrong_credentials' || code === 'open')).toHaveLength(3);
  });

  it('keeps a short line before the door, and whoever is sent away has tried nothing', async () => {
    const said = count(codes(await Promise.all(Array.from({ length: LONGEST_LINE + 8 }, (_, i) => signIn(db, `inconnu-${i}@exemple.fr`, 'mauvais')))));
    expect(said).toEqual({ wrong_credentials: LONGEST_LINE, door_is_busy: 8 });
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from access.sign_in_attempt where address_hash = any (array(select jsonb_array_elements_text(${JSON.stringify(Array.from({ length: LONGEST_LINE + 8 }, (_, i) => hashOf(`inconnu-${i}@exemple.fr`)))}::jsonb)))`.execute(db);
    expect(rows[0]!.n).toBe(LONGEST_LINE);
  });

  it('keeps no word of what was typed, however long', async () => {
    expect(codes([await signIn(db, 'mon mot de passe secret', 'x'), await signIn(db, `${'a'.repeat(1_000_000)}@exemple.fr`, 'x'), await signIn(db, 'z@exemple.fr', 'faux')])).toEqual(['wrong_credentials', 'wrong_credentials', 'wrong_credentials']);
    const { rows } = await sql<{ text: string }>`select to_jsonb(a)::text as text from access.sign_in_attempt a union all select to_jsonb(j)::text from access.journal j`.execute(db);
    expect(rows.filter((r) => /secret|aaaa|@exemple/.test(r.text))).toEqual([]);
    expect((await sql`select 1 from access.journal j join access.account a on a.id = j.account_id where j.action = 'session.refused' and a.email = 'z@exemple.fr'`.execute(db)).rows).toHaveLength(1);
  });
});
