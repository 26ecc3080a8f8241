/** All published territories, on a map and by name. */
import type { Route } from './+types/territories';
import { services } from '../request-context.ts';
import { Empty, Page, Section } from '../ui/page.tsx';
import { readTerritories } from './territories.server.ts';
import { TerritoryList } from './territory-lists.tsx';
import styles from './home.module.css';
import { PublishedMap } from './published-map.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Territoires · SENACS' }];

export const loader = ({ context }: Route.LoaderArgs) => readTerritories(services(context).db);

export default function Territories({ loaderData: { nation, regions, departments, map } }: Route.ComponentProps) {
  return (
    <Page title="Les territoires" lead="Les résultats publiés, du département à la nation. Là où un comité écrit une plaquette, ils paraissent avec elle, une fois votée." level="nation" crumbs={[{ label: 'Accueil', to: '/' }, { label: 'Territoires' }]}>
      {departments.length + regions.length === 0 && !nation ? (
        <Empty>
          <p>Aucun territoire n’a encore publié ses résultats. Ils paraîtront ici après leur validation par les comités.</p>
        </Empty>
      ) : (
        <div className={styles.split}>
          {map && <PublishedMap map={map} />}
          <div className="stack">
            {nation && (
              <p>
                <a className="button" href="/territoires/FR">
                  La France entière
                </a>
              </p>
            )}
            {regions.length > 0 && (
              <Section title="Régions" id="regions">
                <TerritoryList territories={regions} />
              </Section>
            )}
            {departments.length > 0 && (
              <Section title="Départements" id="departements">
                <TerritoryList territories={departments} />
              </Section>
            )}
          </div>
        </div>
      )}
    </Page>
  );
}
