/** Reading responses: the whole of one in one statement, the list of a person's structures, the past of a value. */
import { sql } from 'kysely';
import { type Answers, type Answer, cutsFor, previousFor } from '../questionnaire/index.ts';
import type { PhaseState } from '../campaign/index.ts';
import type { ResponseId, StructureId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { datedInquiries, inquiriesJson } from './asking/inquiries.server.ts';
import type { Inquiry } from './asking/model.ts';
import type { KeptAnswer } from './conflict.ts';
import { datedConflicts, openConflictsJson } from './conflicts.server.ts';
import type { Completeness, HistoryLine, OnBehalfValue, ResponseState, ResponseView, Sheet, StoredFinding } from './model.ts';

interface Row {
  id: ResponseId;
  campaign_year: number;
  questionnaire_year: number;
  structure_id: StructureId;
  structure_name: string;
  structure_kind: string;
  commune_name: string | null;
  territory_code: string;
  ancestors: string[] | null;
  state: ResponseState;
  state_reason: string | null;
  phase: PhaseState | null;
  closes_on: string | null;
  completeness: Completeness;
  revision: number;
  required_count: number;
  answered_count: number;
  open_hard: number;
  open_soft: number;
  open_info: number;
  notice_read_at: string | null;
  third_party_requested: boolean;
  updated_at: string | null;
  submitted_at: string | null;
  validated_at: string | null;
  sheets: { [dataYear: string]: Sheet } | null;
  earlier: { [dataYear: string]: Answers } | null;
  findings: StoredFinding[] | null;
  on_behalf: OnBehalfValue[] | null;
  inquiries: Inquiry[] | null;
  conflicts: KeptAnswer[] | null;
  answered_communes: { [dataYear: string]: string | null } | null;
}

/** One response with all that its pages show; undefined when there is none. Who may see it is the caller's question. */
export async function readResponse(db: Db, responseId: ResponseId): Promise<ResponseView | undefined> {
  const { rows } = await sql<Row>`
    select r.*, c.questionnaire_year, coalesce(s.name, '') as structure_name, k.name as commune_name, t.ancestors, p.state as phase,
      coalesce(p.closes_on, c.closes_on) as closes_on,
      (select json_object_agg(a.data_year, json_build_object('answers', a.answers, 'provenance', a.provenance)) from entry.answer_sheet a where a.response_id = r.id) as sheets,
      (select json_object_agg(e.data_year, e.answers) from (
        select distinct on (a.data_year) a.data_year, a.answers from entry.response o join entry.answer_sheet a on a.response_id = o.id
        where o.structure_id = r.structure_id and o.campaign_year < r.campaign_year and o.campaign_year >= r.campaign_year - 2 and o.state not in ('excluded', 'declined')
        order by a.data_year, o.campaign_year desc) e) as earlier,
      (select json_agg(json_build_object('dataYear', f.data_year, 'ruleId', f.rule_id, 'subject', f.subject, 'severity', f.severity, 'state', f.state,
        'fingerprint', f.fingerprint, 'justification', f.justification) order by f.data_year desc, f.rule_id) from entry.finding f where f.response_id = r.id) as findings,
      (select json_agg(json_build_object('dataYear', h.data_year, 'key', h.question_key, 'source', h.source, 'author', w.display_name, 'at', h.at, 'sequence', h.sequence,
          'verdict', v.verdict, 'comment', v.comment, 'from', case when o.id is not null then json_build_object('support', o.support, 'person', o.person, 'givenOn', o.given_on) end) order by h.data_year desc, h.sequence)
        from (select distinct on (x.data_year, x.question_key) x.* from entry.answer_history x where x.response_id = r.id and x.question_key <> '*'
          order by x.data_year, x.question_key, x.sequence desc) h
        left join access.account w on w.id = h.author_id
        left join entry.on_behalf_review v on v.response_id = r.id and v.data_year = h.data_year and v.question_key = h.question_key and v.reviewed_sequence = h.sequence
        left join entry.on_behalf_value b on b.save_id = h.save_id left join entry.on_behalf_source o on o.id = b.source_id
        where h.source in ('caf', 'federation') and h.answer is not null) as on_behalf,
      ${inquiriesJson} as inquiries, ${openConflictsJson} as conflicts,
      (select json_object_agg(a.data_year, (select n.name from registry.territory n where n.code = 'C' || (a.answers -> 'commune' ->> 'value') order by n.geography_year desc limit 1))
        from entry.answer_sheet a where a.response_id = r.id) as answered_communes
    from entry.response r
    join campaign.campaign c on c.year = r.campaign_year
    left join campaign.territory_phase p on p.campaign_year = r.campaign_year and p.territory_code = r.territory_code
    left join registry.current_structure s on s.structure_id = r.structure_id
    left join registry.current_territory k on k.code = s.commune_code
    left join registry.current_territory t on t.code = r.territory_code
    where r.id = ${responseId}`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  const compiled = await loadVersion(db, row.questionnaire_year);
  const sheets = row.sheets ?? {};
  const answers = Object.fromEntries(Object.entries(sheets).map(([year, sheet]) => [year, sheet.answers]));
  const previous = Object.fromEntries(
    compiled.dataYears.map((year) => {
      const earlier = row.earlier?.[year - 1];
      return [year, previousFor(compiled, year, earlier ? { sheets: answers, earlier } : { sheets: answers })];
    }),
  );
  const cuts = Object.fromEntries(compiled.dataYears.map((year) => [year, cutsFor(compiled, previous[year]!, row.earlier?.[year - 1])]));
  return {
    id: row.id,
    campaignYear: row.campaign_year,
    questionnaireYear: row.questionnaire_year,
    structureId: row.structure_id,
    structureName: row.structure_name,
    structureKind: row.structure_kind,
    communeName: row.commune_name,
    territoryCode: row.territory_code,
    ancestors: row.ancestors ?? [row.territory_code],
    state: row.state,
    stateReason: row.state_reason,
    phase: row.phase ?? 'draft',
    closesOn: row.closes_on,
    completeness: row.completeness,
    counters: { required: row.required_count, answered: row.answered_count, openHard: row.open_hard, openSoft: row.open_soft, openInfo: row.open_info },
    revision: row.revision,
    noticeReadAt: row.notice_read_at,
    thirdPartyRequested: row.third_party_requested,
    updatedAt: row.updated_at,
    submittedAt: row.submitted_at,
    validatedAt: row.validated_at,
    sheets,
    previous,
    cuts,
    findings: row.findings ?? [],
    onBehalf: row.on_behalf ?? [],
    inquiries: datedInquiries(row.inquiries ?? []),
    conflicts: datedConflicts(row.conflicts ?? []),
    answeredCommunes: row.answered_communes ?? {},
  };
}

/** Values entered by the Caf or the federation that the structure has not looked at. */
export const unreviewedOf = (view: ResponseView): OnBehalfValue[] => view.onBehalf.filter((value) => value.verdict === null);

export interface ResponseSummary {
  readonly responseId: ResponseId;
  readonly campaignYear: number;
  readonly structureId: StructureId;
  readonly structureName: string;
  readonly communeName: string | null;
  readonly structureKind: string;
  readonly state: ResponseState;
  readonly phase: PhaseState;
  readonly closesOn: string | null;
  readonly required: number;
  readonly answered: number;
  readonly openRequests: number;
}

/** Every campaign of these structures, latest first. */
export async function responsesOfStructures(db: Db, structureIds: readonly StructureId[]): Promise<ResponseSummary[]> {
  const { rows } = await sql<ResponseSummary>`
    select r.id as "responseId", r.campaign_year as "campaignYear", r.structure_id as "structureId", coalesce(s.name, '') as "structureName", k.name as "communeName",
      r.structure_kind as "structureKind", r.state, coalesce(p.state, 'draft') as phase, coalesce(p.closes_on, c.closes_on) as "closesOn",
      r.required_count as required, r.answered_count as answered,
      (r.state = 'correction_requested')::int as "openRequests"
    from entry.response r join campaign.campaign c on c.year = r.campaign_year
    left join campaign.territory_phase p on p.campaign_year = r.campaign_year and p.territory_code = r.territory_code
    left join registry.current_structure s on s.structure_id = r.structure_id
    left join registry.current_territory k on k.code = s.commune_code
    where r.structure_id in (select jsonb_array_elements_text(${JSON.stringify(structureIds)}::jsonb)::uuid)
    order by r.campaign_year desc, s.name`.execute(db);
  return rows;
}

/** Structures in whose name no response exists yet, with the name that the register knows. */
export async function namesOfStructures(db: Db, structureIds: readonly StructureId[]): Promise<{ structureId: StructureId; name: string }[]> {
  const { rows } = await sql<{ structureId: StructureId; name: string }>`select structure_id as "structureId", name from registry.current_structure
    where structure_id in (select jsonb_array_elements_text(${JSON.stringify(structureIds)}::jsonb)::uuid) order by name`.execute(db);
  return rows;
}

/** Answers of earlier campaigns for one data year, by structure: the N-1 of many responses at once. */
export async function previousAnswers(db: Db, campaignYear: number, structureIds: readonly StructureId[], dataYear: number = campaignYear - 2): Promise<Map<StructureId, Answers>> {
  const { rows } = await sql<{ structure_id: StructureId; answers: Answers }>`
    select distinct on (r.structure_id) r.structure_id, a.answers
    from entry.response r join entry.answer_sheet a on a.response_id = r.id and a.data_year = ${dataYear}
    where r.campaign_year < ${campaignYear} and r.campaign_year >= ${campaignYear - 2} and r.state not in ('excluded', 'declined')
      and r.structure_id in (select jsonb_array_elements_text(${JSON.stringify(structureIds)}::jsonb)::uuid)
    order by r.structure_id, r.campaign_year desc`.execute(db);
  return new Map(rows.map((row) => [row.structure_id, row.answers]));
}

/** The past of one value, latest first. A sheet that was loaded whole gives its first value. */
export async function historyOf(db: Db, responseId: ResponseId, dataYear: number, key: string): Promise<HistoryLine[]> {
  const { rows } = await sql<{ key: string; answer: Answer | null; previous: Answer | null; source: HistoryLine['source']; author: string | null; at: string; revision: number; from: HistoryLine['from']; managingBody: string | null }>`
    select h.question_key as key, h.answer, h.previous, h.source, a.display_name as author, h.at, h.revision, case when o.id is not null then json_build_object('support', o.support, 'person', o.person, 'givenOn', o.given_on) end as from,
      (select g.name from entry.answer_conflict k join entry.shared_fact f on f.id = k.shared_fact_id join registry.managing_body g on g.id = f.managing_body_id
        where k.settled_by = h.save_id and k.answer is not distinct from h.answer limit 1) as "managingBody"
    from entry.answer_history h left join access.account a on a.id = h.author_id
    left join entry.on_behalf_value b on b.save_id = h.save_id left join entry.on_behalf_source o on o.id = b.source_id
    where h.response_id = ${responseId} and h.data_year = ${dataYear} and h.question_key in (${key}, '*') order by h.sequence desc`.execute(db);
  if (rows.length === 0) return [];
  const { rows: sheets } = await sql<{ answer: Answer | null }>`select answers -> ${key} as answer from entry.answer_sheet
    where response_id = ${responseId} and data_year = ${dataYear}`.execute(db);
  // A whole load keeps no copy: what it brought is what the first later change replaced, or what still stands.
  return rows.flatMap((row, i): HistoryLine[] => {
    const loaded = i === 0 ? sheets[0]?.answer : rows[i - 1]!.previous;
    const answer = (row.key === '*' ? loaded : row.answer) ?? undefined;
    return row.key === '*' && !answer ? [] : [{ at: row.at, author: row.author, source: row.source, answer, revision: row.revision, from: row.from ?? null, managingBody: row.managingBody }];
  });
}

export interface StateChange {
  readonly from: ResponseState;
  readonly to: ResponseState;
  readonly at: string;
  readonly actor: string | null;
  readonly reason: string | null;
}

/** Every step of a response, first to last. */
export async function stateChangesOf(db: Db, responseId: ResponseId): Promise<StateChange[]> {
  const { rows } = await sql<StateChange>`select c.from_state as "from", c.to_state as "to", c.at, a.display_name as actor, c.reason
    from entry.state_change c left join access.account a on a.id = c.actor_id where c.response_id = ${responseId} order by c.id`.execute(db);
  return rows;
}
