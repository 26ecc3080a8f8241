/** Findings as they are kept: explained by the structure, decided by people, recorded in bulk by a control run; counters follow in the same transaction. */
import { sql } from 'kysely';
import { evaluateAll } from '../questionnaire/index.ts';
import { type Actor, mayEnter, partOver } from '../access/index.ts';
import type { AccountId, ResponseId, StructureId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { explanationNeeded, hardCannotBeExplained, noSuchFinding, notYours, stateRefusesEntry, unknownResponse } from './errors.ts';
import type { FindingState, ResponseState, ResponseView } from './model.ts';
import { readsOnlyPart } from './narrowed.ts';
import { contextOf } from './rules.ts';

export interface FindingRow {
  readonly responseId: ResponseId;
  readonly dataYear: number;
  readonly ruleId: string;
  readonly subject: string;
  readonly severity: string;
  readonly fingerprint: string;
}

/** Which findings a run speaks of: those of these responses, and of these rules when they are named. */
export interface FindingScope {
  readonly responseIds: readonly ResponseId[];
  readonly ruleIds?: readonly string[];
}

/**
 * Records what a run found: raises what is new or stands on other values, marks corrected what the run no longer finds in its scope, leaves
 * what people decided on the same values. Three statements, whatever the number of responses.
 */
export async function recordFindings(tx: Db, found: readonly FindingRow[], scope: FindingScope): Promise<{ raised: number; closed: number }> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as g("responseId" uuid, "dataYear" int, "ruleId" text, subject text, severity text, fingerprint text)`;
  const ids = sql`(select jsonb_array_elements_text(${JSON.stringify(scope.responseIds)}::jsonb)::uuid)`;
  const ofRules = scope.ruleIds ? sql`and f.rule_id in (select jsonb_array_elements_text(${JSON.stringify(scope.ruleIds)}::jsonb))` : sql``;
  const { rows: raised } = await sql<{ id: ResponseId }>`
    insert into entry.finding (response_id, data_year, rule_id, subject, severity, fingerprint)
      select distinct on ("responseId", "dataYear", "ruleId", subject) "responseId", "dataYear", "ruleId", subject, severity, fingerprint from ${given}
    on conflict (response_id, data_year, rule_id, subject) do update set state = 'raised', severity = excluded.severity, fingerprint = excluded.fingerprint,
      raised_at = now(), decided_by = null, decided_at = null
      where entry.finding.fingerprint <> excluded.fingerprint or entry.finding.state in ('corrected', 'closed')
    returning response_id as id`.execute(tx);
  const { rows: closed } = await sql<{ id: ResponseId }>`
    update entry.finding f set state = 'corrected' where f.response_id in ${ids} ${ofRules} and f.state not in ('corrected', 'closed')
      and (f.response_id, f.data_year, f.rule_id, f.subject) not in (select "responseId", "dataYear", "ruleId", subject from ${given})
    returning f.response_id as id`.execute(tx);
  const moved = [...new Set([...raised, ...closed].map((f) => f.id))];
  if (moved.length > 0) await refreshOpenCounts(tx, moved);
  return { raised: raised.length, closed: closed.length };
}

/** Counts of open findings of responses whose findings have moved, from the findings themselves. The revision moves too: a save judged on the earlier ones is judged again. */
async function refreshOpenCounts(tx: Db, responseIds: readonly ResponseId[]): Promise<void> {
  await sql`
    update entry.response r set open_hard = c.hard, open_soft = c.soft, open_info = c.info, revision = revision + 1
    from (select i.id, count(*) filter (where f.severity = 'hard')::int as hard, count(*) filter (where f.severity = 'soft')::int as soft, count(*) filter (where f.severity = 'info')::int as info
      from (select jsonb_array_elements_text(${JSON.stringify(responseIds)}::jsonb)::uuid as id) i
      left join entry.finding f on f.response_id = i.id and f.state = 'raised' group by i.id) c
    where r.id = c.id`.execute(tx);
}

/** Judges a whole response again and records what is found: at its submission. */
export async function refreshFindings(tx: Db, view: ResponseView): Promise<void> {
  const compiled = await loadVersion(tx, view.questionnaireYear);
  const found = compiled.dataYears.flatMap((dataYear) =>
    evaluateAll(compiled, contextOf(compiled, view, dataYear, { serverRules: false }), { gates: false }).map(({ ruleId, subject, severity, fingerprint }) => ({
      responseId: view.id, dataYear, ruleId, subject, severity, fingerprint,
    })),
  );
  const ruleIds = compiled.rules.filter((r) => !r.gate && !r.rule.serverOnly).map((r) => r.rule.id);
  await recordFindings(tx, found, { responseIds: [view.id], ruleIds });
}

const MAY_EXPLAIN: readonly ResponseState[] = ['not_started', 'in_progress', 'correction_requested', 'submitted_by_third_party'];

export interface Justification {
  readonly responseId: ResponseId;
  readonly dataYear: number;
  readonly ruleId: string;
  readonly subject: string;
  readonly text: string;
}

/** The structure explains a doubtful value; it holds while the value and its N-1 stay. An empty text takes the explanation back. */
export async function justifyFinding(db: Db, actor: Actor, given: Justification): Promise<Result<null>> {
  return inTransaction(db, async (tx): Promise<Result<null>> => {
    const { rows } = await sql<{ structure_id: StructureId; campaign_year: number; questionnaire_year: number; state: ResponseState; severity: string | null; finding_state: FindingState | null }>`
      select r.structure_id, r.campaign_year, c.questionnaire_year, r.state, f.severity, f.state as finding_state from entry.response r join campaign.campaign c on c.year = r.campaign_year
      left join entry.finding f on f.response_id = r.id and f.data_year = ${given.dataYear} and f.rule_id = ${given.ruleId} and f.subject = ${given.subject}
      where r.id = ${given.responseId} for update of r`.execute(tx);
    const row = rows[0];
    if (!row) return refuse(unknownResponse);
    const part = partOver(actor, { structureId: row.structure_id, campaignYear: row.campaign_year });
    if (!mayEnter(actor, row.structure_id) && !(part && readsOnlyPart(await loadVersion(tx, row.questionnaire_year), part, given))) return refuse(notYours);
    if (!MAY_EXPLAIN.includes(row.state)) return refuse(stateRefusesEntry(row.state));
    if (!row.finding_state || row.finding_state === 'corrected' || row.finding_state === 'closed') return refuse(noSuchFinding);
    if (row.severity === 'hard') return refuse(hardCannotBeExplained);
    const text = given.text.trim();
    if (!text && row.finding_state !== 'justified') return refuse(explanationNeeded);
    await sql`update entry.finding set state = ${text ? 'justified' : 'raised'}, justification = ${text || null}, decided_by = ${actor.accountId}, decided_at = now()
      where response_id = ${given.responseId} and data_year = ${given.dataYear} and rule_id = ${given.ruleId} and subject = ${given.subject}`.execute(tx);
    await refreshOpenCounts(tx, [given.responseId]);
    return ok(null);
  });
}

export interface FindingDecision {
  readonly responseId: ResponseId;
  readonly dataYear: number;
  readonly ruleId: string;
  readonly subject: string;
  readonly state: 'waived_by_correspondent' | 'confirmed_by_structure' | 'corrected' | 'raised';
  readonly by: AccountId;
}

/** What the dialogue of control decided of a finding; false when there is no such finding. Who may is control's question. */
export async function decideFinding(tx: Db, decision: FindingDecision): Promise<boolean> {
  const { numAffectedRows } = await sql`update entry.finding set state = ${decision.state}, decided_by = ${decision.by}, decided_at = now()
    where response_id = ${decision.responseId} and data_year = ${decision.dataYear} and rule_id = ${decision.ruleId} and subject = ${decision.subject}`.execute(tx);
  if (!numAffectedRows) return false;
  await refreshOpenCounts(tx, [decision.responseId]);
  return true;
}
