/** Published territories to choose from: by name, for those who do not click on a map. */
import type { PublishedTerritory } from '../../domains/publication/index.server.ts';
import { ofTerritory } from '../../kernel/french-words.ts';
import styles from './territory-lists.module.css';

const byName = (a: PublishedTerritory, b: PublishedTerritory): number => a.name.localeCompare(b.name, 'fr');

export function TerritoryList({ territories }: { territories: readonly PublishedTerritory[] }) {
  return (
    <ul className={styles.list}>
      {territories.toSorted(byName).map((t) => (
        <li key={t.code}>
          <a href={`/territoires/${t.code}`}>{t.name}</a>
          <span className="soft small">
            {' '}
            {t.level === 'department' ? `${t.code}, ` : ''}
            {t.year}
          </span>
          {t.brochureYear !== null && (
            <span className="soft small">
              {', '}
              <a href={`/territoires/${t.code}/plaquette/${t.brochureYear}.pdf`}>plaquette {t.brochureYear}<span className="visually-hidden">{` ${ofTerritory(t)} (PDF)`}</span></a>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
