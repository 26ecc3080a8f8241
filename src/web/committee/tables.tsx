/** The data steward's working tables (charter 3.2): every figure of the territory, unrounded, with its base, its status and why it is withheld. Each opening is journalled. */
import type { Route } from './+types/tables';
import { writeJournal } from '../../domains/access/index.server.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { Badge, Empty, Notice, Page, Section, TableFrame } from '../ui/page.tsx';
import { levelOf } from './committee-room.server.ts';
import { exactText, standingOf, workingTables } from './working-tables.server.ts';
import styles from './room.module.css';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `Tableaux de travail ${loaderData?.name ?? ''} ${loaderData?.year ?? ''} · Comité · SENACS` }];

const SHOWN = ['toutes', 'diffusables', 'retenues', 'hors-calcul'] as const;

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, actor, year, place, release, rows, sections } = await workingTables(context, request, params);
  const asked = new URL(request.url).searchParams.get('montrer');
  const shown = SHOWN.find((s) => s === asked) ?? 'toutes';
  if (release) await writeJournal(db, { accountId: actor.accountId, action: 'tables.read', purpose: 'documents de travail du comité', territoryCode: place.code, campaignYear: year, detail: { release: release.number } });
  const kept = rows.filter((r) => shown === 'toutes' || standingOf(r) === shown);
  return {
    year,
    code: place.code as string,
    name: place.name,
    level: levelOf(place.level),
    shown,
    release: release?.number ?? null,
    counts: Object.fromEntries(SHOWN.map((s) => [s, s === 'toutes' ? rows.length : rows.filter((r) => standingOf(r) === s).length])) as { [shown in (typeof SHOWN)[number]]: number },
    groups: [...Map.groupBy(kept, (r) => r.section)].map(([section, list]) => ({
      section,
      label: sections[section] ?? section,
      rows: list.map((r) => ({ id: r.id, label: r.label, text: r.text, exact: exactText(r), base: r.base, year: r.year, standing: standingOf(r), reason: r.status === 'withheld' ? (r.reason ?? 'retenu') : null })),
    })),
  };
}

const FILTERS = { toutes: 'Toutes', diffusables: 'Diffusables', retenues: 'Retenues', 'hors-calcul': 'Hors calcul' } as const;

export default function Tables({ loaderData: d }: Route.ComponentProps) {
  const room = `/comite/${d.code}/${d.year}`;
  return (
    <Page title="Tableaux de travail" level={d.level} crumbs={[{ label: 'Comités', to: '/comite' }, { label: `${d.name} ${d.year}`, to: room }, { label: 'Tableaux de travail' }]} lead={`${d.name}, campagne ${d.year} : tous les chiffres, y compris ceux qui ne peuvent pas être diffusés.`}>
      {d.release === null ? (
        <Empty>
          <p>Aucun jeu de données pour l’instant : il se crée depuis la page du comité, une fois le territoire gelé par les deux correspondants.</p>
          <p><a href={room}>Revenir au comité</a></p>
        </Empty>
      ) : (
        <>
          <Notice tone="warn" title="Pour vous seulement">
            <p>Ces valeurs ne sont pas arrondies et certaines laisseraient reconnaître une structure. Vous en préparez les documents du comité, vous ne les transmettez pas. Chaque ouverture et chaque téléchargement s’inscrivent au journal des accès.</p>
          </Notice>
          <div className="row">
            <a className="button quiet" href={`${room}/tableaux.csv`}>Télécharger (CSV)</a>
            <nav aria-label="Chiffres montrés">
              <ul className={styles.filters}>
                {SHOWN.map((s) => (
                  <li key={s}>
                    <a href={s === 'toutes' ? `${room}/tableaux` : `${room}/tableaux?montrer=${s}`} aria-current={s === d.shown ? 'true' : undefined}>
                      {FILTERS[s]} ({formatNumber(d.counts[s])})
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          </div>
          {d.groups.length === 0 && <Empty><p>Aucun chiffre de cette sorte dans ce jeu de données.</p></Empty>}
          {d.groups.map((g) => (
            <Section key={g.section} title={g.label} id={`theme-${g.section}`}>
              <TableFrame label={`Tableau : ${g.label}`}>
                <table className={`table stacked ${styles.compact}`}>
                  <thead>
                    <tr>
                      <th scope="col">Chiffre</th>
                      <th scope="col" className="num">Imprimé</th>
                      <th scope="col" className="num">Exact</th>
                      <th scope="col" className="num">Base</th>
                      <th scope="col" className="num">Année</th>
                      <th scope="col">Diffusion</th>
                    </tr>
                  </thead>
                  <tbody>
                    {g.rows.map((r) => (
                      <tr key={r.id}>
                        <th scope="row" className={styles.wide}>
                          {r.label}
                          <div className="soft small"><code>{r.id}</code></div>
                        </th>
                        <td className="num" data-label="Imprimé">{r.text}</td>
                        <td className="num soft" data-label="Exact">{r.exact}</td>
                        <td className="num" data-label="Base">{r.base === null ? '' : formatNumber(r.base)}</td>
                        <td className="num" data-label="Année">{r.year}</td>
                        <td className={styles.wide} data-label="Diffusion">{r.standing === 'diffusables' ? <span className="soft">diffusable</span> : r.standing === 'hors-calcul' ? <><Badge>hors calcul</Badge> <span className="small">{r.reason}</span></> : <><Badge tone="warn">retenu</Badge> <span className="small">{r.reason}</span></>}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </TableFrame>
            </Section>
          ))}
        </>
      )}
    </Page>
  );
}
