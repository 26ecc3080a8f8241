/** Letters that let their reader choose a password, once: for a new account, or one whose mailbox was lost. */
import { sql } from 'kysely';
import { type AccountId, newId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { doorIsBusy, invitationIsOver, passwordTooShort } from './errors.ts';
import { writeJournal } from './journal.server.ts';
import { hashPassword, LineIsFull } from './password.server.ts';
import { SHORTEST_PASSWORD } from './password.ts';
import { hashToken, newToken, openSession } from './sessions.server.ts';

/** Days during which a letter opens. */
export const INVITATION_DAYS = 14;

/** A new invitation of an account, in the place of any earlier one. Returns the token, for the letter and nothing else. Give it a transaction. */
export async function inviteAccount(tx: Db, accountId: AccountId, by: AccountId): Promise<string> {
  const token = newToken();
  await sql`update access.account_invitation set replaced_at = now() where account_id = ${accountId} and used_at is null and replaced_at is null`.execute(tx);
  await sql`insert into access.account_invitation (id, token_hash, account_id, invited_by, expires_at)
    values (${newId()}, ${hashToken(token)}, ${accountId}, ${by}, now() + make_interval(days => ${INVITATION_DAYS}))`.execute(tx);
  return token;
}

export interface FoundInvitation {
  readonly id: string;
  readonly accountId: AccountId;
  readonly name: string;
  readonly email: string;
}

/** The invitation behind a token while it may serve. */
export async function findInvitation(db: Db, token: string): Promise<FoundInvitation | undefined> {
  const { rows } = await sql<FoundInvitation>`select i.id, a.id as "accountId", a.display_name as name, a.email from access.account_invitation i
    join access.account a on a.id = i.account_id and a.closed_at is null
    where i.token_hash = ${hashToken(token)} and i.used_at is null and i.replaced_at is null and i.expires_at > now()`.execute(db);
  return rows[0];
}

/** Sets the password and opens a session, whose token is returned; the invitation serves no more. */
export async function acceptInvitation(db: Db, token: string, password: string): Promise<Result<string>> {
  if (!(await findInvitation(db, token))) return refuse(invitationIsOver);
  if (password.length < SHORTEST_PASSWORD) return refuse(passwordTooShort);
  const hash = await hashPassword(password).catch((error: unknown) => {
    if (error instanceof LineIsFull) return undefined;
    throw error;
  });
  if (hash === undefined) return refuse(doorIsBusy);
  return inTransaction(db, async (tx): Promise<Result<string>> => {
    const { rows } = await sql<{ account_id: AccountId }>`update access.account_invitation set used_at = now()
      where token_hash = ${hashToken(token)} and used_at is null and replaced_at is null and expires_at > now() returning account_id`.execute(tx);
    const [row] = rows;
    if (!row) return refuse(invitationIsOver);
    await sql`update access.account set password_hash = ${hash} where id = ${row.account_id}`.execute(tx);
    await sql`delete from access.session where account_id = ${row.account_id}`.execute(tx);
    await writeJournal(tx, { accountId: row.account_id, action: 'account.password' });
    return ok(await openSession(tx, row.account_id));
  });
}
