/** The studio and the folder are two views of one thing: a version goes out to files and comes back with the same content hash. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { ok, refuse, type Refusal, type Result } from '../../../kernel/result.ts';
import { inTransaction, type Db } from '../../../platform/database.server.ts';
import { readVersionFolder } from '../folder.server.ts';
import type { QuestionnaireVersion } from '../model.ts';
import { formatFault } from '../parsing.ts';
import { storeVersion } from '../store.server.ts';
import { log } from './drafts.server.ts';
import { versionFiles } from './version-files.ts';

/** Writes a version under `folder/<year>/`, in place of what stood there. Errata are not part of it: they belong to the house, not to the content. */
export async function writeVersionFolder(folder: string, version: QuestionnaireVersion): Promise<readonly string[]> {
  const place = path.join(folder, String(version.year));
  const files = versionFiles(version);
  await mkdir(path.join(place, 'questions'), { recursive: true });
  const stale = (await readdir(path.join(place, 'questions'))).filter((name) => name.endsWith('.json') && !files.some((f) => f.path === `questions/${name}`));
  await Promise.all(stale.map((name) => rm(path.join(place, 'questions', name))));
  await Promise.all(files.map((file) => writeFile(path.join(place, ...file.path.split('/')), file.text)));
  return files.map((f) => path.join(place, ...f.path.split('/')));
}

/** The content of a version as it was put in use, without errata; undefined when there is none. */
export async function storedContent(db: Db, year: number): Promise<QuestionnaireVersion | undefined> {
  const { rows } = await sql<{ content: QuestionnaireVersion; content_hash: string }>`select content, content_hash from questionnaire.version where year = ${year}`.execute(db);
  return rows[0] && { ...rows[0].content, contentHash: rows[0].content_hash };
}

/** Reads `folder/<year>/` into the house as a draft. Work done in the studio is replaced only when `replace` says so. */
export async function importVersion(db: Db, folder: string, year: number, options: { readonly replace?: boolean } = {}): Promise<Result<{ readonly year: number; readonly changed: boolean; readonly contentHash: string }, Refusal>> {
  const read = await readVersionFolder(folder, year);
  if (!read.ok) return refuse({ code: 'bad_questionnaire', message: read.error.map(formatFault).join('\n') });
  return keepVersion(db, read.value, options);
}

/** Keeps a version read from outside as a draft of the house, under the same care. */
export async function keepVersion(db: Db, version: QuestionnaireVersion, options: { readonly replace?: boolean } = {}): Promise<Result<{ readonly year: number; readonly changed: boolean; readonly contentHash: string }, Refusal>> {
  const { year, contentHash } = version;
  return inTransaction(db, async (tx): Promise<Result<{ year: number; changed: boolean; contentHash: string }>> => {
    const { rows } = await sql<{ content_hash: string; worked: boolean }>`
      select v.content_hash, exists (select 1 from questionnaire.change c where c.year = v.year and c.act <> 'import'
        and c.id > coalesce((select max(i.id) from questionnaire.change i where i.year = v.year and i.act = 'import'), 0)) as worked
      from questionnaire.version v where v.year = ${year} for update of v`.execute(tx);
    const before = rows[0];
    if (before?.worked && before.content_hash !== contentHash && !options.replace)
      return refuse({ code: 'draft_was_worked_on', message: `Le questionnaire ${year} a été travaillé dans l’atelier depuis : exportez-le d’abord, ou remplacez-le avec --replace.` });
    const stored = await storeVersion(tx, version);
    if (!stored.ok) return stored;
    if (stored.value.changed) await log(tx, year, null, { act: 'import', kind: 'version', id: '', before: before?.content_hash, after: contentHash });
    return ok({ year, changed: stored.value.changed, contentHash });
  });
}
