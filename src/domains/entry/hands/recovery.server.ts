/** A lost mailbox: a correspondent gives the account another address; the old one and its sessions open nothing more, and everyone concerned is told. */
import { sql } from 'kysely';
import { type Actor, addressTaken, mayRecover, notAnAddress, readAddress } from '../../access/index.ts';
import { inviteAccount, writeJournal } from '../../access/index.server.ts';
import { correspondentsOver, queueLetter } from '../../notification/index.server.ts';
import type { AccountId, StructureId } from '../../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { type Db, inTransaction, refusedBy } from '../../../platform/database.server.ts';
import { notYoursToRecover } from '../errors.ts';
import { invitationUntil } from './naming.server.ts';

export interface Recovery {
  readonly structureId: StructureId;
  readonly accountId: AccountId;
  /** The new address. */
  readonly email: string;
}

interface Row {
  readonly email: string;
  readonly display_name: string;
  /** One line for each mandate of today: its structure, if it is over one, and the territories that contain it. */
  readonly mandates: readonly { readonly structureId: StructureId | null; readonly ancestors: readonly string[] | null }[] | null;
}

/** Refused for an account that does anything elsewhere than in the structures that the correspondent follows. */
export async function recoverMailbox(db: Db, actor: Actor, given: Recovery, linkOf: (token: string) => string): Promise<Result<{ readonly email: string }>> {
  const email = readAddress(given.email);
  if (!email) return refuse(notAnAddress);
  try {
    return await inTransaction(db, async (tx): Promise<Result<{ email: string }>> => {
      const { rows } = await sql<Row>`
        select a.email, a.display_name, (select json_agg(json_build_object('structureId', m.structure_id, 'ancestors', t.ancestors))
            from access.active_mandate m left join registry.current_structure s on s.structure_id = m.structure_id
            left join registry.current_territory t on t.code = s.department_code where m.account_id = a.id) as mandates
        from access.account a where a.id = ${given.accountId} and a.closed_at is null for update of a`.execute(tx);
      const account = rows[0];
      const mandates = account?.mandates ?? [];
      const places = mandates.flatMap((m) => (m.structureId && m.ancestors ? [{ structureId: m.structureId, ancestors: m.ancestors }] : []));
      const here = places.find((place) => place.structureId === given.structureId);
      if (!account || !here || !mayRecover(actor, mandates, places)) return refuse(notYoursToRecover);
      await sql`update access.account set email = ${email}, password_hash = null where id = ${given.accountId}`.execute(tx);
      await sql`delete from access.session where account_id = ${given.accountId}`.execute(tx);
      const { rows: names } = await sql<{ name: string }>`select name from registry.current_structure where structure_id = ${given.structureId}`.execute(tx);
      const values = { structure: names[0]?.name ?? '', by: actor.displayName };
      const about = { topic: 'mailbox' as const, structureId: given.structureId };
      const secret = linkOf(await inviteAccount(tx, given.accountId, actor.accountId));
      await queueLetter(tx, { name: 'mailbox-invitation', ...about, values: { ...values, until: invitationUntil() }, secret }, [{ accountId: given.accountId, email, displayName: account.display_name }]);
      // Both correspondents, and the old address, where somebody else may be reading.
      const told = [...(await correspondentsOver(tx, here.ancestors)), { accountId: null, email: account.email, displayName: account.display_name }];
      await queueLetter(tx, { name: 'mailbox-recovered', ...about, values: { ...values, whose: account.display_name, address: email } }, told);
      await writeJournal(tx, { accountId: actor.accountId, action: 'account.address', purpose: account.display_name, structureId: given.structureId, detail: { account: given.accountId, from: account.email, to: email } });
      return ok({ email });
    });
  } catch (error) {
    if (refusedBy(error) === 'account_email_key') return refuse(addressTaken);
    throw error;
  }
}
