/** The runner of the save endpoint, one per database: saves that arrive together are written by one statement, and a response just saved is not read again. */
import type { Database } from '../../platform/database.server.ts';
import { gathered, turns } from './gathering.ts';
import { KnownResponses } from './known-responses.ts';
import { writeSaves } from './save-record.server.ts';
import { preparedRunner, type Runner } from './statement-runner.server.ts';

const runners = new WeakMap<Database, Runner>();

export function sharedRunner(database: Database): Runner {
  const found = runners.get(database);
  if (found) return found;
  const prepared = preparedRunner(database);
  const runner: Runner = { ...prepared, shared: { known: new KnownResponses(), inTurn: turns(), write: gathered((writes) => writeSaves(prepared, writes)) } };
  runners.set(database, runner);
  return runner;
}
