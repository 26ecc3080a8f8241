/**
 * How the statements of a save reach the database: on a PostgreSQL server as named, prepared statements (parsed and planned once per
 * connection); elsewhere, and inside a transaction, through Kysely.
 */
import { CompiledQuery } from 'kysely';
import type { Database, Db } from '../../platform/database.server.ts';
import { coalescedRunner, type ParameterTypes } from './coalesced-runner.server.ts';

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

/** Parameters of the two statements of a save, for those that share a journey. */
const SHARED: ParameterTypes = {
  entry_save_load: ['uuid', 'text', 'boolean', 'text', 'text'],
  entry_save_record: ['uuid', 'bigint', 'int', 'uuid', 'text', 'jsonb', 'jsonb', 'text', 'jsonb', 'boolean', 'int', 'int', 'text', 'int', 'int', 'int', 'jsonb'],
};

const shared = new WeakMap<Database, Runner>();

/** The runner of the save endpoint: one per database, so that saves arriving together share their statements. */
export const sharedRunner = (database: Database): Runner => shared.get(database) ?? shared.set(database, coalescedRunner(preparedRunner(database), SHARED)).get(database)!;
