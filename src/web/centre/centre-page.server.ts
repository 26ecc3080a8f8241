/** What every page of a response begins with: who asks, the response, what this person may do of it. */
import type { RouterContextProvider } from 'react-router';
import { type Actor, maySubmit, type Part, partOver } from '../../domains/access/index.ts';
import { writeJournal } from '../../domains/access/index.server.ts';
import { valuesNotReadable, valuesReadable } from '../../domains/campaign/index.ts';
import { openRequestsOf } from '../../domains/control/index.server.ts';
import { mayEdit, narrowedTo, type ResponseView, writesAs } from '../../domains/entry/index.ts';
import { readResponse } from '../../domains/entry/index.server.ts';
import type { CompiledVersion } from '../../domains/questionnaire/index.ts';
import { loadVersion, interpretationsBeside } from '../../domains/questionnaire/index.server.ts';
import { isUuid, type ResponseId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import { readForm, textsOf } from '../form-values.ts';
import { refusal, requireActor, services } from '../request-context.ts';
import { type InterpretationWords, interpretationWords } from './asked-note.tsx';

export interface CentrePage {
  readonly db: Db;
  readonly actor: Actor;
  readonly view: ResponseView;
  readonly compiled: CompiledVersion;
  /** For whom the person writes. */
  readonly as: 'structure' | 'caf' | 'federation';
  readonly editable: boolean;
  /** May send, decline, accept what others entered. */
  readonly director: boolean;
  /** Of a guest by link: `view` then holds nothing else. */
  readonly part: Part | null;
}

type Context = Readonly<RouterContextProvider>;

/** What a guest by link is told at every other door. */
export const outsideThePart = () => refusal('Votre lien n’ouvre que ses rubriques : revenez à « Ma part ».', 403);

/** Opens a response for its structure, or for a correspondent of its territory while values may be read (each such opening is written in the journal). */
export async function openCentrePage(context: Context, request: Request, params: { readonly responseId?: string | undefined }): Promise<CentrePage> {
  const actor = requireActor(context, request);
  const { db } = services(context);
  const view = isUuid(params.responseId) ? await readResponse(db, params.responseId as ResponseId) : undefined;
  if (!view) throw refusal('Ces réponses n’existent pas, ou plus : revenez à « Mes réponses ».', 404);
  const as = writesAs(actor, view);
  if (actor.part) throw outsideThePart();
  if (!as) throw refusal('Seules les personnes mandatées par cette structure et ses deux correspondants ouvrent ses réponses.', 403);
  if (as !== 'structure' && !valuesReadable(view.phase)) throw refusal(valuesNotReadable.message, 403);
  if (as !== 'structure' && request.method === 'GET')
    await writeJournal(db, { accountId: actor.accountId, action: 'response.read', purpose: 'Saisie pour le compte de la structure', structureId: view.structureId, territoryCode: view.territoryCode, campaignYear: view.campaignYear });
  return { db, actor, view, compiled: await loadVersion(db, view.questionnaireYear), as, editable: mayEdit(view.state, view.phase, as), director: maySubmit(actor, view.structureId), part: null };
}

/** The same for the pages that a guest by link opens too: his part and nothing else. `dataYear` and `rubric` are of the page. */
export async function openPartPage(context: Context, request: Request, params: { readonly responseId?: string | undefined }, page: { readonly dataYear: number; readonly rubric?: string }): Promise<CentrePage> {
  const actor = requireActor(context, request);
  if (!actor.part) return openCentrePage(context, request, params);
  const { db } = services(context);
  const view = isUuid(params.responseId) ? await readResponse(db, params.responseId as ResponseId) : undefined;
  const part = view && partOver(actor, view);
  if (!view || !part || !part.dataYears.includes(page.dataYear) || (page.rubric !== undefined && !part.rubrics.includes(page.rubric)))
    throw outsideThePart();
  const compiled = await loadVersion(db, view.questionnaireYear);
  return { db, actor, view: narrowedTo(part, compiled, view), compiled, as: 'structure', editable: mayEdit(view.state, view.phase, 'structure'), director: false, part };
}

/** What every form posted from these pages begins with: the response, and what was typed. */
export async function openCentreForm(context: Context, request: Request, params: { readonly responseId?: string | undefined }): Promise<CentrePage & { readonly text: (field: string) => string }> {
  const page = await openCentrePage(context, request, params);
  return { ...page, text: textsOf(await readForm(request)) };
}

/** A data year that this response asks, from the address. */
export function dataYearOf(page: CentrePage, text: string | undefined): number {
  const year = Number(text);
  if (!page.compiled.dataYears.includes(year)) throw refusal(`Cette campagne ne demande pas l’année ${text ?? ''} : choisissez une rubrique depuis l’accueil de vos réponses.`, 404);
  return year;
}

/** What correspondents ask about values of this response, when it is being corrected. */
export async function asksOf({ db, view }: Pick<CentrePage, 'db' | 'view'>): Promise<{ readonly dataYear: number; readonly key: string; readonly text: string }[]> {
  const requests = view.state === 'correction_requested' ? await openRequestsOf(db, view.id) : [];
  return requests.flatMap((r) => r.points.filter((p) => p.reply === 'pending').map((p) => ({ dataYear: p.dataYear, key: p.key, text: `${r.author}\u00a0: ${p.question ?? r.message}` })));
}

/** Interpretations of the help of this response's questionnaire. */
export const interpretationsOfPage = async ({ db, compiled }: Pick<CentrePage, 'db' | 'compiled'>): Promise<InterpretationWords> => interpretationWords(await interpretationsBeside(db, compiled.version));
