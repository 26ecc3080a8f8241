/** Structures by the number that the demonstration gave them. */
import { sql } from 'kysely';
import type { StructureId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';

/** `DEMO-62-CS-004` -> identifier, of one département or of the nation. */
export async function structureIds(db: Db, department?: string): Promise<Map<string, StructureId>> {
  const { rows } = await sql<{ value: string; structure_id: StructureId }>`select value, structure_id from registry.structure_identifier
    where scheme = 'import' and value like ${department ? `DEMO-${department}-%` : 'DEMO-%'} order by value`.execute(db);
  return new Map(rows.map((row) => [row.value, row.structure_id]));
}

/** Structure -> the managing body that runs it. */
export async function managingBodies(db: Db): Promise<Map<StructureId, string>> {
  const { rows } = await sql<{ structure_id: StructureId; managing_body_id: string }>`select structure_id, managing_body_id from registry.current_structure where managing_body_id is not null`.execute(db);
  return new Map(rows.map((row) => [row.structure_id, row.managing_body_id]));
}
