/** The history of one question over the questionnaires: what carried its meaning each year, where the series breaks and why. */
import type { Route } from './+types/series';
import { lineageSentence, nameOfQuestion, seriesOf } from '../../../domains/questionnaire/index.ts';
import { findVersion, listVersions } from '../../../domains/questionnaire/index.server.ts';
import { yearIn } from '../../form-values.ts';
import { refusal } from '../../request-context.ts';
import { Badge, Page, TableFrame } from '../../ui/page.tsx';
import { openStudio } from './studio-page.server.ts';
import { questionPath } from './words.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `${loaderData?.name ?? 'Série'} d’année en année · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db } = openStudio(context, request);
  const years = (await listVersions(db)).map((v) => v.year);
  const versions = (await Promise.all(years.map((year) => findVersion(db, year)))).map((c) => c!.version);
  const holds = versions.filter((v) => v.questions.some((q) => q.key === params.key)).map((v) => v.year);
  const wanted = yearIn(new URL(request.url).searchParams.get('annee'));
  const year = holds.find((y) => y === wanted) ?? holds.at(-1);
  if (year === undefined) throw refusal('Aucun questionnaire ne pose cette question : partez de la liste des questions.', 404);
  const named = (y: number, key: string) => {
    const question = versions.find((v) => v.year === y)!.questions.find((q) => q.key === key)!;
    return { key, name: nameOfQuestion(question) };
  };
  return {
    key: params.key, name: named(year, params.key).name,
    points: seriesOf(versions, year, params.key).map((p, i, all) => ({ year: p.year, questions: p.keys.map((key) => named(p.year, key)), comparable: p.comparable, first: i === all.length - 1, event: p.event ? lineageSentence(p.event) : null })),
  };
}

export default function Series({ loaderData: { key, name, points } }: Route.ComponentProps) {
  return (
    <Page title={name} level="nation" crumbs={[{ label: 'Questionnaires', to: '/national/questionnaires' }, { label: key }]} lead="D’année en année : la question qui a porté ce sens, et là où la série se rompt.">
      <TableFrame label="Série de la question">
        <table className="table stacked">
          <thead><tr><th scope="col">Campagne</th><th scope="col">Question</th><th scope="col">Avec l’année d’avant</th><th scope="col">Ce qui s’est passé</th></tr></thead>
          <tbody>
            {points.map((p) => (
              <tr key={p.year}>
                <th scope="row">{p.year}</th>
                <td data-label="Question">{p.questions.length === 0 ? <span className="soft">pas posée</span> : p.questions.map((q) => <div key={q.key}><a href={questionPath(p.year, q.key)}>{q.name}</a> <code>{q.key}</code></div>)}{p.questions.length > 1 && <span className="soft small">leur somme fait la série</span>}</td>
                <td data-label="Avec l’année d’avant">{p.first ? <span className="soft">première année</span> : p.comparable ? <Badge tone="good">comparable</Badge> : <Badge tone="warn">rupture</Badge>}</td>
                <td data-label="Ce qui s’est passé">{p.event}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Page>
  );
}
