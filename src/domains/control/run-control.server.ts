/**
 * The batch of control: every rule, those that need other structures' answers included, over the responses that were sent. The same evaluator as in
 * the browser and at each save; what it finds is recorded by entry. Running it twice changes nothing.
 */
import { sql } from 'kysely';
import { ANSWERED_RESPONSES } from '../campaign/index.ts';
import { contextOf } from '../entry/index.ts';
import { previousAnswers, recordFindings } from '../entry/index.server.ts';
import { type Answers, type CompiledVersion, evaluateAll } from '../questionnaire/index.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { outlierJudge, type OutlierParams, outlierTargets, type OutlierUnit } from './outliers.ts';
import { questionnaireYear } from './requests.server.ts';

const BATCH = 200;
/** A response sent by a third party waits for its structure, but is read by the rules like the others; a frozen one is not touched. */
const CONTROLLED = [...ANSWERED_RESPONSES.filter((s) => s !== 'frozen'), 'submitted_by_third_party'];

export interface ControlRun {
  readonly responses: number;
  readonly raised: number;
  readonly closed: number;
}

/** Runs the rules over a campaign, or over one territory of it (any level); groups of comparison are always those of the whole campaign. */
export async function runControl(db: Db, year: number, territory?: string, progress?: (done: number, total: number) => void): Promise<ControlRun> {
  const compiled = await loadVersion(db, await questionnaireYear(db, year));
  const ruleIds = compiled.rules.filter((r) => !r.gate).map((r) => r.rule.id);
  const judges = new Map<number, ReturnType<typeof outlierJudge>>();
  for (const dataYear of compiled.dataYears) judges.set(dataYear, await judgeOf(db, year, compiled, dataYear));
  const { rows: scope } = await sql<{ id: string; structure_id: string }>`
    select r.id, r.structure_id from entry.response r
    where r.campaign_year = ${year} and r.state in (select jsonb_array_elements_text(${JSON.stringify(CONTROLLED)}::jsonb))
      and (${territory ?? null}::text is null or exists (select 1 from registry.territory g where g.code = r.territory_code and ${territory ?? null} = any (g.ancestors)))
    order by r.territory_code, r.id`.execute(db);
  let raised = 0;
  let closed = 0;
  for (let at = 0; at < scope.length; at += BATCH) {
    const batch = scope.slice(at, at + BATCH);
    const earlier = await previousAnswers(db, year, batch.map((r) => r.structure_id as never), compiled.mainDataYear - 1);
    const written = await inTransaction(db, async (tx) => {
      const rows = await sheetsOf(tx, batch.map((r) => r.id));
      const findings = rows.flatMap((response) => compiled.dataYears.flatMap((dataYear) => {
        const past = earlier.get(response.structureId as never);
        const ctx = contextOf(compiled, { ...response, ...(past ? { earlier: { [compiled.mainDataYear - 1]: past } } : {}) }, dataYear, {
          outlier: (target, params) => judges.get(dataYear)!(response.id, target, params as unknown as OutlierParams),
        });
        return evaluateAll(compiled, ctx, { gates: false }).map((f) => ({ responseId: response.id as never, dataYear, ruleId: f.ruleId, subject: f.subject, severity: f.severity, fingerprint: f.fingerprint }));
      }));
      return recordFindings(tx, findings, { responseIds: batch.map((r) => r.id as never), ruleIds });
    });
    raised += written.raised;
    closed += written.closed;
    progress?.(Math.min(at + BATCH, scope.length), scope.length);
  }
  return { responses: scope.length, raised, closed };
}

interface SheetRow {
  readonly id: string;
  readonly structureId: string;
  readonly structureKind: string;
  readonly territoryCode: string;
  readonly sheets: { readonly [dataYear: number]: { readonly answers: Answers } };
}

async function sheetsOf(tx: Db, responseIds: readonly string[]): Promise<SheetRow[]> {
  const { rows } = await sql<SheetRow>`
    select r.id, r.structure_id as "structureId", r.structure_kind as "structureKind", r.territory_code as "territoryCode",
      coalesce((select jsonb_object_agg(a.data_year, jsonb_build_object('answers', a.answers)) from entry.answer_sheet a where a.response_id = r.id), '{}') as sheets
    from entry.response r where r.id in (select (jsonb_array_elements_text(${JSON.stringify(responseIds)}::jsonb))::uuid) for update of r`.execute(tx);
  return rows;
}

/** The comparison groups of one data year: one statement reads the values that the rules compare. */
async function judgeOf(db: Db, year: number, compiled: CompiledVersion, dataYear: number): Promise<ReturnType<typeof outlierJudge>> {
  const targets = [...new Set(compiled.rules.flatMap((r) => outlierTargets(r.rule.assert)))];
  const money = new Set(targets.filter((target) => isMoney(compiled, target)));
  if (targets.length === 0) return outlierJudge([], money);
  const values = sql.join(targets.map((target) => sql`${target}::text, a.answers #> ${pathOf(target)}::text[]`));
  const { rows } = await sql<{ id: string; kind: string; size: number | null; zone: string | null; values: { [target: string]: unknown } }>`
    select r.id, r.structure_kind as kind, p.volume_fte as size, s.territory_character as zone, jsonb_build_object(${values}) as values
    from entry.response r
    join entry.answer_sheet a on a.response_id = r.id and a.data_year = ${dataYear}
    join registry.current_structure s on s.structure_id = r.structure_id
    left join campaign.participant p on p.campaign_year = r.campaign_year and p.structure_id = r.structure_id
    where r.campaign_year = ${year} and r.state in (select jsonb_array_elements_text(${JSON.stringify([...CONTROLLED, 'frozen'])}::jsonb))`.execute(db);
  const units = rows.map((row): OutlierUnit => {
    const numbers = Object.fromEntries(targets.map((target) => [target, typeof row.values[target] === 'number' ? row.values[target] : undefined]));
    return { ...row, size: row.size ?? numbers['staff_fte'] ?? null, values: numbers };
  });
  return outlierJudge(units, money);
}

/** Path of a value inside the answers: `{key,value}` or `{key,value,row,col}`, as a PostgreSQL array. */
const pathOf = (target: string): string => {
  const [key, ...cell] = target.split('.');
  return `{${[key, 'value', ...cell].join(',')}}`;
};

function isMoney(compiled: CompiledVersion, target: string): boolean {
  const [key = '', , column] = target.split('.');
  const question = compiled.questions.get(key);
  return column ? question?.table?.columns.find((c) => c.code === column)?.kind === 'money' : question?.kind === 'money';
}
