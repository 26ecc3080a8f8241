/** Reading for control: the list of a territory in one statement, the file of one response, the medians of its group. */
import { sql } from 'kysely';
import { type Actor, correspondentSide, type Side } from '../access/index.ts';
import { writeJournal } from '../access/index.server.ts';
import { ANSWERED_RESPONSES, valuesNotReadable, valuesReadable } from '../campaign/index.ts';
import type { Completeness, ResponseState, ResponseView } from '../entry/index.ts';
import { readResponse } from '../entry/index.server.ts';
import type { CompiledVersion } from '../questionnaire/index.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { structuresIn } from '../registry/index.server.ts';
import { DEFAULT_THRESHOLDS } from '../disclosure/index.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Db } from '../../platform/database.server.ts';
import { notYourTerritory, unknownResponse } from './errors.ts';
import type { CorrectionRequest, DisputedValue, GroupMedian, ReviewFile } from './model.ts';
import { placesOf, type ResponsePlace } from './place.server.ts';
import { questionnaireYear } from './requests.server.ts';

export interface FollowedStructure {
  readonly structureId: string;
  readonly name: string;
  readonly commune: string | null;
  readonly kind: string;
  readonly participation: string;
  readonly responseId: string | null;
  readonly state: ResponseState | null;
  readonly stateReason: string | null;
  readonly completeness: Completeness | null;
  readonly required: number;
  readonly answered: number;
  readonly openHard: number;
  readonly openSoft: number;
  readonly openInfo: number;
  readonly lastActivity: string | null;
  readonly openRequests: number;
  readonly pointsPending: number;
  readonly validatedSide: Side | null;
  readonly validatedAt: string | null;
  readonly exclusionProposedBy: Side | null;
  readonly disputed: number;
}

/** Structures of a territory in a campaign, with where each one stands; one statement whatever their number. In French alphabetical order. */
export async function followedStructures(db: Db, year: number, territory: string): Promise<FollowedStructure[]> {
  const { rows } = await sql<FollowedStructure>`
    select p.structure_id as "structureId", s.name, c.name as commune, p.structure_kind as kind, p.status as participation,
      r.id as "responseId", r.state, r.state_reason as "stateReason", r.completeness, coalesce(r.required_count, 0) as required, coalesce(r.answered_count, 0) as answered,
      coalesce(r.open_hard, 0) as "openHard", coalesce(r.open_soft, 0) as "openSoft", coalesce(r.open_info, 0) as "openInfo",
      greatest(r.updated_at, r.submitted_at, r.validated_at, q.last) as "lastActivity",
      coalesce(q.open, 0) as "openRequests", coalesce(q.pending, 0) as "pointsPending", r.validated_side as "validatedSide", r.validated_at as "validatedAt",
      x.side as "exclusionProposedBy", coalesce(v.n, 0) as disputed
    from campaign.participant p
    join registry.current_structure s on s.structure_id = p.structure_id
    left join lateral (select name from registry.territory t where t.code = s.commune_code order by geography_year desc limit 1) c on true
    left join entry.response r on r.campaign_year = p.campaign_year and r.structure_id = p.structure_id
    left join lateral (
      select count(*) filter (where cr.state = 'open') as open, max(coalesce(cr.answered_at, cr.created_at)) as last,
        sum((select count(*) from control.correction_point cp where cp.request_id = cr.id and cp.reply = 'pending' and cr.state = 'open')) as pending
      from control.correction_request cr where cr.response_id = r.id) q on true
    left join lateral (select side from control.exclusion_vote e where e.response_id = r.id and r.state <> 'excluded' limit 1) x on true
    left join lateral (select count(*) as n from control.disputed_value d where d.response_id = r.id) v on true
    where p.campaign_year = ${year} and p.territory_code = ${territory}
    order by s.name collate "und-x-icu"`.execute(db);
  return rows;
}

export interface Glance {
  readonly findings: readonly { readonly dataYear: number; readonly ruleId: string; readonly subject: string; readonly severity: 'hard' | 'soft' | 'info'; readonly state: string }[];
  readonly changes: readonly { readonly from: string; readonly to: string; readonly reason: string | null; readonly at: string; readonly by: string | null }[];
  readonly people: readonly { readonly name: string; readonly email: string; readonly role: string }[];
}

/** What stands beside the list: open findings (their rules, not the values), the last changes of state, whom to write to. One statement. */
export async function glance(db: Db, responseId: string): Promise<Glance> {
  const { rows } = await sql<Glance>`select
    (select coalesce(jsonb_agg(jsonb_build_object('dataYear', f.data_year, 'ruleId', f.rule_id, 'subject', f.subject, 'severity', f.severity, 'state', f.state)
        order by array_position(array['hard', 'soft', 'info'], f.severity), f.rule_id), '[]') from entry.finding f where f.response_id = ${responseId} and f.state in ('raised', 'justified')) as findings,
    (select coalesce(jsonb_agg(jsonb_build_object('from', c.from_state, 'to', c.to_state, 'reason', c.reason, 'at', c.at, 'by', c.name) order by c.id desc), '[]')
      from (select c.*, a.display_name as name from entry.state_change c left join access.account a on a.id = c.actor_id where c.response_id = ${responseId} order by c.id desc limit 6) c) as changes,
    (select coalesce(jsonb_agg(distinct jsonb_build_object('name', a.display_name, 'email', a.email, 'role', m.role)), '[]')
      from entry.response r join access.mandate m on m.structure_id = r.structure_id and m.state = 'active'
        and m.valid_from <= current_date and (m.valid_to is null or m.valid_to > current_date)
      join access.account a on a.id = m.account_id and a.closed_at is null where r.id = ${responseId}) as people`.execute(db);
  return rows[0]!;
}

/** All that people did about one response, in one statement. */
export async function reviewFile(db: Db, responseId: string): Promise<ReviewFile> {
  const { rows } = await sql<ReviewFile>`select
    (select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'responseId', q.response_id, 'side', q.side, 'author', a.display_name, 'authorId', q.author_id, 'message', q.message,
        'state', q.state, 'createdAt', q.created_at, 'answeredAt', q.answered_at,
        'points', (select coalesce(jsonb_agg(jsonb_build_object('dataYear', p.data_year, 'key', p.question_key, 'question', p.question, 'valueThen', p.value_then, 'reply', p.reply,
            'replyMessage', p.reply_message, 'repliedAt', p.replied_at) order by p.data_year desc, p.question_key), '[]') from control.correction_point p where p.request_id = q.id),
        'messages', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'author', ma.display_name, 'authorId', m.author_id, 'body', m.body, 'at', m.at) order by m.at), '[]')
            from control.message m join access.account ma on ma.id = m.author_id where m.request_id = q.id)
      ) order by q.created_at desc), '[]') from control.correction_request q join access.account a on a.id = q.author_id where q.response_id = ${responseId}) as requests,
    (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'side', v.side, 'name', a.display_name, 'validatedAt', v.validated_at, 'objectedAt', v.objected_at,
        'objectedBy', b.display_name, 'objection', v.objection) order by v.validated_at desc), '[]')
      from control.validation v join access.account a on a.id = v.account_id left join access.account b on b.id = v.objected_by where v.response_id = ${responseId}) as validations,
    (select coalesce(jsonb_agg(jsonb_build_object('responseId', d.response_id, 'dataYear', d.data_year, 'key', d.question_key, 'reason', d.reason)), '[]')
      from control.disputed_value d where d.response_id = ${responseId}) as disputed,
    (select coalesce(jsonb_agg(jsonb_build_object('side', e.side, 'name', a.display_name, 'reason', e.reason, 'votedAt', e.voted_at)), '[]')
      from control.exclusion_vote e join access.account a on a.id = e.account_id where e.response_id = ${responseId}) as "exclusionVotes",
    (select coalesce(jsonb_agg(jsonb_build_object('dataYear', w.data_year, 'ruleId', w.rule_id, 'subject', w.subject, 'reason', w.reason, 'name', a.display_name)), '[]')
      from control.finding_waiver w join access.account a on a.id = w.account_id where w.response_id = ${responseId}) as waivers`.execute(db);
  return rows[0]!;
}

/** Requests about a response, latest first: the centre's pages show the open ones. */
export const requestsOf = async (db: Db, responseId: string): Promise<readonly CorrectionRequest[]> => (await reviewFile(db, responseId)).requests;
export const openRequestsOf = async (db: Db, responseId: string): Promise<readonly CorrectionRequest[]> => (await requestsOf(db, responseId)).filter((q) => q.state === 'open');

/** Values out of the base of their question, for a release of a territory (or of the nation without one). */
export async function disputedValues(db: Db, year: number, territory?: string): Promise<DisputedValue[]> {
  const { rows } = await sql<DisputedValue>`select d.response_id as "responseId", d.data_year as "dataYear", d.question_key as key, d.reason
    from control.disputed_value d join entry.response r on r.id = d.response_id
    where r.campaign_year = ${year} and (${territory ?? null}::text is null or r.territory_code = ${territory ?? null}) order by 1, 2, 3`.execute(db);
  return rows;
}

export interface ResponseForControl {
  readonly side: Side;
  readonly place: ResponsePlace;
  readonly view: ResponseView;
  readonly file: ReviewFile;
  readonly medians: readonly GroupMedian[];
  /** Words of the group: its kind and place. */
  readonly group: { readonly territory: string; readonly n: number } | null;
  readonly compiled: CompiledVersion;
}

/** Opens one response for a correspondent, and writes in the journal who opened it and why (D2). */
export async function readForControl(db: Db, actor: Actor, responseId: string, purpose: string): Promise<Result<ResponseForControl>> {
  const [place] = await placesOf(db, [responseId], false);
  if (!place) return refuse(unknownResponse);
  const side = correspondentSide(actor, place);
  if (!side) return refuse(notYourTerritory);
  if (!valuesReadable(place.phase)) return refuse(valuesNotReadable);
  const view = await readResponse(db, responseId as never);
  if (!view) return refuse(unknownResponse);
  const compiled = await loadVersion(db, await questionnaireYear(db, place.year));
  const file = await reviewFile(db, responseId);
  const { medians, group } = await groupMedians(db, place, compiled);
  await writeJournal(db, { accountId: actor.accountId, action: 'response.read', purpose, structureId: place.structureId, territoryCode: place.territory, campaignYear: place.year, detail: { responseId, side } });
  return ok({ side, place, view, file, medians, group, compiled });
}

const NUMERIC_KINDS: readonly string[] = ['integer', 'decimal', 'money', 'percentage'];
/** A département with fewer sent responses of the kind lends its region instead. */
const SMALL_GROUP = 8;

/**
 * Medians of the numeric questions among structures of the same kind, in the département when it is large enough, else in its region. Each rests on as many
 * contributors, other than the one read, as disclosure asks of a median: managing bodies as the register recognises them.
 */
export async function groupMedians(db: Db, place: ResponsePlace, compiled: CompiledVersion): Promise<{ medians: GroupMedian[]; group: { territory: string; n: number } | null }> {
  const none = { medians: [], group: null };
  const floor = DEFAULT_THRESHOLDS.medianFloor;
  const region = place.ancestors.find((code) => code.startsWith('R')) ?? 'FR';
  const { rows: others } = await sql<{ id: string; structureId: string; territory: string }>`
    select r.id, r.structure_id as "structureId", r.territory_code as territory from entry.response r
    where r.campaign_year = ${place.year} and r.structure_kind = ${place.kind} and r.id <> ${place.id} and r.state in ${states}
      and exists (select 1 from registry.territory g where g.code = r.territory_code and ${region} = any (g.ancestors))`.execute(db);
  const here = others.filter((r) => r.territory === place.territory);
  const local = here.length >= SMALL_GROUP;
  const asked = local ? here : others;
  if (asked.length < floor) return none;
  const records = await structuresIn(db, 'FR', { ids: [place.structureId, ...asked.map((r) => r.structureId)], closedToo: true });
  const keys = new Map(records.map((s) => [s.structureId as string, s.contributorKey]));
  const contributorOf = (structureId: string): string => keys.get(structureId) ?? `structure:${structureId}`;
  const group = asked.map((r) => ({ id: r.id, contributor: contributorOf(r.structureId) })).filter((r) => r.contributor !== contributorOf(place.structureId));
  if (new Set(group.map((r) => r.contributor)).size < floor) return none;
  const questions = [...compiled.questions.values()].filter((q) => NUMERIC_KINDS.includes(q.kind) && !q.internal).map((q) => q.key);
  const { rows } = await sql<GroupMedian>`
    select a.data_year as "dataYear", e.key, percentile_cont(0.5) within group (order by (e.value->>'value')::double precision) as median, count(*) as n
    from jsonb_to_recordset(${JSON.stringify(group)}::jsonb) as r(id uuid, contributor text)
    join entry.answer_sheet a on a.response_id = r.id
    cross join lateral jsonb_each(a.answers) e
    where e.key in (select jsonb_array_elements_text(${JSON.stringify(questions)}::jsonb)) and jsonb_typeof(e.value->'value') = 'number'
    group by 1, 2 having count(distinct r.contributor) >= ${floor}`.execute(db);
  return { medians: rows, group: { territory: local ? place.territory : region, n: group.length } };
}
const states = sql`(select jsonb_array_elements_text(${JSON.stringify(ANSWERED_RESPONSES)}::jsonb))`;
