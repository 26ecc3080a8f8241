import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../tests/support/test-database.ts';
import { refusedBy } from './database.server.ts';
import { migrate, readMigrations, splitStatements } from './migrate.server.ts';

describe('migrations', () => {
  it('cuts a script at the end of statements only', () => {
    expect(splitStatements(`select ';'; -- a; b\ncreate function f() as $$ begin; end $$;/* ; */ select 1`)).toHaveLength(3);
  });

  it('run once: a second run does nothing', async () => {
    const database = await testDatabase();
    expect(await migrate(database, await readMigrations('database/migrations'))).toEqual([]);
    await database.close();
  });

  it('refuse a file altered after it ran', async () => {
    const database = await testDatabase();
    const [first] = await readMigrations('database/migrations');
    await expect(migrate(database, [{ ...first!, hash: 'other' }])).rejects.toThrow(/modifiée/);
    await database.close();
  });

  it('hold the promises of the schema: what a database is cannot change', async () => {
    const database = await testDatabase();
    await sql`insert into platform.installation (demonstration) values (true)`.execute(database.db);
    const error = await sql`update platform.installation set demonstration = false`.execute(database.db).catch((e: unknown) => e);
    expect(refusedBy(error)).toBe('installation_is_for_ever');
    const { rows } = await sql<{ n: number; m: number; d: string; t: string }>`
      select 3000000000::int8 as n, 12.50::numeric as m, date '2017-03-01' as d, timestamptz '2017-03-01 10:00:00.5+00' as t`.execute(database.db);
    expect(rows[0]).toEqual({ n: 3_000_000_000, m: 12.5, d: '2017-03-01', t: '2017-03-01T10:00:00.500Z' });
    await database.close();
  });
});
