/**
 * What the planner knows of the tables, and the place that dead rows leave. A PostgreSQL server sees to both by itself after a while; the embedded
 * engine has no such process: without this, statements on tables that have grown are planned as if they were empty.
 */
import { sql } from 'kysely';
import type { Database, Db } from './database.server.ts';

/** Tells the planner what these tables hold, after a bulk load. */
export async function analyse(db: Db, tables: readonly string[]): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- one at a time, so that requests come in between
  for (const table of tables) await sql`analyze ${sql.table(table)}`.execute(db);
}

/**
 * On the embedded engine, does once what the autovacuum of a server does, by its own thresholds (50 rows and a tenth changed: analyse; 50 rows and a
 * fifth dead: vacuum; PostgreSQL documentation, section 25.1.6). Returns the tables seen to. On a server it does nothing.
 */
export async function tendTables(database: Database): Promise<{ readonly analysed: readonly string[]; readonly vacuumed: readonly string[] }> {
  if (database.engine !== 'pglite') return { analysed: [], vacuumed: [] };
  // Counters of this only session reach the view when it is told to send them.
  await sql`select pg_stat_force_next_flush()`.execute(database.db);
  const { rows } = await sql<{ name: string; changed: boolean; dead: boolean }>`
    select t.schemaname || '.' || t.relname as name,
      t.n_mod_since_analyze > 50 + 0.1 * greatest(c.reltuples, 0) as changed, t.n_dead_tup > 50 + 0.2 * greatest(c.reltuples, 0) as dead
    from pg_stat_user_tables t join pg_class c on c.oid = t.relid order by 1`.execute(database.db);
  const vacuumed = rows.filter((t) => t.dead).map((t) => t.name);
  const analysed = rows.filter((t) => t.changed).map((t) => t.name);
  // oxlint-disable-next-line no-await-in-loop
  for (const table of vacuumed) await sql`vacuum ${sql.table(table)}`.execute(database.db);
  await analyse(database.db, analysed);
  return { analysed, vacuumed };
}
