/** The direction names the person in charge or the substitute: an account that is there, or a new one that a letter invites. */
import { sql } from 'kysely';
import { type Actor, addressTaken, type Duty, DUTY_LABELS, mayNameHands, notAnAddress, readAddress, readName } from '../../access/index.ts';
import { giveDuty, INVITATION_DAYS, inviteAccount, writeJournal } from '../../access/index.server.ts';
import { queueLetter } from '../../notification/index.server.ts';
import type { Recipient } from '../../notification/index.ts';
import { formatDate, parisDay } from '../../../kernel/french-date.ts';
import { type AccountId, newId, type StructureId } from '../../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { type Db, inTransaction, refusedBy } from '../../../platform/database.server.ts';
import { alreadyThatHand, handNameNeeded, onlyDirectorNames } from '../errors.ts';

export interface Naming {
  readonly structureId: StructureId;
  readonly duty: Duty;
  readonly name: string;
  readonly email: string;
}

/** Day until which an invitation written now opens, in words. */
export const invitationUntil = (): string => formatDate(parisDay(new Date(Date.now() + INVITATION_DAYS * 86_400_000)));

/** Names somebody; whoever had the duty has it no more, and both are written to. `linkOf`: the address that a token opens. */
export async function nameHand(db: Db, actor: Actor, naming: Naming, linkOf: (token: string) => string): Promise<Result<{ readonly email: string }>> {
  if (!mayNameHands(actor, naming.structureId)) return refuse(onlyDirectorNames);
  const email = readAddress(naming.email);
  if (!email) return refuse(notAnAddress);
  const name = readName(naming.name);
  if (!name) return refuse(handNameNeeded);
  try {
    return await inTransaction(db, async (tx): Promise<Result<{ email: string }>> => {
      const { rows } = await sql<{ id: AccountId; display_name: string; held: boolean }>`select a.id, a.display_name,
          exists (select from access.active_mandate m where m.account_id = a.id and m.structure_id = ${naming.structureId} and m.duty = ${naming.duty}) as held
        from access.account a where a.email = ${email} and a.closed_at is null`.execute(tx);
      const known = rows[0];
      if (known?.held) return refuse(alreadyThatHand);
      const accountId = known?.id ?? newId<AccountId>();
      if (!known) await sql`insert into access.account (id, email, display_name) values (${accountId}, ${email}, ${name})`.execute(tx);
      const replaced = await giveDuty(tx, { structureId: naming.structureId, duty: naming.duty, accountId, by: actor.accountId });
      const { rows: names } = await sql<{ name: string }>`select name from registry.current_structure where structure_id = ${naming.structureId}`.execute(tx);
      const values = { structure: names[0]?.name ?? '', by: actor.displayName, duty: DUTY_LABELS[naming.duty] };
      const person: Recipient = { accountId, email, displayName: known?.display_name ?? name };
      const about = { topic: 'designation' as const, structureId: naming.structureId };
      if (known) await queueLetter(tx, { name: 'designation', ...about, values }, [person]);
      else await queueLetter(tx, { name: 'account-invitation', ...about, values: { ...values, until: invitationUntil() }, secret: linkOf(await inviteAccount(tx, accountId, actor.accountId)) }, [person]);
      if (replaced && replaced !== actor.accountId) await tellReplaced(tx, replaced, { name: 'relieved', ...about, values: { ...values, successor: person.displayName } });
      await writeJournal(tx, { accountId: actor.accountId, action: `hand.${naming.duty}`, purpose: person.displayName, structureId: naming.structureId, detail: { account: accountId, replaced } });
      return ok({ email });
    });
  } catch (error) {
    // an address that was closed, or taken meanwhile; the account of a link
    if (['account_email_key', 'link_has_no_mandate'].includes(refusedBy(error) ?? '')) return refuse(addressTaken);
    throw error;
  }
}

async function tellReplaced(tx: Db, accountId: AccountId, letter: Parameters<typeof queueLetter>[1]): Promise<void> {
  const { rows } = await sql<{ email: string; display_name: string }>`select email, display_name from access.account where id = ${accountId} and closed_at is null`.execute(tx);
  await queueLetter(tx, letter, rows.map((row) => ({ accountId, email: row.email, displayName: row.display_name })));
}
