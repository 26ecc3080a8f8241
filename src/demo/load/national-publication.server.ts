/** What the public sees of a closed national campaign: a page for the nation, each région and each département. Brochures are printed when asked. */
import { sql } from 'kysely';
import { brochurePublished } from '../../domains/campaign/index.server.ts';
import { moveBrochure, prepareBrochure, publishTerritoryPages, voteOnBrochureOf } from '../../domains/publication/index.server.ts';
import { territoriesByLevel } from '../../domains/registry/index.server.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { must } from './must.ts';
import type { Cast } from './personas.server.ts';
import { breathe, type OnProgress } from './progress.ts';

export interface PublicationOptions {
  /** The pages of the régions too: they weigh as much as those of all départements together. */
  readonly regions: boolean;
  /** Only these départements. */
  readonly departments?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Publishes what is not published yet; the nation and Pas-de-Calais first. */
export async function publishNational(db: Db, year: number, options: PublicationOptions, onProgress: OnProgress): Promise<void> {
  const codes = async (level: string): Promise<string[]> => (await territoriesByLevel(db, level)).map((t) => t.code);
  const wanted = ['FR', '62', ...(options.regions ? ['R32'] : []), ...(options.departments ?? (await codes('department'))), ...(options.regions ? await codes('region') : [])];
  const { rows } = await sql<{ code: string }>`select territory_code as code from publication.territory_page where campaign_year = ${year}`.execute(db);
  const there = new Set(rows.map((row) => row.code));
  const missing = [...new Set(wanted)].filter((code) => !there.has(code));
  for (const [i, territory] of missing.entries()) {
    options.signal?.throwIfAborted();
    // oxlint-disable-next-line no-await-in-loop -- page after page, so that requests are served in between
    await publishTerritoryPages(db, { year, territories: [territory], demonstration: true });
    onProgress({ step: `Publication de la campagne ${year}`, done: i + 1, of: missing.length });
    // oxlint-disable-next-line no-await-in-loop
    await breathe();
  }
  await inTransaction(db, async (tx) => {
    for (const territory of await territoriesByLevel(tx, 'department')) await brochurePublished(tx, year, territory.code);
    await brochurePublished(tx, year, 'FR');
  });
}

/** A brochure that awaits votes: the committee of Pas-de-Calais has something to decide. */
export async function openVote(db: Db, year: number, cast: Cast): Promise<void> {
  const wanted = { year, territory: '62' };
  const prepared = must(`brochure ${year}`, await prepareBrochure(db, cast.caf, wanted));
  if (prepared.state === 'figures_linked') must('brochure to be read again', await moveBrochure(db, cast.caf, { ...wanted, to: 'texts_under_review' }));
  if (prepared.state === 'figures_linked' || prepared.state === 'texts_under_review') {
    must('vote opened', await moveBrochure(db, cast.caf, { ...wanted, to: 'copil_validation' }));
    must('first vote', await voteOnBrochureOf(db, cast.caf, { ...wanted, vote: 'approve' }));
  }
}
