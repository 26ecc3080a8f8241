/** The map of the territories that have published, with its source. */
import type { readTerritories } from './territories.server.ts';
import styles from './home.module.css';

export function PublishedMap({ map }: { map: NonNullable<Awaited<ReturnType<typeof readTerritories>>['map']> }) {
  return (
    <div className={styles.map}>
      <div className={styles.drawing} dangerouslySetInnerHTML={{ __html: map.svg }} />
      <ul className={styles.legend}>
        {map.legend.map((c) => (
          <li key={c.text}>
            <svg width="14" height="14" aria-hidden="true">
              <rect width="14" height="14" fill={c.fill} stroke="currentColor" strokeWidth="0.6" />
            </svg>
            {c.text}
          </li>
        ))}
      </ul>
      <p className="small soft">Source : {map.source}</p>
    </div>
  );
}
