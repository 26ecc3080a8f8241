/** What the composition root builds once and hands to pages and commands. */
import type { Db } from './platform/database.server.ts';

export interface Services {
  readonly db: Db;
  /** Demonstration database: said on every page, PDF and export. */
  readonly demonstration: boolean;
}
