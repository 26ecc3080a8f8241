/** A whole demonstration, in the middle of its life, backed up and brought back elsewhere: the same rows in every table, and the same refusals. */
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillNation, loadDemonstration } from '../../src/demo/index.server.ts';
import { readBackup, writeBackup } from '../../src/platform/backup.server.ts';
import type { Database } from '../../src/platform/database.server.ts';
import { markInstallation } from '../../src/platform/installation.server.ts';
import { temporaryFolder } from '../support/program.ts';
import { testDatabase } from '../support/test-database.ts';

/** Rows and a digest of each table of ours. */
async function contents(database: Database): Promise<Map<string, { n: number; digest: string | null }>> {
  const { rows: tables } = await sql<{ name: string }>`select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname not like 'pg\\_%'
      -- when a migration was applied belongs to the place, not to the data
      and (n.nspname, c.relname) <> ('platform', 'schema_migration') order by 1`.execute(database.db);
  const found = new Map<string, { n: number; digest: string | null }>();
  for (const { name } of tables) {
    // oxlint-disable-next-line no-await-in-loop -- one connection
    const { rows } = await sql.raw<{ n: number; digest: string | null }>(`select count(*)::int as n, md5(string_agg(md5(to_jsonb(t)::text), '' order by md5(to_jsonb(t)::text))) as digest from ${name} t`).execute(database.db);
    found.set(name, rows[0]!);
  }
  return found;
}

describe('a backup of the demonstration', () => {
  let from: Database;
  let to: Database;
  beforeAll(async () => {
    from = await testDatabase();
    await markInstallation(from.db, true);
    await loadDemonstration(from.db);
    await fillNation(from.db, { departments: ['62', '05'] });
    to = await testDatabase();
  }, 300_000);
  afterAll(async () => {
    await from.close();
    await to.close();
  });

  it('brings every row back as it was', async () => {
    const before = await contents(from);
    for (const table of ['entry.inquiry', 'entry.inquiry_message', 'statistics.release', 'publication.territory_page', 'questionnaire.interpretation']) expect([table, before.get(table)?.n ?? 0]).not.toEqual([table, 0]);
    const file = path.join(temporaryFolder(), 'sauvegarde.gz');
    const written = await writeBackup(from.db, file);
    expect(await readBackup(to.db, file)).toEqual(written);
    expect(await contents(to)).toEqual(before);
    expect(written.tables).toBe(before.size);
  });

  it('leaves the database as strict as it was', async () => {
    await expect(sql`update access.journal set purpose = 'autre' where id = (select min(id) from access.journal)`.execute(to.db)).rejects.toThrow(/./);
    await expect(sql`update entry.response set state = 'not_started' where id = (select id from entry.response where state = 'frozen' limit 1)`.execute(to.db)).rejects.toThrow(/./);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_trigger where not tgisinternal and tgenabled <> 'O'`.execute(to.db);
    expect(rows[0]!.n).toBe(0);
  });
});
