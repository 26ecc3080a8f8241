/** The form of one rubric: the same from the server's page and from the copy kept in the browser. */
import { type ReactNode, useCallback, useRef } from 'react';
import { type Answers, formatAnswer, formatCell, type Question, type QuestionnaireVersion } from '../../domains/questionnaire/index.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { ErrorSummary, Notice, Page } from '../ui/page.tsx';
import styles from './centre.module.css';
import { readOnlyWords } from './entry-words.ts';
import { crumbsOf } from './crumbs.ts';
import { totalsOf } from './judge-page.ts';
import { useLiveForm } from './live-form.ts';
import { LiveNotices } from './live-notices.tsx';
import { anchorOf, QuestionField } from './question-field.tsx';
import { RubricList } from './rubric-list.tsx';
import type { RubricPage } from './rubric-page.ts';
import { SEEN_FIELD, writeSeen } from './seen-answers.ts';
import { StatusWords } from './status-words.tsx';
import type { Typed } from './typed.ts';

export interface RubricFaults {
  readonly errors: { readonly [key: string]: string };
  readonly typed: { readonly [key: string]: Typed };
  readonly refused: string | null;
}

export interface RubricFormProps {
  readonly page: RubricPage;
  /** Files that the centre already has may answer some of its questions. */
  readonly files?: boolean;
  readonly faults?: RubricFaults | undefined;
  /** From the copy kept in the browser: its questionnaire, the answers that the server has, what to know of the copy. */
  readonly copy?: { readonly version: QuestionnaireVersion; readonly known: Answers; readonly notice: ReactNode };
}

export function RubricForm({ page: d, faults: actionData, copy, files = false }: RubricFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const live = useLiveForm(form, { ...d, answers: copy?.known ?? d.answers, version: copy?.version, offline: copy !== undefined }, { answers: d.answers, findings: d.findings, conflicts: d.conflicts, hidden: new Set(d.hidden), errors: actionData?.errors ?? {}, required: d.required, answered: d.answered });
  const nameOf = useCallback((key: string): string => d.labels[key] ?? key, [d.labels]);
  const left = live.required - live.answered;
  const errors = Object.entries(live.errors).map(([key, message]) => ({ id: anchorOf(key), message }));
  return (
    <Page title={`${d.rubric}. ${d.rubricLabel}`} crumbs={crumbsOf({ ...d, own: d.as === 'structure' }, { label: `Rubrique ${d.rubric}` })}>
      <div className={styles.layout}>
        <nav className={styles.side} aria-label="Rubriques">
          <RubricList responseId={d.responseId} rubrics={d.rubrics} current={d.rubric} dataYear={d.dataYear} years={d.years} own={d.as === 'structure'} guest={d.guest} />
        </nav>
        <div className="stack">
          {actionData?.refused && (
            <Notice tone="bad" alert>
              <p>{actionData.refused}</p>
            </Notice>
          )}
          {actionData && <ErrorSummary title="Ce qui n’a pas pu être lu" errors={errors} />}
          {!d.editable && (
            <Notice tone="accent">
              <p>{readOnlyWords(d.state)}</p>
            </Notice>
          )}
          {d.as !== 'structure' && d.editable && (
            <Notice tone="warn">
              <p>
                Vous saisissez pour le compte de la structure : chaque valeur portera votre nom, et elle devra la relire. <a href={`/centre/${d.responseId}/${d.dataYear}/${d.rubric}/pour-compte`}>Saisie dense, d’après un papier ou au téléphone</a>
              </p>
            </Notice>
          )}
          <p className="soft">
            {d.structureName}, données de l’année <strong>{d.dataYear}</strong>.{d.editable && ' S’il n’y en a pas, écrivez 0 plutôt que de laisser vide.'}
            {files && (
              <>
                {' '}
                <a href={`/centre/${d.responseId}/${d.dataYear}/fichiers`}>Partir de vos fichiers</a> (comptabilité, paie, adhérents)&nbsp;: ils sont lus ici et ne sont pas envoyés.
              </>
            )}
          </p>
          {copy?.notice}
          <LiveNotices live={live} dataYear={d.dataYear} />
          <form ref={form} method="post" className={styles.form} noValidate>
            <input type="hidden" name={SEEN_FIELD} value={writeSeen(d.questions, d.answers)} />
            {d.questions.map((question) => (
              <QuestionField
                key={question.key}
                question={question}
                answer={d.answers[question.key]}
                typed={actionData?.typed[question.key]}
                error={live.errors[question.key]}
                previous={d.previous[question.key]}
                cut={d.cuts[question.key]}
                previousYear={d.dataYear - 1}
                findings={live.findings.filter((f) => f.anchor === question.key)}
                hidden={live.hidden.has(question.key)}
                disabled={!d.editable}
                asks={d.asks.filter((a) => a.key === question.key).map((a) => a.text)}
                replyLink={`/centre/${d.responseId}/corrections`}
                beside={d.beside[question.key] ?? null}
                origin={d.origins[question.key] ?? null}
                proposed={d.proposed[question.key]}
                historyLink={d.hasHistory.includes(question.key) ? `/centre/${d.responseId}/${d.dataYear}/historique/${question.key}` : null}
                totals={totalsOf(question, live.answers, (column, total) => formatCell(question.table!.columns.find((c) => c.code === column)!, total), (key) => declaredTotal(d, live.answers, key))}
                nameOf={nameOf}
                conflicts={live.conflicts.filter((k) => k.key === question.key)}
                note={live.notes[question.key]}
                asking={d.asking[question.key]}
                askLink={d.as === 'structure' && !d.guest ? `${d.askPage}?annee=${d.dataYear}&sur=${question.key}` : null}
              />
            ))}
            <div className={styles.bar}>
              <p className={styles.what}>
                <strong>
                  {live.answered} sur {live.required}
                </strong>{' '}
                {left > 0 ? `· reste ${left} question${left > 1 ? 's' : ''} dans cette rubrique` : '· rubrique complète'}
                <span className={styles.saving} data-tone={live.status?.tone ?? (d.saved ? 'good' : 'plain')} role="status">
                  {live.status ? <StatusWords {...live.status} /> : d.saved ? 'Rubrique enregistrée' : ''}
                  {live.status?.signIn && (
                    <>
                      {' '}
                      {d.guest ? 'Rouvrez votre lien.' : <a href={`/connexion?retour=${encodeURIComponent(`/centre/${d.responseId}/${d.dataYear}/${d.rubric}`)}`}>Se reconnecter</a>}
                    </>
                  )}
                </span>
              </p>
              {d.editable ? (
                <>
                  <button className={`button quiet ${styles.second}`} name="suite" value="">
                    Enregistrer
                  </button>
                  <button className="button" name="suite" value={d.next}>
                    {d.nextLabel}
                  </button>
                </>
              ) : (
                <a className="button" href={d.next}>
                  Continuer la lecture
                </a>
              )}
            </div>
          </form>
        </div>
      </div>
    </Page>
  );
}

/** What the question that declares a total says: `C02 : 8,5`. */
export function declaredTotal(d: Pick<RubricPage, 'questions' | 'answers' | 'labels'>, answers: RubricPage['answers'], key: string): string | null {
  const label = d.labels[key];
  const text = formatDeclared(d, answers, key);
  return label && text ? `${label.split(' ')[0]}\u00a0: ${text}` : null;
}

function formatDeclared(d: { readonly questions: readonly Question[]; readonly answers: RubricPage['answers'] }, answers: RubricPage['answers'], key: string): string | null {
  const question = d.questions.find((q) => q.key === key);
  const answer = answers[key] ?? d.answers[key];
  if (!answer) return null;
  return question ? formatAnswer(question, answer) : answer.state === 'value' && typeof answer.value === 'number' ? formatNumber(answer.value, 2) : null;
}
