/**
 * How the statements of a save reach the database: on a PostgreSQL server as named, prepared statements (parsed and planned once per
 * connection); elsewhere, and inside a transaction, through Kysely.
 */
import { CompiledQuery } from 'kysely';
import type { ResponseId } from '../../kernel/identifier.ts';
import type { Database, Db } from '../../platform/database.server.ts';
import type { KnownResponses } from './known-responses.ts';
import type { SaveWrite, Written } from './save-record.server.ts';

export interface Runner {
  readonly db: Db;
  readonly run: <R>(name: string, text: string, values: readonly unknown[]) => Promise<R[]>;
  /** What the saves of one process share (`sharedRunner`); absent: each save reads and writes by itself. */
  readonly shared?: {
    readonly known: KnownResponses;
    /** Saves of one response, one after the other: each is judged on what the one before has left. */
    readonly inTurn: <T>(responseId: ResponseId, work: () => Promise<T>) => Promise<T>;
    readonly write: (write: SaveWrite) => Promise<Written | null>;
  };
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
