/**
 * Plain SQL migrations, forward only, in the order of their numbers. Each runs once, in a transaction; two processes that start
 * at once take turns behind an advisory lock. A file that has run and was altered since is refused: a new number is needed.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { Database } from './database.server.ts';

export interface Migration {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

/** The migrations of a folder, in order. Throws when two share a number. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).toSorted();
  const numbers = names.map((name) => name.slice(0, 4));
  const twice = numbers.find((number, i) => numbers.indexOf(number) !== i);
  if (twice) throw new Error(`two migrations are numbered ${twice}`);
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** Thrown with a sentence for the operator. */
export class MigrationAltered extends Error {}

/** Any number known to this program only: two SENACS processes take turns. */
const LOCK = 7_362_227;

/** Brings the database to the last migration and returns the names of those that ran now. */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<string[]> {
  const done: string[] = [];
  for (const migration of migrations) {
    await database.db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
      await sql`create schema if not exists platform`.execute(tx);
      await sql`create table if not exists platform.schema_migration (
        name text primary key, hash text not null, applied_at timestamptz not null default now())`.execute(tx);
      const { rows } = await sql<{ hash: string }>`select hash from platform.schema_migration where name = ${migration.name}`.execute(tx);
      if (rows[0] && rows[0].hash !== migration.hash) throw new MigrationAltered(`La migration ${migration.name} a été modifiée après son passage sur cette base : c’est une autre version du programme. Revenez à la version qui l’a créée, ou écrivez une migration nouvelle.`);
      if (rows[0]) return;
      for (const statement of splitStatements(migration.text)) await sql.raw(statement).execute(tx);
      await sql`insert into platform.schema_migration (name, hash) values (${migration.name}, ${migration.hash})`.execute(tx);
      done.push(migration.name);
    });
  }
  return done;
}

/**
 * Cuts a script at the semicolons that end statements: not those inside quotes, dollar quotes or comments. The embedded engine
 * takes one statement at a time through its extended protocol.
 */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let i = 0;
  while (i < script.length) {
    const rest = script.slice(i, i + 64);
    const dollar = /^\$[A-Za-z_]*\$/.exec(rest)?.[0];
    if (dollar) i = endOf(script, dollar, i + dollar.length);
    else if (rest.startsWith('--')) i = endOf(script, '\n', i);
    else if (rest.startsWith('/*')) i = endOf(script, '*/', i);
    else if (rest[0] === "'" || rest[0] === '"') i = endOf(script, rest[0], i + 1);
    else if (rest[0] === ';') {
      statements.push(script.slice(start, i));
      start = ++i;
    } else i++;
  }
  statements.push(script.slice(start));
  return statements.filter((statement) => statement.replace(/--.*$/gm, '').trim() !== '');
}

function endOf(script: string, mark: string, from: number): number {
  const at = script.indexOf(mark, from);
  return at < 0 ? script.length : at + mark.length;
}
