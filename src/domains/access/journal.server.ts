/** The journal of accesses, append-only: who opened or did what, for which purpose. A structure can read the lines about itself. */
import { sql } from 'kysely';
import type { AccountId, StructureId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';

export interface JournalEntry {
  readonly accountId: AccountId | null;
  /** Dotted verb: `response.read`, `response.validate`, `tables.export`… */
  readonly action: string;
  readonly purpose?: string;
  readonly structureId?: StructureId;
  readonly territoryCode?: string;
  readonly campaignYear?: number;
  readonly detail?: { readonly [name: string]: unknown };
}

/** Writes one line, in the transaction of what it tells. */
export async function writeJournal(db: Db, entry: JournalEntry): Promise<void> {
  await sql`insert into access.journal (account_id, action, purpose, structure_id, territory_code, campaign_year, detail)
    values (${entry.accountId}, ${entry.action}, ${entry.purpose ?? null}, ${entry.structureId ?? null}, ${entry.territoryCode ?? null},
      ${entry.campaignYear ?? null}, ${JSON.stringify(entry.detail ?? {})}::jsonb)`.execute(db);
}

export interface JournalLine {
  readonly at: string;
  readonly name: string | null;
  readonly action: string;
  readonly purpose: string | null;
}

/** `limit` lines about a structure, newest first, after the first `offset`. */
export async function journalOf(db: Db, structureId: StructureId, limit = 50, offset = 0): Promise<JournalLine[]> {
  const { rows } = await sql<JournalLine>`select j.at, a.display_name as name, j.action, j.purpose
    from access.journal j left join access.account a on a.id = j.account_id
    where j.structure_id = ${structureId} order by j.at desc, j.id desc limit ${limit} offset ${offset}`.execute(db);
  return rows;
}
