/** What a save must know, in one statement: who asks, the response and where it stands, its sheets, its findings, earlier receipts of the same saves. */
import type { Answers, Severity } from '../questionnaire/index.ts';
import type { PhaseState } from '../campaign/index.ts';
import { type Actor, CHARTER_VERSION, type Mandate, type Part } from '../access/index.ts';
import { hashToken, PART_OF_ACCOUNT } from '../access/index.server.ts';
import type { AccountId, ResponseId, StructureId } from '../../kernel/identifier.ts';
import type { FindingState, ResponseState, SaveReceipt, Sheet, StoredFinding } from './model.ts';
import type { ProgressByYear } from './judge.ts';
import type { Runner } from './statement-runner.server.ts';

/** Who saves: a person already known, or the token of a session cookie. */
export type By = { readonly actor: Actor } | { readonly token: string };

const TEXT = `
select r.campaign_year, c.questionnaire_year, r.structure_id, r.structure_kind, r.territory_code, r.state, r.revision, p.state as phase,
  (select json_object_agg(s.data_year, json_build_object('answers', s.answers, 'provenance', s.provenance)) from entry.answer_sheet s where s.response_id = r.id) as sheets,
  (select json_agg(json_build_array(f.data_year, f.rule_id, f.subject, f.severity, f.state, f.fingerprint)) from entry.finding f where f.response_id = r.id) as findings,
  (select json_object_agg(e.data_year, e.answers) from (
    select distinct on (s.data_year) s.data_year, s.answers from entry.response o join entry.answer_sheet s on s.response_id = o.id
    where o.structure_id = r.structure_id and o.campaign_year in (r.campaign_year - 1, r.campaign_year - 2) and o.state not in ('excluded', 'declined')
    order by s.data_year, o.campaign_year desc) e) as earlier,
  (select json_agg(json_build_object('saveId', h.save_id, 'sequence', h.sequence, 'revision', h.revision, 'at', h.at, 'responseId', h.response_id, 'key', h.question_key))
    from entry.answer_history h where h.save_id = any (string_to_array($3::text, ',')::uuid[])) as receipts,
  (select json_agg(k.save_id) from entry.answer_conflict k where k.save_id = any (string_to_array($3::text, ',')::uuid[])) as conflicts,
  (select json_build_object('accountId', a.id, 'displayName', a.display_name, 'email', a.email, 'persona', a.persona,
      'charterAccepted', exists (select 1 from access.charter_acceptance t where t.account_id = a.id and t.charter_version = $4),
      'mandates', coalesce((select json_agg(json_build_object('role', m.role, 'structureId', m.structure_id, 'territoryCode', m.territory_code,
          'institutionId', m.institution_id, 'side', null))
        from access.active_mandate m where m.account_id = a.id), '[]'),
      'part', ${PART_OF_ACCOUNT})
    from access.session s join access.account a on a.id = s.account_id
    where s.token_hash = $2::text and s.expires_at > now() and a.closed_at is null) as actor
from entry.response r
join campaign.campaign c on c.year = r.campaign_year
left join campaign.territory_phase p on p.campaign_year = r.campaign_year and p.territory_code = r.territory_code
where r.id = $1`;

interface Row {
  campaign_year: number;
  questionnaire_year: number;
  structure_id: StructureId;
  structure_kind: string;
  territory_code: string;
  state: ResponseState;
  revision: number;
  phase: PhaseState | null;
  sheets: { [dataYear: string]: Sheet } | null;
  findings: [number, string, string, Severity, FindingState, string][] | null;
  earlier: { [dataYear: string]: Answers } | null;
  receipts: (SaveReceipt & { responseId: string; key: string })[] | null;
  conflicts: string[] | null;
  actor: { accountId: AccountId; displayName: string; email: string; persona: string | null; mandates: Mandate[]; charterAccepted: boolean; part: Part | null } | null;
}

export interface Loaded {
  readonly campaignYear: number;
  readonly questionnaireYear: number;
  readonly structureId: StructureId;
  readonly structureKind: string;
  readonly territoryCode: string;
  readonly state: ResponseState;
  readonly revision: number;
  readonly phase: PhaseState;
  readonly sheets: { readonly [dataYear: number]: Sheet };
  readonly earlier: { readonly [dataYear: number]: Answers } | undefined;
  readonly findings: readonly StoredFinding[];
  readonly receipts: readonly (SaveReceipt & { readonly responseId: string; readonly key: string })[];
  /** Those of the saves that were kept as a conflict. */
  readonly conflicts: readonly string[];
  readonly actor: Actor | undefined;
  /** Once it has been counted. */
  readonly progress?: ProgressByYear;
}

export async function loadForSave(runner: Runner, by: By | undefined, responseId: ResponseId, saveIds: readonly string[]): Promise<Loaded | undefined> {
  const token = by && 'token' in by ? hashToken(by.token) : null;
  const [row] = await runner.run<Row>('entry_save_load', TEXT, [responseId, token, saveIds.join(','), CHARTER_VERSION]);
  if (!row) return undefined;
  return {
    campaignYear: row.campaign_year,
    questionnaireYear: row.questionnaire_year,
    structureId: row.structure_id,
    structureKind: row.structure_kind,
    territoryCode: row.territory_code,
    state: row.state,
    revision: row.revision,
    phase: row.phase ?? 'draft',
    sheets: row.sheets ?? {},
    earlier: row.earlier ?? undefined,
    findings: (row.findings ?? []).map(([dataYear, ruleId, subject, severity, state, fingerprint]) => ({ dataYear, ruleId, subject, severity, state, fingerprint, justification: null })),
    receipts: (row.receipts ?? []).map((receipt) => ({ ...receipt, at: new Date(receipt.at).toISOString() })),
    conflicts: row.conflicts ?? [],
    actor: by && 'actor' in by ? by.actor : (row.actor ?? undefined),
  };
}
