/** Opening a collective session, inviting, closing: each act with its line in the journal and its letters, in one transaction. */
import { sql } from 'kysely';
import { type Actor, correspondentSide, namedWithSide, type Side } from '../../access/index.ts';
import { writeJournal } from '../../access/index.server.ts';
import type { PhaseState } from '../../campaign/index.ts';
import { peopleOfStructure, queueLetter } from '../../notification/index.server.ts';
import { formatDate } from '../../../kernel/french-date.ts';
import { newId, type StructureId } from '../../../kernel/identifier.ts';
import { ok, refuse, type Refusal, type Result } from '../../../kernel/result.ts';
import { type Db, inTransaction } from '../../../platform/database.server.ts';
import { onlyCorrespondent } from '../errors.ts';
import { centresToInvite } from './queries.server.ts';
import { onlyOpener, readSession, sessionOpen, sessionOver, type SessionRequest, whyNotInvite } from './rules.ts';

const unknownSession: Refusal = { code: 'unknown_session', message: 'Cette session n’existe pas, ou plus : revenez à la liste.' };

interface Ground {
  readonly ancestors: readonly string[];
  readonly phase: PhaseState;
}
/** The territory in the campaign; undefined when it takes no part. */
async function groundOf(tx: Db, year: number, territory: string): Promise<Ground | undefined> {
  const { rows } = await sql<Ground>`select coalesce(g.ancestors, array['FR', p.territory_code]) as ancestors, p.state as phase
    from campaign.territory_phase p left join registry.current_territory g on g.code = p.territory_code where p.campaign_year = ${year} and p.territory_code = ${territory}`.execute(tx);
  return rows[0];
}
const sideOver = (actor: Actor, ground: Ground | undefined): Side | undefined => ground && correspondentSide(actor, { structureId: '' as StructureId, ancestors: ground.ancestors });

interface Invitation {
  readonly sessionId: string;
  readonly year: number;
  readonly territory: string;
  readonly title: string;
  readonly heldOn: string;
}
/** Invites the chosen ones; each centre receives a letter. */
async function invite(tx: Db, actor: Actor, side: Side, session: Invitation, chosen: readonly string[]): Promise<Refusal | undefined> {
  const candidates = await centresToInvite(tx, session.year, session.territory, session.sessionId);
  const refused = whyNotInvite(chosen, new Set(candidates.map((c) => c.responseId)));
  if (refused) return refused;
  const { rows } = await sql<{ responseId: string; structureId: StructureId; structure: string }>`
    with invited as (insert into entry.group_session_centre (session_id, response_id, invited_by)
      select ${session.sessionId}, id::uuid, ${actor.accountId} from (select distinct jsonb_array_elements_text(${JSON.stringify(chosen)}::jsonb) as id) c returning response_id)
    select r.id as "responseId", r.structure_id as "structureId", coalesce(s.name, '') as structure from invited i join entry.response r on r.id = i.response_id
    left join registry.current_structure s on s.structure_id = r.structure_id`.execute(tx);
  for (const centre of rows) {
    const values = { year: session.year, structure: centre.structure, title: session.title, day: formatDate(session.heldOn), author: namedWithSide(actor.displayName, side) };
    // oxlint-disable-next-line no-await-in-loop -- the centres of one meeting
    await queueLetter(tx, { name: 'session-invited', topic: 'session', values, structureId: centre.structureId, campaignYear: session.year }, await peopleOfStructure(tx, centre.structureId));
    // oxlint-disable-next-line no-await-in-loop
    await writeJournal(tx, { accountId: actor.accountId, action: 'session.invite', structureId: centre.structureId, territoryCode: session.territory, campaignYear: session.year, detail: { sessionId: session.sessionId, responseId: centre.responseId } });
  }
  return undefined;
}

/** A refusal found once something was written: the transaction goes with it. */
class Undone extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** A correspondent opens a session for some centres of its territory. `today`: ISO day in Paris. */
export async function openGroupSession(db: Db, actor: Actor, given: SessionRequest & { readonly year: number; readonly territory: string; readonly centres: readonly string[] }, today: string): Promise<Result<{ sessionId: string }>> {
  try {
    return await inTransaction(db, async (tx): Promise<Result<{ sessionId: string }>> => {
      const ground = await groundOf(tx, given.year, given.territory);
      const side = sideOver(actor, ground);
      if (!ground || !side) return refuse(onlyCorrespondent);
      const read = readSession(given, ground.phase, today);
      if (!read.ok) return read;
      const sessionId = newId();
      await sql`insert into entry.group_session (id, campaign_year, territory_code, title, held_on, opened_by)
        values (${sessionId}, ${given.year}, ${given.territory}, ${read.value.title}, ${read.value.heldOn}, ${actor.accountId})`.execute(tx);
      await writeJournal(tx, { accountId: actor.accountId, action: 'session.open', territoryCode: given.territory, campaignYear: given.year, detail: { sessionId, title: read.value.title } });
      const refused = await invite(tx, actor, side, { sessionId, year: given.year, territory: given.territory, ...read.value }, given.centres);
      if (refused) throw new Undone(refused);
      return ok({ sessionId });
    });
  } catch (error) {
    if (error instanceof Undone) return refuse(error.refusal);
    throw error;
  }
}

interface Session extends Invitation {
  readonly openerId: string;
  readonly closedAt: string | null;
}
/** Locked: what is decided on it holds until the end of the transaction. */
async function sessionToMove(tx: Db, sessionId: string): Promise<Session | undefined> {
  const { rows } = await sql<Session>`select id as "sessionId", campaign_year as year, territory_code as territory, title, held_on as "heldOn", opened_by as "openerId", closed_at as "closedAt"
    from entry.group_session where id = ${sessionId} for update`.execute(tx);
  return rows[0];
}

/** Either correspondent of the territory invites more centres. */
export async function inviteToGroupSession(db: Db, actor: Actor, given: { readonly sessionId: string; readonly centres: readonly string[] }): Promise<Result<null>> {
  return inTransaction(db, async (tx): Promise<Result<null>> => {
    const session = await sessionToMove(tx, given.sessionId);
    if (!session) return refuse(unknownSession);
    const ground = await groundOf(tx, session.year, session.territory);
    const side = sideOver(actor, ground);
    if (!ground || !side) return refuse(onlyCorrespondent);
    if (!sessionOpen(session, ground.phase)) return refuse(sessionOver);
    const refused = await invite(tx, actor, side, session, given.centres);
    return refused ? refuse(refused) : ok(null);
  });
}

/** Its opener closes it; what was asked in it is still answered, and told. */
export async function closeGroupSession(db: Db, actor: Actor, sessionId: string): Promise<Result<null>> {
  return inTransaction(db, async (tx): Promise<Result<null>> => {
    const session = await sessionToMove(tx, sessionId);
    if (!session) return refuse(unknownSession);
    if (session.openerId !== actor.accountId) return refuse(onlyOpener);
    if (session.closedAt !== null) return refuse(sessionOver);
    await sql`update entry.group_session set closed_at = now() where id = ${sessionId}`.execute(tx);
    await writeJournal(tx, { accountId: actor.accountId, action: 'session.close', territoryCode: session.territory, campaignYear: session.year, detail: { sessionId } });
    return ok(null);
  });
}
