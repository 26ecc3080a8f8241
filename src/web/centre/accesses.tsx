/** Who opened the answers of a structure and who did what with them, as the journal keeps it: the structure reads it whole (charter 1.3). */
import type { Route } from './+types/accesses';
import { actionWords, groupedByDay } from '../../domains/access/index.ts';
import { journalOf } from '../../domains/access/index.server.ts';
import { formatClock, formatDate, parisDay } from '../../kernel/french-date.ts';
import { NBSP } from '../../kernel/french-number.ts';
import { refusal } from '../request-context.ts';
import { Empty, Page, TableFrame } from '../ui/page.tsx';
import { openCentrePage } from './centre-page.server.ts';
import { crumbsOf } from './crumbs.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Qui a ouvert vos réponses · ${loaderData.structureName} · SENACS` : 'SENACS' }];

/** Lines read at once; the older ones are on the next page. */
const LINES = 200;

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, view, as } = await openCentrePage(context, request, params);
  if (as !== 'structure') throw refusal('La structure seule lit le journal de ses réponses.', 403);
  const page = Math.max(1, Math.trunc(Number(new URL(request.url).searchParams.get('page'))) || 1);
  const lines = await journalOf(db, view.structureId, LINES, (page - 1) * LINES);
  return {
    responseId: view.id, own: true, campaignYear: view.campaignYear, structureName: view.structureName, older: lines.length === LINES ? `?page=${page + 1}` : null,
    lines: groupedByDay(lines, (at) => parisDay(new Date(at))).map((l) => ({ at: new Date(l.at).toISOString(), when: `${formatDate(parisDay(new Date(l.at)))} à ${formatClock(new Date(l.at).toISOString())}`, who: l.name ?? 'Le programme', what: actionWords(l.action), times: l.times, why: l.purpose })),
  };
}

export default function Accesses({ loaderData: d }: Route.ComponentProps) {
  return (
    <Page title="Qui a ouvert vos réponses" lead={`${d.structureName}. Chaque ouverture par un correspondant et chaque acte sont inscrits ; rien ne s’en efface.`} crumbs={crumbsOf(d, { label: 'Journal' })}>
      {d.lines.length === 0 ? (
        <Empty>
          <p>Personne n’a encore ouvert vos réponses.</p>
        </Empty>
      ) : (
        <TableFrame label="Journal">
          <table className="table stacked">
            <thead>
              <tr>
                <th scope="col">Quand (heure de Paris)</th>
                <th scope="col">Qui</th>
                <th scope="col">Quoi</th>
                <th scope="col">Pourquoi</th>
              </tr>
            </thead>
            <tbody>
              {d.lines.map((l) => (
                <tr key={`${l.at} ${l.what}`}>
                  <th scope="row">{l.when}</th>
                  <td data-label="Qui">{l.who}</td>
                  <td data-label="Quoi">
                    {l.what}
                    {l.times > 1 && <span className="soft">, {`${l.times}${NBSP}fois ce jour-là`}</span>}
                  </td>
                  <td data-label="Pourquoi">{l.why ?? <span className="soft">–</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      {d.older && <p><a href={d.older}>Lignes plus anciennes</a></p>}
    </Page>
  );
}
