/** `POST /centre/:responseId/classement`: places given to accounts, jobs and columns, kept for next year. JSON in and out; account numbers and fingerprints only. */
import type { Route } from './+types/keep-choices';
import { keepChoices } from '../../../domains/proposal/index.server.ts';
import { openCentrePage } from '../centre-page.server.ts';

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, view } = await openCentrePage(context, request, params);
  const body: unknown = await request.json().catch(() => undefined);
  const kept = await keepChoices(db, actor, view.structureId, body);
  return kept.ok ? Response.json({ kept: kept.value }) : Response.json({ message: kept.error.message }, { status: kept.error.code === 'not_yours' ? 403 : 400 });
}
