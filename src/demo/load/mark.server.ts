/** Remembers what was loaded, so that a later start looks at one row and does not undo what people did since. */
import { sql } from 'kysely';
import { stableId } from '../../domains/registry/index.server.ts';
import type { Db } from '../../platform/database.server.ts';

export type Part = 'reference' | 'nation';

export async function isLoaded(db: Db, part: Part): Promise<boolean> {
  const { rows } = await sql`select 1 from platform.job where id = ${stableId(`demonstration:${part}`)} and state = 'done'`.execute(db);
  return rows.length > 0;
}

export async function markPart(db: Db, part: Part, state: 'running' | 'done'): Promise<void> {
  await sql`insert into platform.job (id, kind, state) values (${stableId(`demonstration:${part}`)}, ${`demonstration.${part}`}, ${state})
    on conflict (id) do update set state = excluded.state, updated_at = now(), attempts = platform.job.attempts + 1`.execute(db);
}
