/**
 * What the public sees of a closed national campaign: a page for the nation, each région and each département, published by the national office without
 * brochures (`publishTerritoryPages`), which leads these territories to publication. A territory whose committee votes on a brochure waits for it.
 */
import { sql } from 'kysely';
import type { Actor } from '../../domains/access/index.ts';
import { moveBrochure, prepareBrochure, publishTerritoryPages, voteOnBrochureOf } from '../../domains/publication/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import { must } from './must.ts';
import type { Cast } from './personas.server.ts';
import { breathe } from '../../platform/breathe.server.ts';
import type { OnProgress } from './progress.ts';

/** Publishes the pages that are not published yet, in the order given. */
export async function publishPages(db: Db, office: Actor, year: number, territories: readonly string[], onProgress: OnProgress, signal?: AbortSignal): Promise<void> {
  const { rows } = await sql<{ code: string }>`select territory_code as code from publication.territory_page where campaign_year = ${year}`.execute(db);
  const there = new Set(rows.map((row) => row.code));
  const missing = [...new Set(territories)].filter((code) => !there.has(code));
  let done = 0;
  const pages = await publishTerritoryPages(db, office, {
    year,
    territories: missing,
    demonstration: true,
    onProgress: async () => {
      onProgress({ step: `Publication de la campagne ${year}`, done: ++done, of: missing.length });
      await breathe();
      signal?.throwIfAborted();
    },
  });
  must(`pages of ${year}`, pages);
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
