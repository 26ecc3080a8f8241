/**
 * One door to the database, on two engines: PGlite (PostgreSQL in this process, the default) and a PostgreSQL server (15 or later).
 * Kysely carries the connection, transactions and parameters; statements are plain SQL, the same text on both.
 * Values come back alike: int8 and numeric as numbers, date as `YYYY-MM-DD`, timestamptz as ISO 8601 in UTC, json parsed.
 */
import { PGlite, types as pgliteTypes } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';

// oxlint-disable-next-line no-explicit-any -- statements are SQL text; their row types are given where they are written
export type Db = Kysely<any>;
export type Engine = 'pglite' | 'postgres';

export interface Database {
  readonly db: Db;
  readonly engine: Engine;
  /** Runs a script of several statements (migrations). */
  readonly script: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
  /** The driver underneath, for what Kysely does not carry (named statements of the save, dumps). */
  readonly pglite?: PGlite;
  readonly pool?: pg.Pool;
  /** Number of statements executed so far, for benchmarks and page budgets. */
  readonly statementCount: () => number;
}

const isoTime = (text: string): string => new Date(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00')).toISOString();

const INT8 = 20;
const NUMERIC = 1700;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const same = (text: string): string => text;

/** Options that make PGlite answer with the types promised above. */
export const pgliteParsers = {
  [pgliteTypes.INT8]: Number,
  [pgliteTypes.NUMERIC]: Number,
  [pgliteTypes.DATE]: same,
  [pgliteTypes.TIMESTAMPTZ]: isoTime,
};

const pgTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8 || oid === NUMERIC) return Number;
    if (oid === DATE) return same;
    if (oid === TIMESTAMPTZ) return isoTime;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as never,
};

function wrap(dialect: PGliteDialect | PostgresDialect): { db: Db; count: () => number } {
  let statements = 0;
  const db = new Kysely({ dialect, log: (event) => void (event.level === 'query' && statements++) });
  return { db, count: () => statements };
}

/** PGlite on a folder (its lock is the caller's affair, see data-folder.server.ts), or in memory without one. */
export async function openPglite(folder?: string, loadDataDir?: Blob): Promise<Database> {
  const pglite = await PGlite.create({ ...(folder ? { dataDir: folder } : {}), ...(loadDataDir ? { loadDataDir } : {}), parsers: pgliteParsers });
  // The whole database stands in memory or in the cache of the system: a page read at random costs hardly more than the next one.
  await pglite.exec('set random_page_cost = 1.1');
  const { db, count } = wrap(new PGliteDialect({ pglite: pglite as never }));
  return {
    db,
    engine: 'pglite',
    pglite,
    statementCount: count,
    script: async (text) => void (await pglite.exec(text)),
    close: async () => {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
    },
  };
}

/** A pool on a PostgreSQL server. `max` connections, 10 by default. */
export function openPostgres(url: string, max = 10): Database {
  const pool = new pg.Pool({ connectionString: url, max, types: pgTypes, application_name: 'senacs' });
  // A connection lost while idle is replaced at the next use; without a listener it would end the process. One lost between two statements
  // of whoever holds it emits on the client itself: the next statement then fails as it should.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  const { db, count } = wrap(new PostgresDialect({ pool }));
  return {
    db,
    engine: 'postgres',
    pool,
    statementCount: count,
    script: async (text) => void (await pool.query(text)),
    close: () => db.destroy(),
  };
}

/** Runs `work` in a transaction; when `db` is one already, inside it (PGlite has one connection: the outer one would wait for itself). */
export const inTransaction = <T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> =>
  db.isTransaction ? work(db) : db.transaction().execute((tx) => work(tx as Db));

/** The name of the constraint that refused, or the name raised by one of our triggers (`x_not_allowed: …`), when the error is one. */
export function refusedBy(error: unknown): string | undefined {
  const e = error as { constraint?: string; code?: string; message?: string } | undefined;
  if (e?.constraint) return e.constraint;
  return e?.code === '23001' ? /^(\w+)/.exec(e.message ?? '')?.[1] : undefined;
}
