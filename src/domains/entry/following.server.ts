/** What moved in a response since a revision: for the pages that are open on it. */
import { sql } from 'kysely';
import type { StructurePlace } from '../access/index.ts';
import type { AccountId, ResponseId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import { openConflictsOf } from './conflicts.server.ts';
import type { FollowedChange, MovedSince } from './following.ts';
import { ancestorsOf } from './places.server.ts';

/** One statement when nothing moved and no conflict waits. */
export async function changesSince(db: Db, responseId: ResponseId, revision: number, account: AccountId): Promise<MovedSince> {
  const { rows } = await sql<{ revision: number; conflict: boolean; changes: FollowedChange[] | null }>`
    select r.revision, exists (select 1 from entry.answer_conflict k where k.response_id = r.id and k.settled_by is null) as conflict,
      case when r.revision > ${revision} then (
        select json_agg(json_build_object('dataYear', l.data_year, 'key', l.question_key, 'answer', l.answer, 'author', a.display_name, 'own', coalesce(l.author_id = ${account}, false), 'revision', l.revision))
        from (select distinct on (h.data_year, h.question_key) h.* from entry.answer_history h
          where h.response_id = r.id and h.revision > ${revision} and h.question_key <> '*' order by h.data_year, h.question_key, h.sequence desc) l
        left join access.account a on a.id = l.author_id) end as changes
    from entry.response r where r.id = ${responseId}`.execute(db);
  const row = rows[0];
  return { revision: row?.revision ?? revision, changes: row?.changes ?? [], conflicts: row?.conflict ? await openConflictsOf(db, responseId) : [] };
}

/** Where a response stands, to decide who may look at it; undefined when there is none. */
export async function placeOfResponse(db: Db, responseId: ResponseId): Promise<(StructurePlace & { readonly campaignYear: number }) | undefined> {
  const { rows } = await sql<{ structure_id: StructurePlace['structureId']; territory_code: string; campaign_year: number }>`select structure_id, territory_code, campaign_year from entry.response where id = ${responseId}`.execute(db);
  return rows[0] && { structureId: rows[0].structure_id, campaignYear: rows[0].campaign_year, ancestors: await ancestorsOf(db, rows[0].territory_code) };
}
