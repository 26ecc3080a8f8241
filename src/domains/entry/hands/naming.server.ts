/** Naming: the person in charge and the substitute by the direction, the agent of a managing body by a correspondent. An account that is there, or a new one that a letter invites. */
import { sql } from 'kysely';
import { type Actor, addressTaken, type Duty, DUTY_LABELS, mayNameAgent, mayNameHands, notAnAddress, readAddress, readName, ROLE_LABELS } from '../../access/index.ts';
import { agentOf, directionOf, giveAgency, giveDuty, INVITATION_DAYS, inviteAccount, writeJournal } from '../../access/index.server.ts';
import { queueLetter } from '../../notification/index.server.ts';
import type { Recipient } from '../../notification/index.ts';
import { structureAt } from '../../registry/index.server.ts';
import { formatDate, parisDay } from '../../../kernel/french-date.ts';
import { type AccountId, newId, type StructureId } from '../../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { type Db, inTransaction, refusedBy } from '../../../platform/database.server.ts';
import { alreadyAgent, alreadyThatHand, handNameNeeded, noManagingBody, onlyCorrespondentNames, onlyDirectorNames } from '../errors.ts';

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
  return bringIn(db, naming, async (tx, person) => {
    if ((await directionOf(tx, naming.structureId)).some((p) => p.accountId === person.accountId && p.duty === naming.duty)) return refuse(alreadyThatHand);
    const replaced = await giveDuty(tx, { structureId: naming.structureId, duty: naming.duty, accountId: person.accountId, by: actor.accountId });
    const { rows: names } = await sql<{ name: string }>`select name from registry.current_structure where structure_id = ${naming.structureId}`.execute(tx);
    const values = { structure: names[0]?.name ?? '', by: actor.displayName, duty: DUTY_LABELS[naming.duty] };
    const about = { topic: 'designation' as const, structureId: naming.structureId };
    if (person.known) await queueLetter(tx, { name: 'designation', ...about, values }, [person]);
    else await queueLetter(tx, { name: 'account-invitation', ...about, values: { ...values, until: invitationUntil() }, secret: linkOf(await inviteAccount(tx, person.accountId, actor.accountId)) }, [person]);
    if (replaced && replaced !== actor.accountId) await tellReplaced(tx, replaced, { name: 'relieved', ...about, values: { ...values, successor: person.displayName } });
    await writeJournal(tx, { accountId: actor.accountId, action: `hand.${naming.duty}`, purpose: person.displayName, structureId: naming.structureId, detail: { account: person.accountId, replaced } });
    return ok({ email: person.email });
  });
}

/** The same for the agent of the managing body that runs a structure, named by one of its correspondents (docs/guides/shared-facts.md). */
export async function nameAgent(db: Db, actor: Actor, naming: Omit<Naming, 'duty'>, linkOf: (token: string) => string): Promise<Result<{ readonly email: string }>> {
  const structure = await structureAt(db, naming.structureId);
  if (!structure || !mayNameAgent(actor, structure)) return refuse(onlyCorrespondentNames);
  const body = structure.managingBody;
  if (!body) return refuse(noManagingBody);
  return bringIn(db, naming, async (tx, person) => {
    // one naming of a body at a time
    await sql`select 1 from registry.managing_body where id = ${body.id} for update`.execute(tx);
    if ((await agentOf(tx, body.id))?.accountId === person.accountId) return refuse(alreadyAgent);
    const replaced = await giveAgency(tx, { managingBodyId: body.id, accountId: person.accountId, by: actor.accountId });
    const values = { body: body.name, by: actor.displayName };
    const about = { topic: 'designation' as const };
    if (person.known) await queueLetter(tx, { name: 'agent-designation', ...about, values }, [person]);
    else await queueLetter(tx, { name: 'agent-invitation', ...about, values: { ...values, until: invitationUntil() }, secret: linkOf(await inviteAccount(tx, person.accountId, actor.accountId)) }, [person]);
    if (replaced) await tellReplaced(tx, replaced, { name: 'relieved', ...about, values: { by: actor.displayName, structure: body.name, duty: ROLE_LABELS.managing_body_agent, successor: person.displayName } });
    await writeJournal(tx, { accountId: actor.accountId, action: 'managing_body.agent', purpose: person.displayName, structureId: naming.structureId, detail: { managingBody: body.id, account: person.accountId, replaced } });
    return ok({ email: person.email });
  });
}

/** Who is named: the account of an address, or a new one without password. */
interface NamedPerson extends Recipient {
  readonly accountId: AccountId;
  readonly known: boolean;
}

async function bringIn(db: Db, named: { readonly name: string; readonly email: string }, give: (tx: Db, person: NamedPerson) => Promise<Result<{ email: string }>>): Promise<Result<{ email: string }>> {
  const email = readAddress(named.email);
  if (!email) return refuse(notAnAddress);
  const name = readName(named.name);
  if (!name) return refuse(handNameNeeded);
  try {
    return await inTransaction(db, async (tx): Promise<Result<{ email: string }>> => {
      const { rows } = await sql<{ id: AccountId; display_name: string }>`select id, display_name from access.account where email = ${email} and closed_at is null`.execute(tx);
      const known = rows[0];
      if (known) return give(tx, { accountId: known.id, email, displayName: known.display_name, known: true });
      const accountId = newId<AccountId>();
      await sql`insert into access.account (id, email, display_name) values (${accountId}, ${email}, ${name})`.execute(tx);
      return give(tx, { accountId, email, displayName: name, known: false });
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
