import { utils, write } from '@e965/xlsx';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import type { Database, Db } from '../../../platform/database.server.ts';
import { structureAt, structureByIdentifier, structureHistory, structuresIn } from '../queries.server.ts';
import { loadTerritories } from '../reference.server.ts';
import { dropRegisterFile, keepRegisterFile, keptRegisterFile } from './kept-file.server.ts';
import type { ImportCounts } from './preview.ts';
import { controlDigit } from '../identifier-key.ts';
import { applyRegisterImport, previewRegisterImport } from './register-import.server.ts';
import { importOutcomeText, importPreviewText } from './words.ts';

let database: Database;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
  await loadTerritories(db);
});
afterAll(() => database.close());

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const csv = (lines: readonly string[], effectiveOn = '2017-01-01') => ({ fileName: 'repertoire.csv', bytes: bytesOf(lines.join('\n')), effectiveOn });
const zero: ImportCounts = { created: 0, changed: 0, closed: 0, unchanged: 0, refused: 0 };
const HEAD = 'Code structure;Type;Nom;Code Insee;SIRET;Gestionnaire;SIREN du gestionnaire;Mode de gestion;Réseaux;Année du premier agrément;Agrément AGC début;Agrément AGC fin;État;Date de fermeture;Téléphone';
async function apply(file: ReturnType<typeof csv>, mode: 'whole' | 'valid_rows' = 'whole') {
  const done = await applyRegisterImport(db, file, { mode, actorId: null });
  if (!done.ok) throw new Error(done.error.message);
  return done.value;
}
const dump = async (): Promise<string> => JSON.stringify((await sql`select to_jsonb(v) - 'recorded_at' as v from registry.structure_version v
  union all select to_jsonb(a) from registry.approval a union all select to_jsonb(i) from registry.structure_identifier i union all select to_jsonb(b) from registry.managing_body b
  union all select to_jsonb(r) from registry.import_run r order by 1`.execute(db)).rows);

describe('importing a register', () => {
  it('creates, then changes nothing the second time', async () => {
    const file = csv([HEAD, 'P1;CS;Brassens;62510;12345678200010;Association Brassens;123456782;Associatif;fcsf;1990;01/01/2014;31/12/2017;;;03 21 00 00 00', 'P2;EVS;La Lys;62014;;Association La Lys;;Associatif;Aucun;2015;;;;;']);
    const preview = await previewRegisterImport(db, file);
    expect(preview).toMatchObject({ ok: true, value: { counts: { ...zero, created: 2 }, faults: [], ignoredColumns: [] } });
    expect(await structuresIn(db, '62')).toEqual([]);
    expect((await apply(file)).counts).toEqual({ ...zero, created: 2 });
    const before = await dump();
    expect((await apply(file)).counts).toEqual({ ...zero, unchanged: 2 });
    expect(await dump()).toBe(before);
    const id = (await structureByIdentifier(db, 'P1', 'import'))!;
    expect(await structureAt(db, id, '2016-12-31')).toMatchObject({ name: 'Brassens', managementMode: 'association', networks: ['fcsf'], managingBody: { siren: '123456782' }, contributorKey: 'siren:123456782', validFrom: '1990-01-01' });
  });

  it('finds the département of a commune by its level, whatever stands between them', async () => {
    await sql`insert into registry.territory (code, geography_year, level, name, ancestors) values
      ('C62990', 2026, 'commune', 'Sans-Région', '{FR,62,C62990}'), ('C62991', 2026, 'commune', 'Sous-Canton', '{FR,R32,Z-canton,62,E200033579,C62991}')`.execute(db);
    const file = csv(['Code structure;Type;Nom;Commune;Département;Réseaux', 'L1;CS;Un;Sans-Région;62;Aucun', 'L2;CS;Deux;Sous-Canton;Pas-de-Calais;Aucun']);
    const preview = await previewRegisterImport(db, file);
    expect(preview).toMatchObject({ ok: true, value: { counts: { ...zero, created: 2 }, faults: [] } });
    await sql`delete from registry.territory where code in ('C62990', 'C62991')`.execute(db);
  });

  it('shows each change field by field, old and new, and keeps history', async () => {
    const file = csv([HEAD, 'P1;;Georges-Brassens;;12345678200028;;;Cogestion;fcsf | mjc;;01/01/2018;31/12/2021;;;'], '2018-02-01');
    const preview = await previewRegisterImport(db, file);
    expect(preview.ok && preview.value.rows[0]).toMatchObject({
      action: 'change',
      changes: expect.arrayContaining([
        { field: 'Nom', old: 'Brassens', new: 'Georges-Brassens' },
        { field: 'Mode de gestion', old: 'Associatif', new: 'Cogestion par convention' },
        { field: 'Siret', old: '12345678200010', new: '12345678200028' },
        { field: 'Agrément Animation globale et coordination', old: null, new: 'du 01/01/2018 au 31/12/2021' },
      ]),
    });
    await apply(file);
    const id = (await structureByIdentifier(db, '12345678200028', 'siret'))!;
    expect(await structureByIdentifier(db, '12345678200010', 'earlier')).toBe(id);
    expect((await structureAt(db, id, '2018-01-31'))?.name).toBe('Brassens');
    expect((await structureAt(db, id))?.networks).toEqual(['fcsf', 'mjc']);
    expect((await apply(file)).counts).toEqual({ ...zero, unchanged: 1 });
    if (preview.ok) expect(importPreviewText(preview.value)).toContain('Nom\u00a0: Brassens → Georges-Brassens');
  });

  it('closes on the day said, and only what the file names', async () => {
    const file = csv([HEAD, 'P2;;;;;;;;;;;;fermé;30/06/2018;'], '2018-09-01');
    expect((await apply(file)).counts).toEqual({ ...zero, closed: 1 });
    const id = (await structureByIdentifier(db, 'P2'))!;
    expect((await structureAt(db, id, '2018-06-29'))?.status).toBe('active');
    expect((await structureAt(db, id, '2018-06-30'))?.status).toBe('closed');
    expect((await apply(file)).counts).toEqual({ ...zero, unchanged: 1 });
    expect((await structuresIn(db, '62')).map((s) => s.name)).toEqual(['Georges-Brassens']);
  });

  it('writes nothing when a row is faulty, or the valid rows when told so', async () => {
    const file = csv([HEAD, 'V1;CS;Valide;62498;;;;;;;;;;;', 'V2;CS;Fautif;99999;;;;;;;;;;;', 'V1;CS;Double;62498;;;;;;;;;;;']);
    const before = await dump();
    const refused = await applyRegisterImport(db, file, { mode: 'whole', actorId: null });
    expect(refused).toMatchObject({ ok: false, error: { code: 'import_has_faults', faults: [{ row: 3, column: 'Code Insee', value: '99999' }, { row: 4, column: 'Code structure' }] } });
    expect(await dump()).toBe(before);
    const outcome = await apply(file, 'valid_rows');
    expect(outcome.counts).toEqual({ ...zero, created: 1, refused: 2 });
    expect(importOutcomeText(outcome)).toContain('Ligne 3, colonne');
  });

  it('refuses a line whose identifiers name two structures, a managing body under two names, a new structure without what it needs', async () => {
    const faults = async (...lines: string[]) => {
      const preview = await previewRegisterImport(db, csv([HEAD, ...lines]));
      return preview.ok ? preview.value.faults.map((f) => f.column) : [];
    };
    expect(await faults('V1;;;;12345678200028;;;;;;;;;;')).toEqual(['SIRET']);
    expect(await faults('W1;CS;A;62498;;Ville de Lens;216204982;;;;;;;;', 'W2;CS;B;62498;;Ville de Liévin;216204982;;;;;;;;')).toEqual(['Gestionnaire']);
    expect(await faults('W1;CS;;62498;;;;;;;;;;;')).toEqual(['Nom']);
    expect(await faults('W1;;A;62498;;;;;;;;;;;')).toEqual(['Type']);
    expect(await faults('W1;CS;A;;;;;;;;;;;;')).toEqual(['(ligne)']);
    expect(await faults('W1;CS;A;62498;;;987654324;;;;;;;;')).toEqual(['SIREN du gestionnaire']);
  });

  it('reads English files, XLSX and ODS alike', async () => {
    const english = csv(['id,kind,name,insee code,latitude,longitude,agc start', 'E1,EVS,"Space, English",62498,50.43,2.83,2015-01-01']);
    expect((await apply(english)).counts.created).toBe(1);
    const table = [['Répertoire'], ['Code structure', 'Type', 'Nom', 'Code Insee', 'SIRET', 'Agrément AGC début'], ['X1', 'CS', 'Tableur', 1004, 98765432400019, new Date(Date.UTC(2015, 0, 1))]];
    for (const bookType of ['xlsx', 'ods'] as const) {
      const sheet = utils.aoa_to_sheet(table, { UTC: true });
      const book = utils.book_new();
      utils.book_append_sheet(book, utils.aoa_to_sheet([['Notice']]), 'Notice');
      utils.book_append_sheet(book, sheet, 'Structures');
      const file = { fileName: `r.${bookType}`, bytes: new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer), effectiveOn: '2017-01-01' };
      const done = await applyRegisterImport(db, file, { mode: 'whole', actorId: null });
      expect(done).toMatchObject({ ok: true, value: { counts: { created: bookType === 'xlsx' ? 1 : 0, unchanged: bookType === 'ods' ? 1 : 0 } } });
    }
    const id = (await structureByIdentifier(db, '98765432400019', 'siret'))!;
    expect(await structureAt(db, id)).toMatchObject({ communeCode: 'C01004', departmentCode: '01', approvals: [{ kind: 'agc', startsOn: '2015-01-01', endsOn: null }] });
  });

  it('keeps a file between preview and confirmation, for its sender only', async () => {
    const [me, other] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
    const file = csv([HEAD, 'K1;CS;Gardé;62498;;;;;;;;;;;']);
    const key = await keepRegisterFile(db, file, me);
    expect(await keepRegisterFile(db, file, me)).toBe(key);
    const kept = await keptRegisterFile(db, key, me);
    expect(kept).toMatchObject({ fileName: file.fileName, effectiveOn: file.effectiveOn });
    expect(new Uint8Array(kept!.bytes)).toEqual(file.bytes);
    expect(await keptRegisterFile(db, key, other)).toBeUndefined();
    await dropRegisterFile(db, key);
    expect(await keptRegisterFile(db, key, me)).toBeUndefined();
  });

  it('refuses a file that is no register', async () => {
    expect(await previewRegisterImport(db, csv(['a;b', '1;2']))).toMatchObject({ ok: false, error: { code: 'import_no_header' } });
    expect(await previewRegisterImport(db, csv(['Commune;Adresse', 'Lens;x']))).toMatchObject({ ok: false, error: { code: 'import_no_identity' } });
  });

  it('changes nothing the second time, whatever valid rows and dates come first, and leaves no hole in any history', async () => {
    const row = fc.record({
      code: fc.constantFrom('I1', 'I2', 'I3'), name: fc.constantFrom('Un', 'Deux', 'Trois'), insee: fc.constantFrom('62510', '62498', '59350'),
      body: fc.constantFrom('', 'Ville', 'Asso', '-'), mode: fc.constantFrom('', 'Caf', '-'), agc: fc.constantFrom('', '01/01/2014;31/12/2017', '01/06/2016;31/12/2019', '01/01/2010;'),
      state: fc.constantFrom('', 'fermé', 'actif'), closed: fc.constantFrom('', '01/02/2016'),
    });
    const file = fc.record({ rows: fc.uniqueArray(row, { selector: (r) => r.code, minLength: 1 }), on: fc.constantFrom('2015-01-01', '2016-06-15', '2018-01-01') });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), async (files) => {
        for (const f of files) {
          const lines = f.rows.map((r) => `${r.code};CS;${r.name};${r.insee};;${r.body};;${r.mode};;;${r.agc || ';'};${r.closed ? '' : r.state};${r.closed};`);
          await apply(csv([HEAD, ...lines], f.on));
          const before = await dump();
          expect((await apply(csv([HEAD, ...lines], f.on))).counts).toEqual({ ...zero, unchanged: f.rows.length });
          expect(await dump()).toBe(before);
        }
        for (const code of ['I1', 'I2', 'I3']) {
          const id = await structureByIdentifier(db, code);
          const history = id ? (await structureHistory(db, id)).toReversed() : [];
          for (const [i, v] of history.entries()) expect(v.validTo).toBe(history[i + 1]?.validFrom ?? null);
        }
      }),
      { numRuns: 4 },
    );
  });

  it('takes a national register in one go', async () => {
    const { rows } = await sql<{ code: string; name: string }>`select code, name from registry.territory where level = 'commune' order by population desc limit 4100`.execute(db);
    const siret = (i: number): string => `${1_000_000_000_000 + i}${controlDigit(String(1_000_000_000_000 + i))}`;
    const lines = rows.map((c, i) => `N${i};${i % 5 < 3 ? 'CS' : 'EVS'};Structure ${i};${c.code.slice(1)};${siret(i)};Association ${i % 3000};;Associatif;fcsf;2001;01/01/2014;31/12/2027;;;01 02 03 04 05`);
    const file = csv([HEAD, ...lines]);
    expect((await apply(file)).counts).toEqual({ ...zero, created: 4100 });
    expect((await apply(file)).counts).toEqual({ ...zero, unchanged: 4100 });
    expect((await structuresIn(db, 'FR')).length).toBeGreaterThan(4100);
  });
});
