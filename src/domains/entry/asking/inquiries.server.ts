/** Inquiries as they are read: whole by the centre and its correspondents, without the centre by the technical committee. */
import { sql } from 'kysely';
import type { Db } from '../../../platform/database.server.ts';
import type { Inquiry, Quoted } from './model.ts';

const iso = (at: string): string => new Date(at).toISOString();

const MESSAGES = sql`(select json_agg(json_build_object('act', m.act, 'author', a.display_name, 'voice', m.spoken_for, 'body', m.body, 'at', m.at) order by m.id)
  from entry.inquiry_message m join access.account a on a.id = m.author_id where m.inquiry_id = i.id)`;

/** All inquiries of the response `r` of a statement, oldest first, as JSON; its instants are made alike by `datedInquiries`. */
export const inquiriesJson = sql`(select json_agg(json_build_object('id', i.id, 'responseId', i.response_id, 'dataYear', i.data_year, 'key', i.question_key, 'quoted', i.quoted, 'aim', i.aim, 'state', i.state,
  'session', (select g.title from entry.group_session g where g.id = i.session_id), 'askedAt', i.asked_at, 'messages', ${MESSAGES}) order by i.asked_at, i.id) from entry.inquiry i where i.response_id = r.id)`;

export const datedInquiries = <T extends Inquiry>(list: readonly T[]): T[] => list.map((i) => ({ ...i, askedAt: iso(i.askedAt), messages: i.messages.map((m) => ({ ...m, at: iso(m.at) })) }));

export interface FollowedInquiry extends Inquiry {
  readonly structureName: string;
  readonly structureId: string;
}
/** All of a territory and a campaign, those that wait first. */
export async function inquiriesOfTerritory(db: Db, year: number, territory: string): Promise<FollowedInquiry[]> {
  const { rows } = await sql<FollowedInquiry>`
    select i.id, i.response_id as "responseId", i.data_year as "dataYear", i.question_key as key, i.quoted, i.aim, i.state, i.asked_at as "askedAt",
      s.name as "structureName", r.structure_id as "structureId", (select g.title from entry.group_session g where g.id = i.session_id) as session, ${MESSAGES} as messages
    from entry.inquiry i join entry.response r on r.id = i.response_id
    join registry.current_structure s on s.structure_id = r.structure_id
    where r.campaign_year = ${year} and r.territory_code = ${territory} order by i.asked_at, i.id`.execute(db);
  const all = datedInquiries(rows);
  const rank = (i: Inquiry): number => (i.state === 'open' ? 0 : i.state === 'relayed' ? 1 : 2);
  return all.toSorted((a, b) => rank(a) - rank(b) || (rank(a) === 2 ? b.askedAt.localeCompare(a.askedAt) : a.askedAt.localeCompare(b.askedAt)));
}

/** By territory, how many inquiries of a campaign wait for their correspondents. */
export async function openInquiryCounts(db: Db, year: number, territories: readonly string[]): Promise<{ readonly [territory: string]: number }> {
  const { rows } = await sql<{ territory: string; n: number }>`select r.territory_code as territory, count(*) as n from entry.inquiry i join entry.response r on r.id = i.response_id
    where i.state = 'open' and r.campaign_year = ${year} and r.territory_code in (select jsonb_array_elements_text(${JSON.stringify(territories)}::jsonb)) group by 1`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.territory, Number(row.n)]));
}

/** What the technical committee sees: the question as a correspondent relayed it, the kind of structure, the département; neither the centre nor its words. */
export interface RelayedInquiry {
  readonly id: string;
  readonly questionnaireYear: number;
  readonly key: string;
  readonly quoted: Quoted;
  readonly structureKind: string;
  readonly territory: string;
  readonly territoryName: string;
  readonly relayed: string;
  readonly relayedAt: string;
  readonly side: 'caf' | 'federation';
}
export async function relayedInquiries(db: Db): Promise<RelayedInquiry[]> {
  const { rows } = await sql<RelayedInquiry>`
    select i.id, c.questionnaire_year as "questionnaireYear", i.question_key as key, i.quoted, r.structure_kind as "structureKind", r.territory_code as territory,
      coalesce(t.name, r.territory_code) as "territoryName", m.body as relayed, m.at as "relayedAt", m.spoken_for as side
    from entry.inquiry i
    join entry.response r on r.id = i.response_id
    join campaign.campaign c on c.year = r.campaign_year
    left join registry.current_territory t on t.code = r.territory_code
    join lateral (select * from entry.inquiry_message m where m.inquiry_id = i.id and m.act = 'relay' order by m.id desc limit 1) m on true
    where i.state = 'relayed' order by m.id`.execute(db);
  return rows.map((row) => ({ ...row, relayedAt: iso(row.relayedAt) }));
}

export async function relayedCount(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from entry.inquiry where state = 'relayed'`.execute(db);
  return Number(rows[0]!.n);
}
