/** Another observatory, with its own levels, kinds and geography: data only, no code. Everything here is invented. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePerson } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { readConfiguration } from '../../platform/configuration.server.ts';
import type { Database } from '../../platform/database.server.ts';
import { applyRegisterImport, loadTerritories, ReferenceUnusable, registerCodes, structuresIn, territory } from '../registry/index.server.ts';
import { createCampaign, moveCampaign, participants, progressOf, waive } from './index.server.ts';

const FILES = {
  'geography.csv': 'year;label;source;former_label\n2030;Découpage de l’Île;Cadastre de l’Île, 2030;Anciens bourgs\n',
  'levels.csv': 'code;label;plural;rank\nnation;Île;Île;0\ndepartment;Paroisse;Paroisses;1\ncanton;Canton;Cantons;2\ncommune;Bourg;Bourgs;3\n',
  'kinds.csv': 'code;label;plural;rank\nMQ;Maison de quartier;Maisons de quartier;1\n',
  'former-communes.csv': 'code;name;commune\n10009;Vieux-Port;C10001\n',
  'networks.csv': 'code;label\nlibre;Réseau libre\n',
  'zonings.csv': 'code;year;label;source\n',
  'institutions.csv': 'key;kind;side;name;territory\ncaisse;caf;caf;Caisse de l’Île;FR\n',
};
const TERRITORIES = [
  'code;level;name;within;population;latitude;longitude;approximate', 'FR;nation;L’Île;;9000;;;', 'NORD-1;department;Paroisse du Nord;FR;5000;;;', 'SUD-1;department;Paroisse du Sud;FR;4000;;;',
  'K1;canton;Canton du Phare;FR NORD-1;5000;;;', 'C10001;commune;Le Port;FR NORD-1 K1;5000;49,2;-2,1;', 'C10002;commune;La Lande;FR SUD-1;4000;;;',
].join('\n').replaceAll('49,2', '49.2').replaceAll('-2,1', '-2.1');

let database: Database;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'senacs-reference-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(folder, name), text);
  writeFileSync(path.join(folder, 'territories.csv.gz'), gzipSync(`${TERRITORIES}\n`));
  database = await testDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

it('loads its levels, kinds and territories, once, and nothing of another', async () => {
  const { db } = database;
  expect([await loadTerritories(db, folder), await loadTerritories(db, folder)]).toEqual([true, false]);
  const { rows: levels } = await sql<{ label: string }>`select label from registry.territory_level order by rank`.execute(db);
  expect(levels.map((l) => l.label)).toEqual(['Île', 'Paroisse', 'Canton', 'Bourg']);
  expect((await registerCodes(db)).kinds.map((k) => k.label)).toEqual(['Maison de quartier']);
  expect(await territory(db, 'C10001')).toMatchObject({ name: 'Le Port', ancestors: ['FR', 'NORD-1', 'K1', 'C10001'] });
});

it('fills its register from a file and opens a campaign', async () => {
  const { db } = database;
  const text = 'Code structure;Type;Nom;Code Insee;Début de l’agrément\nM1;Maison de quartier;Le Phare;10001;01/01/2025\nM2;MQ;La Dune;10009;01/01/2026\nM3;MQ;La Lande;10002;01/01/2026\n';
  const done = await applyRegisterImport(db, { fileName: 'ile.csv', bytes: new TextEncoder().encode(text), effectiveOn: '2029-12-31' }, { mode: 'whole', actorId: null });
  expect(done).toMatchObject({ ok: true, value: { counts: { created: 3 }, faults: [] } });
  expect((await structuresIn(db, 'K1')).map((s) => [s.name, s.kind])).toEqual([['La Dune', 'MQ'], ['Le Phare', 'MQ']]);

  const office = await makePerson(db, 'Bureau de l’Île', [{ role: 'project_office', territory: 'FR' }]);
  await sql`insert into questionnaire.version (year, state, content, content_hash) values (2030, 'validated', ${JSON.stringify({ year: 2030, dataYears: [{ year: 2029, keys: 'all' }] })}::jsonb, 'test')`.execute(db);
  expect(await createCampaign(db, office, { year: 2030, closesOn: '2030-06-30', coverage: [{ territory: 'NORD-1', kind: 'MQ', status: 'surveyed' }] })).toMatchObject({ ok: true });
  for (const to of ['preparation', 'questionnaire_validated'] as const) expect(await moveCampaign(db, office, { year: 2030, to })).toMatchObject({ ok: true });
  await waive(db, office, 2030, ['NORD-1'], 'Une seule institution sur l’Île');
  expect(await moveCampaign(db, office, { year: 2030, to: 'open' })).toMatchObject({ ok: true, value: { responses: 2 } });
  expect((await participants(db, 2030)).length).toBeGreaterThanOrEqual(2);
  expect(await progressOf(db, 2030, { territory: 'NORD-1' })).toMatchObject([{ kind: 'MQ', approved: 2, solicited: 2, answered: 0 }]);
});

it('is named by a setting, and a folder that is no reference stops the start with a sentence', async () => {
  expect(readConfiguration({ SENACS_REFERENCE: folder }).referenceFolder).toBe(folder);
  expect(() => readConfiguration({ SENACS_REFERENCE: path.join(folder, 'nulle-part') })).toThrow(/SENACS_REFERENCE/);
  rmSync(path.join(folder, 'kinds.csv'));
  await expect(loadTerritories(database.db, folder)).rejects.toThrow(ReferenceUnusable);
});
