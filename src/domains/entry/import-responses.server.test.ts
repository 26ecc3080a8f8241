import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { openCampaignOf, type OpenCampaign, value } from './fixtures/open-campaign.ts';
import { datesOf, falseDimension, farCell, farOdsCell, odsBomb, xlsxBomb, xlsxOf } from '../../platform/spreadsheet/fixtures/hostile.ts';
import { importResponses, readResponse, readTableFile } from './index.server.ts';

const rowsOf = (bytes: Uint8Array): string[][] => {
  const read = readTableFile(bytes);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};

describe('a workbook of answers', () => {
  it('is read for what it holds, its dates in either calendar', () => {
    expect(rowsOf(falseDimension([['a', 'b'], ['c']]))).toEqual([['a', 'b'], ['c']]);
    for (const calendar of [1900, 1904] as const) expect(rowsOf(datesOf(calendar))).toEqual([['Date'], ['2026-09-01']]);
  });
  it('keeps the words of a formula that gives an error: an empty cell would take the answer back', () => {
    expect(rowsOf(xlsxOf('<sheetData><row><c t="e"><v>#REF!</v></c></row></sheetData>'))).toEqual([['#REF!']]);
  });
  it('that is too large says so', () => {
    for (const bytes of [farCell([['a']]), farOdsCell()]) expect(readTableFile(bytes)).toMatchObject({ ok: false, error: { message: expect.stringContaining('la case XFD1048576') } });
    for (const bytes of [xlsxBomb(50_000_000), odsBomb(50_000_000)]) expect(readTableFile(bytes)).toMatchObject({ ok: false, error: { message: expect.stringContaining('il dépasse 40\u00a0Mo') } });
  });
});

describe('a table of answers', () => {
  let database: Database;
  let world: OpenCampaign;
  const load = (lines: string, mode: 'preview' | 'whole' | 'valid_rows') =>
    importResponses(database.db, { campaignYear: 2026, accountId: null, mode, table: rowsOf(new TextEncoder().encode(lines)) });

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
  });
  afterAll(() => database.close());

  const header = 'structure;question;année;valeur;ligne;colonne\n';
  const good = () => {
    const s = world.centres[0]!;
    return `${header}${s};C01;2025;12;;\n${s};C02;2025;8,5;;\n${s};B01;2025;association;;\n${s};C03;2025;1;Direction;Personnes\n${s};staff_by_function.direction.fte;2025;0,8;;\n${s};H02;2025;oui;commune;financial\n`;
  };

  it('is previewed without writing, then written whole, then changes nothing', async () => {
    const preview = await load(good(), 'preview');
    expect(preview).toMatchObject({ lines: 6, structures: 1, changed: 5, unchanged: 0, faults: [], written: false });
    expect((await readResponse(database.db, world.responses[0]!))!.sheets).toEqual({});
    expect(await load(good(), 'whole')).toMatchObject({ changed: 5, written: true });
    const sheet = (await readResponse(database.db, world.responses[0]!))!.sheets[2025]!;
    expect(sheet.answers['staff_fte']).toEqual(value(8.5));
    expect(sheet.answers['staff_by_function']).toEqual(value({ direction: { headcount: 1, fte: 0.8 } }));
    expect(sheet.provenance['staff_fte']).toBe('import');
    expect(await load(good(), 'whole')).toMatchObject({ changed: 0, unchanged: 5 });
  });

  it('names each fault by line, column, value and remedy, and writes nothing unless the valid lines are taken', async () => {
    const s = world.centres[1]!;
    const table = `${header}${s};C01;2025;douze;;\n${s};Q99;2025;1;;\n${s};C02;2024;1;;\nX-1;C01;2025;1;;\n${s};C03;2025;1;Chefs;Personnes\n${s};E06;2025;15;;\n${s};E06;2025;16;;\n${s};E05;2025;30;;\n`;
    const refused = await load(table, 'whole');
    expect(refused.written).toBe(false);
    expect(refused.faults.map((f) => [f.row, f.column, f.value])).toEqual([[2, 'valeur', 'douze'], [3, 'question', 'Q99'], [4, 'data_year', '2024'], [5, 'structure', 'X-1'], [6, 'ligne', 'Chefs'], [8, 'question', 'E06']]);
    expect(refused.faults.every((f) => f.remedy.length > 10)).toBe(true);
    expect((await readResponse(database.db, world.responses[1]!))!.sheets).toEqual({});
    expect(await load(table, 'valid_rows')).toMatchObject({ written: true, changed: 1 });
    expect((await readResponse(database.db, world.responses[1]!))!.sheets[2025]!.answers['unique_users']).toEqual(value(30));
  });

  it('without its columns is one fault each', async () => {
    expect((await load('a,b\n1,2\n', 'preview')).faults.map((f) => f.column)).toEqual(['structure', 'question', 'data_year', 'valeur']);
  });
});
