/** Lists of members in their many shapes. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { datesOf, falseDimension, farCell, farOdsCell, odsBomb, xlsxBomb } from '../../platform/spreadsheet/fixtures/hostile.ts';
import { csvRows } from './csv.ts';
import { scopeOf, version2026, YEAR } from './fixtures/whole-centre.ts';
import type { FileGuides } from './guides.ts';
import { readFileGuides } from './guides.server.ts';
import { readMembers } from './members.ts';
import type { Choices, Derived, Scope } from './model.ts';
import { readFiles } from './read-files.ts';
import { firstSheetRows } from './spreadsheet.ts';
import { deriveUsers } from './users.ts';

let guides: FileGuides;
let scope: Scope;
beforeAll(async () => {
  guides = await readFileGuides();
  scope = scopeOf(await version2026());
});
const derive = (rows: readonly (readonly string[])[], choices: Choices = {}): Derived => {
  const read = readMembers('liste.csv', rows, guides.members);
  if (!read.ok) throw new Error(read.error.message);
  return deriveUsers(read.value, guides.members, choices, scope);
};
const at = (derived: Derived, key: string, row?: string) => derived.proposals.find((p) => p.key === key && p.row === row)?.value;

describe('a list of members', () => {
  it('has its columns recognised, the district before the commune, never a birth name or place for a birth date', () => {
    const read = readMembers('a.csv', [['Titre du document'], ['Nom de naissance', 'Lieu de naissance', 'Date de naissance', 'Ville', 'Quartier', 'Sexe', 'Âge'], ['A', 'Lens', '01/02/2000', 'Arras', 'Nord', 'F', '25']], guides.members);
    expect(read.ok && [...read.value.guesses].toSorted(([a], [b]) => a - b)).toEqual([[0, 'lastName'], [2, 'birth'], [4, 'residence'], [5, 'sex'], [6, 'age']]);
  });

  it('counts a person once, however many lines she has', () => {
    const derived = derive([['Nom', 'Prénom', 'Date de naissance', 'Sexe'], ['Été', 'Zoé', '01/02/2000', 'F'], ['ETE', 'ZOE', '1/2/2000', ''], ['Été', 'Zoé', '01/02/2001', 'F']]);
    expect(at(derived, 'unique_users')).toBe(2);
    expect(at(derived, 'users_by_gender', 'women')).toBe(2);
  });

  it('puts ages and quotients in the bands of the questionnaire, unknown when empty', () => {
    const births = [YEAR - 3, YEAR - 4, YEAR - 17, YEAR - 18, YEAR - 60].map((y) => `31/12/${y}`);
    const derived = derive([['Date de naissance', 'QF'], ...births.map((b, i) => [b, ['400', '401', '1 500,00', '1501', ''][i]!]), ['', 'x']]);
    expect(['a0_3', 'a4_10', 'a15_17', 'a18_25', 'a60_plus', 'unknown'].map((row) => at(derived, 'users_by_age', row))).toEqual([1, 1, 1, 1, 1, 1]);
    expect(['q0_400', 'q401_700', 'q1001_1500', 'q1501_plus', 'unknown'].map((row) => at(derived, 'users_by_qf', row))).toEqual([1, 1, 1, 1, 2]);
    expect(derived.faultCount).toBe(1);
  });

  it('follows the person who places a column elsewhere', () => {
    const rows = [['Sexe', 'Date de naissance', 'Code'], ['F', '01/01/2000', 'M']];
    expect(at(derive(rows, { 'column:code': 'sex', 'column:sexe': '' }), 'users_by_gender', 'men')).toBe(1);
    expect(at(derive(rows, { 'column:sexe': '' }), 'users_by_gender', 'women')).toBeUndefined();
  });

  it('asks where each district stands before it says where people live', () => {
    const rows = [['Sexe', 'Quartier'], ['F', 'Nord'], ['F', 'Sud'], ['F', '']];
    expect(at(derive(rows), 'users_by_residence', 'own_area')).toBeUndefined();
    const placed = derive(rows, { 'residence:nord': 'own_area', 'residence:sud': 'other_commune' });
    expect(['own_area', 'same_commune', 'other_commune', 'unknown'].map((row) => at(placed, 'users_by_residence', row))).toEqual([1, 0, 1, 1]);
    const addresses = derive([['Sexe', 'Quartier'], ...Array.from({ length: 100 }, (_, i) => ['F', `${i} rue`])]);
    expect(addresses.warnings.join(' ')).toContain('trop de valeurs');
    expect(addresses.places.some((p) => p.kind === 'residence')).toBe(false);
  });

  it('as a workbook has its dates in either calendar, and is bounded', async () => {
    for (const calendar of [1900, 1904] as const) expect(await firstSheetRows(datesOf(calendar))).toEqual({ ok: true, value: [['Date'], ['2026-09-01']] });
    expect(await firstSheetRows(falseDimension([['a']]))).toEqual({ ok: true, value: [['a']] });
    for (const bytes of [farCell([['Nom']]), farOdsCell()]) expect(await readFiles('members', [{ name: 'a.xlsx', bytes }], guides, scope)).toMatchObject({ ok: false, error: { code: 'file_too_large', message: expect.stringContaining('la case XFD1048576') } });
    for (const bytes of [xlsxBomb(70_000_000), odsBomb(70_000_000)]) expect(await firstSheetRows(bytes)).toMatchObject({ ok: false, error: { message: expect.stringContaining('il dépasse 60\u00a0Mo') } });
  });

  it('is refused without titles, without lines, empty, or when it is no table', async () => {
    expect(readMembers('a', [['x', 'y'], ['1', '2']], guides.members).ok).toBe(false);
    expect(readMembers('a', [['Nom', 'Sexe']], guides.members).ok).toBe(false);
    const open = (bytes: Uint8Array) => readFiles('members', [{ name: 'a.xlsx', bytes }], guides, scope);
    const codes = [await open(new Uint8Array()), await open(Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9]))].map((r) => !r.ok && r.error.code);
    expect(codes).toEqual(['empty_file', 'file_unreadable']);
    const pdf = await readFiles('accounts', [{ name: 'a.pdf', bytes: new TextEncoder().encode('%PDF-1.7') }], guides, scope);
    expect(!pdf.ok && pdf.error.code).toBe('not_a_text');
  });
});

describe('delimited text', () => {
  it('comes back as it was written, whatever stands in its cells', () => {
    const cell = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), fc.constantFrom(';', ',', '\t'), (rows, separator) => {
        const text = [['a', 'b', 'c'], ...rows].map((row) => row.map((c) => (/[";,\t|\r\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(separator)).join('\r\n');
        expect(csvRows(text)).toEqual([['a', 'b', 'c'], ...rows]);
      }),
    );
  });
});
