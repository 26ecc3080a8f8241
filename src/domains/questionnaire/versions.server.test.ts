import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedBy, type Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { correctableWords, wordsAt } from './errata.ts';
import { type Correction, recordErrata, recordErratum } from './errata.server.ts';
import { checkFolder, readVersionFolder } from './folder.server.ts';
import { newId } from '../../kernel/identifier.ts';
import { formatFault } from './parsing.ts';
import type { Author } from './studio/author.ts';
import { contentFolder, findVersion, listErrata, listVersions, loadVersion, putVersionInUse, setVersionState, storeVersion } from './store.server.ts';

describe('the folder of questionnaires', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'senacs-questionnaires-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  /** A copy of the content with one text replaced in one file. */
  const spoiled = async (file: string, from: string, to: string): Promise<string[]> => {
    await cp(contentFolder(), folder, { recursive: true, force: true });
    const text = await readFile(path.join(folder, file), 'utf8');
    expect(text).toContain(from);
    await writeFile(path.join(folder, file), text.replace(from, to));
    return (await checkFolder(folder)).faults.map(formatFault);
  };

  it('holds four whole versions without a fault', async () => {
    const { versions, faults } = await checkFolder(contentFolder());
    expect(faults).toEqual([]);
    expect(versions).toEqual([2017, 2024, 2025, 2026].map((year) => ({ year, questions: 126, rules: 134 })));
  });
  it('gives a later year its own words over those of the year it is based on', async () => {
    const words = async (year: number): Promise<readonly string[]> => {
      const read = await readVersionFolder(contentFolder(), year);
      return read.ok ? read.value.questions.find((q) => q.key === 'rural_zoning')!.options!.map((o) => o.code) : [];
    };
    expect(await words(2024)).toEqual(['zrr', 'no', 'unknown']);
    expect(await words(2026)).toEqual(['frr', 'frr_plus', 'no', 'unknown']);
  });
  it('has the same hash for the same content', async () => {
    const [a, b] = await Promise.all([readVersionFolder(contentFolder(), 2026), readVersionFolder(contentFolder(), 2026)]);
    expect(a.ok && b.ok && a.value.contentHash === b.value.contentHash).toBe(true);
  });
  it.each([
    ['2017/rules.json', 'staff_fte <= staff_headcount', 'staff_fte <= staff_headcont', 'Aucune question ne s’appelle « staff_headcont »'],
    ['2017/rules.json', "param('hoursPerDay')", "param('hours')", 'Le seuil « hours » n’est pas donné'],
    ['2017/questions/A.json', "urban_renewal == 'yes'", "urban_renewal = 'yes'", 'écrivez « == »'],
    ['2017/questions/A.json', '"kind": "text"', '"kind": "txt"', 'choisissez parmi integer'],
    ['2017/questions/A.json', '"key": "address"', '"key": "structure_name"', 'la clé « structure_name » désigne deux questions'],
    ['2017/questions/A.json', '"label": "Adresse postale"', '"labl": "Adresse postale"', 'champ inconnu'],
    ['2017/questions/A.json', '"dimension": "generalites"', '"dimension": "autre"', 'la dimension « autre » n’existe pas'],
    ['2017/questions/C.json', '"headcount": "staff_headcount"', '"headcount": "staff_total"', '« staff_total » n’est ni un nombre'],
    ['2017/version.json', '"staff_fte",', '"board_members_residents",', 's’affiche selon « board_members », qui n’est pas demandée pour 2015'],
    ['2025/version.json', '"key": "qpv_status"', '"key": "qpv"', '« qpv » n’existe pas dans la version de base'],
    ['2025/version.json', '"basedOn": 2024', '"basedOn": 2026', 'repose déjà sur celle-ci'],
  ])('refuses %s with %s -> %s', async (file, from, to, words) => {
    const faults = await spoiled(file, from, to);
    expect(faults.some((f) => f.includes(words) && (f.startsWith(file) || /version\.json/.test(f)))).toBe(true);
  });
  it('points at the character of a faulty rule and at the line of a broken file', async () => {
    const [fault] = await spoiled('2017/rules.json', 'staff_fte <= staff_headcount', 'staff_fte <= staff_headcont');
    expect(fault).toContain('2017/rules.json [10].assert, caractère 14');
    expect(fault!.split('\n').at(-1)).toBe(`    ${' '.repeat(13)}^`);
    const [broken] = await spoiled('2017/rules.json', '"id": "K002",', '"id": "K002"');
    expect(broken).toMatch(/2017\/rules\.json, ligne 12, colonne \d+ : ce fichier n’est pas du JSON/);
  });
  it('finds questions that show each other', async () => {
    await cp(contentFolder(), folder, { recursive: true, force: true });
    const file = path.join(folder, '2017/questions/B.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace("has(governance_bodies,'board') || has(governance_bodies,'management_committee')", 'board_members_residents > 0'));
    expect((await checkFolder(folder)).faults.map(formatFault).join()).toContain('board_members → board_members_residents → board_members');
  });
});

describe('versions in the database', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it('are stored once, walked to use, and then immutable in code and in the database', async () => {
    const { db } = database;
    const read = await readVersionFolder(contentFolder(), 2026);
    if (!read.ok) throw new Error('unreadable');
    expect(await storeVersion(db, read.value)).toEqual({ ok: true, value: { year: 2026, changed: true } });
    expect(await storeVersion(db, read.value)).toEqual({ ok: true, value: { year: 2026, changed: false } });
    expect(await setVersionState(db, 2026, 'in_use')).toMatchObject({ ok: false, error: { code: 'version_transition_not_allowed' } });
    expect((await putVersionInUse(db, contentFolder(), 2026)).ok).toBe(true);
    expect(await storeVersion(db, { ...read.value, title: 'Autre', contentHash: 'autre' })).toMatchObject({ ok: false, error: { code: 'version_in_use' } });
    const refused = await sql`update questionnaire.version set content = jsonb_set(content, '{title}', '"Autre"') where year = 2026`.execute(db).catch((error: unknown) => error);
    expect(refusedBy(refused)).toBe('version_in_use_is_immutable');
    const back = await sql`update questionnaire.version set state = 'draft' where year = 2026`.execute(db).catch((error: unknown) => error);
    expect(refusedBy(back)).toBe('version_transition_not_allowed');
    expect(await listVersions(db)).toMatchObject([{ year: 2026, state: 'in_use', questions: 126, rules: 134 }]);
    expect(await findVersion(db, 1999)).toBe(undefined);
  });
  it('are loaded compiled, once per content', async () => {
    const { db } = database;
    const before = database.statementCount();
    const compiled = await loadVersion(db, 2026);
    expect(await loadVersion(db, 2026)).toBe(compiled);
    expect(await db.transaction().execute((tx) => loadVersion(tx, 2026))).toBe(compiled);
    expect(database.statementCount() - before).toBeLessThanOrEqual(4);
    expect(compiled.questions.size).toBe(126);
  });
  it('take an erratum of words only, and keep their hash', async () => {
    const { db } = database;
    const before = await loadVersion(db, 2026);
    const ask = { year: 2026, reason: 'Mot oublié.' };
    expect(await recordErratum(db, { ...ask, questionKey: 'address', field: 'label', newText: 'Adresse du site' })).toMatchObject({ ok: true });
    expect(await recordErratum(db, { ...ask, questionKey: 'staff_by_function', field: 'row_label', itemCode: 'technical', newText: 'Entretien' })).toMatchObject({ ok: true });
    expect(await recordErratum(db, { ...ask, ruleId: 'K014', field: 'message', newText: 'Vérifiez les ETP.' })).toMatchObject({ ok: true });
    const after = await loadVersion(db, 2026);
    expect(after.questions.get('address')!.label).toBe('Adresse du site');
    expect(after.questions.get('staff_by_function')!.table!.rows.find((r) => r.code === 'technical')!.label).toBe('Entretien');
    expect(after.ruleById.get('K014')!.rule.message).toBe('Vérifiez les ETP.');
    expect(after.version.contentHash).toBe(before.version.contentHash);
    for (const wrong of [{ questionKey: 'addres', field: 'label' }, { questionKey: 'address', field: 'kind' }, { questionKey: 'address', field: 'option_label', itemCode: 'x' }, { ruleId: 'K014', field: 'label' }] as const)
      expect(await recordErratum(db, { ...ask, ...wrong, newText: 'x' } as never)).toMatchObject({ ok: false, error: { code: 'erratum_touches_words_only' } });
    expect(await recordErratum(db, { ...ask, questionKey: 'address', field: 'label', newText: 'Adresse', reason: ' ' })).toMatchObject({ ok: false });
  });

  describe('errata written on a page', () => {
    const committee: Author = { accountId: '', refusal: (act) => (act.kind === 'write' && act.territories.every((t) => t === null) ? undefined : { code: 'studio_not_allowed', message: 'non' }) };
    const elsewhere: Author = { accountId: '', refusal: () => ({ code: 'studio_not_allowed', message: 'non' }) };
    const label = (newText: string, seen = 'Nombre d’adhérents'): Correction => ({ questionKey: 'members', ruleId: null, field: 'label', itemCode: null, seen, newText });
    const codeOf = (done: { ok: boolean; error?: { code: string } }): string => (done.ok ? 'ok' : done.error!.code);

    it('correct several words for one reason, by who writes them, in a version in use; copies kept by browsers get another name, its content hash stays', async () => {
      const { db } = database;
      const accountId = newId();
      await sql`insert into access.account (id, email, display_name) values (${accountId}, 'ctn@exemple.fr', 'Comité technique')`.execute(db);
      const author = { ...committee, accountId };
      const errata = (corrections: readonly Correction[], reason = 'Mot oublié.', by: Author = author) => recordErrata(db, by, { year: 2026, corrections, reason });
      const before = await loadVersion(db, 2026);
      expect(codeOf(await errata([label('Adhérents')], 'x', elsewhere))).toBe('studio_not_allowed');
      expect([codeOf(await errata([label('Nombre d’adhérents')])), codeOf(await errata([label('Adhérents')], ' ')), codeOf(await errata([label('Adhérents', 'Membres')])), codeOf(await errata([label(' ')]))]).toEqual(['nothing_to_correct', 'erratum_without_reason', 'words_moved', 'nothing_to_correct']);
      const help: Correction = { questionKey: 'members', ruleId: null, field: 'help', itemCode: null, seen: before.questions.get('members')!.help, newText: 'Au 31 décembre.' };
      // all or none
      expect(codeOf(await errata([help, label('Adhérents', 'Membres')]))).toBe('words_moved');
      expect((await loadVersion(db, 2026)).questions.get('members')!.help).toBe(help.seen);
      expect(await errata([label('Adhérents'), help])).toEqual({ ok: true, value: { recorded: 2 } });
      const after = await loadVersion(db, 2026);
      expect([after.questions.get('members')!.label, after.questions.get('members')!.help]).toEqual(['Adhérents', 'Au 31 décembre.']);
      expect([after.version.contentHash, after.edition === before.edition]).toEqual([before.version.contentHash, false]);
      expect((await listErrata(db, 2026)).at(-1)).toMatchObject({ madeByName: 'Comité technique', reason: 'Mot oublié.' });
      // over several lines, which a form ends its own way
      const note = (newText: string, seen: string): Correction => ({ questionKey: 'members', ruleId: null, field: 'note', itemCode: null, seen, newText });
      const now = after.questions.get('members')!.note ?? '';
      expect([await errata([note('Une\r\ndeux', now)]), await errata([note('Une\r\ndeux\r\ntrois', 'Une\r\ndeux')])].map((done) => done.ok)).toEqual([true, true]);
      expect((await loadVersion(db, 2026)).questions.get('members')!.note).toBe('Une\ndeux\ntrois');
      // a local module is its territory's
      const local = after.version.questions.find((q) => q.module && after.version.modules.find((m) => m.code === q.module)?.territory)!;
      expect(codeOf(await errata([{ questionKey: local.key, ruleId: null, field: 'label', itemCode: null, seen: local.label, newText: 'x' }]))).toBe('studio_not_allowed');
    });

    it('name every word that may be touched, and no other', async () => {
      const { version } = await loadVersion(database.db, 2026);
      for (const question of version.questions) {
        const words = correctableWords(version, { questionKey: question.key });
        expect(words.length).toBe(3 + (question.options?.length ?? 0) + (question.table ? question.table.rows.length + question.table.columns.length : 0));
        for (const word of words) expect(wordsAt(version, word)).toBe(word.text);
      }
      expect(correctableWords(version, { ruleId: version.rules[0]!.id }).map((w) => w.field)).toEqual(['message', 'note']);
    });
  });
});
