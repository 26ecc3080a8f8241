/** Values from files that the centre already has: read here, in the browser, never sent; each is seen with how it was made, and accepted or not. */
import { redirect } from 'react-router';
import type { Route } from './+types/files';
import { isTarget } from '../../../domains/proposal/index.ts';
import { keptChoicesOf, readFileGuides } from '../../../domains/proposal/index.server.ts';
import { askedKeys } from '../../../domains/questionnaire/index.ts';
import { Island } from '../../island.tsx';
import { dataYearOf, openCentrePage } from '../centre-page.server.ts';
import { FilesPage } from './files-page.tsx';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Vos fichiers · ${loaderData.structureName} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const page = await openCentrePage(context, request, params);
  const { db, view, compiled, as, editable } = page;
  const dataYear = dataYearOf(page, params.dataYear);
  if (as === 'structure' && editable && !view.noticeReadAt && (view.state === 'not_started' || view.state === 'in_progress')) throw redirect(`/centre/${view.id}`);
  const asked = new Set(askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear }));
  const questions = compiled.version.questions.filter((q) => asked.has(q.key) && isTarget(q.key));
  const ofTargets = <T,>(answers: { readonly [key: string]: T } | undefined): { [key: string]: T } => Object.fromEntries(questions.flatMap((q) => (answers?.[q.key] ? [[q.key, answers[q.key]!]] : [])));
  return {
    responseId: view.id, account: page.actor.accountId, structureName: view.structureName, campaignYear: view.campaignYear, dataYear, own: as === 'structure', editable, questions,
    rubrics: [...new Set(questions.map((q) => q.rubric))].map((code) => ({ code, label: compiled.version.rubrics[code] ?? code })),
    answers: ofTargets(view.sheets[dataYear]?.answers), previous: ofTargets(view.previous[dataYear]), guides: await readFileGuides(), kept: as === 'structure' ? await keptChoicesOf(db, view.structureId) : [],
  };
}

export default function Files({ loaderData }: Route.ComponentProps) {
  return <Island name="files" of={FilesPage} props={{ page: loaderData }} />;
}
