/** A mapping as a file, with the version that it makes: read, checked as a whole, sealed. */
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Db } from '../../../platform/database.server.ts';
import { checkVersion } from '../check-version.ts';
import { sealed } from '../folder.server.ts';
import type { QuestionnaireVersion } from '../model.ts';
import type { Fault } from '../parsing.ts';
import { storedContent } from '../studio/folder-exchange.server.ts';
import type { VintageMapping } from './mapping.ts';
import { parseMapping, towardsOf } from './parse-mapping.ts';
import { vintageContent } from './vintage-version.ts';

export interface Vintage {
  readonly mapping: VintageMapping;
  /** The questionnaire of that year: the same mapping gives the same content hash. */
  readonly version: QuestionnaireVersion;
}

/** `file`: its name, for the faults. The version that the mapping looks towards must be in the house. */
export async function readVintage(db: Db, text: string, file: string): Promise<Result<Vintage, readonly Fault[]>> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return refuse([{ file, place: '', message: 'ce fichier n’est pas du JSON (virgule, guillemet ou accolade).' }]);
  }
  const towards = towardsOf(raw);
  const base = towards === undefined ? undefined : await storedContent(db, towards);
  if (!base) return refuse([{ file, place: '$.towards', message: `${towards ?? 'rien'} : l’année d’un questionnaire de la maison est attendue ; chargez-le d’abord.` }]);
  const read = parseMapping(raw, base, file);
  if (!read.ok) return read;
  const version = sealed(vintageContent(read.value, base));
  const faults = checkVersion(version, { head: { file, place: '$' }, questions: new Map(), rules: new Map() });
  return faults.length > 0 ? refuse(faults) : ok({ mapping: read.value, version });
}
