/** A register file between its preview and its confirmation: kept in the database, so that a page without script sends it once. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../../platform/database.server.ts';
import type { RegisterFile } from './preview.ts';

/** Keeps a file for its sender for a day; returns the key under which it is found again. */
export async function keepRegisterFile(db: Db, file: RegisterFile, actorId: string): Promise<string> {
  const key = createHash('sha256').update(file.bytes).update(`|${file.fileName}|${file.effectiveOn}|${actorId}`).digest('hex');
  await sql`delete from registry.import_file where uploaded_at < now() - interval '1 day'`.execute(db);
  await sql`insert into registry.import_file (hash, file_name, bytes, effective_on, uploaded_by) values (${key}, ${file.fileName}, ${Buffer.from(file.bytes)}, ${file.effectiveOn}, ${actorId})
    on conflict (hash) do update set uploaded_at = now()`.execute(db);
  return key;
}

/** The file that this very person sent, or undefined once it is applied or a day old. */
export async function keptRegisterFile(db: Db, key: string, actorId: string): Promise<RegisterFile | undefined> {
  const { rows } = await sql<RegisterFile>`select file_name as "fileName", bytes, effective_on as "effectiveOn" from registry.import_file where hash = ${key} and uploaded_by = ${actorId}`.execute(db);
  return rows[0];
}

export const dropRegisterFile = async (db: Db, key: string): Promise<void> => void (await sql`delete from registry.import_file where hash = ${key}`.execute(db));
