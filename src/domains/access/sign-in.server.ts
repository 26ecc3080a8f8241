/** Signing in by address and password: few tries for one address, whatever comes at once, and a short line before the door. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { doorIsBusy, tooManyAttempts, wrongCredentials } from './errors.ts';
import { writeJournal } from './journal.server.ts';
import { LineIsFull, verifyPassword } from './password.server.ts';
import { openSession } from './sessions.server.ts';
import type { AccountId } from '../../kernel/identifier.ts';

const ATTEMPTS = 10;
const MINUTES = 15;
/** Characters of an address (RFC 5321, 4.5.3.1.3, without its angle brackets). */
const LONGEST_ADDRESS = 254;

/** Tries count for `MINUTES`; a try is kept before the password is looked at, so that many at once are not taken for none. Undefined when there were enough. */
async function reserve(db: Db, addressHash: string): Promise<string | undefined> {
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:${addressHash}`}, 0))`.execute(tx);
    await sql`delete from access.sign_in_attempt where at < now() - make_interval(mins => ${MINUTES})`.execute(tx);
    const { rows } = await sql<{ id: string }>`insert into access.sign_in_attempt (address_hash)
      select ${addressHash} where (select count(*) from access.sign_in_attempt where address_hash = ${addressHash}) < ${ATTEMPTS} returning id::text as id`.execute(tx);
    return rows[0]?.id;
  });
}

/**
 * Opens a session by address and password and returns its token. Ten tries within fifteen minutes close the address until the first of them is older. Refused when
 * too many people wait for their password to be looked at: each look holds 128 MB for a third of a second, on purpose.
 */
export async function signIn(db: Db, email: string, password: string): Promise<Result<string>> {
  const address = email.trim().toLowerCase();
  if (address.length > LONGEST_ADDRESS) return refuse(wrongCredentials);
  const addressHash = createHash('sha256').update(address).digest('base64url');
  const attempt = await reserve(db, addressHash);
  if (attempt === undefined) return refuse(tooManyAttempts);
  const { rows } = await sql<{ id: AccountId; password_hash: string | null }>`
    select id, password_hash from access.account where email = ${address} and closed_at is null`.execute(db);
  const account = rows[0];
  try {
    // The same work is done for an unknown address, so that time does not tell which addresses exist.
    const right = await verifyPassword(password, account?.password_hash ?? `131072$8$1$${'A'.repeat(24)}$${'A'.repeat(44)}`);
    if (!account?.password_hash || !right) {
      if (account) await writeJournal(db, { accountId: account.id, action: 'session.refused' });
      return refuse(wrongCredentials);
    }
  } catch (error) {
    if (!(error instanceof LineIsFull)) throw error;
    // nobody looked at the password: it was no try
    await sql`delete from access.sign_in_attempt where id = ${attempt}::bigint`.execute(db);
    return refuse(doorIsBusy);
  }
  await sql`delete from access.sign_in_attempt where address_hash = ${addressHash}`.execute(db);
  return ok(await openSession(db, account.id));
}
