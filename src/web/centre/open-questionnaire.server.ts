/** A version as paper shows it: to everyone signed in once a campaign has opened on it, before that to those who read the studio. */
import { type Actor, readsStudio } from '../../domains/access/index.ts';
import type { CompiledVersion } from '../../domains/questionnaire/index.ts';
import { findVersion, listVersions } from '../../domains/questionnaire/index.server.ts';
import type { Db } from '../../platform/database.server.ts';
import { yearIn } from '../form-values.ts';

/** `undefined`: no such version, or not yet for this person. */
export async function openQuestionnaire(db: Db, actor: Actor, given: string | undefined): Promise<CompiledVersion | undefined> {
  const year = yearIn(given);
  const state = year === undefined ? undefined : (await listVersions(db)).find((v) => v.year === year)?.state;
  const open = state === 'in_use' || state === 'closed' || (state !== undefined && readsStudio(actor));
  return open ? await findVersion(db, year!) : undefined;
}
