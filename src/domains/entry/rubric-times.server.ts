/**
 * How long others took for each rubric, learnt from the instants of saves, never from values. A gap under five minutes between two saves of one person in one
 * response is time spent on the rubric of the later one; a longer one is a pause. Counted are sent responses, before they were sent, rubrics given question by
 * question (at least three instants: a form posted whole or a workbook tells nothing of time). A median needs five structures; the latest two hundred
 * of a kind are enough, so that the embedded engine is not held up by the history of a nation.
 */
import { sql } from 'kysely';
import { ANSWERED_RESPONSES } from '../campaign/index.ts';
import type { Db } from '../../platform/database.server.ts';
import type { RubricTime } from './rubric-times.ts';

/** Seconds. */
const PAUSE = 300;
const INSTANTS = 3;
/** As `never_fewer_than_five`. */
const STRUCTURES = 5;
/** Responses of one kind that are read. */
const LATEST = 200;

/** Computes the medians of a campaign anew and returns how many there are. Those no longer borne by five structures go. */
export async function refreshRubricTimes(db: Db, year: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with question as (
      select q ->> 'key' as key, q ->> 'rubric' as rubric from campaign.campaign c join questionnaire.version v on v.year = c.questionnaire_year
      cross join lateral jsonb_array_elements(v.content -> 'questions') q where c.year = ${year}),
    sent as (
      select id, structure_kind, submitted_at from (
        select r.*, row_number() over (partition by r.structure_kind order by r.submitted_at desc, r.id) as rank from entry.response r
        where r.campaign_year = ${year} and r.submitted_at is not null and r.state in (select jsonb_array_elements_text(${JSON.stringify(ANSWERED_RESPONSES)}::jsonb))) ranked
      where rank <= ${LATEST}),
    step as (
      select h.response_id, r.structure_kind, h.data_year, q.rubric, h.at,
        extract(epoch from h.at - lag(h.at) over (partition by h.response_id, h.author_id order by h.sequence)) as gap
      from sent r join entry.answer_history h on h.response_id = r.id join question q on q.key = h.question_key
      where h.source = 'structure' and h.at <= r.submitted_at),
    spent as (
      select structure_kind, ${year} - data_year as years_before, rubric, response_id, sum(gap) filter (where gap <= ${PAUSE}) as seconds
      from step group by 1, 2, 3, 4 having count(distinct at) >= ${INSTANTS} and sum(gap) filter (where gap <= ${PAUSE}) > 0),
    median as (
      select structure_kind, years_before, rubric, count(*) as structures, greatest(1, round(percentile_cont(0.5) within group (order by seconds)))::int as seconds
      from spent group by 1, 2, 3 having count(*) >= ${STRUCTURES}),
    gone as (
      delete from entry.rubric_time t where t.campaign_year = ${year}
        and not exists (select 1 from median m where (m.structure_kind, m.years_before, m.rubric) = (t.structure_kind, t.years_before, t.rubric))),
    written as (
      insert into entry.rubric_time (campaign_year, structure_kind, years_before, rubric, structures, median_seconds)
      select ${year}, structure_kind, years_before, rubric, structures, seconds from median
      on conflict (campaign_year, structure_kind, years_before, rubric) do update
        set structures = excluded.structures, median_seconds = excluded.median_seconds, computed_at = now()
      returning 1)
    select count(*) as n from written`.execute(db);
  return Number(rows[0]!.n);
}

/** The campaigns that people are entering, and the one that closed last if it was never measured. Returns how many medians were written. */
export async function refreshDueRubricTimes(db: Db): Promise<number> {
  const { rows } = await sql<{ year: number }>`select c.year from campaign.campaign c where c.state in ('open', 'closing', 'control')
    or (c.state not in ('draft', 'preparation', 'questionnaire_validated') and not exists (select 1 from entry.rubric_time t where t.campaign_year = c.year)
      and c.year = (select max(o.year) from campaign.campaign o where o.state in ('frozen', 'analysis', 'publication', 'archived')))`.execute(db);
  let written = 0;
  // oxlint-disable-next-line no-await-in-loop -- two campaigns at most
  for (const { year } of rows) written += await refreshRubricTimes(db, year);
  return written;
}

/** Medians for a structure of a kind: of this campaign, else of the one before, rubric by rubric. */
export async function rubricTimesOf(db: Db, year: number, structureKind: string): Promise<readonly RubricTime[]> {
  const { rows } = await sql<RubricTime>`
    select distinct on (years_before, rubric) ${year} - years_before as "dataYear", rubric, median_seconds as "medianSeconds", structures
    from entry.rubric_time where structure_kind = ${structureKind} and campaign_year in (${year}, ${year} - 1)
    order by years_before, rubric, campaign_year desc`.execute(db);
  return rows;
}
