/** Composition: opens what the settings name, brings the database up to date, and hands everything to whoever asked (server, command, job). */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadTerritories } from './domains/registry/index.server.ts';
import type { Configuration } from './platform/configuration.server.ts';
import { lockDataFolder } from './platform/data-folder.server.ts';
import { type Database, openPglite, openPostgres } from './platform/database.server.ts';
import { installationMark, isEmptyInstallation, markInstallation } from './platform/installation.server.ts';
import { createLog, type Log } from './platform/log.server.ts';
import { migrate, readMigrations } from './platform/migrate.server.ts';
import { projectPath } from './platform/project-root.server.ts';
import type { Services } from './services.server.ts';

export interface Opened {
  readonly services: Services;
  /** Names of the migrations that ran at this opening, in order. */
  readonly migrated: readonly string[];
  /** Closes the database and gives the folder back. */
  readonly close: () => Promise<void>;
}

/** A database that must not be opened so; its message is a sentence for the operator. */
export class HouseRefused extends Error {}

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
    if (demonstration === true && (await installationMark(database.db)) === undefined && !(await isEmptyInstallation(database.db))) {
      throw new HouseRefused('Cette base contient des données et n’est pas marquée « démonstration » : rien n’y a été changé. Choisissez un dossier neuf (SENACS_DATA) ou une base vide (DATABASE_URL).');
    }
    const mark = demonstration === null ? ((await installationMark(database.db)) ?? false) : await markInstallation(database.db, demonstration);
    if (demonstration === true && !mark) {
      throw new HouseRefused('Cette base est une base réelle : la démonstration n’y entre pas. Choisissez un dossier neuf (SENACS_DATA) ou une base vide (DATABASE_URL).');
    }
    // The official geographic code and the national institutions belong to every database; loaded already, this only looks.
    if (demonstration === false) await loadTerritories(database.db, configuration.referenceFolder ?? undefined);
    const services: Services = { db: database.db, database, engine: database.engine, demonstration: mark, publicUrl: configuration.publicUrl, configuration, log };
    const opened = database;
    return {
      services,
      migrated: applied,
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

/** Opens a house that exists already, for commands that only read or add to it: an empty place is not turned into a real one by looking. */
export async function openExistingHouse(configuration: Configuration): Promise<Opened> {
  // an embedded database is not even made
  const made = configuration.databaseUrl !== null || existsSync(path.join(configuration.dataFolder, 'database'));
  const house = made ? await openHouse(configuration, null) : undefined;
  if (house && (await installationMark(house.services.db)) !== undefined) return house;
  await house?.close();
  throw new HouseRefused('Il n’y a pas encore de base ici. Créez-la d’abord : « npm start » pour la démonstration, « npx senacs migrate » pour une base réelle ; ou vérifiez SENACS_DATA et DATABASE_URL.');
}
