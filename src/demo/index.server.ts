/** The demonstration: fictional, honest, useful; the same on every machine. Only for databases marked demonstration at their creation. */
import { loadTerritories } from '../domains/registry/index.server.ts';
import type { Db } from '../platform/database.server.ts';
import { installationMark } from '../platform/installation.server.ts';
import { isLoaded, markPart } from './load/mark.server.ts';
import { loadPasDeCalais } from './load/pas-de-calais.server.ts';
import { type OnProgress, silent } from './load/progress.ts';

export { type Cast, loadPersonas } from './load/personas.server.ts';
export { fillNation, type FillOptions } from './load/fill-nation.server.ts';
export type { OnProgress, Progress } from './load/progress.ts';

/** Everything that must be there before the doors open: territories, Pas-de-Calais 2017, the people to be. Done already, it reads one row. */
export async function loadDemonstration(db: Db, options: { readonly onProgress?: OnProgress } = {}): Promise<void> {
  await refuseReal(db);
  if (await isLoaded(db, 'reference')) return;
  const onProgress = options.onProgress ?? silent;
  onProgress({ step: 'Territoires', done: 0, of: 1 });
  await loadTerritories(db);
  await loadPasDeCalais(db, onProgress);
  await markPart(db, 'reference', 'done');
}

/** True when the national campaigns are all there. */
export const nationIsFilled = (db: Db): Promise<boolean> => isLoaded(db, 'nation');

async function refuseReal(db: Db): Promise<void> {
  if ((await installationMark(db)) !== true) throw new Error('only a database marked demonstration receives fictional data');
}
