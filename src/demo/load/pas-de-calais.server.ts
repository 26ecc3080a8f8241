/**
 * Lives the campaign of 2017 in Pas-de-Calais by the ordinary doors: register import, opening, answers, submission, control, validation, two
 * signatures, release, brochure. Each step looks first at what is done, so that an interrupted loading goes on where it stopped.
 */
import { sql } from 'kysely';
import { campaignOf, createCampaign, phaseOf, signFreeze } from '../../domains/campaign/index.server.ts';
import { openReview, validate } from '../../domains/control/index.server.ts';
import { runnerOf, saveAnswers, submitResponse } from '../../domains/entry/index.server.ts';
import { brochureOf, loadNationalSheets, moveBrochure, prepareBrochure, publishBrochure, saveTexts, voteOnBrochureOf } from '../../domains/publication/index.server.ts';
import { askedKeys } from '../../domains/questionnaire/index.ts';
import { contentFolder, loadVersion, putVersionInUse } from '../../domains/questionnaire/index.server.ts';
import { applyRegisterImport } from '../../domains/registry/index.server.ts';
import { createRelease, latestRelease, recordAdministrativeFigures } from '../../domains/statistics/index.server.ts';
import { typesetBrochure } from '../../documents/brochure.server.ts';
import { newId, type ResponseId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import { askedAnswers } from '../answers/response.ts';
import { referenceCentres, type ReferenceCentre } from '../pas-de-calais/responses.ts';
import { registerFile } from '../register-file.ts';
import { must } from './must.ts';
import { type Cast, loadPersonas } from './personas.server.ts';
import { breathe } from '../../platform/breathe.server.ts';
import { type OnProgress, silent } from './progress.ts';
import { readAdministrativeFigures, readCentres, readFacts, readTexts } from './source.server.ts';
import { structureIds } from './structure-ids.server.ts';
import { walkCampaign } from './walk-campaign.server.ts';

export const REFERENCE_YEAR = 2017;
const TERRITORY = '62';
const DATA_YEARS = [2016, 2015] as const;
const CONTROLLED_ON = '2017-09-15';

/** Register, people and the whole campaign of 2017; the territories must be loaded. Returns the people who act. */
export async function loadPasDeCalais(db: Db, onProgress: OnProgress = silent): Promise<Cast> {
  const [centres, facts] = await Promise.all([readCentres(), readFacts()]);
  const reference = referenceCentres(centres, facts.facts);
  onProgress({ step: 'Répertoire du Pas-de-Calais', done: 0, of: reference.length });
  const known = await structureIds(db, TERRITORY);
  if (known.size < reference.length) {
    const file = { fileName: 'repertoire-pas-de-calais-2016.csv', bytes: registerFile(reference.map((r) => r.register)), effectiveOn: '2016-01-01' };
    must('register of Pas-de-Calais', await applyRegisterImport(db, file, { mode: 'whole', actorId: null }));
  }
  const cast = await loadPersonas(db);
  await openReferenceCampaign(db, cast);
  await answer(db, cast, reference, onProgress);
  await control(db, cast, onProgress);
  await release(db, cast);
  await publish(db, cast, onProgress);
  return cast;
}

async function openReferenceCampaign(db: Db, cast: Cast): Promise<void> {
  must('questionnaire 2017', await putVersionInUse(db, contentFolder(), REFERENCE_YEAR));
  const office = cast.projectOffice;
  if (!(await campaignOf(db, REFERENCE_YEAR))) {
    must('campaign 2017', await createCampaign(db, office, { year: REFERENCE_YEAR, opensOn: '2017-03-06', closesOn: '2017-06-30', coverage: [{ territory: TERRITORY, kind: 'CS', status: 'surveyed' }] }));
  }
  await walkCampaign(db, cast.projectOffice, REFERENCE_YEAR, ['preparation', 'questionnaire_validated', 'open'], '2017-03-06');
}

interface Row { readonly id: ResponseId; readonly identifier: string; readonly state: string }

/** Responses of the campaign by number of structure. */
async function responses(db: Db, states: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`select r.id, i.value as identifier, r.state from entry.response r
    join registry.structure_identifier i on i.structure_id = r.structure_id and i.scheme = 'import'
    where r.campaign_year = ${REFERENCE_YEAR} and r.state in (select jsonb_array_elements_text(${JSON.stringify(states)}::jsonb)) order by i.value`.execute(db);
  return rows;
}

async function answer(db: Db, cast: Cast, reference: readonly ReferenceCentre[], onProgress: OnProgress): Promise<void> {
  const compiled = await loadVersion(db, REFERENCE_YEAR);
  const byIdentifier = new Map(reference.map((r) => [r.register.identifier, r]));
  const waiting = await responses(db, ['not_started', 'in_progress']);
  const runner = runnerOf(db);
  for (const [i, row] of waiting.entries()) {
    const actor = cast.director(row.identifier);
    for (const dataYear of DATA_YEARS) {
      const answers = askedAnswers(byIdentifier.get(row.identifier)!.sheets![dataYear], askedKeys(compiled, { structureKind: 'CS', territory: TERRITORY, dataYear }));
      const items = Object.entries(answers).map(([key, given]) => ({ saveId: newId(), key, answer: given }));
      // oxlint-disable-next-line no-await-in-loop -- a sheet after the other, as a person saves
      const saved = must(`answers of ${row.identifier}`, await saveAnswers(runner, { actor }, { responseId: row.id, dataYear, items }));
      if (saved.faults.length > 0) throw new Error(`demonstration, answers of ${row.identifier}: ${JSON.stringify(saved.faults)}`);
    }
    // oxlint-disable-next-line no-await-in-loop
    must(`submission of ${row.identifier}`, await submitResponse(db, actor, row.id));
    onProgress({ step: 'Réponses du Pas-de-Calais 2017', done: i + 1, of: waiting.length });
    // oxlint-disable-next-line no-await-in-loop
    await breathe();
  }
}

/** Control by both correspondents in turn, then the freeze by both signatures. */
async function control(db: Db, cast: Cast, onProgress: OnProgress): Promise<void> {
  await walkCampaign(db, cast.projectOffice, REFERENCE_YEAR, ['closing', 'control'], CONTROLLED_ON);
  const waiting = await responses(db, ['submitted', 'under_review']);
  for (const [i, row] of waiting.entries()) {
    const actor = i % 3 === 0 ? cast.federation : cast.caf;
    // oxlint-disable-next-line no-await-in-loop
    if (row.state === 'submitted') must(`review of ${row.identifier}`, await openReview(db, actor, row.id));
    // oxlint-disable-next-line no-await-in-loop
    must(`validation of ${row.identifier}`, await validate(db, actor, row.id));
    onProgress({ step: 'Contrôle du Pas-de-Calais 2017', done: i + 1, of: waiting.length });
    // oxlint-disable-next-line no-await-in-loop
    await breathe();
  }
  const phase = await phaseOf(db, REFERENCE_YEAR, TERRITORY);
  if (phase?.state === 'control') {
    for (const actor of [cast.caf, cast.federation]) {
      // oxlint-disable-next-line no-await-in-loop -- the second signature acts on the first
      must('signature of Pas-de-Calais 2017', await signFreeze(db, actor, { year: REFERENCE_YEAR, territories: [TERRITORY] }));
    }
  }
  await walkCampaign(db, cast.projectOffice, REFERENCE_YEAR, ['frozen'], '2017-09-29');
}

async function release(db: Db, cast: Cast): Promise<void> {
  const figures = await readAdministrativeFigures();
  await recordAdministrativeFigures(
    db,
    figures.map((f) => ({ campaignYear: REFERENCE_YEAR, territoryCode: TERRITORY, figureId: f.id, label: f.label, value: f.value, unit: f.unit, dataYear: f.year, institution: f.institution, author: f.author, recordedOn: f.recordedOn, source: f.source })),
  );
  if (!(await latestRelease(db, { campaignYear: REFERENCE_YEAR, territoryCode: TERRITORY }))) {
    must('release of Pas-de-Calais 2017', await createRelease(db, { campaignYear: REFERENCE_YEAR, territoryCode: TERRITORY, actor: cast.caf.accountId }));
  }
  await walkCampaign(db, cast.projectOffice, REFERENCE_YEAR, ['analysis'], '2017-10-02');
}

/** The brochure, from its figures to its publication: written, read again, approved by both institutions, printed. */
async function publish(db: Db, cast: Cast, onProgress: OnProgress): Promise<void> {
  const wanted = { year: REFERENCE_YEAR, territory: TERRITORY };
  await loadNationalSheets(db);
  const state = async (): Promise<string | undefined> => (await brochureOf(db, wanted))?.state;
  onProgress({ step: 'Plaquette du Pas-de-Calais 2017', done: 0, of: 1 });
  if (['published', 'superseded'].includes((await state()) ?? '')) return;
  must('brochure prepared', await prepareBrochure(db, cast.federation, wanted));
  if ((await state()) === 'figures_linked') {
    must('words of the brochure', await saveTexts(db, cast.federation, { ...wanted, texts: await readTexts() }));
    must('brochure to be read again', await moveBrochure(db, cast.federation, { ...wanted, to: 'texts_under_review' }));
  }
  if ((await state()) === 'texts_under_review') must('vote opened', await moveBrochure(db, cast.federation, { ...wanted, to: 'copil_validation' }));
  for (const actor of [cast.federation, cast.caf]) {
    // oxlint-disable-next-line no-await-in-loop -- one vote after the other
    if ((await state()) === 'copil_validation') must('vote', await voteOnBrochureOf(db, actor, { ...wanted, vote: 'approve' }));
  }
  must('brochure published', await publishBrochure(db, cast.federation, { ...wanted, date: '2017-12-04', demonstration: true }, typesetBrochure));
  await walkCampaign(db, cast.projectOffice, REFERENCE_YEAR, ['publication'], '2017-12-04');
  onProgress({ step: 'Plaquette du Pas-de-Calais 2017', done: 1, of: 1 });
}
