/** The public page of a territory: figures first, each with its base and year, each drawing with its table; the brochure to take away. No script. */
import type { Route } from './+types/territory';
import { territoryPage } from '../../domains/publication/index.server.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { refusal, services } from '../request-context.ts';
import { Page } from '../ui/page.tsx';
import { SectionView } from './sections.tsx';
import styles from './territory.module.css';

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData ? `${loaderData.page.name} · ${loaderData.page.title}` : 'Territoire · SENACS' },
  ...(loaderData ? [{ name: 'description', content: `${loaderData.page.title}, ${loaderData.page.name}, enquête ${loaderData.page.year} : chiffres clés, carte et plaquette.` }] : []),
];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const code = parseTerritoryCode(params.code);
  const asked = new URL(request.url).searchParams.get('annee');
  const year = asked !== null && /^\d{4}$/.test(asked) ? Number(asked) : undefined;
  const page = code && (await territoryPage(services(context).db, code, year));
  if (!page) throw refusal(year ? `Aucun résultat n’est publié pour ce territoire en ${year}.` : 'Aucun résultat n’est encore publié pour ce territoire. La liste des territoires publiés est sur la page « Territoires ».', 404);
  return { page };
}

export default function Territory({ loaderData: { page } }: Route.ComponentProps) {
  const level = page.level === 'structure' ? undefined : page.level;
  return (
    <Page
      title={page.name}
      lead={`${page.title}. Enquête ${page.year}, données ${page.dataYears.toSorted((a, b) => a - b).join(' et ')}.`}
      level={level}
      crumbs={[{ label: 'Accueil', to: '/' }, { label: 'Territoires', to: '/territoires' }, { label: page.name }]}
    >
      {page.demonstration && <p className="notice warn">Données fictives : cette page montre l’outil, pas la réalité de ce territoire.</p>}
      <div className={styles.head}>
        <nav aria-label="Sur cette page">
          <ul className={styles.contents}>
            {page.sections.map((s) => (
              <li key={s.id}>
                <a href={`#${s.id}`}>{s.title}</a>
              </li>
            ))}
          </ul>
        </nav>
        {page.hasBrochure && (
          <a className="button" href={`/territoires/${page.code}/plaquette/${page.year}.pdf`}>
            Télécharger la plaquette {page.year} (PDF)
          </a>
        )}
        {page.years.length > 1 && (
          <nav aria-label="Autres enquêtes" className="row small">
            <span className="soft">Enquêtes :</span>
            {page.years.map((y) => (y === page.year ? <strong key={y} aria-current="page">{y}</strong> : <a key={y} href={`/territoires/${page.code}?annee=${y}`}>{y}</a>))}
          </nav>
        )}
      </div>
      {page.sections.map((section) => (
        <SectionView key={section.id} section={section} />
      ))}
    </Page>
  );
}
