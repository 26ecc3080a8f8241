/** A whole rubric on one screen, for who types from paper or with somebody on the telephone. Saves, checks and conflicts are those of every form. */
import { useCallback, useRef } from 'react';
import { formatCell } from '../../../domains/questionnaire/index.ts';
import { ErrorSummary, Notice, Page } from '../../ui/page.tsx';
import styles from '../centre.module.css';
import { crumbsOf } from '../crumbs.ts';
import { totalsOf } from '../judge-page.ts';
import { useLiveForm } from '../live-form.ts';
import { LiveNotices } from '../live-notices.tsx';
import { anchorOf } from '../question-field.tsx';
import { declaredTotal, type RubricFaults } from '../rubric-form.tsx';
import type { RubricPage } from '../rubric-page.ts';
import { SEEN_FIELD, writeSeen } from '../seen-answers.ts';
import { StatusWords } from '../status-words.tsx';
import dense from './dense.module.css';
import { DenseRow } from './dense-row.tsx';
import { useEntryKeys } from './use-entry-keys.ts';

export interface DenseFormProps {
  readonly page: RubricPage;
  readonly source: { readonly id: string; readonly words: string };
  /** Rubrics of the same year, from the same source. */
  readonly rubrics: readonly { readonly code: string; readonly label: string; readonly left: number; readonly to: string }[];
  readonly next: { readonly to: string; readonly label: string };
  readonly faults?: RubricFaults | undefined;
}

export function DenseForm({ page: d, source, rubrics, next, faults }: DenseFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const live = useLiveForm(form, { ...d, sourceId: source.id, offline: false }, { answers: d.answers, findings: d.findings, conflicts: d.conflicts, hidden: new Set(d.hidden), errors: faults?.errors ?? {}, required: d.required, answered: d.answered });
  const keySaid = useEntryKeys(form);
  const nameOf = useCallback((key: string): string => d.labels[key] ?? key, [d.labels]);
  const left = live.required - live.answered;
  const errors = Object.entries(live.errors).map(([key, message]) => ({ id: anchorOf(key), message }));
  const ordinary = `/centre/${d.responseId}/${d.dataYear}/${d.rubric}`;
  return (
    <Page title={`${d.rubric}. ${d.rubricLabel}`} crumbs={crumbsOf({ ...d, own: false }, { label: `Rubrique ${d.rubric}`, to: ordinary }, { label: 'Saisie dense' })}>
      <p className={dense.from}>
        <strong>{d.structureName}</strong>, données de l’année <strong>{d.dataYear}</strong>, {source.words}. <a href={`${ordinary}/pour-compte`}>Changer de source</a>
      </p>
      <p className={dense.keys}>
        <kbd>Entrée</kbd> champ suivant · <kbd>Maj + Entrée</kbd> précédent · <kbd>1</kbd>…<kbd>9</kbd>, <kbd>a</kbd>…<kbd>z</kbd> choisir · <kbd>0</kbd> zéro · <kbd>?</kbd> ne sait pas · <kbd>/</kbd> non concerné · <kbd>Tab</kbd> pour expliquer
      </p>
      <nav aria-label="Rubriques">
        <ul className={dense.rubrics}>
          {rubrics.map((r) => (
            <li key={r.code}>
              <a href={r.to} aria-current={r.code === d.rubric ? 'page' : undefined} title={r.label}>
                {r.code}
                <span className="visually-hidden"> {r.label}</span>
                {r.left > 0 && <small> reste&nbsp;{r.left}</small>}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {faults?.refused && (
        <Notice tone="bad" alert>
          <p>{faults.refused}</p>
        </Notice>
      )}
      {faults && <ErrorSummary title="Ce qui n’a pas pu être lu" errors={errors} />}
      <LiveNotices live={live} dataYear={d.dataYear} />
      <form ref={form} method="post" className={dense.form} noValidate>
        <input type="hidden" name={SEEN_FIELD} value={writeSeen(d.questions, d.answers)} />
        {d.questions.map((question) => (
          <DenseRow
            key={question.key}
            question={question}
            answer={d.answers[question.key]}
            typed={faults?.typed[question.key]}
            error={live.errors[question.key]}
            previous={d.previous[question.key]}
            cut={d.cuts[question.key]}
            previousYear={d.dataYear - 1}
            findings={live.findings.filter((f) => f.anchor === question.key)}
            hidden={live.hidden.has(question.key)}
            disabled={false}
            asks={NONE}
            replyLink=""
            beside={null}
            origin={d.origins[question.key] ?? null}
            proposed={undefined}
            historyLink={null}
            totals={totalsOf(question, live.answers, (column, total) => formatCell(question.table!.columns.find((c) => c.code === column)!, total), (key) => declaredTotal(d, live.answers, key))}
            nameOf={nameOf}
            conflicts={live.conflicts.filter((k) => k.key === question.key)}
            note={live.notes[question.key]}
            asking={undefined}
            askLink={null}
          />
        ))}
        <div className={styles.bar}>
          <p className={styles.what}>
            <strong>
              {live.answered} sur {live.required}
            </strong>{' '}
            {left > 0 ? `· reste ${left} question${left > 1 ? 's' : ''}` : '· rubrique complète'} <span role="status">{keySaid}</span>
            <span className={styles.saving} data-tone={live.status?.tone ?? (d.saved ? 'good' : 'plain')} role="status">
              {live.status ? <StatusWords {...live.status} /> : d.saved ? 'Rubrique enregistrée' : ''}
              {live.status?.signIn && (
                <>
                  {' '}
                  <a href={`/connexion?retour=${encodeURIComponent(`${ordinary}/pour-compte?source=${source.id}`)}`}>Se reconnecter</a>
                </>
              )}
            </span>
          </p>
          <button className="button" name="suite" value={next.to} data-goes-on="">
            {next.label}
          </button>
        </div>
      </form>
    </Page>
  );
}
const NONE: readonly string[] = [];
