/** One rubric of the form, for one data year. Posts whole without a script; with one, each answer leaves as it is given. */
import { redirect } from 'react-router';
import type { Route } from './+types/rubric';
import { isTarget } from '../../domains/proposal/index.ts';
import { readForm } from '../form-values.ts';
import { Island } from '../island.tsx';
import { refusal, services } from '../request-context.ts';
import { asksOf, dataYearOf, openPartPage, interpretationsOfPage } from './centre-page.server.ts';
import { rubricsAsked } from './progress.ts';
import { RubricForm } from './rubric-form.tsx';
import { rubricPageOf } from './rubric-page.ts';
import { postRubric } from './rubric-post.server.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `${loaderData.rubricLabel} · ${loaderData.structureName} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const page = await openPartPage(context, request, params, { dataYear: Number(params.dataYear), rubric: params.rubric });
  const { view, compiled, as, editable, part } = page;
  const dataYear = dataYearOf(page, params.dataYear);
  const rubrics = rubricsAsked(compiled, view, dataYear);
  if (!rubrics.includes(params.rubric)) throw refusal('Cette rubrique n’est pas demandée à cette structure : choisissez-en une autre depuis l’accueil de vos réponses.', 404);
  if (as === 'structure' && !part && editable && !view.noticeReadAt && (view.state === 'not_started' || view.state === 'in_progress')) throw redirect(`/centre/${view.id}`);
  // What correspondents and the structure say to each other is theirs.
  const asks = part ? [] : (await asksOf(page)).filter((ask) => ask.dataYear === dataYear);
  const commune = view.sheets[dataYear]?.answers['commune'];
  const place = view.answeredCommunes?.[dataYear];
  const beside: { readonly [key: string]: string } = place && commune?.state === 'value' ? { commune: `${String(commune.value)} est ${place}.` } : {};
  const shown = rubricPageOf(compiled, view, { part, beside, dataYear, rubric: params.rubric, account: page.actor.accountId, as, editable, asks, interpretations: await interpretationsOfPage(page), saved: new URL(request.url).searchParams.has('enregistre') });
  return { ...shown, files: editable && !part && shown.questions.some((q) => isTarget(q.key)) };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const page = await openPartPage(context, request, params, { dataYear: Number(params.dataYear), rubric: params.rubric });
  return postRubric(page, services(context).database, await readForm(request), { address: request.url, dataYear: dataYearOf(page, params.dataYear), rubric: params.rubric });
}

export default function Rubric({ loaderData, actionData }: Route.ComponentProps) {
  return <Island name="rubric" of={RubricForm} props={{ page: loaderData, faults: actionData, files: loaderData.files }} />;
}
