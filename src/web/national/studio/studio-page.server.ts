/** What each page of the studio opens with: the person, what it may do, the version and its state. */
import type { RouterContextProvider } from 'react-router';
import { type Actor, followedTerritories, readsStudio, studioAuthor, validatesQuestionnaire, writesQuestionnaire } from '../../../domains/access/index.ts';
import type { Author, CompiledVersion, QuestionnaireVersion, VersionState } from '../../../domains/questionnaire/index.ts';
import { findVersion, listVersions } from '../../../domains/questionnaire/index.server.ts';
import type { Db } from '../../../platform/database.server.ts';
import { yearIn } from '../../form-values.ts';
import { refusal, requireActor, services } from '../../request-context.ts';

type Context = Readonly<RouterContextProvider>;

export interface Studio {
  readonly db: Db;
  readonly actor: Actor;
  readonly author: Author;
  /** May write the core and the themes. */
  readonly writes: boolean;
  readonly validates: boolean;
  /** Territories whose local module the person writes. */
  readonly territories: readonly string[];
}

export function openStudio(context: Context, request: Request): Studio {
  const { db } = services(context);
  const actor = requireActor(context, request);
  if (!readsStudio(actor)) throw refusal('L’atelier du questionnaire est ouvert aux comités et aux correspondants. Pour proposer un changement, ouvrez « Proposer un changement » depuis votre espace.');
  return { db, actor, author: studioAuthor(actor), writes: writesQuestionnaire(actor), validates: validatesQuestionnaire(actor), territories: followedTerritories(actor) };
}

export interface OpenVersion extends Studio {
  readonly year: number;
  readonly version: QuestionnaireVersion;
  readonly compiled: CompiledVersion;
  readonly state: VersionState;
}

export async function openVersion(context: Context, request: Request, param: string): Promise<OpenVersion> {
  const studio = openStudio(context, request);
  const year = yearIn(param);
  const [compiled, all] = year === undefined ? [undefined, []] : [await findVersion(studio.db, year), await listVersions(studio.db)];
  const state = all.find((v) => v.year === year)?.state;
  if (year === undefined || !compiled || !state) throw refusal(`Aucun questionnaire ${param} : choisissez-en un dans la liste.`, 404);
  return { ...studio, year, version: compiled.version, compiled, state };
}

/** Whether the person may write in this module (null: the core) of a draft. */
export function mayWrite({ version, state, author }: OpenVersion, module: string | null): boolean {
  const territory = version.modules.find((m) => m.code === module)?.territory ?? null;
  return state === 'draft' && !author.refusal({ kind: 'write', territories: [territory], withdraw: false });
}

/** Whether the person may correct words of this module (null: the core) of a questionnaire in use. */
export function maySetRight({ version, state, author }: OpenVersion, module: string | null): boolean {
  const territory = version.modules.find((m) => m.code === module)?.territory ?? null;
  return (state === 'in_use' || state === 'closed') && !author.refusal({ kind: 'write', territories: [territory], withdraw: false });
}
