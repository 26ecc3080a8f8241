/** The past of one value: who, when, from where. */
import type { Route } from './+types/history';
import { inPart } from '../../domains/access/index.ts';
import { sourceLabel, sourceWords } from '../../domains/entry/index.ts';
import { historyOf } from '../../domains/entry/index.server.ts';
import { formatAnswer } from '../../domains/questionnaire/index.ts';
import { formatClock, formatDate, parisDay } from '../../kernel/french-date.ts';
import { refusal } from '../request-context.ts';
import { Empty, Page, TableFrame } from '../ui/page.tsx';
import { dataYearOf, openPartPage, outsideThePart } from './centre-page.server.ts';
import { crumbsOf } from './crumbs.ts';
import { anchorOf } from './question-field.tsx';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Historique de ${loaderData.code} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const page = await openPartPage(context, request, params, { dataYear: Number(params.dataYear) });
  const dataYear = dataYearOf(page, params.dataYear);
  const question = page.compiled.questions.get(params.key);
  if (page.part && question && !inPart(page.part, dataYear, question.key)) throw outsideThePart();
  if (!question) throw refusal('Cette question n’existe pas dans ce questionnaire.', 404);
  const lines = await historyOf(page.db, page.view.id, dataYear, question.key);
  return {
    responseId: page.view.id, own: page.as === 'structure', guest: page.part !== null, structureName: page.view.structureName, campaignYear: page.view.campaignYear, dataYear, code: question.code, label: question.label, back: `/centre/${page.view.id}/${dataYear}/${question.rubric}#${anchorOf(question.key)}-bloc`, rubric: question.rubric,
    lines: lines.map((l) => ({ when: `${formatDate(parisDay(new Date(l.at)))} à ${formatClock(l.at)}`, who: l.author ?? 'Le programme', source: [sourceLabel(l.source), l.from && sourceWords(l.from), l.managingBody && `proposé par ${l.managingBody}`].filter(Boolean).join(', '), value: l.answer ? formatAnswer(question, l.answer) : 'Réponse retirée', key: `${l.revision} ${l.at}` })),
  };
}

export default function History({ loaderData: d }: Route.ComponentProps) {
  return (
    <Page
      title={`${d.code} ${d.label}`}
      lead={`Historique de la réponse, données ${d.dataYear}. Les heures sont celles de Paris.`}
      crumbs={crumbsOf(d, { label: `Rubrique ${d.rubric}`, to: d.back }, { label: 'Historique' })}
    >
      {d.lines.length === 0 ? (
        <Empty>
          <p>Cette question n’a pas encore reçu de réponse.</p>
        </Empty>
      ) : (
        <TableFrame label="Réponses successives">
          <table className="table stacked">
            <thead>
              <tr>
                <th scope="col">Quand</th>
                <th scope="col">Réponse</th>
                <th scope="col">Qui</th>
                <th scope="col">D’après</th>
              </tr>
            </thead>
            <tbody>
              {d.lines.map((l) => (
                <tr key={l.key}>
                  <td data-label="Quand">{l.when}</td>
                  <td data-label="Réponse">{l.value}</td>
                  <td data-label="Qui">{l.who}</td>
                  <td data-label="D’après">{l.source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      <p>
        <a className="button quiet" href={d.back}>
          Revenir à la question
        </a>
      </p>
    </Page>
  );
}
