import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/identifier.ts';
import type { Database } from '../../../platform/database.server.ts';
import { foundSheets } from '../../../platform/spreadsheet/fixtures/found-sheets.ts';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import { parse } from 'csv-parse/sync';
import { openCampaignOf, type OpenCampaign, value } from '../fixtures/open-campaign.ts';
import { allAnswersFile, importResponses, preparedRunner, saveAnswers } from '../index.server.ts';

describe('all the answers of a structure', () => {
  let database: Database;
  let world: OpenCampaign;
  const file = (format: 'xlsx' | 'csv') => allAnswersFile(database.db, { id: world.centres[0]!, name: 'Centre 1' }, format, '2026-11-22T10:00:00Z');

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    const answers = { staff_fte: value(8.5), interns: value(0), board_meetings: value(4), staff_by_function: value({ direction: { headcount: 1, fte: 0.8 } }), structure_name: value('=Centre « d’été »; ouvert'), approval_start: value('2023-01-01'), approvals_held: value(['agc', 'acf']) };
    const saved = await saveAnswers(preparedRunner(database), { actor: world.director }, { responseId: world.responses[0]!, dataYear: 2025, items: Object.entries(answers).map(([key, answer]) => ({ saveId: newId(), key, answer })) });
    if (!saved.ok) throw new Error(saved.error.message);
    await importResponses(database.db, { campaignYear: 2026, accountId: null, mode: 'whole', table: [['structure', 'question', 'année', 'valeur'], [world.centres[0]!, 'members', '2025', '120']] });
  });
  afterAll(() => database.close());

  it('leave as XLSX, a sheet by year and a row by value, with author, source and time', async () => {
    const [, sheet, ...more] = foundSheets(await file('xlsx'));
    expect([sheet!.name, more]).toEqual(['2025', []]);
    const rows = sheet!.rows.map((row) => Object.fromEntries(sheet!.rows[0]!.map((title, i) => [title!.text, row[i]])));
    const of = (key: string) => rows.filter((row) => row['Clé']?.text === key);
    expect(of('staff_fte')).toMatchObject([{ Campagne: { number: 2026 }, Année: { number: 2025 }, Code: { text: 'C02' }, Valeur: { number: 8.5 }, Unité: { text: 'ETP' }, Auteur: { text: 'Directrice' }, Source: { text: expect.any(String) } }]);
    expect(of('staff_fte')[0]!['Enregistré le']!.text).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(of('staff_by_function').map((r) => [r['Ligne']!.text, r['Colonne']!.text, r['Valeur']!.number])).toEqual([['Direction', 'Personnes', 1], ['Direction', 'ETP', 0.8]]);
    expect(of('approval_start')[0]!['Valeur']).toMatchObject({ date: '2023-01-01' });
    expect(of('interns')[0]!['Valeur']).toMatchObject({ number: 0 });
    expect(of('members')[0]).toMatchObject({ Auteur: undefined, Valeur: { number: 120 } });
    expect(of('members')[0]!['Source']!.text).not.toBe(of('staff_fte')[0]!['Source']!.text);
  });

  it('leave as CSV that a French spreadsheet reads and no formula can hide in', async () => {
    const text = (await file('csv')).toString('utf8');
    const rows = parse(text, { delimiter: ';', bom: true, columns: true }) as { [title: string]: string }[];
    const of = (key: string) => rows.filter((row) => row['Clé'] === key).map((row) => row['Valeur']);
    expect([of('staff_fte'), of('structure_name'), of('approvals_held')]).toEqual([['8,5'], ['\'=Centre « d’été »; ouvert'], ['Animation globale et coordination | Animation collective familles']]);
  });
});
