/** The rubrics of one data year with how far each is, as a table that leads to them. */
import { Meter } from '../ui/page.tsx';
import styles from './centre.module.css';
import type { RubricProgress } from './progress.ts';
import { Left } from './rubric-list.tsx';

/** `time`: what others took for what is left, when it is known. */
export function RubricTable({ responseId, dataYear, rubrics }: { readonly responseId: string; readonly dataYear: number; readonly rubrics: readonly (RubricProgress & { readonly time?: string | null })[] }) {
  return (
    <table className={styles.steps}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Rubrique</th>
          <th scope="col">Avancement</th>
          <th scope="col">Reste</th>
        </tr>
      </thead>
      <tbody>
        {rubrics.map((r) => (
          <tr key={r.code}>
            <th scope="row">
              <a href={`/centre/${responseId}/${dataYear}/${r.code}`}>
                {r.code}. {r.label}
              </a>
            </th>
            <td className={styles.meterCell}>{r.required > 0 && <Meter value={r.answered} max={r.required} label={`${r.answered} sur ${r.required}`} />}</td>
            <td className="num">
              <Left rubric={r} />
              {r.time && <span className={styles.time}>{r.time}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
