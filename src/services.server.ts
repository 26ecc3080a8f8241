/** What the composition root builds once and hands to pages and commands. */
import type { Configuration } from './platform/configuration.server.ts';
import type { Database, Db, Engine } from './platform/database.server.ts';
import type { Log } from './platform/log.server.ts';

export interface Services {
  readonly db: Db;
  readonly database: Database;
  readonly engine: Engine;
  /** Demonstration database: said on every page, PDF and export. */
  readonly demonstration: boolean;
  /** Public address of the site, without a slash at its end. */
  readonly publicUrl: string;
  readonly configuration: Configuration;
  readonly log: Log;
}
