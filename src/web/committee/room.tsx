/** The committee's room for one territory and campaign: how many answered, what may be said and how each figure was made, where the brochure stands. */
import { redirect } from 'react-router';
import type { Route } from './+types/room';
import { progressOf } from '../../domains/campaign/index.server.ts';
import { responseRate, wholeOf } from '../../domains/campaign/index.ts';
import { brochureOf, votesOf } from '../../domains/publication/index.server.ts';
import { awaitedSides, BROCHURE_STATE_LABELS } from '../../domains/publication/index.ts';
import { countsIn, createRelease, latestRelease } from '../../domains/statistics/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { formatNumber, formatPercent } from '../../kernel/french-number.ts';
import { Badge, Empty, ErrorSummary, Notice, Page, Section, TableFrame, Tile } from '../ui/page.tsx';
import { refusal } from '../request-context.ts';
import { committeeRoom, levelOf } from './committee-room.server.ts';
import { shownFigures } from './shown-figures.server.ts';
import { SECTION_LABELS } from './section-labels.ts';
import { unitWords } from './unit-words.ts';
import styles from './room.module.css';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `${loaderData?.name ?? 'Comité'} ${loaderData?.year ?? ''} · Comité · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, year, place, wanted, rights } = await committeeRoom(context, request, params);
  const whole = wholeOf(await progressOf(db, year, { territory: place.code, by: place.level === 'department' ? 'territory' : 'nation' }), place.name);
  const release = rights.aggregates ? await latestRelease(db, { campaignYear: year, territoryCode: place.code }) : undefined;
  const set = release && (await shownFigures(db, wanted, place.level, release.id));
  const brochure = await brochureOf(db, wanted);
  const votes = brochure && brochure.state === 'copil_validation' ? await votesOf(db, brochure.id) : [];
  const figures = set ? [...Map.groupBy(set.figures.values(), (f) => f.section)].map(([section, list]) => ({
    section,
    label: SECTION_LABELS[section] ?? section,
    figures: list.map((f) => ({ id: f.id, label: list.some((other) => other !== f && other.label === f.label && other.unit !== f.unit) ? `${f.label}, ${f.unit === 'percent' ? 'en part' : 'en nombre'}` : f.label, text: f.text, unitWords: unitWords(f.unit, Math.abs(f.value) < 2), base: f.base, year: f.year, definition: f.making.definition, population: f.making.population, baseText: f.making.baseText, rounding: f.making.rounding, source: f.making.source })),
  })) : [];
  return {
    year,
    code: place.code as string,
    name: place.name,
    level: levelOf(place.level),
    rights,
    counts: { approved: whole.approved, solicited: whole.solicited, answered: whole.answered, complete: whole.complete, rate: responseRate(whole) ?? null, volumes: set ? countsIn(set) : null },
    release: release ? { number: release.number, at: release.createdAt } : null,
    figures,
    total: set?.figures.size ?? 0,
    withheldCount: set?.withheld.length ?? 0,
    withheld: set && rights.steward ? set.withheld.map((w) => ({ id: w.id, label: w.label, year: w.year, reason: w.reason.message })) : [],
    brochure: brochure ? { state: brochure.state, version: brochure.version, awaited: awaitedSides(votes) } : null,
    done: new URL(request.url).searchParams.get('fait') === 'donnees',
  };
}

/** The data steward or the national office takes the release; the statistics domain refuses what is not frozen yet. */
export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, year, place, rights } = await committeeRoom(context, request, params);
  if (!rights.releases) throw refusal('Le jeu de données est créé par la personne en charge des documents de travail ou par l’équipe nationale.');
  const made = await createRelease(db, { campaignYear: year, territoryCode: place.code, actor: actor.accountId });
  if (!made.ok) return { error: made.error.message };
  return redirect(`/comite/${place.code}/${year}?fait=donnees#chiffres`, 303);
}

const TakeRelease = (props: { children: string }) => (
  <form method="post">
    <button className="button quiet">{props.children}</button>
  </form>
);

/** A count by volume (R59): employment of the structures in the year before, and its share when it is known. */
const inEmployment = (fte: number | null | undefined, share?: number | null): string | undefined =>
  [fte == null ? [] : `${formatNumber(fte)}\u00a0ETP`, share == null ? [] : `${formatPercent(share)} en volume d’emploi`].flat().join(', ') || undefined;

export default function Room({ loaderData: d, actionData }: Route.ComponentProps) {
  const here = `/comite/${d.code}/${d.year}`;
  return (
    <Page title={`${d.name}, campagne ${d.year}`} level={d.level} crumbs={[{ label: 'Comités', to: '/comite' }, { label: `${d.name} ${d.year}` }]} lead="Ce que le comité peut lire, dire et publier.">
      {actionData?.error && <ErrorSummary title="Ce n’est pas encore possible" errors={[{ message: actionData.error }]} />}
      {d.done && d.release && !actionData?.error && <div role="status"><Notice tone="good"><p>Le jeu de données n° {d.release.number} est figé : les chiffres ci-dessous en viennent.</p></Notice></div>}
      <Section title="Qui a répondu" id="reponses">
        <ul className="tiles">
          <Tile figure={formatNumber(d.counts.approved)} label="structures agréées" base={inEmployment(d.counts.volumes?.approved.volume)} />
          <Tile figure={formatNumber(d.counts.solicited)} label="sollicitées" base={inEmployment(d.counts.volumes?.solicited.volume)} />
          <Tile figure={formatNumber(d.counts.answered)} label="ont répondu" base={[d.counts.rate === null ? [] : `${formatPercent(d.counts.rate)} des sollicitées`, inEmployment(d.counts.volumes?.answered.volume, d.counts.volumes?.rate.volume) ?? []].flat().join(', ')} />
          <Tile figure={formatNumber(d.counts.complete)} label="ont tout rempli" base={inEmployment(d.counts.volumes?.complete.volume)} />
        </ul>
      </Section>

      <Section title="La plaquette" id="plaquette">
        {d.brochure ? (
          <p className="row">
            <Badge tone={d.brochure.state === 'published' ? 'good' : 'accent'}>{BROCHURE_STATE_LABELS[d.brochure.state]}</Badge>
            {d.brochure.version > 1 && <span className="soft">version {d.brochure.version}</span>}
            {d.brochure.state === 'copil_validation' && d.brochure.awaited.length > 0 && (
              <span className="soft">On attend l’accord {d.brochure.awaited.map((s) => (s === 'caf' ? 'de la Caf' : 'de la fédération')).join(' et ')}.</span>
            )}
          </p>
        ) : (
          <p className="soft">{d.release ? 'Les chiffres sont prêts : la plaquette peut être préparée.' : 'La plaquette se prépare après le gel des réponses et la publication des données.'}</p>
        )}
        <p className="row">
          {d.release && d.rights.aggregates && (
            <>
              {d.brochure?.state === 'published' && <a className="button" href={`/territoires/${d.code}/plaquette/${d.year}.pdf`}>La plaquette publiée (PDF)</a>}
              <a className={d.brochure?.state === 'published' ? 'button quiet' : 'button'} href={`${here}/plaquette`}>
                {!d.rights.votes ? 'Suivre la plaquette' : d.brochure?.state === 'published' ? 'Préparer une nouvelle version' : 'Écrire et valider la plaquette'}
              </a>
              <a className="button quiet" href={`${here}/apercu.pdf`}>
                Aperçu (PDF)
              </a>
            </>
          )}
          {d.brochure?.state === 'published' && !d.rights.aggregates && <a className="button" href={`/territoires/${d.code}/plaquette/${d.year}.pdf`}>La plaquette publiée (PDF)</a>}
          {d.brochure?.state === 'published' && <a href={`/territoires/${d.code}?annee=${d.year}`}>La page publique</a>}
        </p>
      </Section>

      {!d.rights.aggregates ? (
        <Notice title="En réunion seulement">
          <p>Comme personne invitée, vous voyez les chiffres quand le comité vous les montre, et tout ce qui est publié.</p>
        </Notice>
      ) : !d.release ? (
        <Empty>
          <p>Aucun chiffre pour l’instant : ils sont calculés une fois les réponses validées et figées par les deux correspondants.</p>
          {d.rights.releases && <TakeRelease>Figer le jeu de données</TakeRelease>}
        </Empty>
      ) : (
        <Section title="Les chiffres" id="chiffres">
          <p className="soft">
            {formatNumber(d.total)} chiffres diffusables, calculés sur le jeu de données n° {d.release.number} du {formatDate(d.release.at)}.{' '}
            {d.withheldCount > 0 && (d.withheldCount === 1 ? 'Un chiffre est retenu par le secret statistique.' : `${formatNumber(d.withheldCount)} chiffres sont retenus par le secret statistique.`)}
          </p>
          {(d.rights.steward || d.rights.releases) && (
            <div className="row">
              {d.rights.steward && <a className="button quiet" href={`${here}/tableaux`}>Tableaux de travail</a>}
              {d.rights.releases && <TakeRelease>Figer à nouveau, si des réponses ont changé</TakeRelease>}
            </div>
          )}
          <nav aria-label="Thèmes" className="row small">
            {d.figures.map((g) => (
              <a key={g.section} href={`#theme-${g.section}`}>
                {g.label}
              </a>
            ))}
          </nav>
          {d.figures.map((g) => (
            <div key={g.section} className="stack" style={{ marginTop: '2rem' }}>
              <h3 id={`theme-${g.section}`}>{g.label}</h3>
              <TableFrame label={g.label}>
                <table className={`table stacked ${styles.figures} ${styles.compact}`}>
                  <thead>
                    <tr>
                      <th scope="col">Chiffre</th>
                      <th scope="col" className="num">
                        Valeur
                      </th>
                      <th scope="col" className="num">
                        Base
                      </th>
                      <th scope="col" className="num">
                        Année
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {g.figures.map((f) => (
                      <tr key={f.id}>
                        <th scope="row">
                          <details>
                            <summary>{f.label}</summary>
                            <p>
                              {f.definition.replace(/\.$/, '')}. {f.population} ; {f.baseText}. Arrondi : {f.rounding.toLowerCase()}. Source : {f.source}.
                            </p>
                            <p>
                              <a href={`${here}/serie/${encodeURIComponent(f.id)}`} aria-label={`${f.label}, d’année en année`}>D’année en année</a>
                            </p>
                            <p>
                              Dans un texte de la plaquette : <code>{`{{${f.id}}}`}</code>
                            </p>
                          </details>
                        </th>
                        <td className="num">
                          <strong>{f.text}</strong>
                          {f.unitWords && <span className={`soft small ${styles.unit}`}>{` ${f.unitWords}`}</span>}
                        </td>
                        <td className="num" data-label="Base">{f.base === null ? '' : formatNumber(f.base)}</td>
                        <td className="num" data-label="Année">{f.year}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </TableFrame>
            </div>
          ))}
          {d.withheld.length > 0 && (
            <div className="stack" style={{ marginTop: '2rem' }}>
              <h3 id="retenus">Chiffres retenus</h3>
              <p className="soft">Cette liste n’est montrée qu’à la personne en charge des données. Elle ne donne aucune valeur.</p>
              <TableFrame label="Chiffres retenus">
                <table className="table stacked">
                  <thead>
                    <tr>
                      <th scope="col">Chiffre</th>
                      <th scope="col" className="num">
                        Année
                      </th>
                      <th scope="col">Pourquoi</th>
                    </tr>
                  </thead>
                  <tbody>
                    {d.withheld.map((w) => (
                      <tr key={w.id}>
                        <th scope="row">{w.label}</th>
                        <td className="num" data-label="Année">{w.year}</td>
                        <td data-label="Pourquoi">{w.reason}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </TableFrame>
            </div>
          )}
        </Section>
      )}
    </Page>
  );
}
