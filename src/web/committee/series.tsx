/** One publishable figure over the released campaigns, earlier surveys too: one series, cut where the question changed its meaning. */
import type { Route } from './+types/series';
import { figureSeries } from '../../domains/statistics/index.server.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { refusal } from '../request-context.ts';
import { Badge, Page, TableFrame } from '../ui/page.tsx';
import { committeeRoom, levelOf } from './committee-room.server.ts';
import { shownFigures } from './shown-figures.server.ts';
import { unitWords } from './unit-words.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `${loaderData?.label ?? 'Série'} d’année en année · Comité · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, year, place, rights } = await committeeRoom(context, request, params);
  if (!rights.aggregates) throw refusal('Comme personne invitée, vous voyez les chiffres quand le comité vous les montre, et tout ce qui est publié.');
  const code = place.code as string;
  const points = await figureSeries(db, { territoryCode: code, figureId: params.figure, upTo: year }, (release) => shownFigures(db, { year: release.campaignYear, territory: code }, place.level, release.id));
  const latest = points.find((p) => p.figure)?.figure;
  if (!latest) throw refusal('Aucune campagne publiée de ce territoire ne montre ce chiffre : partez de la liste des chiffres du comité.', 404);
  return {
    year, code, name: place.name, level: levelOf(place.level), label: latest.label, unit: unitWords(latest.unit, false), definition: latest.making.definition,
    points: points.map(({ campaignYear, figure, absent, cut, first }) => ({
      campaignYear, cut: cut ?? null, absent: absent ?? null, first,
      figure: figure ? { text: figure.text, unit: unitWords(figure.unit, Math.abs(figure.value) < 2), base: figure.base, year: figure.year, source: figure.making.source } : null,
    })),
  };
}

export default function Series({ loaderData: d }: Route.ComponentProps) {
  const here = `/comite/${d.code}/${d.year}`;
  return (
    <Page title={d.label} level={d.level} crumbs={[{ label: 'Comités', to: '/comite' }, { label: `${d.name} ${d.year}`, to: `${here}#chiffres` }, { label: 'D’année en année' }]} lead={`${d.name}, d’une campagne publiée à l’autre : chaque valeur est celle que sa campagne diffuse.`}>
      <p>{d.definition}</p>
      <TableFrame label="Série du chiffre">
        <table className="table stacked">
          <thead>
            <tr>
              <th scope="col">Campagne</th>
              <th scope="col" className="num">Valeur</th>
              <th scope="col" className="num">Base</th>
              <th scope="col" className="num">Données de</th>
              <th scope="col">Avec la précédente</th>
              <th scope="col">Ce qui s’est passé</th>
            </tr>
          </thead>
          <tbody>
            {d.points.map((p) => (
              <tr key={p.campaignYear}>
                <th scope="row">{p.campaignYear}</th>
                <td className="num" data-label="Valeur">{p.figure ? <><strong>{p.figure.text}</strong>{p.figure.unit && <span className="soft small"> {p.figure.unit}</span>}</> : <span className="soft">—</span>}</td>
                <td className="num" data-label="Base">{p.figure?.base == null ? '' : formatNumber(p.figure.base)}</td>
                <td className="num" data-label="Données de">{p.figure?.year}</td>
                <td data-label="Avec la précédente">{!p.figure ? '' : p.first ? <span className="soft">première valeur</span> : p.cut ? <Badge tone="warn">rupture</Badge> : <Badge tone="good">comparable</Badge>}</td>
                <td data-label="Ce qui s’est passé">{p.cut ?? p.absent}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <p className="soft">« Comparable » dit que la question a gardé son sens. Les structures qui répondent ne sont pas les mêmes d’une campagne à l’autre : la base le montre, et les évolutions à panel constant, quand elles existent, ne comptent que celles qui ont répondu les deux années.</p>
    </Page>
  );
}
