/** What to have at hand before the first question (R40), and for which rubrics. */
import type { DocumentToGather } from '../../domains/questionnaire/index.ts';
import styles from './centre.module.css';

export const DocumentsList = ({ documents }: { readonly documents: readonly DocumentToGather[] }) => (
  <ul className={styles.documents}>
    {documents.map((d) => (
      <li key={d.label}>
        <span>
          {d.label} <span className="soft small">{d.rubrics.length > 1 ? `rubriques ${d.rubrics.join(', ')}` : `rubrique ${d.rubrics[0]}`}</span>
        </span>
        {d.note && <span className="soft small">{d.note}</span>}
      </li>
    ))}
  </ul>
);
