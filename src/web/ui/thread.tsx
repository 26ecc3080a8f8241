/** What people said to one another, oldest first. It knows no word of the domain. */
import { unbrokenSigns } from '../../kernel/french-words.ts';
import styles from './thread.module.css';

export interface Said {
  /** « Camille Petit (Caf) a répondu ». */
  readonly who: string;
  /** `12 mars 2026`. */
  readonly on: string;
  readonly body: string;
  /** Said by the person's own side. */
  readonly own: boolean;
}

export const Thread = ({ said }: { readonly said: readonly Said[] }) => (
  <ol className={styles.thread}>
    {said.map((s) => (
      <li key={`${s.on} ${s.who} ${s.body}`} className={s.own ? styles.own : undefined}>
        <p className="soft small">
          {s.who}, le {s.on}
        </p>
        <p className={styles.body}>{unbrokenSigns(s.body)}</p>
      </li>
    ))}
  </ol>
);
