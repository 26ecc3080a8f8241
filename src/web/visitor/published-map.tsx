/** The map of the territories that have published, with its source. */
import type { readTerritories } from './territories.server.ts';
import styles from './home.module.css';

export function PublishedMap({ map }: { map: NonNullable<Awaited<ReturnType<typeof readTerritories>>['map']> }) {
  return (
    <div className={styles.map}>
      <div className={styles.drawing} dangerouslySetInnerHTML={{ __html: map.svg }} />
      <p className="small soft">Source : {map.source}</p>
    </div>
  );
}
