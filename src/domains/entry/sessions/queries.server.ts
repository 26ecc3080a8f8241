/** Reading sessions: of a territory, for its correspondents; of a response, for its centre; what was told in them. */
import { sql } from 'kysely';
import type { Db } from '../../../platform/database.server.ts';
import type { GroupSession, SessionCentre, ToldAnswer } from './model.ts';
import { mayBeInvited } from './rules.ts';

const SESSION = sql`g.id, g.title, g.held_on as "heldOn", a.display_name as "openedBy", g.closed_at as "closedAt"`;
const iso = (at: string): string => new Date(at).toISOString();

export interface ListedSession extends GroupSession {
  readonly centres: number;
  /** Inquiries asked in it that wait for the correspondents. */
  readonly waiting: number;
}
/** Latest day first. */
export async function sessionsOfTerritory(db: Db, year: number, territory: string): Promise<ListedSession[]> {
  const { rows } = await sql<ListedSession>`select ${SESSION}, (select count(*) from entry.group_session_centre c where c.session_id = g.id) as centres,
      (select count(*) from entry.inquiry i where i.session_id = g.id and i.state = 'open') as waiting
    from entry.group_session g join access.account a on a.id = g.opened_by
    where g.campaign_year = ${year} and g.territory_code = ${territory} order by g.held_on desc, g.opened_at desc`.execute(db);
  return rows;
}

export interface SessionView extends GroupSession {
  readonly year: number;
  readonly territory: string;
  readonly openerId: string;
  readonly centres: readonly SessionCentre[];
}
const CENTRE = sql`r.id as "responseId", coalesce(s.name, '') as "structureName", k.name as "communeName", r.state, r.required_count as required, r.answered_count as answered`;
const CENTRE_NAMES = sql`left join registry.current_structure s on s.structure_id = r.structure_id left join registry.current_territory k on k.code = s.commune_code`;

export async function readSessionView(db: Db, sessionId: string): Promise<SessionView | undefined> {
  const { rows } = await sql<Omit<SessionView, 'centres'>>`select ${SESSION}, g.campaign_year as year, g.territory_code as territory, g.opened_by as "openerId"
    from entry.group_session g join access.account a on a.id = g.opened_by where g.id = ${sessionId}`.execute(db);
  if (!rows[0]) return undefined;
  const { rows: centres } = await sql<SessionCentre>`select ${CENTRE} from entry.group_session_centre c join entry.response r on r.id = c.response_id ${CENTRE_NAMES}
    where c.session_id = ${sessionId} order by s.name collate "und-x-icu", r.id`.execute(db);
  return { ...rows[0], centres };
}

/** Responses of a territory that are being entered, which a session may invite; those of `but` are there already. */
export async function centresToInvite(db: Db, year: number, territory: string, but?: string): Promise<SessionCentre[]> {
  const { rows } = await sql<SessionCentre>`select ${CENTRE} from entry.response r ${CENTRE_NAMES}
    where r.campaign_year = ${year} and r.territory_code = ${territory}
      and not exists (select from entry.group_session_centre c where c.response_id = r.id and c.session_id = ${but ?? null}::uuid)
    order by s.name collate "und-x-icu", r.id`.execute(db);
  return rows.filter((centre) => mayBeInvited(centre.state));
}

/** Sessions to which a response is invited, latest day first. */
export async function sessionsOfResponse(db: Db, responseId: string): Promise<GroupSession[]> {
  const { rows } = await sql<GroupSession>`select ${SESSION} from entry.group_session_centre c join entry.group_session g on g.id = c.session_id join access.account a on a.id = g.opened_by
    where c.response_id = ${responseId} order by g.held_on desc, g.opened_at desc`.execute(db);
  return rows;
}

/** What was told in these sessions, latest first. */
export async function toldIn(db: Db, sessionIds: readonly string[]): Promise<ToldAnswer[]> {
  const { rows } = await sql<ToldAnswer>`
    select i.session_id as "sessionId", i.data_year as "dataYear", i.quoted, t.asked, m.body as answer, a.display_name as author, m.spoken_for as voice, m.at
    from entry.group_session_answer t join entry.inquiry_message m on m.id = t.message_id join entry.inquiry i on i.id = m.inquiry_id join access.account a on a.id = m.author_id
    where i.session_id in (select jsonb_array_elements_text(${JSON.stringify(sessionIds)}::jsonb)::uuid) order by m.id desc`.execute(db);
  return rows.map((row) => ({ ...row, at: iso(row.at) }));
}
