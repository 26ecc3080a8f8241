/** The public page of a territory: figures first, each with its base and year, each drawing with its table; the brochure to take away. No script. */
import type { Route } from './+types/territory';
import { territoryPage } from '../../domains/publication/index.server.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { ofTerritory } from '../../kernel/french-words.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { refusal, services } from '../request-context.ts';
import { Empty, Page, Tile } from '../ui/page.tsx';
import { SectionView } from './sections.tsx';
import { type Unpublished, unpublishedTerritory } from './unpublished.server.ts';
import styles from './territory.module.css';

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.page ? `${loaderData.page.name} · ${loaderData.page.title} · SENACS` : `${loaderData?.unpublished?.name ?? 'Territoire'} · SENACS` },
  ...(loaderData?.page ? [{ name: 'description', content: `${loaderData.page.title}, ${loaderData.page.name}, enquête ${loaderData.page.year} : chiffres clés, carte et plaquette.` }] : []),
];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const code = parseTerritoryCode(params.code);
  const asked = new URL(request.url).searchParams.get('annee');
  const year = asked !== null && /^\d{4}$/.test(asked) ? Number(asked) : undefined;
  const page = code && (await territoryPage(services(context).db, code, year));
  if (page) return { page, unpublished: null };
  if (year) throw refusal(`Aucun résultat n’est publié pour ce territoire en ${year}.`, 404);
  const unpublished = code && (await unpublishedTerritory(services(context).db, code));
  if (!unpublished) throw refusal('Ce territoire n’existe pas. La liste des territoires publiés est sur la page « Territoires ».', 404);
  return { page: null, unpublished };
}

/** Nothing published here yet: what the register says, and where to read on. */
function Nothing({ of }: { of: Unpublished }) {
  return (
    <Page title={of.name} level={of.level === 'nation' || of.level === 'region' ? of.level : 'department'} lead={of.opens ? 'Aucun résultat n’est encore publié pour ce territoire.' : 'Les résultats se lisent dans le département : ils ne sont pas publiés pour un territoire plus petit.'} crumbs={[{ label: 'Accueil', to: '/' }, { label: 'Territoires', to: '/territoires' }, { label: of.name }]}>
      {of.counts.length > 0 && (
        <ul className="tiles">
          {of.counts.map(({ kind, label, n }) => (
            <Tile key={kind} figure={formatNumber(n)} label={label} base="Répertoire, aujourd’hui" />
          ))}
        </ul>
      )}
      <Empty>
        {of.opens ? (
          <p>Les résultats paraissent quand les réponses ont été relues et que le comité du territoire les a validées.</p>
        ) : (
          <p>Avec peu de structures, un résultat laisserait deviner la réponse de l’une d’elles, seul ou soustrait de celui du département.</p>
        )}
        <p>
          {of.nearest ? <a className="button quiet" href={`/territoires/${of.nearest.code}`}>Lire les résultats {ofTerritory(of.nearest)}, enquête {of.nearest.year}</a> : <a className="button quiet" href="/territoires">Voir les territoires publiés</a>}
        </p>
      </Empty>
    </Page>
  );
}

export default function Territory({ loaderData: { page, unpublished } }: Route.ComponentProps) {
  if (!page) return <Nothing of={unpublished} />;
  const level = page.level === 'structure' ? undefined : page.level;
  return (
    <Page
      title={page.name}
      lead={`${page.title}. Enquête ${page.year}, données ${page.dataYears.toSorted((a, b) => a - b).join(' et ')}.`}
      level={level}
      crumbs={[{ label: 'Accueil', to: '/' }, { label: 'Territoires', to: '/territoires' }, { label: page.name }]}
    >
      {page.demonstration && <p className="notice warn">Données fictives : cette page montre l’outil, pas la réalité de ce territoire.</p>}
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
        {!page.hasBrochure && page.level === 'department' && (
          <p className="small soft">Publié par l’équipe nationale à partir des réponses que la Caf et la fédération ont relues et figées. Le comité du département n’a pas publié de plaquette pour cette enquête.</p>
        )}
        {page.years.length > 1 && (
          <nav aria-label="Autres enquêtes" className="row small">
            <span className="soft">Enquêtes :</span>
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
