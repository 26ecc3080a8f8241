/** The bench: which responses of an earlier campaign a rule would have flagged. Reads, never writes; three statements, whatever the number of responses. */
import { sql } from 'kysely';
import { ANSWERED_RESPONSES } from '../campaign/index.ts';
import { contextOf } from '../entry/index.ts';
import { previousAnswers } from '../entry/index.server.ts';
import { type Answers, type QuestionnaireVersion, type Rule, verdictOf } from '../questionnaire/index.ts';
import { findVersion } from '../questionnaire/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { benchVersion } from './rule-bench.ts';

/** Beyond it a sample is drawn, always the same one. */
const MOST = 1500;
const NAMED = 50;

export interface BenchCount {
  readonly kind: string;
  readonly judged: number;
  readonly flagged: number;
}
export interface Bench {
  readonly campaignYear: number;
  readonly dataYear: number;
  /** Responses of that campaign that could be read, and those that were. */
  readonly responses: number;
  readonly tried: number;
  /** Not concluded for want of an answer. */
  readonly open: number;
  readonly notApplicable: number;
  readonly counts: readonly BenchCount[];
  /** At most 50, only when asked by somebody entitled. */
  readonly flagged: readonly { readonly responseId: string; readonly name: string; readonly territory: string; readonly kind: string }[];
}

/** The latest campaign held on a questionnaire before `year` that has responses: the one on which rules of the version of `year` are tried. */
async function campaignBefore(db: Db, year: number): Promise<{ year: number; questionnaireYear: number; responses: number } | undefined> {
  const { rows } = await sql<{ year: number; questionnaireYear: number; responses: number }>`
    select c.year, c.questionnaire_year as "questionnaireYear", count(*) as responses from campaign.campaign c
    join entry.response r on r.campaign_year = c.year and r.state in (select jsonb_array_elements_text(${JSON.stringify(ANSWERED_RESPONSES)}::jsonb))
    where c.year < ${year} group by c.year order by c.year desc limit 1`.execute(db);
  return rows[0];
}

export async function benchRule(db: Db, draft: QuestionnaireVersion, rule: Rule, options: { readonly named: boolean }): Promise<Result<Bench>> {
  const campaign = await campaignBefore(db, draft.year);
  const earlier = campaign && (await findVersion(db, campaign.questionnaireYear))?.version;
  if (!campaign || !earlier) return refuse<Refusal>({ code: 'nothing_to_try_on', message: 'Aucune campagne passée n’a de réponses sur lesquelles essayer ce contrôle.' });
  const made = benchVersion(draft, rule, earlier);
  if (!made.ok) return made;
  const compiled = made.value;
  const { mainDataYear } = compiled;
  const { rows } = await sql<{ id: string; structureId: string; kind: string; territory: string; name: string; answers: Answers }>`
    select r.id, r.structure_id as "structureId", r.structure_kind as kind, r.territory_code as territory, s.name, a.answers
    from entry.response r join entry.answer_sheet a on a.response_id = r.id and a.data_year = ${mainDataYear}
    join registry.current_structure s on s.structure_id = r.structure_id
    where r.campaign_year = ${campaign.year} and r.state in (select jsonb_array_elements_text(${JSON.stringify(ANSWERED_RESPONSES)}::jsonb))
    order by md5(r.id::text) limit ${MOST}`.execute(db);
  const past = compiled.rules[0]!.readsPrevious || compiled.rules[0]!.functions.has('share_equal_to_prev')
    ? await previousAnswers(db, campaign.year, rows.map((r) => r.structureId as never), mainDataYear - 1)
    : new Map<string, Answers>();
  const counts = new Map<string, { judged: number; flagged: number }>();
  const flagged: Bench['flagged'][number][] = [];
  let [open, notApplicable] = [0, 0];
  for (const row of rows) {
    const before = past.get(row.structureId as never);
    const context = contextOf(compiled, { structureKind: row.kind, territoryCode: row.territory, sheets: { [mainDataYear]: { answers: row.answers } }, ...(before ? { earlier: { [mainDataYear - 1]: before } } : {}) }, mainDataYear);
    const verdict = verdictOf(compiled, context, rule.id);
    if (verdict === 'open') open++;
    else if (verdict === 'not_applicable') notApplicable++;
    else {
      const count = counts.get(row.kind) ?? { judged: 0, flagged: 0 };
      counts.set(row.kind, { judged: count.judged + 1, flagged: count.flagged + (verdict === 'broken' ? 1 : 0) });
      if (verdict === 'broken' && options.named && flagged.length < NAMED) flagged.push({ responseId: row.id, name: row.name, territory: row.territory, kind: row.kind });
    }
  }
  return ok({
    campaignYear: campaign.year, dataYear: mainDataYear, responses: campaign.responses, tried: rows.length, open, notApplicable,
    counts: [...counts].map(([kind, c]) => ({ kind, ...c })).toSorted((a, b) => a.kind.localeCompare(b.kind)), flagged,
  });
}
