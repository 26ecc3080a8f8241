/** A correspondent types a whole rubric for a structure, from paper or by telephone: it says once where the answers come from, then types. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/dense';
import { sourceWords } from '../../../domains/entry/index.ts';
import { onBehalfSourcesOf, prefillFromRegister, sayOnBehalfSource } from '../../../domains/entry/index.server.ts';
import { parisDay } from '../../../kernel/french-date.ts';
import { readForm, textsOf } from '../../form-values.ts';
import { Island } from '../../island.tsx';
import { refusal, services } from '../../request-context.ts';
import { Page } from '../../ui/page.tsx';
import { type CentrePage, dataYearOf, openCentrePage } from '../centre-page.server.ts';
import { crumbsOf } from '../crumbs.ts';
import { rubricProgress, rubricsAsked, steps } from '../progress.ts';
import { rubricPageOf } from '../rubric-page.ts';
import { postRubric } from '../rubric-post.server.ts';
import { DenseForm } from './dense-form.tsx';
import { SourceForm } from './source-form.tsx';

export const meta: Route.MetaFunction = ({ loaderData: d }) => [{ title: d ? `Saisie dense · ${d.rubric} · ${d.structureName} · SENACS` : 'SENACS' }];

const addressOf = (page: CentrePage, dataYear: number, rubric: string): string => `/centre/${page.view.id}/${dataYear}/${rubric}/pour-compte`;

/** For correspondents, while they may type; whoever else comes is led to the ordinary page of the rubric. */
async function openDense(context: Route.LoaderArgs['context'], request: Request, params: Route.LoaderArgs['params']) {
  const page = await openCentrePage(context, request, params);
  const dataYear = dataYearOf(page, params.dataYear);
  if (!rubricsAsked(page.compiled, page.view, dataYear).includes(params.rubric)) throw refusal('Cette rubrique n’est pas demandée à cette structure : choisissez-en une autre depuis l’accueil de ses réponses.', 404);
  if (page.as === 'structure' || !page.editable) throw redirect(`/centre/${page.view.id}/${dataYear}/${params.rubric}`);
  const asked = new URL(request.url).searchParams.get('source');
  const said = await onBehalfSourcesOf(page.db, page.view.id, page.actor.accountId);
  return { page, dataYear, rubric: params.rubric, said, source: said.find((s) => s.id === asked) };
}

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { page, dataYear, rubric, said, source } = await openDense(context, request, params);
  const { view, compiled } = page;
  const common = { responseId: view.id, campaignYear: view.campaignYear, structureName: view.structureName, dataYear, rubric, rubricLabel: compiled.version.rubrics[rubric] ?? rubric };
  if (!source) return { ...common, dense: null, today: parisDay(new Date()), earlier: said.slice(0, 5).map((s) => ({ words: sourceWords(s), to: `${addressOf(page, dataYear, rubric)}?source=${s.id}` })) };
  const path = steps(compiled, view);
  const next = path[path.findIndex((s) => s.dataYear === dataYear && s.rubric === rubric) + 1];
  const shown = rubricPageOf(compiled, view, { dataYear, rubric, account: page.actor.accountId, as: page.as, editable: true, asks: [], saved: new URL(request.url).searchParams.has('enregistre') });
  return {
    ...common, today: null, earlier: [],
    dense: {
      page: shown, source: { id: source.id, words: sourceWords(source) },
      rubrics: rubricProgress(compiled, view, dataYear).map((r) => ({ code: r.code, label: r.label, left: r.required - r.answered, to: `${addressOf(page, dataYear, r.code)}?source=${source.id}` })),
      next: next ? { to: `${addressOf(page, next.dataYear, next.rubric)}?source=${source.id}`, label: next.dataYear === dataYear ? `Rubrique ${next.rubric}` : `Passer à ${next.dataYear}` } : { to: `/centre/${view.id}`, label: 'Terminer' },
    },
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { page, dataYear, rubric, source } = await openDense(context, request, params);
  const form = await readForm(request);
  const text = textsOf(form);
  if (text('intention') === 'source') {
    const given = { support: text('support'), person: text('personne'), givenOn: text('jour') };
    const done = await sayOnBehalfSource(page.db, page.actor, { responseId: page.view.id, ...given }, parisDay(new Date()));
    if (!done.ok) return data({ source: { error: done.error.message, ...given }, faults: undefined }, { status: 422 });
    // as when a structure begins: what the register knows is there to be checked
    await prefillFromRegister(page.db, page.view.id);
    throw redirect(`${addressOf(page, dataYear, rubric)}?source=${done.value.id}`, 303);
  }
  if (!source) throw redirect(addressOf(page, dataYear, rubric), 303);
  const posted = await postRubric(page, services(context).database, form, { address: request.url, dataYear, rubric, sourceId: source.id });
  return data({ source: undefined, faults: posted.data }, { status: posted.init?.status ?? 200 });
}

export default function Dense({ loaderData: d, actionData }: Route.ComponentProps) {
  if (d.dense) return <Island name="dense" of={DenseForm} props={{ ...d.dense, faults: actionData?.faults }} />;
  return (
    <Page title="Saisir pour la structure" lead={`${d.structureName}, rubrique ${d.rubric}. ${d.rubricLabel}`} crumbs={crumbsOf({ ...d, own: false }, { label: `Rubrique ${d.rubric}`, to: `/centre/${d.responseId}/${d.dataYear}/${d.rubric}` }, { label: 'Saisie dense' })}>
      <SourceForm today={d.today!} earlier={d.earlier} failed={actionData?.source} />
    </Page>
  );
}
