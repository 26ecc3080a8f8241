/** Preparing, writing, voting and publishing a brochure. Rendering happens outside every transaction: the database has better to do. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Actor, runsTheCampaign, type Side, votesOnBrochure } from '../access/index.ts';
import { writeJournal } from '../access/index.server.ts';
import { ancestorsOf, brochurePublished, campaignOf, pagePublished } from '../campaign/index.server.ts';
import { isOpenLevel } from '../disclosure/index.ts';
import { territory as territoryOf } from '../registry/index.server.ts';
import { latestRelease, readerOfRun, type ReleaseReader } from '../statistics/index.server.ts';
import { unknownCampaign, unknownTerritory } from '../statistics/index.ts';
import { newId } from '../../kernel/identifier.ts';
import { ok, type Refusal, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { composeBrochure } from './compose.ts';
import { gather, textsFor, type Wanted } from './composition.server.ts';
import { figuresChanged, levelClosed, noBrochure, noRelease, notVoter, notYet, onlyNationalOffice, reasonNeeded, tooLong } from './errors.ts';
import { BROCHURE_STATE_LABELS } from './labels.ts';
import type { BrochureData, BrochureState, BrochureTexts, TypesetBrochure } from './model.ts';
import { type Brochure, brochureOf, votesOf } from './queries.server.ts';
import { brochureMayMove, isUnderWay, textsAreOpen, verdict } from './rules.ts';
import { storeTerritoryPage } from './territory-page.server.ts';
import { checkTexts, parseTexts } from './texts.ts';

async function isVoter(db: Db, actor: Actor, territory: string): Promise<boolean> {
  return votesOnBrochure(actor, (await ancestorsOf(db, territory)) ?? [territory]);
}

/**
 * The side that the person votes for: that of a voting mandate of this very territory. Someone of the région votes, and a refusal counts, but does not
 * stand for the Caf or the federation of each of its départements.
 */
const sideOf = (actor: Actor, territory: string): Side | null =>
  actor.mandates.find((m) => m.side !== null && m.territoryCode === territory && votesOnBrochure({ ...actor, mandates: [m] }, [territory]))?.side ?? null;

/** Smaller territories wait for secondary suppression (disclosure). */
const isOpen = async (db: Db, territory: string): Promise<boolean> => isOpenLevel((await territoryOf(db, territory))?.level ?? '');

async function setState(db: Db, brochure: Brochure, to: BrochureState): Promise<void> {
  if (!brochureMayMove(brochure.state, to)) throw new Error(`brochure ${brochure.id}: ${brochure.state} -> ${to}`);
  await sql`update publication.brochure set state = ${to}, updated_at = now() where id = ${brochure.id}`.execute(db);
}

/**
 * Starts a brochure, or a new version of a published one, and links it to the figures of the latest release. On a draft: links it again.
 * Left alone when it is already being written.
 */
export async function prepareBrochure(db: Db, actor: Actor, wanted: Wanted): Promise<Result<{ id: string; state: BrochureState }>> {
  if (!(await isVoter(db, actor, wanted.territory))) return refuse(notVoter);
  if (!(await isOpen(db, wanted.territory))) return refuse(levelClosed);
  return inTransaction(db, async (tx): Promise<Result<{ id: string; state: BrochureState }>> => {
    const release = await latestRelease(tx, { campaignYear: wanted.year, territoryCode: wanted.territory });
    if (!release) return refuse(noRelease);
    let brochure = await brochureOf(tx, wanted);
    if (brochure && !['draft', 'published', 'superseded'].includes(brochure.state)) return ok({ id: brochure.id, state: brochure.state });
    if (!brochure || brochure.state !== 'draft') {
      const texts = brochure ? brochure.texts : await textsFor(tx, wanted.territory);
      await sql`insert into publication.brochure (id, campaign_year, territory_code, version, texts)
        values (${newId()}, ${wanted.year}, ${wanted.territory}, ${(brochure?.version ?? 0) + 1}, ${JSON.stringify(texts)}::jsonb)`.execute(tx);
      brochure = (await brochureOf(tx, wanted))!;
    }
    await sql`update publication.brochure set release_id = ${release.id} where id = ${brochure.id}`.execute(tx);
    await setState(tx, brochure, 'figures_linked');
    await writeJournal(tx, { accountId: actor.accountId, action: 'brochure.prepare', territoryCode: wanted.territory, campaignYear: wanted.year, detail: { release: release.number, version: brochure.version } });
    return ok({ id: brochure.id, state: 'figures_linked' });
  });
}

/** Keeps the committee's words; refuses a figure that may not be shown. */
export async function saveTexts(db: Db, actor: Actor, wanted: Wanted & { readonly texts: unknown }): Promise<Result<BrochureTexts>> {
  if (!(await isVoter(db, actor, wanted.territory))) return refuse(notVoter);
  const brochure = await brochureOf(db, wanted);
  if (!brochure) return refuse(noBrochure);
  if (!textsAreOpen(brochure.state)) return refuse(notYet(BROCHURE_STATE_LABELS[brochure.state]));
  const gathered = await gather(db, wanted, false);
  if (!gathered) return refuse(noRelease);
  const before = parseTexts(brochure.texts, await textsFor(db, wanted.territory));
  const checked = checkTexts(parseTexts(wanted.texts, before), (id) => gathered.set.figures.has(id));
  if (!checked.ok) return checked;
  return inTransaction(db, async (tx): Promise<Result<BrochureTexts>> => {
    const { rows } = await sql<{ id: string }>`update publication.brochure set texts = ${JSON.stringify(checked.value)}::jsonb, updated_at = now()
      where id = ${brochure.id} and state in ('draft', 'figures_linked', 'texts_under_review') returning id`.execute(tx);
    if (!rows[0]) return refuse(notYet('modifiée entre-temps'));
    await writeJournal(tx, { accountId: actor.accountId, action: 'brochure.texts', territoryCode: wanted.territory, campaignYear: wanted.year });
    return ok(checked.value);
  });
}

/** Sends the words to be read again, opens the vote, or takes the brochure back to draft. Opening the vote begins it anew. */
export async function moveBrochure(db: Db, actor: Actor, wanted: Wanted & { readonly to: 'texts_under_review' | 'copil_validation' | 'draft'; readonly reason?: string }): Promise<Result<{ state: BrochureState }>> {
  if (!(await isVoter(db, actor, wanted.territory))) return refuse(notVoter);
  return inTransaction(db, async (tx): Promise<Result<{ state: BrochureState }>> => {
    const brochure = await brochureOf(tx, wanted);
    if (!brochure) return refuse(noBrochure);
    if (!brochureMayMove(brochure.state, wanted.to)) return refuse(notYet(BROCHURE_STATE_LABELS[brochure.state]));
    if (wanted.to === 'draft' && !wanted.reason?.trim()) return refuse(reasonNeeded);
    if (wanted.to === 'copil_validation') await sql`delete from publication.brochure_vote where brochure_id = ${brochure.id}`.execute(tx);
    await setState(tx, brochure, wanted.to);
    await writeJournal(tx, { accountId: actor.accountId, action: `brochure.${wanted.to}`, territoryCode: wanted.territory, campaignYear: wanted.year, ...(wanted.reason ? { purpose: wanted.reason.trim() } : {}) });
    return ok({ state: wanted.to });
  });
}

/** One vote per member, changed by voting again. A refusal, with its reason, takes the brochure back to draft; both institutions' approval approves it. */
export async function voteOnBrochureOf(db: Db, actor: Actor, wanted: Wanted & { readonly vote: 'approve' | 'refuse'; readonly reason?: string }): Promise<Result<{ state: BrochureState }>> {
  if (!(await isVoter(db, actor, wanted.territory))) return refuse(notVoter);
  const reason = wanted.reason?.trim() ?? '';
  if (wanted.vote === 'refuse' && reason === '') return refuse(reasonNeeded);
  const side = sideOf(actor, wanted.territory);
  return inTransaction(db, async (tx): Promise<Result<{ state: BrochureState }>> => {
    const brochure = await brochureOf(tx, wanted);
    if (!brochure) return refuse(noBrochure);
    // Locked so that two last votes at once see each other.
    await sql`select 1 from publication.brochure where id = ${brochure.id} for update`.execute(tx);
    const { rows } = await sql<{ state: BrochureState }>`select state from publication.brochure where id = ${brochure.id}`.execute(tx);
    if (rows[0]?.state !== 'copil_validation') return refuse(notYet(BROCHURE_STATE_LABELS[rows[0]?.state ?? brochure.state]));
    await sql`insert into publication.brochure_vote (brochure_id, account_id, side, vote, reason)
      values (${brochure.id}, ${actor.accountId}, ${side}, ${wanted.vote}, ${reason === '' ? null : reason})
      on conflict (brochure_id, account_id) do update set side = excluded.side, vote = excluded.vote, reason = excluded.reason, voted_at = now()`.execute(tx);
    const result = verdict(await votesOf(tx, brochure.id));
    const state: BrochureState = result === 'approved' ? 'approved' : result === 'refused' ? 'draft' : 'copil_validation';
    if (state !== 'copil_validation') await setState(tx, { ...brochure, state: 'copil_validation' }, state);
    await writeJournal(tx, { accountId: actor.accountId, action: `brochure.vote.${wanted.vote}`, territoryCode: wanted.territory, campaignYear: wanted.year, ...(reason ? { purpose: reason } : {}) });
    return ok({ state });
  });
}

/** Why there is nothing to look for: a territory that is none, a campaign that was never held. Undefined when both are known. */
export async function unknownWanted(db: Db, wanted: Wanted): Promise<Refusal | undefined> {
  if (!(await territoryOf(db, wanted.territory))) return unknownTerritory(wanted.territory);
  return (await campaignOf(db, wanted.year)) ? undefined : unknownCampaign(wanted.year);
}

/** The brochure as it would be printed today, without keeping it. `date`: ISO day written in it. */
export async function brochureData(db: Db, wanted: Wanted & { readonly date: string; readonly demonstration: boolean }): Promise<Result<BrochureData>> {
  const unknown = await unknownWanted(db, wanted);
  if (unknown) return refuse(unknown);
  if (!(await isOpen(db, wanted.territory))) return refuse(levelClosed);
  const gathered = await gather(db, wanted, wanted.demonstration);
  if (!gathered) return refuse(noRelease);
  const brochure = await brochureOf(db, wanted);
  const texts = parseTexts(brochure?.texts, await textsFor(db, wanted.territory));
  return ok(composeBrochure({ ...gathered.input, texts, date: wanted.date }));
}

/** Renders an approved brochure, keeps its PDF and manifest, publishes the page of the territory, replaces the version before. */
export async function publishBrochure(
  db: Db,
  actor: Actor,
  wanted: Wanted & { readonly date: string; readonly demonstration: boolean },
  typeset: TypesetBrochure,
): Promise<Result<{ id: string; pages: number; hash: string }>> {
  if (!(await isVoter(db, actor, wanted.territory))) return refuse(notVoter);
  if (!(await isOpen(db, wanted.territory))) return refuse(levelClosed);
  const brochure = await brochureOf(db, wanted);
  if (!brochure) return refuse(noBrochure);
  if (brochure.state !== 'approved') return refuse(notYet(BROCHURE_STATE_LABELS[brochure.state]));
  const gathered = await gather(db, wanted, wanted.demonstration);
  if (!gathered) return refuse(noRelease);
  if (gathered.set.release.id !== brochure.releaseId) return refuse(figuresChanged);
  const texts = parseTexts(brochure.texts, await textsFor(db, wanted.territory));
  const data = composeBrochure({ ...gathered.input, texts, date: wanted.date });
  let printed: { readonly pdf: Uint8Array; readonly pages: number };
  try {
    printed = await typeset(data);
  } catch (error) {
    if (error instanceof Error && error.message.includes('at most')) return refuse(tooLong);
    throw error;
  }
  const hash = createHash('sha256').update(printed.pdf).digest('hex');
  return inTransaction(db, async (tx): Promise<Result<{ id: string; pages: number; hash: string }>> => {
    const { rows } = await sql<{ id: string }>`update publication.brochure set state = 'published', pdf = ${Buffer.from(printed.pdf)}, pdf_hash = ${hash},
        manifest = ${JSON.stringify(data.manifest)}::jsonb, published_at = now(), updated_at = now() where id = ${brochure.id} and state = 'approved' returning id`.execute(tx);
    if (!rows[0]) return refuse(notYet('modifiée entre-temps'));
    await sql`update publication.brochure set state = 'superseded' where campaign_year = ${wanted.year} and territory_code = ${wanted.territory}
      and version < ${brochure.version} and state = 'published'`.execute(tx);
    await storeTerritoryPage(tx, wanted, wanted.demonstration, { brochure: { id: brochure.id, texts } });
    await brochurePublished(tx, wanted.year, wanted.territory);
    await writeJournal(tx, { accountId: actor.accountId, action: 'brochure.publish', territoryCode: wanted.territory, campaignYear: wanted.year, detail: { pages: printed.pages, hash, version: brochure.version } });
    return ok({ id: brochure.id, pages: printed.pages, hash });
  });
}

export interface PagesWanted {
  readonly year: number;
  readonly territories: readonly string[];
  readonly demonstration: boolean;
  /** Waited for after each territory: others are served meanwhile, and what it throws ends the run. */
  readonly onProgress?: (published: number) => void | Promise<void>;
}

/**
 * The national office publishes the pages of several territories of a released campaign, without brochures; each release is read once for all of them.
 * A territory whose committee is writing or voting is passed over: its page comes with its brochure (charter 3.1). The others go to publication.
 */
export async function publishTerritoryPages(db: Db, actor: Actor, wanted: PagesWanted): Promise<Result<{ published: number }>> {
  if (!runsTheCampaign(actor)) return refuse(onlyNationalOffice);
  const reader = readerOfRun(db);
  let published = 0;
  for (const territory of wanted.territories) {
    // oxlint-disable-next-line no-await-in-loop -- page after page
    if (await publishPage(db, actor, { year: wanted.year, territory }, wanted.demonstration, reader)) published++;
    // oxlint-disable-next-line no-await-in-loop
    await wanted.onProgress?.(published);
  }
  return ok({ published });
}

async function publishPage(db: Db, actor: Actor, wanted: Wanted, demonstration: boolean, reader: ReleaseReader): Promise<boolean> {
  const brochure = await brochureOf(db, wanted);
  if (brochure && isUnderWay(brochure.state)) return false;
  const alongside = async (tx: Db): Promise<void> => {
    await pagePublished(tx, wanted.year, wanted.territory);
    await writeJournal(tx, { accountId: actor.accountId, action: 'page.publish', territoryCode: wanted.territory, campaignYear: wanted.year });
  };
  return storeTerritoryPage(db, wanted, demonstration, { reader, alongside });
}
