/** The bench: which responses of an earlier campaign a rule would have flagged. Each run is journalled; a handful of statements, whatever the number of responses. */
import { sql } from 'kysely';
import { type Actor, triesChecks } from '../access/index.ts';
import { writeJournal } from '../access/index.server.ts';
import { ANSWERED_RESPONSES } from '../campaign/index.ts';
import { contextOf } from '../entry/index.ts';
import { previousAnswers } from '../entry/index.server.ts';
import { type Answers, type QuestionnaireVersion, type Rule, verdictOf } from '../questionnaire/index.ts';
import { findVersion } from '../questionnaire/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { benchVersion, designatingQuestion, roundedCount } from './rule-bench.ts';

/** Beyond it a sample is drawn, always the same one. */
const MOST = 1500;
const NAMED = 50;

/** Null: under five, told so to who may not read the responses. */
export type ToldCount = number | null;

export interface BenchCount {
  readonly kind: string;
  readonly judged: ToldCount;
  readonly flagged: ToldCount;
}
export interface Bench {
  readonly campaignYear: number;
  readonly dataYear: number;
  /** Responses of that campaign that could be read, and those that were. */
  readonly responses: number;
  readonly tried: number;
  /** Not concluded for want of an answer. */
  readonly open: ToldCount;
  readonly notApplicable: ToldCount;
  /** False: to the nearest five. */
  readonly exact: boolean;
  readonly counts: readonly BenchCount[];
  /** All kinds together. */
  readonly total: { readonly judged: ToldCount; readonly flagged: ToldCount };
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

/** Who may: `triesChecks`. `named` asks for the structures, which only those who read responses one by one obtain. */
export async function benchRule(db: Db, actor: Actor, draft: QuestionnaireVersion, rule: Rule, { named }: { readonly named: boolean }): Promise<Result<Bench>> {
  const reach = triesChecks(actor);
  if (!reach || (named && reach !== 'exact'))
    return refuse<Refusal>({ code: 'bench_not_allowed', message: named ? 'Les réponses, une à une, sont ouvertes aux statisticiens nationaux seulement.' : 'Un contrôle s’essaie par celles et ceux qui écrivent ou valident le questionnaire : faites-leur une proposition.' });
  const campaign = await campaignBefore(db, draft.year);
  const earlier = campaign && (await findVersion(db, campaign.questionnaireYear));
  if (!campaign || !earlier) return refuse<Refusal>({ code: 'nothing_to_try_on', message: 'Aucune campagne passée n’a de réponses sur lesquelles essayer ce contrôle.' });
  const made = benchVersion(draft, rule, earlier);
  if (!made.ok) return made;
  const compiled = made.value;
  const designating = reach === 'rounded' ? designatingQuestion(compiled) : undefined;
  if (designating) return refuse<Refusal>({ code: 'rule_not_triable', message: `Ce contrôle lit « ${designating.label} », qui désigne une structure : son essai est réservé aux statisticiens nationaux.` });
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
  const tell = (count: number): ToldCount => (reach === 'exact' ? count : roundedCount(count));
  for (const row of rows) {
    const before = past.get(row.structureId as never);
    const context = contextOf(compiled, { structureKind: row.kind, territoryCode: row.territory, sheets: { [mainDataYear]: { answers: row.answers } }, ...(before ? { earlier: { [mainDataYear - 1]: before } } : {}) }, mainDataYear);
    const verdict = verdictOf(compiled, context, rule.id);
    if (verdict === 'open') open++;
    else if (verdict === 'not_applicable') notApplicable++;
    else {
      const count = counts.get(row.kind) ?? { judged: 0, flagged: 0 };
      counts.set(row.kind, { judged: count.judged + 1, flagged: count.flagged + (verdict === 'broken' ? 1 : 0) });
      if (verdict === 'broken' && named && flagged.length < NAMED) flagged.push({ responseId: row.id, name: row.name, territory: row.territory, kind: row.kind });
    }
  }
  await writeJournal(db, { accountId: actor.accountId, action: 'bench.read', purpose: `essai du contrôle ${rule.id}`, campaignYear: campaign.year, detail: { when: rule.when, assert: rule.assert, named: flagged.length } });
  const sum = (of: (c: { judged: number; flagged: number }) => number): ToldCount => tell([...counts.values()].reduce((n, c) => n + of(c), 0));
  return ok({
    exact: reach === 'exact', total: { judged: sum((c) => c.judged), flagged: sum((c) => c.flagged) },
    campaignYear: campaign.year, dataYear: mainDataYear, responses: campaign.responses, tried: rows.length, open: tell(open), notApplicable: tell(notApplicable),
    counts: [...counts].map(([kind, c]) => ({ kind, judged: tell(c.judged), flagged: tell(c.flagged) })).toSorted((a, b) => a.kind.localeCompare(b.kind)), flagged,
  });
}
