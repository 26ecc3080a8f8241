/** The same facts through the whole house: register import, answers, submission, validation, two signatures, release, working table. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPasDeCalais } from '../../src/demo/load/pas-de-calais.server.ts';
import { loadTerritories } from '../../src/domains/registry/index.server.ts';
import type { TableRow } from '../../src/domains/statistics/index.ts';
import { computeTables, createRelease, latestRelease, publishableFigures, responseCounts, verifyRelease } from '../../src/domains/statistics/index.server.ts';
import type { Database } from '../../src/platform/database.server.ts';
import { testDatabase } from '../support/test-database.ts';
import { disagreement, expectedFacts, factFile } from './reference.ts';

const file = factFile();
const asked = { campaignYear: 2017, territoryCode: '62' };
let database: Database;
let rows: ReadonlyMap<string, TableRow>;

beforeAll(async () => {
  database = await testDatabase();
  await loadTerritories(database.db);
  await loadPasDeCalais(database.db);
  rows = new Map((await computeTables(database.db, asked)).map((row) => [row.id, row]));
}, 180_000);
afterAll(() => database.close());

describe('the working table of Pas-de-Calais 2017, from the database', () => {
  it.each(expectedFacts(file).map((fact) => [fact.id, fact] as const))('%s', (id, fact) => {
    expect(disagreement(fact, rows.get(id), file.truncated)).toBeUndefined();
  });

  it('prints as one JSON array, id = the fact id, each with value, unit, base, year and status', () => {
    const printed = JSON.parse(JSON.stringify([...rows.values()])) as TableRow[];
    for (const row of printed) expect(Object.keys(row), row.id).toEqual(expect.arrayContaining(['id', 'value', 'unit', 'base', 'year', 'status']));
    for (const row of printed) if (row.status === 'withheld') expect(row.reason, row.id).toBeTruthy();
  });

  it('withholds of the reference the two extremes only', () => {
    const withheld = expectedFacts(file).filter((fact) => fact.value !== null && rows.get(fact.id)?.status === 'withheld').map((fact) => fact.id);
    expect(withheld).toEqual(['staff.fte_min', 'staff.fte_max']);
  });

  it('gives committee, brochure and public what may be shown, and nothing of a single centre', async () => {
    const set = (await publishableFigures(database.db, asked))!;
    expect(set.figures.has('staff.fte_min') || set.figures.has('staff.fte_max')).toBe(false);
    expect(set.figures.get('staff.headcount')).toMatchObject({ text: '1\u202f437', base: 36, year: 2016 });
    expect(set.tables.get('expenses.purposes')?.figures.map((f) => f.text)).toEqual(['17,5\u00a0%', '16\u00a0%', '66,5\u00a0%']);
  });

  it('counts 37 approved, 36 solicited, 36 answered', async () => {
    expect(await responseCounts(database.db, asked)).toMatchObject({ approved: { number: 37 }, solicited: { number: 36 }, answered: { number: 36 } });
  });

  it('comes from a release that can be hashed again, and is given back while nothing changes', async () => {
    const release = (await latestRelease(database.db, asked))!;
    expect(await verifyRelease(database.db, release)).toBe(true);
    const again = await createRelease(database.db, asked);
    expect(again.ok && again.value.id).toBe(release.id);
  });
});
