/**
 * Bulk acts of a campaign on participants and on the head of responses: opening, closing, freezing. One statement each, whatever the number
 * of structures. The transitions of each row are those of the table, and the database refuses any other; each raises the revision, so that a save
 * judged on the state before is not written in the state after.
 */
import { sql } from 'kysely';
import type { Db } from '../../platform/database.server.ts';

const list = (codes: readonly string[]) => sql`(select jsonb_array_elements_text(${JSON.stringify(codes)}::jsonb))`;

/**
 * Approved structures of the data year become participants: solicited where their kind is covered, greeted only when first approved in that
 * very year (R16), counted only where their kind is not surveyed yet. What the register said on 31 December of the data year is used, or its
 * earliest word when it is younger. Running it again adds those that are missing and changes nothing else. Returns the number added.
 */
export async function addParticipants(tx: Db, year: number, dataYear: number): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into campaign.participant (campaign_year, structure_id, territory_code, structure_kind, status)
    select ${year}, s.structure_id, s.department_code, s.kind,
      case when coalesce(c.status, 'not_yet') = 'not_yet' then 'not_covered' when s.first_year >= ${dataYear}::int then 'newly_approved' else 'solicited' end
    from (
      select distinct on (v.structure_id) v.structure_id, v.department_code, v.kind, v.status,
        coalesce(v.first_approval_year, extract(year from a.first_start)::int) as first_year
      from registry.structure_version v
      join (
        select structure_id, min(starts_on) as first_start from registry.approval where kind <> 'acf' group by structure_id
        having bool_or(starts_on <= make_date(${dataYear}::int, 12, 31) and (ends_on is null or ends_on >= make_date(${dataYear}::int, 12, 31)))
      ) a on a.structure_id = v.structure_id
      order by v.structure_id, (v.valid_from <= make_date(${dataYear}::int, 12, 31)) desc,
        case when v.valid_from <= make_date(${dataYear}::int, 12, 31) then v.valid_from end desc, v.valid_from
    ) s
    left join campaign.coverage c on c.campaign_year = ${year} and c.territory_code = s.department_code and c.structure_kind = s.kind
    where s.status in ('active', 'suspended')
    on conflict (campaign_year, structure_id) do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** A response, not started, for each structure that is asked and has none. Returns the number made. */
export async function addResponses(tx: Db, year: number): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into entry.response (id, campaign_year, structure_id, territory_code, structure_kind)
    select gen_random_uuid(), campaign_year, structure_id, territory_code, structure_kind from campaign.participant
    where campaign_year = ${year} and status in ('solicited', 'opted_in')
    on conflict on constraint one_response_per_structure_and_campaign do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Weights of the rate by volume: full-time equivalents of the year before, as answered in the preceding campaign or in this one; set once. */
export async function fillVolumes(tx: Db, year: number, dataYear: number): Promise<void> {
  await sql`
    update campaign.participant p set volume_fte = s.fte
    from (
      select distinct on (r.structure_id) r.structure_id, (a.answers->'staff_fte'->>'value')::numeric as fte
      from entry.response r join entry.answer_sheet a on a.response_id = r.id and a.data_year = ${dataYear - 1}
      where r.campaign_year <= ${year} and a.answers->'staff_fte'->>'state' = 'value'
      order by r.structure_id, r.campaign_year desc
    ) s
    where p.campaign_year = ${year} and p.volume_fte is null and p.structure_id = s.structure_id`.execute(tx);
}

/** Who has not sent at the end of entry did not respond: out of the bases, kept in the rate. */
export async function closeUnanswered(tx: Db, year: number, territories: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update entry.response set state = 'non_respondent', state_reason = 'Fin de saisie', revision = revision + 1
    where campaign_year = ${year} and territory_code in ${list(territories)} and state in ('not_started', 'in_progress')`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export async function freezeValidated(tx: Db, year: number, territories: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update entry.response set state = 'frozen', state_reason = 'Gel par les deux signatures', revision = revision + 1
    where campaign_year = ${year} and territory_code in ${list(territories)} and state = 'validated'`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Responses that still await something, by territory. */
export async function unsettled(tx: Db, year: number, territories: readonly string[], settled: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ territory_code: string; n: number }>`
    select territory_code, count(*) as n from entry.response
    where campaign_year = ${year} and territory_code in ${list(territories)} and state not in ${list(settled)} group by 1`.execute(tx);
  return new Map(rows.map((row) => [row.territory_code, row.n]));
}
