/** What is done for one territory: extension, early control, late structures, reminders, and the steps that releases and brochures bring. */
import { sql } from 'kysely';
import { type Actor, maySubmit, runsTheCampaign, territorySide } from '../access/index.ts';
import { writeJournal } from '../access/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import type { StructureId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { enterControl, movePhases } from './commands.server.ts';
import { dateAfterToday, type GuardRefusal, missing, noCampaign, notAwaiting, notFollowing, onlyCorrespondent, onlyDirectorOptsIn, optInClosed, outsideBounds, reasonNeeded, unknownTerritory } from './errors.ts';
import { STATE_LABELS } from './labels.ts';
import { writeToAwaited } from './letters.server.ts';
import type { PhaseState } from './model.ts';
import { campaignOf, phaseOf } from './queries.server.ts';
import { addResponses, unsettled } from './response-rows.server.ts';
import { acceptsEntry, mayFollow, phaseAllowed } from './transitions.ts';

/** Every territory that contains one, itself included; undefined when the code is unknown. */
export async function ancestorsOf(db: Db, territory: string): Promise<readonly string[] | undefined> {
  const { rows } = await sql<{ ancestors: string[] }>`select ancestors from registry.territory where code = ${territory} order by geography_year desc limit 1`.execute(db);
  return rows[0]?.ancestors;
}

async function mayLead(db: Db, actor: Actor, territory: string): Promise<boolean> {
  return runsTheCampaign(actor) || territorySide(actor, (await ancestorsOf(db, territory)) ?? [territory]) !== undefined;
}

/** Extends the entry of a territory to a later day, with a reason; those awaited are told. */
export async function extendTerritory(db: Db, actor: Actor, wanted: { readonly year: number; readonly territory: string; readonly closesOn: string; readonly reason: string }): Promise<Result<{ closesOn: string }>> {
  if (!(await mayLead(db, actor, wanted.territory))) return refuse(onlyCorrespondent);
  if (!wanted.reason.trim()) return refuse(reasonNeeded);
  return inTransaction(db, async (tx): Promise<Result<{ closesOn: string }>> => {
    const campaign = await campaignOf(tx, wanted.year);
    const phase = await phaseOf(tx, wanted.year, wanted.territory);
    if (!campaign) return refuse(noCampaign(wanted.year));
    if (!phase) return refuse(unknownTerritory(wanted.territory));
    if (!acceptsEntry(phase.state)) return refuse(notFollowing(STATE_LABELS[phase.state], 'Prolongation'));
    if (phase.closesOn && wanted.closesOn <= phase.closesOn) return refuse(dateAfterToday);
    await sql`update campaign.territory_phase set closes_on = ${wanted.closesOn}, extension_reason = ${wanted.reason.trim()}
      where campaign_year = ${wanted.year} and territory_code = ${wanted.territory}`.execute(tx);
    await writeToAwaited(tx, campaign, { name: 'extension', topic: 'extension', values: { reason: wanted.reason.trim(), closes: formatDate(wanted.closesOn) } }, [wanted.territory]);
    await writeJournal(tx, { accountId: actor.accountId, action: 'territory.extend', campaignYear: wanted.year, territoryCode: wanted.territory, purpose: wanted.reason.trim(), detail: { closesOn: wanted.closesOn } });
    return ok({ closesOn: wanted.closesOn });
  });
}

/** Moves one territory within the national bounds: to its end of entry, back to entry, or early to control once every response is in. */
export async function moveTerritory(db: Db, actor: Actor, move: { readonly year: number; readonly territory: string; readonly to: PhaseState }): Promise<Result<{ state: PhaseState }, GuardRefusal>> {
  if (!(await mayLead(db, actor, move.territory))) return refuse(onlyCorrespondent);
  return inTransaction(db, async (tx): Promise<Result<{ state: PhaseState }, GuardRefusal>> => {
    await sql`select 1 from campaign.territory_phase where campaign_year = ${move.year} and territory_code = ${move.territory} for update`.execute(tx);
    const phase = await phaseOf(tx, move.year, move.territory);
    if (!phase) return refuse(unknownTerritory(move.territory));
    // Freezing, reopening and what follows have their own doors: signatures, releases, brochures.
    if (!['open', 'closing', 'control'].includes(move.to) || !(mayFollow(phase.state, move.to) || (phase.state === 'open' && move.to === 'control')) || !acceptsEntry(phase.state))
      return refuse(notFollowing(STATE_LABELS[phase.state], STATE_LABELS[move.to]));
    if (!phaseAllowed(phase.national, move.to)) return refuse(outsideBounds(phase.name, STATE_LABELS[phase.national]));
    if (move.to === 'control') {
      const left = await unsettled(tx, move.year, [move.territory], ['submitted', 'declined', 'excluded']);
      if (!['control', 'frozen'].includes(phase.national) && left.size > 0)
        return refuse(missing([`${left.get(move.territory)} réponses ne sont pas encore envoyées : le contrôle commence quand toutes le sont, ou à la date nationale.`]));
      await enterControl(tx, move.year, [move.territory]);
    } else await movePhases(tx, move.year, [phase.state], move.to, [move.territory]);
    await writeJournal(tx, { accountId: actor.accountId, action: 'territory.move', campaignYear: move.year, territoryCode: move.territory, detail: { from: phase.state, to: move.to } });
    return ok({ state: move.to });
  });
}

export interface Greeted {
  readonly campaignYear: number;
  readonly dataYear: number;
  readonly structureId: StructureId;
  readonly closesOn: string | null;
  /** Entry is open: it may ask to answer (R16). */
  readonly mayAnswer: boolean;
}

/** Campaigns in which these structures, approved in the data year, are counted and greeted without being asked; latest first. */
export async function greetedOf(db: Db, structureIds: readonly StructureId[]): Promise<Greeted[]> {
  if (structureIds.length === 0) return [];
  const { rows } = await sql<Omit<Greeted, 'mayAnswer'> & { phase: PhaseState }>`
    select p.campaign_year as "campaignYear", coalesce((v.content->'dataYears'->0->>'year')::int, c.year - 1) as "dataYear", p.structure_id as "structureId", coalesce(t.closes_on, c.closes_on) as "closesOn", t.state as phase
    from campaign.participant p
    join campaign.campaign c on c.year = p.campaign_year
    join questionnaire.version v on v.year = c.questionnaire_year
    join campaign.territory_phase t on t.campaign_year = p.campaign_year and t.territory_code = p.territory_code
    where p.status = 'newly_approved' and p.structure_id in (select jsonb_array_elements_text(${JSON.stringify(structureIds)}::jsonb)::uuid)
    order by 1 desc`.execute(db);
  return rows.map(({ phase, ...row }) => ({ ...row, mayAnswer: acceptsEntry(phase) }));
}

/**
 * A newly approved structure asks to answer although it is only greeted that year (R16): it receives a response. Its director asks, or a
 * correspondent on its word, while entry is open.
 */
export async function optIn(db: Db, actor: Actor, asked: { readonly year: number; readonly structureId: StructureId }): Promise<Result<{ optedIn: true }>> {
  return inTransaction(db, async (tx): Promise<Result<{ optedIn: true }>> => {
    const { rows } = await sql<{ territory_code: string; state: PhaseState }>`
      select p.territory_code, t.state from campaign.participant p
      join campaign.territory_phase t on t.campaign_year = p.campaign_year and t.territory_code = p.territory_code
      where p.campaign_year = ${asked.year} and p.structure_id = ${asked.structureId} and p.status = 'newly_approved' for update`.execute(tx);
    const found = rows[0];
    if (!found) return refuse(notAwaiting);
    if (!maySubmit(actor, asked.structureId) && !(await mayLead(tx, actor, found.territory_code))) return refuse(onlyDirectorOptsIn);
    if (!acceptsEntry(found.state)) return refuse(optInClosed);
    await sql`update campaign.participant set status = 'opted_in' where campaign_year = ${asked.year} and structure_id = ${asked.structureId}`.execute(tx);
    await addResponses(tx, asked.year);
    await writeJournal(tx, { accountId: actor.accountId, action: 'participant.opt_in', campaignYear: asked.year, structureId: asked.structureId });
    return ok({ optedIn: true });
  });
}

/** A reminder to the people of the structures of a territory that have not sent yet; those that declined are left in peace. */
export async function remind(db: Db, actor: Actor, wanted: { readonly year: number; readonly territory: string }): Promise<Result<{ letters: number }>> {
  if (!(await mayLead(db, actor, wanted.territory))) return refuse(onlyCorrespondent);
  return inTransaction(db, async (tx): Promise<Result<{ letters: number }>> => {
    const campaign = await campaignOf(tx, wanted.year);
    const phase = await phaseOf(tx, wanted.year, wanted.territory);
    if (!campaign || !phase) return refuse(unknownTerritory(wanted.territory));
    if (!acceptsEntry(phase.state)) return refuse(notFollowing(STATE_LABELS[phase.state], 'Relance'));
    const letters = await writeToAwaited(tx, campaign, { name: 'reminder', topic: 'reminder' }, [wanted.territory]);
    await writeJournal(tx, { accountId: actor.accountId, action: 'territory.remind', campaignYear: wanted.year, territoryCode: wanted.territory, detail: { letters } });
    return ok({ letters });
  });
}

/** A release was made: its territory (or the nation, `FR`) goes from frozen to analysis. Called by statistics; says nothing when it is there already. */
export async function releaseTaken(tx: Db, year: number, territory: string): Promise<void> {
  if (territory === 'FR') await sql`update campaign.campaign set state = 'analysis' where year = ${year} and state = 'frozen'`.execute(tx);
  await movePhases(tx, year, ['frozen'], 'analysis', territory === 'FR' ? undefined : [territory]);
}

/** A brochure was published: its territory goes from analysis to publication. Called by publication; says nothing when it is there already. */
export async function brochurePublished(tx: Db, year: number, territory: string): Promise<void> {
  if (territory === 'FR') await sql`update campaign.campaign set state = 'publication' where year = ${year} and state = 'analysis'`.execute(tx);
  else await movePhases(tx, year, ['analysis'], 'publication', [territory]);
}

/**
 * The national office published the page of a territory without a brochure: the public reads its figures, so it goes from analysis to publication like
 * one whose brochure is published. The page of the nation moves no nation: its office does, when a territory at least is published (`missingBefore`).
 */
export async function pagePublished(tx: Db, year: number, territory: string): Promise<void> {
  await movePhases(tx, year, ['analysis'], 'publication', [territory]);
}
