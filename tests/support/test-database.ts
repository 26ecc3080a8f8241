/**
 * A database of its own for a test file, with every migration applied: PGlite in memory from one prepared image, or, when
 * TEST_DATABASE_URL names a PostgreSQL server, a new database there, copied from a prepared template.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type Database, openPglite, openPostgres } from '../../src/platform/database.server.ts';
import { migrate, readMigrations } from '../../src/platform/migrate.server.ts';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../database/migrations');

export async function testDatabase(): Promise<Database> {
  return process.env['TEST_DATABASE_URL'] ? postgresCopy(process.env['TEST_DATABASE_URL']) : pgliteCopy();
}

async function fingerprint(): Promise<string> {
  const migrations = await readMigrations(MIGRATIONS);
  return createHash('sha256').update(migrations.map((m) => m.hash).join()).digest('hex').slice(0, 16);
}

async function pgliteCopy(): Promise<Database> {
  const folder = path.join(os.tmpdir(), 'senacs-test');
  const image = path.join(folder, `image-${await fingerprint()}.tar`);
  if (!existsSync(image)) {
    await mkdir(folder, { recursive: true });
    const fresh = await openPglite();
    await migrate(fresh, await readMigrations(MIGRATIONS));
    const dump = await fresh.pglite!.dumpDataDir('none');
    const draft = `${image}.${process.pid}`;
    await writeFile(draft, Buffer.from(await dump.arrayBuffer()));
    await rename(draft, image);
    await fresh.close();
  }
  return openPglite(undefined, new Blob([await readFile(image)]));
}

async function postgresCopy(serverUrl: string): Promise<Database> {
  const template = `senacs_template_${await fingerprint()}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const urlOf = (name: string): string => Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  await client.query('select pg_advisory_lock(7362228)');
  const known = await client.query('select 1 from pg_database where datname = $1', [template]);
  if (known.rowCount === 0) {
    await client.query(`create database ${template}_draft`);
    const draft = openPostgres(urlOf(`${template}_draft`), 1);
    await migrate(draft, await readMigrations(MIGRATIONS));
    await draft.close();
    await client.query(`alter database ${template}_draft rename to ${template}`);
  }
  const name = `senacs_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await client.query(`create database ${name} template ${template}`);
  await client.query('select pg_advisory_unlock(7362228)');
  const database = openPostgres(urlOf(name), 4);
  return {
    ...database,
    close: async () => {
      await database.close();
      await client.query(`drop database if exists ${name} with (force)`);
      await client.end();
    },
  };
}
