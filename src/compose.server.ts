/** Composition: opens what the settings name, brings the database up to date, and hands everything to whoever asked (server, command, job). */
import path from 'node:path';
import type { Configuration } from './platform/configuration.server.ts';
import { lockDataFolder } from './platform/data-folder.server.ts';
import { type Database, openPglite, openPostgres } from './platform/database.server.ts';
import { installationMark, markInstallation } from './platform/installation.server.ts';
import { createLog, type Log } from './platform/log.server.ts';
import { migrate, readMigrations } from './platform/migrate.server.ts';
import { projectPath } from './platform/project-root.server.ts';
import type { Services } from './services.server.ts';

export interface Opened {
  readonly services: Services;
  /** Closes the database and gives the folder back. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the house. `demonstration` marks a database that has no mark yet; one that has keeps its own; null marks nothing (restoring).
 * Throws FolderInUse when another process holds the embedded folder, and the driver's error when a server does not answer.
 */
export async function openHouse(configuration: Configuration, demonstration: boolean | null, log: Log = createLog(configuration.logLevel)): Promise<Opened> {
  const unlock = configuration.databaseUrl ? () => {} : lockDataFolder(path.join(configuration.dataFolder, 'database'));
  let database: Database | undefined;
  try {
    database = configuration.databaseUrl ? openPostgres(configuration.databaseUrl, configuration.databasePool) : await openPglite(path.join(configuration.dataFolder, 'database'));
    const applied = await migrate(database, await readMigrations(projectPath('database', 'migrations')));
    if (applied.length > 0) log('info', 'database.migrated', { count: applied.length, last: applied.at(-1) });
    const mark = demonstration === null ? ((await installationMark(database.db)) ?? false) : await markInstallation(database.db, demonstration);
    const services: Services = { db: database.db, database, engine: database.engine, demonstration: mark, publicUrl: configuration.publicUrl, configuration, log };
    const opened = database;
    return {
      services,
      close: async () => {
        await opened.close();
        unlock();
      },
    };
  } catch (error) {
    await database?.close().catch(() => {});
    unlock();
    throw error;
  }
}
