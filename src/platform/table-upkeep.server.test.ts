import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openPglite } from './database.server.ts';
import { tendTables } from './table-upkeep.server.ts';

describe('the tables of the embedded engine', () => {
  it('are seen to when enough has changed or died, and left alone when not', async () => {
    const database = await openPglite();
    const { db } = database;
    const known = async (): Promise<number | undefined> => (await sql<{ n: number }>`select reltuples::int as n from pg_class where relname = 'grown'`.execute(db)).rows[0]?.n;
    await database.script(`create schema s; create table s.grown (n int); create table s.quiet (n int); insert into s.grown select generate_series(1, 1000); insert into s.quiet values (1)`);
    expect(await known()).toBe(-1);
    expect(await tendTables(database)).toEqual({ analysed: ['s.grown'], vacuumed: [] });
    expect(await known()).toBe(1000);
    expect(await tendTables(database)).toEqual({ analysed: [], vacuumed: [] });
    await sql`delete from s.grown where n <= 500`.execute(db);
    expect(await tendTables(database)).toEqual({ analysed: ['s.grown'], vacuumed: ['s.grown'] });
    expect(await tendTables(database)).toEqual({ analysed: [], vacuumed: [] });
    await database.close();
  });

  it('are read by their indexes: the whole database stands in memory or in the cache of the system', async () => {
    const database = await openPglite();
    expect((await sql<{ random_page_cost: string }>`show random_page_cost`.execute(database.db)).rows).toEqual([{ random_page_cost: '1.1' }]);
    await database.close();
  });
});
