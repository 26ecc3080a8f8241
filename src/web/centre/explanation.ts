/** `POST /centre/:responseId/explication`: the explanation of one finding, as it is written. Answers with the findings as they now stand, in JSON. */
import type { Route } from './+types/explanation';
import { justifyFinding, readResponse } from '../../domains/entry/index.server.ts';
import { narrowedTo } from '../../domains/entry/index.ts';
import { readForm, requireYear } from '../form-values.ts';
import { openPartPage } from './centre-page.server.ts';
import { readExplanationField } from './findings-view.ts';

export async function action({ context, request, params }: Route.ActionArgs) {
  const form = await readForm(request);
  const dataYear = requireYear(form.get('dataYear'));
  const { db, actor, view, compiled, part } = await openPartPage(context, request, params, { dataYear });
  for (const [name, text] of form) {
    const finding = readExplanationField(name);
    if (!finding) continue;
    // oxlint-disable-next-line no-await-in-loop -- one in a call
    const done = await justifyFinding(db, actor, { responseId: view.id, dataYear, ...finding, text: String(text) });
    if (!done.ok) return Response.json({ message: done.error.message }, { status: 409 });
  }
  const fresh = (await readResponse(db, view.id))!;
  return Response.json({ stored: (part ? narrowedTo(part, compiled, fresh) : fresh).findings });
}
