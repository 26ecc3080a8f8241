/** What the national team does: create a campaign, say what it covers, move it from state to state. Each command is one transaction, journalled. */
import { sql } from 'kysely';
import { type Actor, runsTheCampaign } from '../access/index.ts';
import { writeJournal } from '../access/index.server.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { COLLECTION_LEVEL, DEPARTMENTS } from './departments.server.ts';
import { campaignExists, campaignNotOpen, closesBeforeItOpens, datesAreFixed, missing, noCampaign, noQuestionnaire, notFollowing, onlyProjectOffice, previousNotFrozen, reasonNeeded, type GuardRefusal } from './errors.ts';
import { missingBefore } from './guards.server.ts';
import { STATE_LABELS } from './labels.ts';
import { writeToAwaited } from './letters.server.ts';
import type { Campaign, CampaignState, CoverageRow } from './model.ts';
import { campaignOf } from './queries.server.ts';
import { addParticipants, addResponses, closeUnanswered, fillVolumes } from './response-rows.server.ts';
import { mayFollow } from './transitions.ts';

export interface NewCampaign {
  readonly year: number;
  /** The version that it asks; by default the one of its own year. */
  readonly questionnaireYear?: number;
  readonly opensOn?: string | null;
  readonly closesOn?: string | null;
  /** Without it: as in the preceding campaign, else everything is surveyed. Territories not named are `not_yet`. */
  readonly coverage?: readonly { readonly territory: string; readonly kind: string; readonly status: CoverageRow['status'] }[];
}

/** Creates a campaign in draft, with a phase for each département and its coverage. */
export async function createCampaign(db: Db, actor: Actor, wanted: NewCampaign): Promise<Result<{ year: number }>> {
  if (!runsTheCampaign(actor)) return refuse(onlyProjectOffice);
  return inTransaction(db, async (tx): Promise<Result<{ year: number }>> => {
    const questionnaireYear = wanted.questionnaireYear ?? wanted.year;
    const { rows } = await sql<{ exists: boolean; version: boolean; previous: number | null; previous_state: string | null }>`
      select exists (select 1 from campaign.campaign where year = ${wanted.year}) as exists,
        exists (select 1 from questionnaire.version where year = ${questionnaireYear}) as version, p.year as previous, p.state as previous_state
      from (select 1) one left join lateral (select year, state from campaign.campaign where year < ${wanted.year} order by year desc limit 1) p on true`.execute(tx);
    const found = rows[0]!;
    if (found.exists) return refuse(campaignExists(wanted.year));
    if (!found.version) return refuse(noQuestionnaire(questionnaireYear));
    if (found.previous !== null && !['frozen', 'analysis', 'publication', 'archived'].includes(found.previous_state!)) return refuse(previousNotFrozen(found.previous));
    await sql`insert into campaign.campaign (year, questionnaire_year, opens_on, closes_on)
      values (${wanted.year}, ${questionnaireYear}, ${wanted.opensOn ?? null}, ${wanted.closesOn ?? null})`.execute(tx);
    await sql`insert into campaign.territory_phase (campaign_year, territory_code)
      select distinct ${wanted.year}::int, code from registry.territory where level = ${COLLECTION_LEVEL}`.execute(tx);
    const given = wanted.coverage
      ? sql`select territory, kind, status from jsonb_to_recordset(${JSON.stringify(wanted.coverage)}::jsonb) as g(territory text, kind text, status text)`
      : sql`select territory_code, structure_kind, status from campaign.coverage where campaign_year = ${found.previous ?? -1}`;
    await sql`insert into campaign.coverage (campaign_year, territory_code, structure_kind, status)
      select ${wanted.year}, d.code, k.code, coalesce(g.status, ${wanted.coverage || found.previous !== null ? 'not_yet' : 'surveyed'})
      from ${DEPARTMENTS} d cross join registry.structure_kind k
      left join (${given}) as g(territory, kind, status) on g.territory = d.code and g.kind = k.code`.execute(tx);
    await writeJournal(tx, { accountId: actor.accountId, action: 'campaign.create', campaignYear: wanted.year });
    return ok({ year: wanted.year });
  });
}

/** Sets the days of opening and of end of entry, until control begins. */
export async function setDates(db: Db, actor: Actor, dates: { readonly year: number; readonly opensOn: string | null; readonly closesOn: string | null }): Promise<Result<{ year: number }>> {
  if (!runsTheCampaign(actor)) return refuse(onlyProjectOffice);
  if (dates.opensOn && dates.closesOn && dates.closesOn <= dates.opensOn) return refuse(closesBeforeItOpens);
  return inTransaction(db, async (tx): Promise<Result<{ year: number }>> => {
    const campaign = await campaignOf(tx, dates.year);
    if (!campaign) return refuse(noCampaign(dates.year));
    if (!['draft', 'preparation', 'questionnaire_validated', 'open', 'closing'].includes(campaign.state)) return refuse(datesAreFixed);
    await sql`update campaign.campaign set opens_on = ${dates.opensOn}, closes_on = ${dates.closesOn} where year = ${dates.year}`.execute(tx);
    await writeJournal(tx, { accountId: actor.accountId, action: 'campaign.dates', campaignYear: dates.year, detail: { opensOn: dates.opensOn, closesOn: dates.closesOn } });
    return ok({ year: dates.year });
  });
}

/** Changes what is surveyed where; possible until the campaign opens for that territory. */
export async function setCoverage(db: Db, actor: Actor, year: number, rows: readonly { territory: string; kind: string; status: CoverageRow['status'] }[]): Promise<Result<{ changed: number }>> {
  if (!runsTheCampaign(actor)) return refuse(onlyProjectOffice);
  return inTransaction(db, async (tx): Promise<Result<{ changed: number }>> => {
    if (!(await campaignOf(tx, year))) return refuse(noCampaign(year));
    const { rows: busy } = await sql<{ territory_code: string }>`
      select t.territory_code from campaign.territory_phase t
      join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(territory text, kind text, status text) on g.territory = t.territory_code
      join campaign.coverage c on c.campaign_year = t.campaign_year and c.territory_code = g.territory and c.structure_kind = g.kind and c.status <> g.status
      where t.campaign_year = ${year} and t.state not in ('draft', 'preparation', 'questionnaire_validated')`.execute(tx);
    if (busy[0]) return refuse(missing([`La saisie est déjà ouverte dans le territoire ${busy[0].territory_code} : ce qui y est enquêté ne change plus cette année.`]));
    const { numAffectedRows } = await sql`
      update campaign.coverage c set status = g.status from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(territory text, kind text, status text)
      where c.campaign_year = ${year} and c.territory_code = g.territory and c.structure_kind = g.kind and c.status <> g.status`.execute(tx);
    await writeJournal(tx, { accountId: actor.accountId, action: 'campaign.coverage', campaignYear: year, detail: { rows: rows.slice(0, 20) } });
    return ok({ changed: Number(numAffectedRows ?? 0) });
  });
}

/** Records why territories open although one of the two correspondents is missing. */
export async function waive(db: Db, actor: Actor, year: number, territories: readonly string[], reason: string): Promise<Result<{ waived: number }>> {
  if (!runsTheCampaign(actor)) return refuse(onlyProjectOffice);
  if (!reason.trim()) return refuse(reasonNeeded);
  return inTransaction(db, async (tx) => {
    const { numAffectedRows } = await sql`update campaign.territory_phase set waiver_reason = ${reason.trim()}
      where campaign_year = ${year} and territory_code in (select jsonb_array_elements_text(${JSON.stringify(territories)}::jsonb))`.execute(tx);
    await writeJournal(tx, { accountId: actor.accountId, action: 'campaign.waive', campaignYear: year, purpose: reason.trim(), detail: { territories } });
    return ok({ waived: Number(numAffectedRows ?? 0) });
  });
}

export interface Move {
  readonly year: number;
  readonly to: CampaignState;
  /** Needed to go back to control, and to archive (how results were given back to contributors). */
  readonly reason?: string;
  /** `YYYY-MM-DD`; today by default. */
  readonly today?: string;
}
export interface Moved {
  readonly state: CampaignState;
  readonly participants: number;
  readonly responses: number;
}

const BACKWARD = (from: CampaignState, to: CampaignState): boolean => to === 'control' && from !== 'closing';

/**
 * Moves the national campaign, and with it the territories that follow its pace. Refused, with the list of what is missing, when a guard does not hold.
 * Opening makes participants and responses and puts the questionnaire in use; the passage to control closes the entry of the territories without extension.
 */
export async function moveCampaign(db: Db, actor: Actor, move: Move): Promise<Result<Moved, GuardRefusal>> {
  if (!runsTheCampaign(actor)) return refuse(onlyProjectOffice);
  return inTransaction(db, async (tx): Promise<Result<Moved, GuardRefusal>> => {
    await sql`select 1 from campaign.campaign where year = ${move.year} for update`.execute(tx);
    const campaign = await campaignOf(tx, move.year);
    if (!campaign) return refuse(noCampaign(move.year));
    if (!mayFollow(campaign.state, move.to)) return refuse(notFollowing(STATE_LABELS[campaign.state], STATE_LABELS[move.to]));
    if ((BACKWARD(campaign.state, move.to) || move.to === 'archived') && !move.reason?.trim()) return refuse<Refusal>(reasonNeeded);
    const lacks = await missingBefore(tx, campaign, move.to);
    if (lacks.length > 0) return refuse(missing(lacks));
    await sql`update campaign.campaign set state = ${move.to},
      opens_on = case when ${move.to} = 'open' then coalesce(opens_on, ${move.today ?? null}::date, current_date) else opens_on end where year = ${move.year}`.execute(tx);
    const made = await follow(tx, campaign, move.to, move.today);
    await writeJournal(tx, { accountId: actor.accountId, action: 'campaign.move', campaignYear: move.year, purpose: move.reason?.trim(), detail: { from: campaign.state, to: move.to } });
    return ok({ state: move.to, ...made });
  });
}

/** While the campaign is open: asks the structures that the register has learnt of since it opened; they are counted in the result. */
export async function inviteNewcomers(db: Db, actor: Actor, { year }: { readonly year: number }): Promise<Result<Moved>> {
  if (!runsTheCampaign(actor)) return refuse(onlyProjectOffice);
  return inTransaction(db, async (tx): Promise<Result<Moved>> => {
    await sql`select from campaign.campaign where year = ${year} for update`.execute(tx);
    const campaign = await campaignOf(tx, year);
    return campaign?.state === 'open' ? ok({ state: 'open', ...(await follow(tx, campaign, 'open')) }) : refuse(campaignNotOpen);
  });
}

/** A campaign that comes in after a later one asks nobody anything: it was held long ago. */
async function isOver(tx: Db, { year }: Campaign): Promise<boolean> {
  const { rows } = await sql`select from campaign.campaign where year > ${year} limit 1`.execute(tx);
  return rows.length > 0;
}

/** The territories go along with the nation, each from the state where the move finds it. */
async function follow(tx: Db, campaign: Campaign, to: CampaignState, today?: string): Promise<{ participants: number; responses: number }> {
  const nothing = { participants: 0, responses: 0 };
  switch (to) {
    case 'draft':
    case 'frozen':
      return nothing;
    case 'preparation':
      await movePhases(tx, campaign.year, ['draft'], to);
      return nothing;
    case 'questionnaire_validated':
      await movePhases(tx, campaign.year, ['draft'], 'preparation');
      await movePhases(tx, campaign.year, ['preparation'], to);
      return nothing;
    case 'open': {
      if (campaign.state === 'closing') {
        await movePhases(tx, campaign.year, ['closing'], to);
        return nothing;
      }
      await sql`update questionnaire.version set state = 'in_use' where year = ${campaign.questionnaireYear} and state = 'validated'`.execute(tx);
      await movePhases(tx, campaign.year, ['draft'], 'preparation');
      await movePhases(tx, campaign.year, ['preparation'], 'questionnaire_validated');
      await movePhases(tx, campaign.year, ['questionnaire_validated'], to);
      const participants = await addParticipants(tx, campaign.year, campaign.dataYear);
      const responses = await addResponses(tx, campaign.year);
      await fillVolumes(tx, campaign.year, campaign.dataYear);
      if (responses > 0 && !(await isOver(tx, campaign))) await writeToAwaited(tx, campaign, { name: 'invitation', topic: 'invitation' });
      return { participants, responses };
    }
    case 'closing':
      await movePhases(tx, campaign.year, ['open'], to);
      if (!(await isOver(tx, campaign))) await writeToAwaited(tx, campaign, { name: 'reminder', topic: 'reminder' });
      return nothing;
    case 'control': {
      if (campaign.state !== 'closing') return nothing;
      const { rows } = await sql<{ territory_code: string }>`select territory_code from campaign.territory_phase
        where campaign_year = ${campaign.year} and state in ('open', 'closing') and (closes_on is null or closes_on < coalesce(${today ?? null}::date, current_date))`.execute(tx);
      const ready = rows.map((row) => row.territory_code);
      await enterControl(tx, campaign.year, ready);
      await fillVolumes(tx, campaign.year, campaign.dataYear);
      return nothing;
    }
    case 'analysis':
      await movePhases(tx, campaign.year, ['frozen'], to);
      return nothing;
    case 'publication':
      return nothing;
    case 'archived':
      await movePhases(tx, campaign.year, ['publication'], to);
      return nothing;
  }
}

/** Ends the entry of territories: those that have not sent become non-respondents. */
export async function enterControl(tx: Db, year: number, territories: readonly string[]): Promise<void> {
  await movePhases(tx, year, ['open'], 'closing', territories);
  await movePhases(tx, year, ['closing'], 'control', territories);
  await closeUnanswered(tx, year, territories);
}

/** Moves the phases of surveyed or tested territories from some states to the next. */
export async function movePhases(tx: Db, year: number, from: readonly string[], to: CampaignState, territories?: readonly string[]): Promise<string[]> {
  const only = territories ? JSON.stringify(territories) : null;
  const { rows } = await sql<{ territory_code: string }>`
    update campaign.territory_phase t set state = ${to}
    where t.campaign_year = ${year} and t.state in (select jsonb_array_elements_text(${JSON.stringify(from)}::jsonb))
      and (${only}::jsonb is null or t.territory_code in (select jsonb_array_elements_text(${only}::jsonb)))
      and exists (select 1 from campaign.coverage c where c.campaign_year = t.campaign_year and c.territory_code = t.territory_code and c.status <> 'not_yet')
    returning t.territory_code`.execute(tx);
  return rows.map((row) => row.territory_code);
}
