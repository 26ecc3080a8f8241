/** The front door: what the observatory is, what it found last, where to read more. No script. */
import type { Route } from './+types/home';
import { territoryPage } from '../../domains/publication/index.server.ts';
import type { Tile as TileModel } from '../../domains/publication/index.ts';
import { services } from '../request-context.ts';
import styles from './home.module.css';
import { PublishedMap } from './published-map.tsx';
import { FigureTile } from './sections.tsx';
import { readTerritories } from './territories.server.ts';
import { TerritoryList } from './territory-lists.tsx';

export const meta: Route.MetaFunction = () => [
  { title: 'SENACS · Observatoire des centres sociaux et des espaces de vie sociale' },
  { name: 'description', content: 'L’observatoire partagé des centres sociaux et des espaces de vie sociale : ce qu’ils sont, ce qu’ils font, territoire par territoire.' },
];

export async function loader({ context }: Route.LoaderArgs) {
  const { db } = services(context);
  const territories = await readTerritories(db);
  const shown = territories.nation ?? territories.departments.find((t) => t.brochureYear !== null) ?? territories.departments[0];
  const page = shown && (await territoryPage(db, shown.code));
  const tiles: readonly TileModel[] = (page?.sections[0]?.rows[0]?.[0] ?? []).flatMap((b) => (b.kind === 'tiles' ? b.tiles : []));
  return { ...territories, latest: page && tiles.length > 0 ? { code: page.code, name: page.name, year: page.year, dataYear: Math.max(...page.dataYears), hasBrochure: page.hasBrochure, tiles } : null };
}

export default function Home({ loaderData: { latest, map, departments, regions, nation } }: Route.ComponentProps) {
  return (
    <main id="contenu" className="page" data-level="nation" tabIndex={-1}>
      <div className={styles.hero}>
        <h1>Ce que font les centres sociaux, raconté par leurs chiffres</h1>
        <p className="lead">
          Chaque année, les centres sociaux et les espaces de vie sociale décrivent leur projet, leurs actions, leurs équipes et leurs moyens. La Caf et la fédération de chaque territoire relisent, analysent et publient ensemble.
        </p>
        <p className="row">
          <a className="button" href="/territoires">
            Voir les résultats
          </a>
          <a className="button quiet" href="/connexion">
            Répondre à l’enquête
          </a>
        </p>
      </div>

      {latest && (
        <section className="section" aria-labelledby="dernieres" data-level={latest.code === 'FR' ? 'nation' : 'department'}>
          <h2 id="dernieres">
            {latest.name}, enquête {latest.year} sur l’année {latest.dataYear}
          </h2>
          <ul className="tiles">
            {latest.tiles.map((t) => (
              <FigureTile key={t.label} tile={t} />
            ))}
          </ul>
          <p>
            <a href={`/territoires/${latest.code}`}>Tous les chiffres : {latest.name}</a>
            {latest.hasBrochure && (
              <>
                {' · '}
                <a href={`/territoires/${latest.code}/plaquette/${latest.year}.pdf`}>La plaquette {latest.year} (PDF)</a>
              </>
            )}
          </p>
        </section>
      )}

      <section className="section" aria-labelledby="territoires">
        <h2 id="territoires">Choisir un territoire</h2>
        {map ? (
          <div className={styles.split}>
            <PublishedMap map={map} />
            <div className="stack">
              {nation && (
                <p>
                  <a href="/territoires/FR">La France entière</a>
                </p>
              )}
              {regions.length > 0 && (
                <>
                  <h3>Régions</h3>
                  <TerritoryList territories={regions} />
                </>
              )}
              {departments.length > 0 && departments.length <= 12 && (
                <>
                  <h3>Départements</h3>
                  <TerritoryList territories={departments} />
                </>
              )}
              {departments.length > 12 && (
                <p>
                  <a href="/territoires#departements">Les {departments.length} départements, par ordre alphabétique</a>
                </p>
              )}
            </div>
          </div>
        ) : (
          <p className="empty">Les résultats paraîtront ici après leur validation par les comités.</p>
        )}
      </section>

      <section className="section" aria-labelledby="comment">
        <h2 id="comment">Comment naît un chiffre</h2>
        <ol className={styles.steps}>
          <li>
            <strong>Les structures répondent.</strong> Répondre est volontaire ; zéro, « ne sait pas » et « non concerné » sont trois réponses différentes.
          </li>
          <li>
            <strong>Deux correspondants relisent.</strong> L’un pour la Caf, l’autre pour la fédération : ils posent des questions, la structure corrige ou explique.
          </li>
          <li>
            <strong>Les données sont figées.</strong> Tout ce qui est publié peut être recalculé à l’identique.
          </li>
          <li>
            <strong>Le comité valide.</strong> Rien ne paraît qui laisserait deviner la réponse d’une structure.
          </li>
        </ol>
        <p>
          <a href="/charte">La charte qui encadre l’usage des données</a>
        </p>
      </section>
    </main>
  );
}
