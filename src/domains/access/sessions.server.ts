/** Sessions: a random token in a cookie, its hash in the database; who is behind it and what for, in one statement. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type AccountId, newId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { CHARTER_VERSION } from './charter.ts';
import { unknownPersona } from './errors.ts';
import type { Actor, Mandate, Part } from './model.ts';
import { PART_OF_ACCOUNT } from './part-sql.ts';
import { hashPassword } from './password.server.ts';

const SESSION_HOURS = 12;

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The person behind a session token, with the mandates active today; undefined when the session is unknown or over. */
export async function findActor(db: Db, token: string): Promise<Actor | undefined> {
  const { rows } = await sql<{ id: AccountId; display_name: string; email: string; persona: string | null; accepted: boolean; mandates: Mandate[]; part: Part | null }>`
    select a.id, a.display_name, a.email, a.persona,
      exists (select 1 from access.charter_acceptance c where c.account_id = a.id and c.charter_version = ${CHARTER_VERSION}) as accepted,
      coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'structureId', m.structure_id, 'territoryCode', m.territory_code,
          'institutionId', m.institution_id, 'managingBodyId', m.managing_body_id, 'duty', m.duty,
          -- a correspondent stands for its side even when its institution is not in the register
          'side', coalesce(i.side, case m.role when 'caf_correspondent' then 'caf' when 'federation_correspondent' then 'federation' end)) order by m.id)
        from access.active_mandate m left join registry.institution i on i.id = m.institution_id
        where m.account_id = a.id), '[]') as mandates, ${sql.raw(PART_OF_ACCOUNT)} as part
    from access.session s join access.account a on a.id = s.account_id
    where s.token_hash = ${hashToken(token)} and s.expires_at > now() and a.closed_at is null`.execute(db);
  const row = rows[0];
  return row && { accountId: row.id, displayName: row.display_name, email: row.email, persona: row.persona, mandates: row.mandates, charterAccepted: row.accepted, part: row.part };
}

/** A token that nobody can guess: 256 bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export async function openSession(db: Db, accountId: string): Promise<string> {
  const token = newToken();
  await sql`insert into access.session (token_hash, account_id, expires_at)
    values (${hashToken(token)}, ${accountId}, now() + make_interval(hours => ${SESSION_HOURS}))`.execute(db);
  return token;
}

/** One click, in demonstration only: the account must be a persona and the database marked demonstration. */
export async function signInAsPersona(db: Db, persona: string): Promise<Result<string>> {
  const { rows } = await sql<{ id: string }>`select a.id from access.account a, platform.installation i
    where a.persona = ${persona} and a.closed_at is null and i.demonstration`.execute(db);
  return rows[0] ? ok(await openSession(db, rows[0].id)) : refuse(unknownPersona);
}

export async function signOut(db: Db, token: string): Promise<void> {
  await sql`delete from access.session where token_hash = ${hashToken(token)}`.execute(db);
}

/** Deletes the sessions that are over and returns how many: nothing of them is of use, and who was there when is in the journal. */
export async function forgetEndedSessions(db: Db): Promise<number> {
  const { numAffectedRows } = await sql`delete from access.session where expires_at <= now()`.execute(db);
  return Number(numAffectedRows ?? 0);
}

export interface Persona {
  readonly persona: string;
  readonly displayName: string;
  readonly line: string;
}

export async function listPersonas(db: Db): Promise<Persona[]> {
  const { rows } = await sql<Persona>`select persona, display_name as "displayName", coalesce(persona_line, '') as line
    from access.account where persona is not null and closed_at is null order by persona_rank, display_name`.execute(db);
  return rows;
}

/** Charter article 1.1: every user accepts the version in force; recorded with its time. */
export async function acceptCharter(db: Db, accountId: AccountId): Promise<void> {
  await sql`insert into access.charter_acceptance (account_id, charter_version) values (${accountId}, ${CHARTER_VERSION}) on conflict do nothing`.execute(db);
}

export interface NewAccount {
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
  readonly mandate: { readonly role: string; readonly structureId?: string; readonly territoryCode?: string; readonly institutionId?: string };
}

/** An account and its first mandate. The address must be free (`account_email_key`). */
export async function createAccount(db: Db, account: NewAccount): Promise<AccountId> {
  const id = newId<AccountId>();
  const hash = await hashPassword(account.password);
  await inTransaction(db, async (tx) => {
    await sql`insert into access.account (id, email, display_name, password_hash) values (${id}, ${account.email.trim().toLowerCase()}, ${account.displayName}, ${hash})`.execute(tx);
    await sql`insert into access.mandate (id, account_id, role, structure_id, territory_code, institution_id, valid_from)
      values (${newId()}, ${id}, ${account.mandate.role}, ${account.mandate.structureId ?? null}, ${account.mandate.territoryCode ?? null},
        ${account.mandate.institutionId ?? null}, current_date)`.execute(tx);
  });
  return id;
}
