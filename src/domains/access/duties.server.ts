/** The two people named by a direction, as they are kept: one of each, replaced in one gesture. */
import { sql } from 'kysely';
import { type AccountId, newId, type StructureId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import type { Duty } from './model.ts';

export interface DirectionPerson {
  readonly accountId: AccountId;
  readonly name: string;
  readonly email: string;
  /** null: the direction itself, named by nobody of the structure. */
  readonly duty: Duty | null;
  /** Has chosen a password. */
  readonly opened: boolean;
}

/** Everyone who answers for a structure today, the person in charge first, then the substitute. */
export async function directionOf(db: Db, structureId: StructureId): Promise<DirectionPerson[]> {
  const { rows } = await sql<DirectionPerson>`
    select a.id as "accountId", a.display_name as name, a.email, m.duty, a.password_hash is not null or a.persona is not null as opened
    from access.active_mandate m join access.account a on a.id = m.account_id and a.closed_at is null
    where m.structure_id = ${structureId} and m.role = 'director'
    order by case m.duty when 'in_charge' then 0 when 'substitute' then 1 else 2 end, a.display_name`.execute(db);
  return rows;
}

/** Gives a duty to an account and ends the mandate of whoever had it, who is returned. Give it a transaction. */
export async function giveDuty(tx: Db, given: { readonly structureId: StructureId; readonly duty: Duty; readonly accountId: AccountId; readonly by: AccountId }): Promise<AccountId | null> {
  // Whoever takes one duty leaves the other: they are two people.
  const { rows } = await sql<{ account_id: AccountId; duty: Duty }>`update access.mandate set state = 'revoked', valid_to = current_date
    where structure_id = ${given.structureId} and (duty = ${given.duty} or (duty is not null and account_id = ${given.accountId})) and state = 'active' and valid_to is null
    returning account_id, duty`.execute(tx);
  await sql`insert into access.mandate (id, account_id, role, structure_id, duty, valid_from, granted_by)
    values (${newId()}, ${given.accountId}, 'director', ${given.structureId}, ${given.duty}, current_date, ${given.by})`.execute(tx);
  return rows.find((row) => row.duty === given.duty)?.account_id ?? null;
}

/** Who gives facts for a managing body today, if anybody. */
export async function agentOf(db: Db, managingBodyId: string): Promise<Pick<DirectionPerson, 'accountId' | 'name' | 'email' | 'opened'> | undefined> {
  const { rows } = await sql<Pick<DirectionPerson, 'accountId' | 'name' | 'email' | 'opened'>>`
    select a.id as "accountId", a.display_name as name, a.email, a.password_hash is not null or a.persona is not null as opened
    from access.active_mandate m join access.account a on a.id = m.account_id and a.closed_at is null where m.managing_body_id = ${managingBodyId}`.execute(db);
  return rows[0];
}

/** Makes an account the agent of a managing body and ends the mandate of whoever was, who is returned. Give it a transaction. */
export async function giveAgency(tx: Db, given: { readonly managingBodyId: string; readonly accountId: AccountId; readonly by: AccountId }): Promise<AccountId | null> {
  const { rows } = await sql<{ account_id: AccountId }>`update access.mandate set state = 'revoked', valid_to = current_date
    where managing_body_id = ${given.managingBodyId} and state = 'active' and valid_to is null returning account_id`.execute(tx);
  await sql`insert into access.mandate (id, account_id, role, managing_body_id, valid_from, granted_by)
    values (${newId()}, ${given.accountId}, 'managing_body_agent', ${given.managingBodyId}, current_date, ${given.by})`.execute(tx);
  return rows[0]?.account_id ?? null;
}
