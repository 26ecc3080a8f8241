/**
 * A backup is one gzip file of JSON lines, the same for both engines: a header, each table with its rows in the order in which
 * references allow them back, a closing line with the SHA-256 of all before it. It is read in one snapshot, and restored whole or not at all.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import readline from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { sql } from 'kysely';
import { type Db, inTransaction } from './database.server.ts';

const FORMAT = 'senacs-backup-1';
const PAGE = 500;
/** Rows are sent back in pieces of about this many characters. */
const CHUNK = 4_000_000;

export interface BackupSummary {
  readonly tables: number;
  readonly rows: number;
  readonly hash: string;
}

const DAMAGED = 'La sauvegarde est incomplète ou abîmée : rien n’a été restauré. Prenez une autre copie du fichier.';

/** Why a file cannot be restored, in French. */
export class BackupRefused extends Error {}

interface Table {
  readonly schema: string;
  readonly name: string;
}

const quoted = (table: Table): string => `"${table.schema}"."${table.name}"`;

/** Tables of our schemas, each after those that it refers to (itself apart). */
async function tablesInOrder(db: Db): Promise<Table[]> {
  const { rows: tables } = await sql<Table>`select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname not like 'pg\\_%' order by 1, 2`.execute(db);
  const { rows: references } = await sql<{ child: string; parent: string }>`select cn.nspname || '.' || c.relname as child, pn.nspname || '.' || p.relname as parent
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace cn on cn.oid = c.relnamespace
    join pg_class p on p.oid = k.confrelid join pg_namespace pn on pn.oid = p.relnamespace where k.contype = 'f' and k.conrelid <> k.confrelid`.execute(db);
  const left = new Map(tables.filter((t) => !(t.schema === 'platform' && t.name === 'schema_migration')).map((t) => [`${t.schema}.${t.name}`, t]));
  const ordered: Table[] = [];
  while (left.size > 0) {
    const free = [...left].filter(([key]) => !references.some((r) => r.child === key && left.has(r.parent)));
    if (free.length === 0) throw new Error('tables refer to each other in a circle');
    for (const [key, table] of free) {
      ordered.push(table);
      left.delete(key);
    }
  }
  return ordered;
}

async function appliedMigrations(db: Db): Promise<{ name: string; hash: string }[]> {
  return (await sql<{ name: string; hash: string }>`select name, hash from platform.schema_migration order by name`.execute(db)).rows;
}

/** Writes the backup beside its place and moves it there when complete: a half-written file never bears the name. */
export async function writeBackup(db: Db, file: string): Promise<BackupSummary> {
  const draft = `${file}.part`;
  let summary: BackupSummary = { tables: 0, rows: 0, hash: '' };
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => {
        async function* lines(): AsyncGenerator<string> {
          const hash = createHash('sha256');
          const line = (text: string): string => {
            hash.update(`${text}\n`);
            return `${text}\n`;
          };
          const tables = await tablesInOrder(tx as Db);
          let rows = 0;
          yield line(JSON.stringify({ format: FORMAT, createdAt: new Date().toISOString(), migrations: await appliedMigrations(tx as Db) }));
          for (const table of tables) {
            yield line(JSON.stringify({ table: `${table.schema}.${table.name}` }));
            await sql.raw(`declare backup_rows no scroll cursor for select to_jsonb(t)::text as row from ${quoted(table)} t order by 1`).execute(tx);
            for (;;) {
              const page = (await sql.raw<{ row: string }>(`fetch ${PAGE} from backup_rows`).execute(tx)).rows;
              for (const { row } of page) yield line(row);
              rows += page.length;
              if (page.length < PAGE) break;
            }
            await sql.raw('close backup_rows').execute(tx);
          }
          summary = { tables: tables.length, rows, hash: hash.digest('hex') };
          yield `${JSON.stringify({ end: true, ...summary })}\n`;
        }
        await pipeline(Readable.from(lines()), createGzip(), createWriteStream(draft, { mode: 0o600 }));
      });
    await rename(draft, file);
    return summary;
  } finally {
    await rm(draft, { force: true });
  }
}

interface Shape {
  /** Columns that are written: those that the database computes are not. */
  readonly columns: string;
  /** Rows may refer to one another. */
  readonly refersToItself: boolean;
}

async function shapes(db: Db): Promise<ReadonlyMap<string, Shape>> {
  const { rows } = await sql<{ key: string; columns: string; self: boolean }>`select n.nspname || '.' || c.relname as key, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns,
      exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid and k.confrelid = c.oid) as self
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' group by c.oid, 1`.execute(db);
  return new Map(rows.map((row) => [row.key, { columns: row.columns, refersToItself: row.self }]));
}

/** Triggers tell what may be done next, and write what follows an act: rows that come back were judged when they were given. Keys and checks stay. */
const triggers = async (tx: Db, tables: readonly Table[], state: 'enable' | 'disable'): Promise<void> => {
  for (const table of tables) {
    // oxlint-disable-next-line no-await-in-loop -- one connection, one statement at a time
    await sql.raw(`alter table ${quoted(table)} ${state} trigger user`).execute(tx);
  }
};

/**
 * Brings a backup back into a database that was migrated and is empty (the caller checks it): every table holds its rows and no other, those that migrations
 * write included. Throws BackupRefused when the file is damaged or was made by other migrations; then nothing was written.
 */
export async function readBackup(db: Db, file: string): Promise<BackupSummary> {
  return inTransaction(db, async (tx) => {
    const order = await tablesInOrder(tx);
    const known = new Map(order.map((t) => [`${t.schema}.${t.name}`, t]));
    const shape = await shapes(tx);
    await triggers(tx, order, 'disable');
    await sql.raw(`truncate ${order.map(quoted).join(', ')}`).execute(tx);
    const hash = createHash('sha256');
    let table: Table | undefined;
    let rows = 0;
    let tables = 0;
    let waiting: string[] = [];
    let size = 0;
    let end: BackupSummary | undefined;
    const flush = async (): Promise<void> => {
      if (table && waiting.length > 0) {
        const text = `[${waiting.join(',')}]`;
        const columns = sql.raw(shape.get(`${table.schema}.${table.name}`)!.columns);
        await sql`insert into ${sql.raw(quoted(table))} (${columns}) overriding system value
          select ${columns} from jsonb_populate_recordset(null::${sql.raw(quoted(table))}, ${text}::jsonb)`.execute(tx);
      }
      waiting = [];
      size = 0;
    };
    for await (const text of lines(file)) {
      if (text.startsWith('{"end":')) {
        end = JSON.parse(text) as BackupSummary;
        break;
      }
      hash.update(`${text}\n`);
      if (text.startsWith('{"format":')) {
        const header = JSON.parse(text) as { format: string; migrations: { name: string; hash: string }[] };
        if (header.format !== FORMAT) throw new BackupRefused('Ce fichier n’est pas une sauvegarde de SENACS que cette version sait lire.');
        const here = await appliedMigrations(tx);
        if (JSON.stringify(header.migrations) !== JSON.stringify(here)) {
          throw new BackupRefused('Cette sauvegarde vient d’une autre version de SENACS : restaurez-la avec la version qui l’a faite, puis mettez à jour.');
        }
      } else if (text.startsWith('{"table":')) {
        await flush();
        const name = (JSON.parse(text) as { table: string }).table;
        table = known.get(name);
        if (!table) throw new BackupRefused(`La sauvegarde contient une table inconnue (${name}).`);
        tables++;
      } else {
        waiting.push(text);
        size += text.length;
        rows++;
        if (size > CHUNK && !(table && shape.get(`${table.schema}.${table.name}`)!.refersToItself)) await flush();
      }
    }
    await flush();
    if (!end || end.rows !== rows || end.hash !== hash.digest('hex')) throw new BackupRefused(DAMAGED);
    await triggers(tx, order, 'enable');
    await resetIdentities(tx);
    return { tables, rows, hash: end.hash };
  });
}

async function* lines(file: string): AsyncGenerator<string> {
  const input = createReadStream(file);
  const plain = input.pipe(createGunzip());
  input.on('error', (error) => plain.destroy(error));
  try {
    yield* readline.createInterface({ input: plain, crlfDelay: Infinity });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EISDIR' || code === 'EACCES') throw new BackupRefused(`« ${file} » ne peut pas être lu : donnez un fichier écrit par « backup ».`);
    // not even compressed: another file
    if (code === 'Z_DATA_ERROR' && error instanceof Error && error.message.includes('incorrect header check')) throw new BackupRefused(`« ${file} » n’est pas une sauvegarde de SENACS.`);
    if (code === 'ENOENT') throw new BackupRefused(`Le fichier « ${file} » n’existe pas.`);
    if (code?.startsWith('Z_')) throw new BackupRefused(DAMAGED);
    throw error;
  } finally {
    // who leaves before the end leaves no stream reading on, whose failure nobody would hear
    input.destroy();
    plain.destroy();
  }
}

/** Reads a file to its end and writes nothing: throws BackupRefused when it is absent, no backup of ours, cut short or altered. */
export async function checkBackup(file: string): Promise<void> {
  const hash = createHash('sha256');
  let first = true;
  let whole = false;
  for await (const text of lines(file)) {
    if (first && !text.startsWith(`{"format":"${FORMAT}"`)) break;
    first = false;
    if (text.startsWith('{"end":')) {
      whole = text.endsWith(`"hash":"${hash.digest('hex')}"}`);
      break;
    }
    hash.update(`${text}\n`);
  }
  if (first) throw new BackupRefused(`« ${file} » n’est pas une sauvegarde de SENACS que cette version sait lire.`);
  if (!whole) throw new BackupRefused(DAMAGED);
}

/** Identity columns go on after the highest number restored. */
async function resetIdentities(db: Db): Promise<void> {
  const { rows } = await sql<{ schema: string; name: string; column: string }>`select table_schema as schema, table_name as name, column_name as column
    from information_schema.columns where is_identity = 'YES' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  for (const row of rows) {
    const table = quoted(row);
    await sql.raw(`select setval(pg_get_serial_sequence('${table}', '${row.column}'), coalesce((select max("${row.column}") from ${table}), 0) + 1, false)`).execute(db);
  }
}
