import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/support/test-database.ts';
import type { Database } from '../../platform/database.server.ts';
import { loadTerritories } from './reference.server.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  await loadTerritories(database.db);
});
afterAll(() => database.close());

describe('reference data', () => {
  it('holds the 101 départements, each with parents and population, and says so once', async () => {
    const { rows } = await sql<{ level: string; n: number }>`select level, count(*) as n from registry.territory group by 1`.execute(database.db);
    expect(Object.fromEntries(rows.map((r) => [r.level, r.n]))).toMatchObject({ nation: 1, region: 18, department: 101, epci: 1255, commune: 34875 });
    const { rows: odd } = await sql`select code from registry.territory where level in ('region', 'department') and (population is null or not 'FR' = any (ancestors))`.execute(database.db);
    expect(odd).toEqual([]);
    expect(await loadTerritories(database.db)).toBe(false);
  });

  it('places Liévin in its EPCI, its département, its region and the nation', async () => {
    const { rows } = await sql`select name, ancestors, position_approximate from registry.territory where code = 'C62510'`.execute(database.db);
    expect(rows[0]).toEqual({ name: 'Liévin', ancestors: ['FR', 'R32', '62', 'E246200364', 'C62510'], position_approximate: false });
  });

  it('keeps old commune codes, networks, the Caf of each département, zonings by year', async () => {
    const one = async (q: ReturnType<typeof sql<{ v: unknown }>>): Promise<unknown> => (await q.execute(database.db)).rows[0]?.v;
    expect(await one(sql`select territory_code as v from registry.zone where zoning_code = 'COM' and code = '75118'`)).toBe('C75056');
    expect(await one(sql`select count(*) as v from registry.network`)).toBe(9);
    expect(await one(sql`select name as v from registry.institution i join registry.institution_territory t on t.institution_id = i.id where t.territory_code = '62'`)).toBe('Caf du Pas-de-Calais');
  });
});
