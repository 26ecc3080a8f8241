/**
 * Tells the planner what the tables hold after a bulk load. A PostgreSQL server does it by itself after a while; the embedded engine has no such
 * process, and without it every later statement on these tables is planned as if they were empty.
 */
import { sql } from 'kysely';
import type { Db } from '../../platform/database.server.ts';

const TABLES = {
  register: ['registry.structure', 'registry.structure_version', 'registry.structure_identifier', 'registry.approval', 'registry.managing_body', 'access.account', 'access.mandate'],
  answers: ['campaign.participant', 'entry.response', 'entry.answer_sheet', 'entry.answer_history', 'entry.finding', 'entry.state_change'],
  release: ['statistics.release_unit', 'publication.territory_page'],
} as const;

export async function analyse(db: Db, part: keyof typeof TABLES): Promise<void> {
  for (const table of TABLES[part]) await sql`analyze ${sql.table(table)}`.execute(db);
}
