/** Territories that contain a territory, remembered: they change with a new geographic code, that is with a new start. */
import { sql } from 'kysely';
import type { Db } from '../../platform/database.server.ts';

const known = new WeakMap<object, Map<string, readonly string[]>>();

/** `['FR', 'R32', '62']` for `62`. A code that the register does not know contains itself only. */
export async function ancestorsOf(db: Db, territoryCode: string): Promise<readonly string[]> {
  const cache = known.get(db) ?? known.set(db, new Map()).get(db)!;
  const found = cache.get(territoryCode);
  if (found) return found;
  const { rows } = await sql<{ ancestors: string[] }>`select ancestors from registry.current_territory where code = ${territoryCode}`.execute(db);
  if (rows[0]) cache.set(territoryCode, rows[0].ancestors);
  return rows[0]?.ancestors ?? ['FR', territoryCode];
}
