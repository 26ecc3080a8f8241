import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testDatabase } from '../../tests/support/test-database.ts';
import { BackupRefused, checkBackup, readBackup, writeBackup } from './backup.server.ts';

const ACCOUNT = '018f0000-0000-7000-8000-000000000001';

it('a backup restored elsewhere gives the same backup again', async () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'senacs-backup-')), 'a.gz');
  const from = await testDatabase();
  await sql`insert into platform.installation (demonstration) values (true)`.execute(from.db);
  await sql`insert into access.account (id, email, display_name) values (${ACCOUNT}, 'a@exemple.fr', 'Élodie « test »')`.execute(from.db);
  await sql`insert into access.journal (account_id, action, detail) select ${ACCOUNT}, 'test', jsonb_build_object('n', n) from generate_series(1, 1200) n`.execute(from.db);
  await sql`insert into registry.territory values ('62', 2025, 'department', 'Pas-de-Calais', '{FR,R32,62}', 1461000, 50.5, 2.3)`.execute(from.db);
  const written = await writeBackup(from.db, file);
  await from.close();

  const to = await testDatabase();
  expect(await readBackup(to.db, file)).toEqual(written);
  const again = await writeBackup(to.db, `${file}.2`);
  expect(again.rows).toBe(written.rows);
  await sql`insert into access.journal (action) values ('next')`.execute(to.db);
  expect((await sql<{ id: number }>`select max(id) as id from access.journal`.execute(to.db)).rows[0]!.id).toBe(1201);
  await to.close();
});

it('a damaged backup is refused and nothing is written', async () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'senacs-backup-')), 'a.gz');
  const database = await testDatabase();
  await sql`insert into access.account (id, email, display_name) values (${ACCOUNT}, 'a@exemple.fr', 'Nom')`.execute(database.db);
  await writeBackup(database.db, file);
  await checkBackup(file);
  await sql`delete from access.account`.execute(database.db);
  writeFileSync(file, gzipSync(gunzipSync(readFileSync(file)).toString('utf8').replace('exemple.fr', 'exemple.eu')));
  await expect(checkBackup(file)).rejects.toThrow(/incomplète ou abîmée/);
  await expect(readBackup(database.db, file)).rejects.toThrow(BackupRefused);
  expect((await sql`select 1 from access.account`.execute(database.db)).rows).toEqual([]);
  writeFileSync(file, readFileSync(file).subarray(0, 200));
  await expect(readBackup(database.db, file)).rejects.toThrow(BackupRefused);
  await expect(readBackup(database.db, `${file}.none`)).rejects.toThrow(/n’existe pas/);
  await database.close();
});

it('a backup cut after its first line is refused in a sentence, and its reader leaves nothing behind that fails later', async () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'senacs-backup-')), 'a.gz');
  const database = await testDatabase();
  await sql`insert into access.journal (action, detail) select 'test', jsonb_build_object('n', md5(n::text)) from generate_series(1, 20000) n`.execute(database.db);
  await writeBackup(database.db, file);
  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, whole.length / 2));
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on('uncaughtException', hear);
  try {
    // the first line is whole: only reading on tells the fault
    await expect(checkBackup(file)).rejects.toThrow(/incomplète ou abîmée/);
    await pause(500);
    expect(unheard).toEqual([]);
    await expect(readBackup(database.db, file)).rejects.toThrow(/incomplète ou abîmée/);
  } finally {
    process.off('uncaughtException', hear);
    await database.close();
  }
});
