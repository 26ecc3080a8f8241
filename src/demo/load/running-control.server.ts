/** The campaign in control: responses under review, corrections asked and answered, late entries, exclusions, a few territories frozen already. */
import { sql } from 'kysely';
import { signFreeze } from '../../domains/campaign/index.server.ts';
import { exclude, lateEntry, openRequestsOf, replyToRequest, requestCorrection, resubmit, runControl, validateMany } from '../../domains/control/index.server.ts';
import { moveResponses, readResponse } from '../../domains/entry/index.server.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import type { RegisterFacts } from '../answers/profile.ts';
import { chance } from '../random.ts';
import { ownChance } from '../nation/responses.ts';
import { FROZEN_DEPARTMENTS, type Planned, planResponse, RUNNING } from '../nation/plan.ts';
import { questionsAsked } from '../nation/questions-asked.ts';
import { must } from './must.ts';
import { campaignRows, type CampaignRow } from './national-answers.server.ts';
import type { Loaders } from './nation-people.server.ts';
import type { Cast } from './personas.server.ts';
import { breathe } from '../../platform/breathe.server.ts';
import type { OnProgress } from './progress.ts';
import { askQuestions } from './questions-to-correspondents.server.ts';

/** Brings every response of the running campaign to the state planned for it; what is there already is left. */
export async function controlRunning(db: Db, registers: ReadonlyMap<string, RegisterFacts>, loaders: Loaders, cast: Cast, onProgress: OnProgress, signal?: AbortSignal): Promise<void> {
  const planned = (row: CampaignRow): Planned => planResponse(ownChance(registers.get(row.identifier)!).fork(`plan-${RUNNING}`), RUNNING, registers.get(row.identifier)!);
  const rows = async (states: readonly string[], wanted: (plan: Planned) => boolean): Promise<CampaignRow[]> => (await campaignRows(db, RUNNING, states)).filter((row) => registers.has(row.identifier) && wanted(planned(row)));
  const side = (row: CampaignRow): Loaders['caf'] => (row.territory === '62' ? (chance(row.identifier).happens(0.5) ? cast.caf : cast.federation) : chance(row.identifier).happens(0.5) ? loaders.caf : loaders.federation);
  const step = async (name: string, list: readonly CampaignRow[], work: (row: CampaignRow) => Promise<unknown>): Promise<void> => {
    for (const [i, row] of list.entries()) {
      signal?.throwIfAborted();
      // oxlint-disable-next-line no-await-in-loop -- one conversation after the other
      await work(row);
      if (i % 10 === 9 || i === list.length - 1) {
        onProgress({ step: name, done: i + 1, of: list.length });
        // oxlint-disable-next-line no-await-in-loop
        await breathe();
      }
    }
  };
  const moveAll = (list: readonly CampaignRow[], to: 'under_review' | 'submitted_by_third_party', by: Loaders['caf']): Promise<unknown> =>
    inTransaction(db, async (tx) => must(`moving to ${to}`, await moveResponses(tx, { responseIds: list.map((row) => row.id), to, by: by.accountId })));

  await step('Saisies tardives', await rows(['non_respondent'], (p) => p.state === 'in_progress'), async (row) =>
    must('late entry', await lateEntry(db, side(row), { responseId: row.id, reason: 'Direction remplacée au printemps : le centre a demandé un délai.' })),
  );
  await moveAll(await rows(['in_progress'], (p) => p.state === 'submitted_by_third_party'), 'submitted_by_third_party', loaders.caf);
  const validated = await rows(['submitted', 'under_review'], (p) => p.state === 'validated' || p.state === 'frozen');
  for (const [actor, list] of Map.groupBy(validated.filter((r) => r.territory !== '62'), side)) must('validation', await validateMany(db, actor, list.map((r) => r.id)));
  for (const [actor, list] of Map.groupBy(validated.filter((r) => r.territory === '62'), side)) must('validation', await validateMany(db, actor, list.map((r) => r.id)));
  await breathe();
  const reviewed = await rows(['submitted'], (p) => ['under_review', 'correction_requested', 'resubmitted'].includes(p.state));
  for (const [actor, list] of Map.groupBy(reviewed, side)) await moveAll(list, 'under_review', actor);
  // Sent back already, before an interruption: under review again, nothing more to ask.
  const answered = new Set((await sql<{ id: string }>`select distinct response_id as id from control.correction_request where state = 'answered'`.execute(db)).rows.map((r) => r.id));
  const toAsk = (await rows(['under_review'], (p) => p.state === 'correction_requested' || p.state === 'resubmitted')).filter((row) => !answered.has(row.id));
  await step('Demandes de correction 2026', toAsk, async (row) => {
    const dataYear = RUNNING - 1;
    const view = (await readResponse(db, row.id))!;
    const asked = questionsAsked(planned(row).mistake, view.sheets[dataYear]?.answers ?? {}, view.previous[dataYear] ?? {});
    must('correction request', await requestCorrection(db, side(row), { responseId: row.id, points: asked.keys.map((key) => ({ dataYear, key })), message: asked.message }));
  });
  await step('Réponses aux demandes', await rows(['correction_requested'], (p) => p.state === 'resubmitted'), async (row) => {
    const requests = await openRequestsOf(db, row.id);
    const replies = requests.flatMap((r) => r.points.map((p) => ({ requestId: r.id, dataYear: p.dataYear, key: p.key, reply: 'confirmed' as const, message: 'Nous avons recompté : ce nombre est le bon, le détail est dans notre rapport d’activité.' })));
    const director = loaders.director(row.structureId);
    must('reply', await replyToRequest(db, director, { responseId: row.id, replies }));
    must('resubmission', await resubmit(db, director, row.id));
  });
  await step('Réponses écartées', await rows(['submitted'], (p) => p.state === 'excluded'), async (row) => {
    for (const actor of row.territory === '62' ? [cast.caf, cast.federation] : [loaders.caf, loaders.federation]) {
      // oxlint-disable-next-line no-await-in-loop -- the second word excludes
      must('exclusion', await exclude(db, actor, { responseId: row.id, reason: 'Structure fermée en cours d’année, réponse inutilisable.' }));
    }
  });
  await askQuestions(db, cast);
  await freeze(db, RUNNING, FROZEN_DEPARTMENTS, loaders);
  await runControl(db, RUNNING, undefined, (done, of) => onProgress({ step: 'Contrôles de la campagne 2026', done, of }));
}

/** Both signatures, for the territories that are in control and not frozen yet. */
export async function freeze(db: Db, year: number, territories: readonly string[], loaders: Loaders): Promise<void> {
  const { rows } = await sql<{ code: string }>`select territory_code as code from campaign.territory_phase where campaign_year = ${year} and state = 'control'
    and territory_code in (select jsonb_array_elements_text(${JSON.stringify(territories)}::jsonb)) order by 1`.execute(db);
  if (rows.length === 0) return;
  for (const actor of [loaders.caf, loaders.federation]) {
    // oxlint-disable-next-line no-await-in-loop -- the second signature acts on the first
    must(`signature of ${year}`, await signFreeze(db, actor, { year, territories: rows.map((r) => r.code) }));
  }
}
