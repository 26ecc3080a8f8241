import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, separatorOf } from '../../../kernel/file-text.ts';
import type { TerritoryCode } from '../../../kernel/territory-code.ts';
import { COLUMNS, fieldOfTitle, findHeader } from './columns.ts';
import { gazetteer, type Place } from './gazetteer.ts';
import { parseRows } from './parsing.ts';
import { datesOf, falseDimension, farCell, farOdsCell, odsBomb, xlsxBomb } from '../../../platform/spreadsheet/fixtures/hostile.ts';
import { readTable } from './table-reading.server.ts';

const place = (insee: string, name: string, department: string): Place => ({ code: `C${insee}` as TerritoryCode, name, departmentCode: department as TerritoryCode });
const known = gazetteer(
  [place('62510', 'Liévin', '62'), place('62498', 'Lens', '62'), place('01004', 'Ambérieu-en-Bugey', '01'), place('2A004', 'Ajaccio', '2A'), place('75056', 'Paris', '75'), place('42218', 'Saint-Étienne', '42'), place('62758', 'Saint-Laurent-Blangy', '62'), place('27576', 'Saint-Laurent', '27'), place('88000', 'Saint-Laurent', '88')],
  [['62', 'Pas-de-Calais'], ['01', 'Ain'], ['2A', 'Corse-du-Sud'], ['75', 'Paris'], ['42', 'Loire'], ['27', 'Eure'], ['88', 'Vosges']].map(([code, name]) => ({ code: code as TerritoryCode, name: name! })),
  [{ code: '75118', label: 'Paris 18e Arrondissement', territoryCode: 'C75056' }],
);
const words = { kinds: [{ code: 'CS', label: 'Centre social' }, { code: 'EVS', label: 'Espace de vie sociale' }], networks: [{ code: 'fcsf', label: 'Fédération ou union des centres sociaux (FCSF)' }, { code: 'ligue', label: 'Ligue de l’enseignement / FAIL' }, { code: 'mjc', label: 'MJC' }, { code: 'none', label: 'Aucun' }], gazetteer: known };

const HEAD = ['Code structure', 'Type', 'Nom', 'Code Insee', 'Commune', 'Département', 'SIRET', 'Agrément AGC début', 'Agrément AGC fin', 'Réseaux', 'Latitude', 'Longitude', 'SIREN du gestionnaire', 'Gestionnaire', 'Mode de gestion', 'Courriel'];
function parse(row: { readonly [title: string]: string }): ReturnType<typeof parseRows> {
  const rows = [HEAD, HEAD.map((title) => row[title] ?? '')];
  return parseRows(rows, findHeader(rows)!, words);
}
const good = { 'Code structure': 'A1', Type: 'Centre social', Nom: 'Brassens', 'Code Insee': '62510' };

describe('the columns of a register file', () => {
  it('are recognised by title, field name or alias, whatever case, accents and punctuation, without ambiguity', () => {
    for (const column of COLUMNS) for (const title of [column.title, column.title.toUpperCase(), ...column.aliases]) expect(fieldOfTitle(title)).toBe(column.field);
    const all = COLUMNS.flatMap((c) => [c.title, ...c.aliases].map((t) => t.toLowerCase()));
    expect(new Set(all).size).toBe(all.length);
  });

  it('may come under a few lines of title; what is not understood is said', () => {
    const header = findHeader([['Répertoire 2017', ''], ['', ''], ['NOM', 'Ville', 'Lune', 'type'], ['A', 'B', 'C', 'D']])!;
    expect(header.at).toBe(2);
    expect(header.ignored).toEqual(['Lune']);
    expect(findHeader([['a', 'b'], ['c']])).toBeUndefined();
  });
});

describe('a doubt about a row of the register', () => {
  const doubts = (row: { readonly [title: string]: string }) => {
    const { read, doubts: found, faults } = parse({ ...good, ...row });
    return { taken: read.length === 1 && faults.length === 0, found: found.map((d) => [d.row, d.column, d.value]) };
  };
  it('is told with its row, column and value, and keeps the row', () => {
    expect(doubts({ 'Agrément AGC début': '01/01/2016', 'Agrément AGC fin': '31/12/2025' })).toEqual({ taken: true, found: [[2, 'Agrément AGC fin', '31/12/2025']] });
    expect(doubts({ Type: 'EVS', 'Agrément AGC début': '01/01/2022', 'Agrément AGC fin': '31/12/2025' })).toEqual({ taken: true, found: [[2, 'Agrément AGC début', '01/01/2022']] });
  });
  it('is not raised by four years, whether they end on the eve or on the day', () => {
    for (const end of ['31/12/2025', '01/01/2026']) expect(doubts({ 'Agrément AGC début': '01/01/2022', 'Agrément AGC fin': end }).found).toEqual([]);
  });
});

describe('a row of the register', () => {
  it('is read with tolerance', () => {
    const { read, faults } = parse({ ...good, SIRET: '123 456 782 00010', 'Agrément AGC début': '1/3/2014', 'Agrément AGC fin': '2017-12-31', Réseaux: 'FAIL / Ligue | mjc', Latitude: '50,4217', Longitude: '2.7835', Gestionnaire: 'Ville', 'Mode de gestion': 'co-gestion' });
    expect(faults).toEqual([]);
    expect(read[0]).toMatchObject({
      row: 2,
      identifiers: [{ scheme: 'import', value: 'A1' }, { scheme: 'siret', value: '12345678200010' }],
      facts: { kind: 'CS', name: 'Brassens', communeCode: 'C62510', networks: ['ligue', 'mjc'], latitude: 50.4217, longitude: 2.7835, managementMode: 'co_management' },
      departmentCode: '62',
      body: { name: 'Ville', siren: null },
      approvals: [{ kind: 'agc', startsOn: '2014-03-01', endsOn: '2017-12-31' }],
    });
  });

  it.each([
    [{ 'Code Insee': '1004' }, 'C01004'],
    [{ 'Code Insee': '2a004' }, 'C2A004'],
    [{ 'Code Insee': '75118', Commune: 'Paris 18' }, 'C75056'],
    [{ 'Code Insee': '', Commune: 'ST ETIENNE CEDEX 2' }, 'C42218'],
    [{ 'Code Insee': '', Commune: 'Saint-Laurent', Département: 'Eure' }, 'C27576'],
    [{ 'Code Insee': '', Commune: 'lievin', Département: '62' }, 'C62510'],
  ])('finds its commune by code or by name: %j', (cells, code) => {
    expect(parse({ ...good, ...cells }).read[0]?.facts.communeCode).toBe(code);
  });

  it.each([
    [{ 'Code Insee': '99999' }, 'Code Insee'],
    [{ 'Code Insee': '62510', Commune: 'Lens' }, 'Commune'],
    [{ 'Code Insee': '', Commune: 'Saint-Laurent' }, 'Commune'],
    [{ 'Code Insee': '', Commune: 'Nulle-Part' }, 'Commune'],
    [{ Département: 'Lune' }, 'Département'],
    [{ SIRET: '1,2346E+13' }, 'SIRET'],
    [{ SIRET: '12345678900011' }, 'SIRET'],
    [{ 'SIREN du gestionnaire': '123456789', Gestionnaire: 'Ville' }, 'SIREN du gestionnaire'],
    [{ Type: 'MJC' }, 'Type'],
    [{ 'Agrément AGC début': '31/02/2016' }, 'Agrément AGC début'],
    [{ 'Agrément AGC début': '01/01/2016', 'Agrément AGC fin': '01/01/2015' }, 'Agrément AGC fin'],
    [{ 'Agrément AGC fin': '01/01/2015' }, 'Agrément AGC fin'],
    [{ Réseaux: 'Rotary' }, 'Réseaux'],
    [{ Réseaux: 'MJC | Aucun' }, 'Réseaux'],
    [{ Latitude: 'nord', Longitude: '2' }, 'Latitude'],
    [{ 'SIREN du gestionnaire': '12' }, 'SIREN du gestionnaire'],
    [{ Courriel: 'accueil chez centre' }, 'Courriel'],
  ])('names its fault by column, value and remedy: %j', (cells, column) => {
    const { read, faults } = parse({ ...good, ...cells });
    expect(read).toEqual([]);
    expect(faults[0]).toMatchObject({ row: 2, column, value: (cells as { [c: string]: string })[column] ?? '' });
    expect(faults[0]!.remedy).toMatch(/\.$/);
  });

  it('says nothing where a cell is empty, erases with a dash', () => {
    const { read } = parse({ ...good, 'Mode de gestion': '-', Gestionnaire: '–', Réseaux: '' });
    expect(read[0]).toMatchObject({ facts: { managementMode: null }, body: null });
    expect(read[0]!.facts).not.toHaveProperty('networks');
    expect(read[0]!.facts).not.toHaveProperty('address');
  });

  it('never throws, and reads or faults each row that holds something', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.oneof(fc.string(), fc.constantFrom('62510', '01/01/2016', 'CS', '-', 'Liévin', 'oui')), { minLength: HEAD.length, maxLength: HEAD.length }), { maxLength: 5 }), (rows) => {
        const table = [HEAD, ...rows.map((row) => row.map((cell) => cell.trim()))];
        const { read, faults, count } = parseRows(table, findHeader(table)!, words);
        expect(read.length + new Set(faults.map((f) => f.row)).size).toBe(count);
      }),
    );
  });
});

describe('a file', () => {
  const line = (separator: string): string => ['Nom', 'Commune'].join(separator) + '\n' + ['Centre « Été »', 'Liévin'].join(separator);
  it('is decoded from UTF-8, with or without mark, UTF-16 and Windows-1252', () => {
    const text = 'Nom;Été';
    expect(decode(new TextEncoder().encode(text))).toBe(text);
    expect(decode(new TextEncoder().encode(`\ufeff${text}`)).replace('\ufeff', '')).toBe(text);
    expect(decode(Uint8Array.from(text, (c) => c.charCodeAt(0)))).toBe(text);
    expect(decode(Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])])).replace('\ufeff', '')).toBe(text);
  });

  it.each([';', ',', '\t', '|'])('is cut at its separator %j', (separator) => {
    expect(separatorOf(line(separator))).toBe(separator);
    const table = readTable('a.csv', new TextEncoder().encode(line(separator)));
    expect(table.ok && table.value.rows).toEqual([['Nom', 'Commune'], ['Centre « Été »', 'Liévin']]);
  });

  it('gives back any text that a spreadsheet would write, quoted cells and line ends included', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ';', ',', '"', '\n', ' ', '1') });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const csv = ['Nom;Commune', ...rows.map((row) => row.map(quoted).join(';'))].join('\r\n');
        const table = readTable('a.csv', new TextEncoder().encode(csv));
        const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
        expect(table.ok && table.value.rows.slice(1)).toEqual(rows.map((row) => row.map((text) => plain(text.replace(/^="(.*)"$/, '$1')))));
      }),
    );
  });

  it('as a workbook is read for what it holds, and its dates in either calendar', () => {
    const rows = (bytes: Uint8Array) => {
      const table = readTable('a.xlsx', bytes);
      return table.ok ? table.value.rows : table.error.message;
    };
    expect(rows(falseDimension([['Nom', 'Commune'], ['Été', 'Liévin']]))).toEqual([['Nom', 'Commune'], ['Été', 'Liévin']]);
    for (const calendar of [1900, 1904] as const) expect(rows(datesOf(calendar))).toEqual([['Date'], ['2026-09-01']]);
    expect(rows(farCell([['Nom']]))).toContain('la case XFD1048576');
    expect(rows(farOdsCell())).toContain('enregistrez la feuille en CSV');
    for (const bomb of [xlsxBomb(50_000_000), odsBomb(50_000_000)]) expect(rows(bomb)).toContain('décompressé, il dépasse 40\u00a0Mo');
  });

  it('that cannot be read is refused with a way out', () => {
    expect(readTable('x.xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9, 9]))).toMatchObject({ ok: false, error: { code: 'file_unreadable' } });
    expect(readTable('x.csv', new Uint8Array())).toMatchObject({ ok: false, error: { code: 'file_empty' } });
  });
});
