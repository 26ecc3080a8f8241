/** Who receives: the people mandated today by a structure, or for a territory. */
import { sql } from 'kysely';
import type { AccountId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import type { Recipient } from './model.ts';

interface Row { readonly id: AccountId; readonly email: string; readonly display_name: string }
const toRecipient = (row: Row): Recipient => ({ accountId: row.id, email: row.email, displayName: row.display_name });

/** Directors and contributors of a structure (its own people only). */
export async function peopleOfStructure(tx: Db, structureId: string): Promise<Recipient[]> {
  const { rows } = await sql<Row>`
    select distinct a.id, a.email, a.display_name from access.mandate m join access.account a on a.id = m.account_id
    where m.structure_id = ${structureId} and m.role in ('director', 'contributor') and m.state = 'active' and a.closed_at is null
      and m.valid_from <= current_date and (m.valid_to is null or m.valid_to > current_date)`.execute(tx);
  return rows.map(toRecipient);
}

/** Correspondents whose territory contains the one given by its ancestors; of one side, or of both. */
export async function correspondentsOver(tx: Db, ancestors: readonly string[], side?: 'caf' | 'federation', except?: string): Promise<Recipient[]> {
  const roles = side ? [`${side}_correspondent`] : ['caf_correspondent', 'federation_correspondent'];
  const { rows } = await sql<Row>`
    select distinct a.id, a.email, a.display_name from access.mandate m join access.account a on a.id = m.account_id
    where m.territory_code in (select jsonb_array_elements_text(${JSON.stringify(ancestors)}::jsonb))
      and m.role in (select jsonb_array_elements_text(${JSON.stringify(roles)}::jsonb))
      and m.state = 'active' and a.closed_at is null and a.id is distinct from ${except ?? null}::uuid
      and m.valid_from <= current_date and (m.valid_to is null or m.valid_to > current_date)`.execute(tx);
  return rows.map(toRecipient);
}

/** People who hold a role over that very territory. */
export async function peopleInOffice(tx: Db, role: string, territory: string): Promise<Recipient[]> {
  const { rows } = await sql<Row>`
    select distinct a.id, a.email, a.display_name from access.mandate m join access.account a on a.id = m.account_id
    where m.territory_code = ${territory} and m.role = ${role} and m.state = 'active' and a.closed_at is null
      and m.valid_from <= current_date and (m.valid_to is null or m.valid_to > current_date)`.execute(tx);
  return rows.map(toRecipient);
}
