/** Links that give a part of a response, as they are kept: their token only as a hash, each with an account made for it. */
import { sql } from 'kysely';
import { type AccountId, newId, type StructureId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { acceptCharter, hashToken, newToken, openSession } from './sessions.server.ts';
import { linkIsOver, nameNeeded } from './errors.ts';
import { readName } from './given-name.ts';
import { writeJournal } from './journal.server.ts';
import type { Part } from './model.ts';

export interface NewPart extends Omit<Part, 'linkId'> {
  readonly forWhom: string;
  readonly givenBy: AccountId;
}

const textArray = (list: readonly string[]) => sql`array(select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`;

/** Makes a link and its account, and returns the token: the only time that it can be read. Give it a transaction. */
export async function makePart(tx: Db, part: NewPart): Promise<{ readonly linkId: string; readonly token: string }> {
  const [linkId, accountId, token] = [newId(), newId<AccountId>(), newToken()];
  // No address: nothing is ever sent there, and `.invalid` exists nowhere (RFC 2606).
  await sql`insert into access.account (id, email, display_name) values (${accountId}, ${`lien-${linkId}@sans-adresse.invalid`}, ${part.forWhom})`.execute(tx);
  await sql`insert into access.part_link (id, token_hash, account_id, structure_id, campaign_year, for_whom, rubrics, data_years, keys, last_day, given_by)
    values (${linkId}, ${hashToken(token)}, ${accountId}, ${part.structureId}, ${part.campaignYear}, ${part.forWhom}, ${textArray(part.rubrics)},
      array(select jsonb_array_elements_text(${JSON.stringify(part.dataYears)}::jsonb)::int), ${textArray(part.keys)}, ${part.lastDay}, ${part.givenBy})`.execute(tx);
  await writeJournal(tx, { accountId: part.givenBy, action: 'part.give', purpose: part.forWhom, structureId: part.structureId, campaignYear: part.campaignYear, detail: { link: linkId, rubrics: part.rubrics, lastDay: part.lastDay } });
  return { linkId, token };
}

/** What somebody who holds a link is told before opening it. */
export interface FoundPart {
  readonly linkId: string;
  readonly accountId: AccountId;
  readonly structureId: StructureId;
  readonly structureName: string;
  readonly campaignYear: number;
  readonly rubrics: readonly string[];
  readonly lastDay: string;
  readonly givenBy: string;
  readonly forWhom: string;
  /** The name given at the first opening; null before. */
  readonly name: string | null;
}

/** The link behind a token, while it lasts; undefined for one that is unknown, over or revoked: nothing tells them apart. */
export async function findPart(db: Db, token: string): Promise<FoundPart | undefined> {
  const { rows } = await sql<FoundPart>`
    select l.id as "linkId", l.account_id as "accountId", l.structure_id as "structureId", coalesce(s.name, '') as "structureName", l.campaign_year as "campaignYear",
      l.rubrics, l.last_day as "lastDay", g.display_name as "givenBy", l.for_whom as "forWhom", case when l.opened_at is not null then a.display_name end as name
    from access.active_part l join access.account a on a.id = l.account_id and a.closed_at is null join access.account g on g.id = l.given_by
    left join registry.current_structure s on s.structure_id = l.structure_id
    where l.token_hash = ${hashToken(token)}`.execute(db);
  return rows[0];
}

/** Opens a session of the link: under the name given now when it is opened for the first time, under the one given then later on. Returns the session's token. */
export async function openPart(db: Db, token: string, name: string): Promise<Result<string>> {
  return inTransaction(db, async (tx): Promise<Result<string>> => {
    // Two first openings at once: the second finds the name of the first.
    await sql`select from access.part_link where token_hash = ${hashToken(token)} for update`.execute(tx);
    const part = await findPart(tx, token);
    if (!part) return refuse(linkIsOver);
    if (part.name === null) {
      const given = readName(name);
      if (!given) return refuse(nameNeeded);
      await sql`update access.account set display_name = ${given} where id = ${part.accountId}`.execute(tx);
      await sql`update access.part_link set opened_at = now() where id = ${part.linkId}`.execute(tx);
      await acceptCharter(tx, part.accountId);
      await writeJournal(tx, { accountId: part.accountId, action: 'part.open', purpose: part.forWhom, structureId: part.structureId, campaignYear: part.campaignYear, detail: { link: part.linkId } });
    }
    return ok(await openSession(tx, part.accountId));
  });
}

/** Ends a link of a structure: its account is closed, its sessions are gone. False when there is none to end. Give it a transaction. */
export async function endPart(tx: Db, end: { readonly linkId: string; readonly structureId: StructureId; readonly by: AccountId }): Promise<boolean> {
  const { rows } = await sql<{ account_id: AccountId; campaign_year: number; for_whom: string }>`update access.part_link set revoked_at = now(), revoked_by = ${end.by}
    where id = ${end.linkId} and structure_id = ${end.structureId} and revoked_at is null returning account_id, campaign_year, for_whom`.execute(tx);
  const [row] = rows;
  if (!row) return false;
  await sql`update access.account set closed_at = now() where id = ${row.account_id}`.execute(tx);
  await sql`delete from access.session where account_id = ${row.account_id}`.execute(tx);
  await writeJournal(tx, { accountId: end.by, action: 'part.revoke', purpose: row.for_whom, structureId: end.structureId, campaignYear: row.campaign_year, detail: { link: end.linkId } });
  return true;
}

/** A link as those who may submit see it. */
export interface GivenPart {
  readonly linkId: string;
  readonly accountId: AccountId;
  readonly forWhom: string;
  /** Given at the first opening. */
  readonly name: string | null;
  readonly rubrics: readonly string[];
  readonly dataYears: readonly number[];
  readonly lastDay: string;
  readonly givenBy: string;
  readonly openedAt: string | null;
  readonly state: 'active' | 'over' | 'revoked';
}

/** The links given for one response, latest first. */
export async function partsOf(db: Db, response: { readonly structureId: StructureId; readonly campaignYear: number }): Promise<GivenPart[]> {
  const { rows } = await sql<GivenPart>`
    select l.id as "linkId", l.account_id as "accountId", l.for_whom as "forWhom", case when l.opened_at is not null then a.display_name end as name, l.rubrics, l.data_years as "dataYears",
      l.last_day as "lastDay", g.display_name as "givenBy", l.opened_at as "openedAt",
      case when l.revoked_at is not null then 'revoked' when l.last_day < current_date then 'over' else 'active' end as state
    from access.part_link l join access.account a on a.id = l.account_id join access.account g on g.id = l.given_by
    where l.structure_id = ${response.structureId} and l.campaign_year = ${response.campaignYear} order by l.given_at desc`.execute(db);
  return rows;
}
