/** The end of a mandate: at once, its history kept. */
import { sql } from 'kysely';
import type { AccountId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { noSuchMandate } from './errors.ts';
import { writeJournal } from './journal.server.ts';
import type { Role } from './model.ts';

export interface MandateWanted {
  readonly email: string;
  readonly role: Role;
  /** Only those over this territory, or of this structure; all of the role when neither is given. */
  readonly territoryCode?: string;
  readonly structureId?: string;
}

/** Ends the mandates of an account in force today in a role; its sessions end too, so that the next request knows. Returns how many. `by`: null for the operator. */
export async function endMandates(db: Db, wanted: MandateWanted, by: AccountId | null): Promise<Result<number>> {
  return inTransaction(db, async (tx): Promise<Result<number>> => {
    const { rows } = await sql<{ account_id: AccountId; structure_id: string | null; territory_code: string | null }>`update access.mandate m set state = 'revoked', valid_to = current_date
      from access.account a where a.id = m.account_id and a.email = ${wanted.email.trim().toLowerCase()} and m.role = ${wanted.role} and m.state = 'active' and (m.valid_to is null or m.valid_to > current_date)
        and (${wanted.territoryCode ?? null}::text is null or m.territory_code = ${wanted.territoryCode ?? null}) and (${wanted.structureId ?? null}::uuid is null or m.structure_id = ${wanted.structureId ?? null}::uuid)
      returning m.account_id, m.structure_id, m.territory_code`.execute(tx);
    const [first] = rows;
    if (!first) return refuse(noSuchMandate);
    await sql`delete from access.session where account_id = ${first.account_id}`.execute(tx);
    for (const row of rows)
      // oxlint-disable-next-line no-await-in-loop -- a handful, on one connection
      await writeJournal(tx, { accountId: by, action: 'mandate.end', ...(row.structure_id ? { structureId: row.structure_id as never } : {}), ...(row.territory_code ? { territoryCode: row.territory_code } : {}), detail: { account: first.account_id, role: wanted.role } });
    return ok(rows.length);
  });
}
