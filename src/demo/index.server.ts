/** The demonstration: fictional, honest, useful; the same on every machine. Only for databases marked demonstration at their creation. */
import { loadTerritories } from '../domains/registry/index.server.ts';
import type { Db } from '../platform/database.server.ts';
import { installationMark } from '../platform/installation.server.ts';
import { loadPasDeCalais } from './load/pas-de-calais.server.ts';
import type { Cast } from './load/personas.server.ts';
import { type OnProgress, silent } from './load/progress.ts';

export { loadPasDeCalais } from './load/pas-de-calais.server.ts';
export { type Cast, loadPersonas } from './load/personas.server.ts';
export { fillNation, type FillOptions } from './load/fill-nation.server.ts';
export type { OnProgress, Progress } from './load/progress.ts';

/** Everything that must be there before the doors open: territories, Pas-de-Calais 2017, the people to be. Done already, it only looks. */
export async function loadDemonstration(db: Db, options: { readonly onProgress?: OnProgress } = {}): Promise<Cast> {
  if ((await installationMark(db)) !== true) throw new Error('only a database marked demonstration receives fictional data');
  const onProgress = options.onProgress ?? silent;
  onProgress({ step: 'Territoires', done: 0, of: 1 });
  await loadTerritories(db);
  return loadPasDeCalais(db, onProgress);
}
