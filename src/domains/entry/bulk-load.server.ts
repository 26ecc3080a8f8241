/**
 * Many whole sheets at once (closed campaigns): read by the same parser and judged by the same rules as a save, written in a few statements per
 * batch. The history keeps one line per sheet; a value's own lines begin with its first later change.
 */
import { sql } from 'kysely';
import { type Answer, type Answers, type CompiledVersion, evaluateAll, parseAnswer } from '../questionnaire/index.ts';
import type { ResponseId, StructureId } from '../../kernel/identifier.ts';
import { newId } from '../../kernel/identifier.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import { completenessOf } from './completeness.ts';
import type { AnswerSource, ResponseState, Sheet } from './model.ts';
import { previousAnswers } from './queries.server.ts';
import { contextOf, type ResponseFacts } from './rules.ts';
import { askedSet } from './save.server.ts';

export interface LoadedSheet {
  readonly responseId: ResponseId;
  readonly dataYear: number;
  /** As a client would send them: `{ state: 'value', value }`… by question key. */
  readonly answers: { readonly [key: string]: unknown };
}
export interface BulkOptions {
  readonly source?: AnswerSource;
  readonly authorId?: string | null;
  /** When it was entered, ISO; now by default. */
  readonly at?: string;
  /** `submitted`: also sent, when nothing stops it. */
  readonly finalState?: 'in_progress' | 'submitted';
  /** The structures have asked a correspondent to send for them. */
  readonly thirdPartyRequested?: boolean;
  /** Written on every doubtful value, as a structure would explain it. Without it they stay raised and stop the submission. */
  readonly explanation?: string;
}
export interface BulkResult {
  readonly responses: number;
  readonly answers: number;
  readonly submitted: number;
  readonly faults: readonly { readonly responseId: ResponseId; readonly dataYear: number; readonly key: string; readonly message: string }[];
  /** Responses that were loaded and could not be sent. */
  readonly blocked: readonly { readonly responseId: ResponseId; readonly blanks: number; readonly hard: number; readonly unexplained: number }[];
}

interface Head {
  readonly id: ResponseId;
  readonly structure_id: StructureId;
  readonly structure_kind: string;
  readonly territory_code: string;
  readonly campaign_year: number;
  readonly questionnaire_year: number;
  readonly state: ResponseState;
}

const BATCH = 150;

/** Sheets of responses that are not started or in progress; what a sheet held before is replaced key by key. Others are refused in `faults`. */
export async function bulkLoad(db: Db, sheets: readonly LoadedSheet[], options: BulkOptions = {}): Promise<BulkResult> {
  const byResponse = new Map<ResponseId, LoadedSheet[]>();
  for (const sheet of sheets) byResponse.set(sheet.responseId, [...(byResponse.get(sheet.responseId) ?? []), sheet]);
  const result = { responses: 0, answers: 0, submitted: 0, faults: [] as BulkResult['faults'][number][], blocked: [] as BulkResult['blocked'][number][] };
  const ids = [...byResponse.keys()];
  for (let i = 0; i < ids.length; i += BATCH) {
    const batch = ids.slice(i, i + BATCH);
    // oxlint-disable-next-line no-await-in-loop -- batch by batch: memory stays small and others get their turn on the embedded engine
    await inTransaction(db, (tx) => loadBatch(tx, batch, byResponse, options, result));
  }
  return result;
}

type Tally = { -readonly [K in keyof BulkResult]: BulkResult[K] extends readonly (infer T)[] ? T[] : BulkResult[K] };

async function loadBatch(tx: Db, ids: readonly ResponseId[], given: ReadonlyMap<ResponseId, readonly LoadedSheet[]>, options: BulkOptions, result: Tally): Promise<void> {
  const list = sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;
  const { rows: heads } = await sql<Head & { sheets: { [year: string]: Sheet } | null }>`
    select r.id, r.structure_id, r.structure_kind, r.territory_code, r.campaign_year, c.questionnaire_year, r.state,
      (select json_object_agg(a.data_year, json_build_object('answers', a.answers, 'provenance', a.provenance)) from entry.answer_sheet a where a.response_id = r.id) as sheets
    from entry.response r join campaign.campaign c on c.year = r.campaign_year where r.id in ${list}`.execute(tx);
  const open = heads.filter((head) => head.state === 'not_started' || head.state === 'in_progress');
  for (const id of ids.filter((id) => !open.some((head) => head.id === id)))
    for (const sheet of given.get(id)!) result.faults.push({ responseId: id, dataYear: sheet.dataYear, key: '', message: 'Cette réponse n’existe pas ou n’est plus en saisie : elle n’a pas été chargée.' });
  const earlier = await earlierOf(tx, open);

  const written: { id: string; year: number; answers: Answers; save: string }[] = [];
  const found: unknown[] = [];
  const counts: { id: string; required: number; answered: number; completeness: string; hard: number; soft: number; info: number }[] = [];
  const sendable: string[] = [];
  for (const head of open) {
    // oxlint-disable-next-line no-await-in-loop -- at hand after the first
    const compiled = await loadVersion(tx, head.questionnaire_year);
    const sheetsNow: { [year: number]: Sheet } = { ...head.sheets };
    for (const sheet of given.get(head.id)!) {
      const answers = readSheet(compiled, head, sheet, result);
      written.push({ id: head.id, year: sheet.dataYear, answers, save: newId() });
      sheetsNow[sheet.dataYear] = { answers: { ...sheetsNow[sheet.dataYear]?.answers, ...answers }, provenance: {} };
      result.answers += Object.keys(answers).length;
    }
    const facts: ResponseFacts = { structureKind: head.structure_kind, territoryCode: head.territory_code, sheets: sheetsNow, earlier: earlier(head) };
    const findings = compiled.dataYears.flatMap((year) => (sheetsNow[year] ? evaluateAll(compiled, contextOf(compiled, facts, year, { serverRules: false }), { gates: false }).map((f) => ({ ...f, year })) : []));
    const explained = options.explanation?.trim();
    for (const f of findings) {
      const justified = explained && f.severity === 'soft';
      found.push({ id: head.id, year: f.year, rule: f.ruleId, subject: f.subject, severity: f.severity, fingerprint: f.fingerprint, state: justified ? 'justified' : 'raised', justification: justified ? explained : null });
    }
    const { required, answered, completeness, blanks } = completenessOf(compiled, facts);
    const hard = findings.filter((f) => f.severity === 'hard').length;
    const soft = explained ? 0 : findings.filter((f) => f.severity === 'soft').length;
    counts.push({ id: head.id, required, answered, completeness, hard, soft, info: findings.filter((f) => f.severity === 'info').length });
    if (options.finalState === 'submitted') {
      if (blanks.length + hard + soft === 0) sendable.push(head.id);
      else result.blocked.push({ responseId: head.id, blanks: blanks.length, hard, unexplained: soft });
    }
  }
  await write(tx, written, found, counts, options);
  if (sendable.length > 0) {
    await sql`update entry.response set state = 'submitted', state_by = ${options.authorId ?? null}, state_reason = null, submitted_at = coalesce(${options.at ?? null}::timestamptz, now())
      where id in (select jsonb_array_elements_text(${JSON.stringify(sendable)}::jsonb)::uuid)`.execute(tx);
  }
  result.responses += open.length;
  result.submitted += sendable.length;
}

function readSheet(compiled: CompiledVersion, head: Head, sheet: LoadedSheet, result: Tally): Answers {
  const asked = askedSet(compiled, head.structure_kind, head.territory_code, sheet.dataYear);
  const answers: { [key: string]: Answer } = {};
  for (const [key, raw] of Object.entries(sheet.answers)) {
    const fault = (message: string): void => void result.faults.push({ responseId: head.id, dataYear: sheet.dataYear, key, message });
    if (!asked.has(key)) {
      fault('Question non posée à cette structure pour cette année.');
      continue;
    }
    const parsed = parseAnswer(compiled.questions.get(key)!, raw ?? null);
    if (!parsed.ok) fault(parsed.error.message);
    else if (parsed.value) answers[key] = parsed.value;
  }
  return answers;
}

/** Answers of earlier campaigns of all these responses: one statement per year before. */
async function earlierOf(tx: Db, heads: readonly Head[]): Promise<(head: Head) => { [dataYear: number]: Answers }> {
  const maps = new Map<string, Map<StructureId, Answers>>();
  for (const year of new Set(heads.map((head) => head.campaign_year))) {
    const ofYear = heads.filter((head) => head.campaign_year === year);
    // oxlint-disable-next-line no-await-in-loop -- one or two campaigns in a batch
    const compiled = await loadVersion(tx, ofYear[0]!.questionnaire_year);
    for (const dataYear of compiled.dataYears) {
      // oxlint-disable-next-line no-await-in-loop
      maps.set(`${year} ${dataYear - 1}`, await previousAnswers(tx, year, ofYear.map((head) => head.structure_id), dataYear - 1));
    }
  }
  return (head) => {
    const years = [...maps].filter(([name, map]) => name.startsWith(`${head.campaign_year} `) && map.has(head.structure_id));
    return Object.fromEntries(years.map(([name, map]) => [Number(name.split(' ')[1]), map.get(head.structure_id)!]));
  };
}

async function write(tx: Db, written: readonly { id: string; year: number; answers: Answers; save: string }[], found: readonly unknown[], counts: readonly unknown[], options: BulkOptions): Promise<void> {
  const source = options.source ?? 'structure';
  const at = options.at ?? null;
  const sheets = JSON.stringify(written);
  await sql`insert into entry.stored_sheet as s (response_id, data_year, answers, source)
      select g.id, g.year, g.answers, ${source} from jsonb_to_recordset(${sheets}::jsonb) as g(id uuid, year int, answers jsonb)
    on conflict (response_id, data_year) do update set answers = s.answers || s.recent || excluded.answers, recent = '{}'`.execute(tx);
  await sql`insert into entry.answer_history (save_id, response_id, data_year, question_key, author_id, source, revision, at)
    select g.save, g.id, g.year, '*', ${options.authorId ?? null}::uuid, ${source}, r.revision + 1, coalesce(${at}::timestamptz, now())
    from jsonb_to_recordset(${JSON.stringify(written.map(({ id, year, save }) => ({ id, year, save })))}::jsonb) as g(id uuid, year int, save uuid)
    join entry.response r on r.id = g.id`.execute(tx);
  if (found.length > 0) {
    await sql`insert into entry.finding (response_id, data_year, rule_id, subject, severity, fingerprint, state, justification)
        select g.id, g.year, g.rule, g.subject, g.severity, g.fingerprint, g.state, g.justification
        from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as g(id uuid, year int, rule text, subject text, severity text, fingerprint text, state text, justification text)
      on conflict (response_id, data_year, rule_id, subject) do update set severity = excluded.severity, fingerprint = excluded.fingerprint, state = excluded.state, justification = excluded.justification`.execute(tx);
  }
  const counted = sql`jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as g(id uuid, required int, answered int, completeness text, hard int, soft int, info int)`;
  await sql`update entry.response r set required_count = g.required, answered_count = g.answered, completeness = g.completeness, open_hard = g.hard, open_soft = g.soft, open_info = g.info,
      revision = r.revision + 1, updated_at = coalesce(${at}::timestamptz, now()) from ${counted} where r.id = g.id`.execute(tx);
  if (options.thirdPartyRequested) await sql`update entry.response r set third_party_requested = true from ${counted} where r.id = g.id`.execute(tx);
  await sql`update entry.response r set state = 'in_progress', state_by = ${options.authorId ?? null} from ${counted} where r.id = g.id and r.state = 'not_started'`.execute(tx);
}
