/** Rubrics with what is left in each; on a phone it folds away above the form. */
import styles from './centre.module.css';
import type { RubricProgress } from './progress.ts';

export function RubricList(props: { readonly responseId: string; readonly rubrics: readonly RubricProgress[]; readonly current: string; readonly dataYear: number; readonly own: boolean; readonly guest?: boolean; readonly years: readonly { readonly year: number; readonly rubric: string }[] }) {
  const left = props.rubrics.reduce((n, r) => n + r.required - r.answered, 0);
  const list = (
    <>
      {props.years.length > 1 && (
        <ul className={styles.years} aria-label="Années de données">
          {props.years.map(({ year, rubric }) => (
            <li key={year}>
              <a href={`/centre/${props.responseId}/${year}/${rubric}`} aria-current={year === props.dataYear ? 'true' : undefined}>
                {year}
              </a>
            </li>
          ))}
        </ul>
      )}
      <ul className={styles.rubrics}>
        {props.rubrics.map((r) => (
          <li key={r.code}>
            <a href={`/centre/${props.responseId}/${props.dataYear}/${r.code}`} aria-current={r.code === props.current ? 'page' : undefined}>
              <span className={styles.letter}>{r.code}</span>
              <span>{r.label}</span>
              <Left rubric={r} />
            </a>
          </li>
        ))}
        {!props.guest && <li>
          <a href={`/centre/${props.responseId}/transmettre`}>
            <span className={styles.letter} aria-hidden="true">
              →
            </span>
            <span>Transmettre</span>
            <span className={styles.left}>{left > 0 ? `reste ${left}` : ''}</span>
          </a>
        </li>}
      </ul>
      {props.own && !props.guest && (
        <p className="small">
          <a href={`/centre/${props.responseId}#doute`}>Un doute&nbsp;? Écrire à un correspondant</a>
        </p>
      )}
    </>
  );
  return (
    <>
      <div className={styles.wide}>{list}</div>
      <details className={styles.folded}>
        <summary>Toutes les rubriques{left > 0 ? ` (reste ${left} question${left > 1 ? 's' : ''})` : ''}</summary>
        {list}
      </details>
    </>
  );
}

export function Left({ rubric: r }: { readonly rubric: RubricProgress }) {
  const left = r.required - r.answered;
  if (r.open > 0)
    return (
      <span className={styles.left}>
        {left > 0 && `reste ${left} `}
        <small>{r.open} à revoir</small>
      </span>
    );
  return left > 0 ? <span className={styles.left}>reste {left}</span> : <span className={`${styles.left} ${styles.done}`}>complète</span>;
}
