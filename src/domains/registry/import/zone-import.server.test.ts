import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import type { Database } from '../../../platform/database.server.ts';
import { zonesIn } from '../queries.server.ts';
import { loadTerritories } from '../reference.server.ts';
import { importZoneFile } from './zone-import.server.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  await loadTerritories(database.db);
});
afterAll(() => database.close());

const QPV = { code: 'QPV', year: 2024, label: 'Quartiers prioritaires', source: 'liste essayée' };
const file = (text: string) => ({ fileName: 'qpv.csv', bytes: new TextEncoder().encode(text) });
const bring = (text: string, zoning = QPV) => importZoneFile(database.db, zoning, file(text));

describe('a list of zones', () => {
  it('is in force from its year until the next list, and brought twice changes nothing', async () => {
    for (const _ of [1, 2]) expect(await bring('code;nom;commune\nQN06201M;République;62510\nQN06202M;Calonne;62498\n')).toEqual({ ok: true, value: 2 });
    expect(await bring('QN1;Ancien;62510', { ...QPV, year: 2015 })).toEqual({ ok: true, value: 1 });
    const names = async (year: number) => (await zonesIn(database.db, '62', year)).filter((z) => z.zoning === 'QPV').map((z) => z.label);
    expect([await names(2014), await names(2016), await names(2026)]).toEqual([[], ['Ancien'], ['Calonne', 'République']]);
    expect(await bring('code;nom;commune\nQN06201M;République;62510\n')).toEqual({ ok: true, value: 1 });
    expect(await names(2026)).toEqual(['République']);
  });

  it('is refused whole with its faults, and writes nothing', async () => {
    expect(await bring('QN9;Neuf;62510\nQN8;Huit;99999\n')).toMatchObject({ ok: false, error: { code: 'faulty_file', faults: [{ row: 2, column: 'commune', value: '99999' }] } });
    expect(await bring('code;nom;commune\n')).toMatchObject({ ok: false, error: { code: 'no_zone' } });
    expect(await bring('QN9;Neuf;62510', { ...QPV, code: 'COM' })).toMatchObject({ ok: false, error: { code: 'zoning_code_invalid' } });
    expect((await zonesIn(database.db, '62', 2026)).map((z) => z.code)).toEqual(['QN06201M']);
  });
});
