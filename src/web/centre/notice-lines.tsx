/** The five lines read before the first question. */
import { NOTICE_LINES } from '../../domains/entry/index.ts';
import styles from './centre.module.css';

export const NoticeLines = () => (
  <ol className={styles.facts}>
    {NOTICE_LINES.map((line) => (
      <li key={line.title}>
        <strong>{line.title}</strong>
        <span>{line.text}</span>
      </li>
    ))}
  </ol>
);
