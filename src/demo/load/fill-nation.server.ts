/**
 * Fills the nation: two closed campaigns and one in control, some 12,000 responses, in slices between which requests are served. Interrupted at any
 * point and started again, it goes on: each step first looks at what is done.
 */
import { createCampaign, campaignOf, extendTerritory, phases } from '../../domains/campaign/index.server.ts';
import { exclude, validateMany } from '../../domains/control/index.server.ts';
import { contentFolder, loadVersion, putVersionInUse } from '../../domains/questionnaire/index.server.ts';
import { territoriesByLevel } from '../../domains/registry/index.server.ts';
import { createRelease, latestRelease } from '../../domains/statistics/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import { installationMark } from '../../platform/installation.server.ts';
import { analyse } from '../../platform/table-upkeep.server.ts';
import type { RegisterFacts } from '../answers/profile.ts';
import { EXTENDED_DEPARTMENTS, NATIONAL_CAMPAIGNS, planResponse, RUNNING } from '../nation/plan.ts';
import { ownChance } from '../nation/responses.ts';
import { isLoaded, markPart } from './mark.server.ts';
import { must } from './must.ts';
import { campaignRows, fillAnswers } from './national-answers.server.ts';
import { importNationalRegister, nationalRegister } from './nation-register.server.ts';
import { type Loaders, openNationalPeople } from './nation-people.server.ts';
import { openVote, publishPages } from './national-publication.server.ts';
import { type Cast, loadPersonas } from './personas.server.ts';
import { breathe } from '../../platform/breathe.server.ts';
import { type OnProgress, silent } from './progress.ts';
import { controlRunning, freeze } from './running-control.server.ts';
import { shareTheFilling } from './several-hands.server.ts';
import { hasReached, walkCampaign } from './walk-campaign.server.ts';

/** Tables that each step fills at once: the statements of the next one are planned on what they hold. */
const BULK_LOADED = {
  register: ['registry.structure', 'registry.structure_version', 'registry.structure_identifier', 'registry.approval', 'registry.managing_body', 'access.account', 'access.mandate'],
  answers: ['campaign.participant', 'entry.response', 'entry.stored_sheet', 'entry.answer_history', 'entry.finding', 'entry.state_change'],
  release: ['statistics.release_unit', 'publication.territory_page'],
} as const;

export interface FillOptions {
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  /** Only the structures and pages of these départements (tests). */
  readonly departments?: readonly string[];
}

/** Runs `loadDemonstration` first. Rejects with the signal's reason when it is aborted; what was done stays. */
export async function fillNation(db: Db, options: FillOptions = {}): Promise<void> {
  if ((await installationMark(db)) !== true) throw new Error('only a database marked demonstration receives fictional data');
  if (await isLoaded(db, 'nation')) return;
  await markPart(db, 'nation', 'running');
  const onProgress = options.onProgress ?? silent;
  const cast = await loadPersonas(db);
  const loaders = await openNationalPeople(db);
  const structures = (await nationalRegister(db)).filter((s) => options.departments?.includes(s.department) ?? true);
  await importNationalRegister(db, structures, onProgress, options.signal);
  await loadPersonas(db);
  await analyse(db, BULK_LOADED.register);
  const registers = new Map(structures.map((s) => [s.identifier, s]));
  for (const year of NATIONAL_CAMPAIGNS) {
    // oxlint-disable-next-line no-await-in-loop -- each campaign follows the one before
    await fillCampaign(db, year, registers, cast, loaders, onProgress, options.signal);
  }
  // What people work on comes first, what the public reads last. Both releases are there before a page compares two years.
  const closed = NATIONAL_CAMPAIGNS.filter((y) => y !== RUNNING);
  // oxlint-disable-next-line no-await-in-loop
  for (const year of closed) await releaseCampaign(db, year, cast, onProgress);
  // oxlint-disable-next-line no-await-in-loop
  for (const year of closed.toReversed()) await publishCampaign(db, year, cast, onProgress, options);
  await markPart(db, 'nation', 'done');
}

/** Kinds under test, as every new territory begins (R14). */
const TESTED = [{ territory: '2A', kind: 'EVS' }, { territory: '976', kind: 'EVS' }];

async function fillCampaign(db: Db, year: number, registers: ReadonlyMap<string, RegisterFacts>, cast: Cast, loaders: Loaders, onProgress: OnProgress, signal?: AbortSignal): Promise<void> {
  const office = cast.projectOffice;
  if (await hasReached(db, year, 'frozen')) return;
  must(`questionnaire ${year}`, await putVersionInUse(db, contentFolder(), year));
  if (!(await campaignOf(db, year))) {
    const departments = await territoriesByLevel(db, 'department');
    const coverage = departments.flatMap((d) => ['CS', 'EVS'].map((kind) => ({ territory: d.code as string, kind, status: TESTED.some((t) => t.territory === d.code && t.kind === kind) ? ('test' as const) : ('surveyed' as const) })));
    must(`campaign ${year}`, await createCampaign(db, office, { year, opensOn: `${year}-03-16`, closesOn: `${year}-07-10`, coverage }));
  }
  await walkCampaign(db, office, year, ['preparation', 'questionnaire_validated', 'open'], `${year}-03-16`);
  if (!(await hasReached(db, year, 'control'))) {
    await fillAnswers(db, year, await loadVersion(db, year), registers, loaders, onProgress, signal);
    if (year === RUNNING) await extend(db, cast, year);
  }
  await analyse(db, BULK_LOADED.answers);
  await walkCampaign(db, office, year, ['closing', 'control'], `${year}-07-11`);
  if (year === RUNNING) {
    await controlRunning(db, registers, loaders, cast, onProgress, signal);
    await shareTheFilling(db, cast);
    return;
  }
  await close(db, year, registers, loaders, onProgress, signal);
  await walkCampaign(db, office, year, ['frozen'], `${year}-09-28`);
}

async function releaseCampaign(db: Db, year: number, cast: Cast, onProgress: OnProgress): Promise<void> {
  if (await latestRelease(db, { campaignYear: year, territoryCode: 'FR' })) return;
  onProgress({ step: `Jeu de données ${year}`, done: 0, of: 1 });
  must(`release of ${year}`, await createRelease(db, { campaignYear: year, territoryCode: 'FR', actor: cast.projectOffice.accountId }));
  await analyse(db, BULK_LOADED.release);
  onProgress({ step: `Jeu de données ${year}`, done: 1, of: 1 });
  await breathe();
}

/** Pages of the nation and its départements; the latest closed campaign has pages for the régions too, and a vote under way. */
async function publishCampaign(db: Db, year: number, cast: Cast, onProgress: OnProgress, options: FillOptions): Promise<void> {
  if (await hasReached(db, year, 'publication')) return;
  if (year === RUNNING - 1) await openVote(db, year, cast);
  const departments = options.departments ?? (await territoriesByLevel(db, 'department')).map((d) => d.code as string);
  const regions = year === RUNNING - 1 && !options.departments ? ['R32', ...(await territoriesByLevel(db, 'region')).map((r) => r.code as string)] : [];
  await publishPages(db, cast.projectOffice, year, ['FR', '62', ...departments, ...regions], onProgress, options.signal);
  await walkCampaign(db, cast.projectOffice, year, ['publication'], `${year}-12-01`);
}

async function extend(db: Db, cast: Cast, year: number): Promise<void> {
  const known = new Map((await phases(db, year)).map((p) => [p.territory as string, p]));
  for (const territory of EXTENDED_DEPARTMENTS) {
    if (known.get(territory)?.extensionReason) continue;
    // oxlint-disable-next-line no-await-in-loop -- four
    must(`extension of ${territory}`, await extendTerritory(db, cast.projectOffice, { year, territory, closesOn: `${year}-12-18`, reason: 'Correspondants nommés en juin : le comité a demandé l’automne.' }));
  }
}

/** A closed campaign: validated by both sides in turn, a few left out, then frozen everywhere. */
async function close(db: Db, year: number, registers: ReadonlyMap<string, RegisterFacts>, loaders: Loaders, onProgress: OnProgress, signal?: AbortSignal): Promise<void> {
  const sent = (await campaignRows(db, year, ['submitted', 'under_review'])).filter((row) => registers.has(row.identifier));
  const leftOut = (identifier: string): boolean => planResponse(ownChance(registers.get(identifier)!).fork(`plan-${year}`), year, registers.get(identifier)!).state === 'excluded';
  for (const row of sent.filter((r) => leftOut(r.identifier))) {
    for (const actor of [loaders.caf, loaders.federation]) {
      // oxlint-disable-next-line no-await-in-loop -- the second word excludes
      must('exclusion', await exclude(db, actor, { responseId: row.id, reason: 'Structure fermée en cours d’année, réponse inutilisable.' }));
    }
  }
  const valid = sent.filter((r) => !leftOut(r.identifier));
  const SLICE = 400;
  for (let i = 0; i < valid.length; i += SLICE) {
    signal?.throwIfAborted();
    // oxlint-disable-next-line no-await-in-loop
    must(`validation of ${year}`, await validateMany(db, (i / SLICE) % 2 === 0 ? loaders.caf : loaders.federation, valid.slice(i, i + SLICE).map((r) => r.id)));
    onProgress({ step: `Validation de la campagne ${year}`, done: Math.min(i + SLICE, valid.length), of: valid.length });
    // oxlint-disable-next-line no-await-in-loop
    await breathe();
  }
  const departments = (await territoriesByLevel(db, 'department')).map((d) => d.code as string);
  await freeze(db, year, departments, loaders);
}
