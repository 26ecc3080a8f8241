/**
 * How the statements of a save reach the database: on a PostgreSQL server as named, prepared statements (parsed and planned once per
 * connection); elsewhere, and inside a transaction, through Kysely.
 */
import { CompiledQuery } from 'kysely';
import type { Database, Db } from '../../platform/database.server.ts';

export interface Runner {
  readonly db: Db;
  readonly run: <R>(name: string, text: string, values: readonly unknown[]) => Promise<R[]>;
}

export const runnerOf = (db: Db): Runner => ({
  db,
  run: async <R>(_name: string, text: string, values: readonly unknown[]): Promise<R[]> => (await db.executeQuery<R>(CompiledQuery.raw(text, [...values]))).rows,
});

export function preparedRunner(database: Database): Runner {
  const { pool, db } = database;
  if (!pool) return runnerOf(db);
  return {
    db,
    run: async <R>(name: string, text: string, values: readonly unknown[]): Promise<R[]> => (await pool.query({ name, text, values: [...values] })).rows as R[],
  };
}
