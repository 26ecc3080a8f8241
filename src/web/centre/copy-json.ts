/** `GET /centre/:responseId/copie.json`: what a browser keeps of a response for its own structure, to go on without the network. Never for a correspondent, whose readings are written in the journal. */
import type { Route } from './+types/copy-json';
import { ownStructures } from '../../domains/access/index.ts';
import { mayEdit } from '../../domains/entry/index.ts';
import { responsesOfStructures } from '../../domains/entry/index.server.ts';
import { refusal } from '../request-context.ts';
import { asksOf, openCentrePage, interpretationsOfPage } from './centre-page.server.ts';
import type { ResponseCopy } from './kept-copy.ts';

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const page = await openCentrePage(context, request, params);
  const { db, actor, view, compiled, as, editable } = page;
  if (as !== 'structure') throw refusal('Seule la structure garde une copie de ses réponses.', 403);
  const others = (await responsesOfStructures(db, ownStructures(actor))).filter((r) => r.responseId !== view.id && mayEdit(r.state, r.phase, 'structure')).map((r) => r.responseId);
  const copy: ResponseCopy = { view, edition: compiled.edition, account: actor.accountId, editable, asks: await asksOf(page), interpretations: await interpretationsOfPage(page), others };
  return Response.json(copy, { headers: { 'Cache-Control': 'no-store' } });
}
