/** Who fills a response: what each gave, the parts given by link, their giving and their end. */
import { sql } from 'kysely';
import { type Actor, type Duty, maySubmit } from '../../access/index.ts';
import { endPart, makePart } from '../../access/index.server.ts';
import { loadVersion } from '../../questionnaire/index.server.ts';
import type { AccountId, ResponseId, StructureId } from '../../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { type Db, inTransaction } from '../../../platform/database.server.ts';
import { linkAlreadyOver, onlyDirector, unknownResponse } from '../errors.ts';
import { type PartRequest, readPartRequest } from './part-request.ts';

/** A person who fills, or may fill, a response. */
export interface Hand {
  readonly accountId: AccountId;
  readonly name: string;
  readonly as: 'direction' | 'contributor' | 'guest' | 'caf' | 'federation' | 'other';
  /** Of a direction that was named. */
  readonly duty: Duty | null;
  /** Questions answered (a data year counts for one). */
  readonly answers: number;
  /** ISO 8601, UTC; null: nothing given yet. */
  readonly lastAt: string | null;
}

/** The structure's people, the guests by link who came, and whoever else gave an answer that was kept, in that order. */
export async function handsOf(db: Db, responseId: ResponseId): Promise<Hand[]> {
  const { rows } = await sql<Hand>`
    with given as (
      select h.author_id, count(distinct (h.data_year, h.question_key))::int as answers, max(h.at) as last_at,
        bool_or(h.source = 'caf') as caf, bool_or(h.source = 'federation') as federation
      from entry.answer_history h where h.response_id = ${responseId} and h.author_id is not null and h.question_key <> '*' group by h.author_id),
    people as (
      select m.account_id, case when bool_or(m.role = 'director') then 'direction' else 'contributor' end as capacity, min(m.duty) as duty
      from entry.response r join access.active_mandate m on m.structure_id = r.structure_id and m.role in ('director', 'contributor')
      where r.id = ${responseId} group by m.account_id
      union all
      select l.account_id, 'guest', null from entry.response r join access.part_link l on l.structure_id = r.structure_id and l.campaign_year = r.campaign_year
      where r.id = ${responseId} and l.opened_at is not null)
    select a.id as "accountId", a.display_name as name, coalesce(p.capacity, case when g.caf then 'caf' when g.federation then 'federation' else 'other' end) as "as", p.duty,
      coalesce(g.answers, 0) as answers, g.last_at as "lastAt"
    from people p full join given g on g.author_id = p.account_id join access.account a on a.id = coalesce(p.account_id, g.author_id)
    order by array_position(array['direction', 'contributor', 'guest', 'caf', 'federation'], p.capacity) nulls last, g.answers desc nulls last, a.display_name`.execute(db);
  return rows;
}

interface Place {
  readonly structure_id: StructureId;
  readonly campaign_year: number;
  readonly questionnaire_year: number;
  readonly structure_kind: string;
  readonly territory_code: string;
}

async function placeOf(tx: Db, responseId: ResponseId): Promise<Place | undefined> {
  const { rows } = await sql<Place>`select r.structure_id, r.campaign_year, c.questionnaire_year, r.structure_kind, r.territory_code
    from entry.response r join campaign.campaign c on c.year = r.campaign_year where r.id = ${responseId}`.execute(tx);
  return rows[0];
}

/** Gives a part of a response by a link. The token is in the answer and nowhere else. `today`: ISO day. */
export async function givePart(db: Db, actor: Actor, responseId: ResponseId, request: PartRequest, today: string): Promise<Result<{ readonly linkId: string; readonly token: string }>> {
  return inTransaction(db, async (tx): Promise<Result<{ linkId: string; token: string }>> => {
    const place = await placeOf(tx, responseId);
    if (!place) return refuse(unknownResponse);
    if (!maySubmit(actor, place.structure_id)) return refuse(onlyDirector);
    const read = readPartRequest(await loadVersion(tx, place.questionnaire_year), { structureKind: place.structure_kind, territoryCode: place.territory_code }, request, today);
    if (!read.ok) return read;
    return ok(await makePart(tx, { ...read.value, structureId: place.structure_id, campaignYear: place.campaign_year, givenBy: actor.accountId }));
  });
}

/** Ends a link at once, open sessions included. */
export async function revokePart(db: Db, actor: Actor, responseId: ResponseId, linkId: string): Promise<Result<null>> {
  return inTransaction(db, async (tx): Promise<Result<null>> => {
    const place = await placeOf(tx, responseId);
    if (!place) return refuse(unknownResponse);
    if (!maySubmit(actor, place.structure_id)) return refuse(onlyDirector);
    return (await endPart(tx, { linkId, structureId: place.structure_id, by: actor.accountId })) ? ok(null) : refuse(linkAlreadyOver);
  });
}
