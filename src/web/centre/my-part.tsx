/** The room of a guest by link: the rubrics that he was given, and what is left in each. */
import type { Route } from './+types/my-part';
import { responsesOfStructures } from '../../domains/entry/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { refusal, requireActor, services } from '../request-context.ts';
import { Notice, Page, Section } from '../ui/page.tsx';
import { openPartPage } from './centre-page.server.ts';
import { rubricProgress } from './progress.ts';
import { RubricTable } from './rubric-table.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Ma part · SENACS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { part } = requireActor(context, request);
  if (!part) throw refusal('Cette page est celle des personnes qui remplissent une part par un lien : retrouvez vos réponses dans « Mes réponses ».', 403);
  const response = (await responsesOfStructures(services(context).db, [part.structureId])).find((r) => r.campaignYear === part.campaignYear);
  const { view, compiled, actor, editable } = await openPartPage(context, request, { responseId: response?.responseId }, { dataYear: part.dataYears[0]! });
  return {
    responseId: view.id, structureName: view.structureName, campaignYear: view.campaignYear, name: actor.displayName, lastDay: part.lastDay, editable,
    years: compiled.dataYears.filter((year) => part.dataYears.includes(year)).map((dataYear) => ({ dataYear, rubrics: rubricProgress(compiled, view, dataYear).filter((r) => part.rubrics.includes(r.code)) })),
  };
}

export default function MyPart({ loaderData: d }: Route.ComponentProps) {
  const left = d.years.flatMap((y) => y.rubrics).reduce((n, r) => n + r.required - r.answered, 0);
  return (
    <Page title="Ma part" lead={`${d.structureName}, campagne ${d.campaignYear}`}>
      <p>
        {d.name}, ces rubriques vous sont ouvertes jusqu’au {formatDate(d.lastDay)}. Chaque réponse est enregistrée aussitôt, à votre nom&nbsp;; pour revenir, rouvrez votre lien.
      </p>
      {!d.editable && (
        <Notice tone="accent">
          <p>Ces réponses ne sont pas en cours de saisie : vous pouvez les lire.</p>
        </Notice>
      )}
      {d.editable && left === 0 && (
        <Notice tone="good" status>
          <p>Votre part est complète. La direction relira l’ensemble et le transmettra&nbsp;: vous n’avez rien d’autre à faire.</p>
        </Notice>
      )}
      {d.years.map(({ dataYear, rubrics }) => (
        <Section key={dataYear} title={`Données ${dataYear}`} id={`annee-${dataYear}`}>
          <RubricTable responseId={d.responseId} dataYear={dataYear} rubrics={rubrics} />
        </Section>
      ))}
    </Page>
  );
}
