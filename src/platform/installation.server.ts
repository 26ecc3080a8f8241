/** What a database is, said at its creation and for ever: demonstration or real. */
import { sql } from 'kysely';
import type { Db } from './database.server.ts';

/** True for a demonstration database, false for a real one, undefined when it was never marked. */
export async function installationMark(db: Db): Promise<boolean | undefined> {
  const { rows } = await sql<{ demonstration: boolean }>`select demonstration from platform.installation`.execute(db);
  return rows[0]?.demonstration;
}

/** Marks a new database; a mark that exists stays. Returns the mark in force. */
export async function markInstallation(db: Db, demonstration: boolean): Promise<boolean> {
  await sql`insert into platform.installation (demonstration) values (${demonstration}) on conflict do nothing`.execute(db);
  return (await installationMark(db))!;
}

/** True when nothing a person entered is in the database: no structure, account, campaign. */
export async function isEmptyInstallation(db: Db): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`select exists (select 1 from registry.structure) or exists (select 1 from access.account)
    or exists (select 1 from campaign.campaign) or exists (select 1 from questionnaire.version) as used`.execute(db);
  return !rows[0]!.used;
}
