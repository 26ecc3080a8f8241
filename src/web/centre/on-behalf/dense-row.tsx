/** One question on one line: its words, its field with the codes of its options, last year's answer beside it. Plain inputs, as everywhere. */
import { memo } from 'react';
import { formatAnswer, presentField, stateField, STATE_LABELS } from '../../../domains/questionnaire/index.ts';
import { ConflictNote } from '../conflict-note.tsx';
import { FindingNote } from '../finding-note.tsx';
import { anchorOf, Control, type QuestionProps, sameQuestion } from '../question-field.tsx';
import { inputOf, tickedOf } from '../typed.ts';
import styles from './dense.module.css';
import { optionCode, STATE_KEYS, type StateOnKey } from './entry-keys.ts';

function PlainDenseRow(props: QuestionProps) {
  const { question, error, previous, cut } = props;
  const id = anchorOf(question.key);
  const grouped = question.kind === 'multiple' || question.kind === 'table';
  const described = [question.help && `${id}-aide`, ((previous && question.kind !== 'table') || cut) && `${id}-avant`, error && `${id}-erreur`, props.findings.length > 0 && `${id}-points`].filter(Boolean).join(' ') || undefined;
  const Frame = grouped ? 'fieldset' : 'div';
  const words = (
    <>
      <span className={styles.code}>{question.code}</span> {question.label}
      {!question.required && <span className={styles.optional}> (facultatif)</span>}
    </>
  );
  return (
    <Frame className={`${styles.line} ${question.kind === 'table' ? styles.whole : ''}`} id={`${id}-bloc`} data-key={question.key} hidden={props.hidden} aria-describedby={grouped ? described : undefined}>
      {grouped ? (
        <legend className={styles.words} id={id}>
          {words}
        </legend>
      ) : (
        <label className={styles.words} htmlFor={id}>
          {words}
        </label>
      )}
      <div className={styles.field}>
        <CodedControl {...props} id={id} described={described} />
        <States {...props} />
      </div>
      {(question.kind !== 'table' || cut) && (
        <p className={styles.before} id={previous || cut ? `${id}-avant` : undefined}>
          {(previous || cut) && (
            <>
              <span>{props.previousYear}&nbsp;:</span> {cut ?? formatAnswer(question, previous)}
            </>
          )}
        </p>
      )}
      {question.help && (
        <p className={styles.help} id={`${id}-aide`}>
          {question.help}
        </p>
      )}
      <div className={styles.said}>
        {props.origin && <p className={styles.origin}>{props.origin}</p>}
        {error && (
          <p className="error-text" id={`${id}-erreur`}>
            {error}
          </p>
        )}
        {props.conflicts.length > 0 && <ConflictNote question={question} conflicts={props.conflicts} disabled={false} />}
        <div id={`${id}-points`} aria-live="polite">
          {props.findings.map((finding) => (
            <FindingNote key={`${finding.ruleId} ${finding.subject}`} finding={finding} disabled={false} nameOf={props.nameOf} />
          ))}
        </div>
        <p role="status" className={styles.origin}>
          {props.note}
        </p>
      </div>
    </Frame>
  );
}
/** Drawn again only when something of it changed. */
export const DenseRow = memo(PlainDenseRow, sameQuestion);

/** « 1 · Association »: the code, then the words. Beyond thirty-five options there is no code left. */
const coded = (place: number, label: string): string => (optionCode(place) ? `${optionCode(place)!} · ${label}` : label);

function CodedControl(props: QuestionProps & { readonly id: string; readonly described: string | undefined }) {
  const { question, answer, typed, id } = props;
  const invalid = props.error ? (true as const) : undefined;
  if (question.kind === 'single')
    return (
      <select id={id} name={question.key} defaultValue={inputOf(question, answer, typed)} aria-describedby={props.described} aria-invalid={invalid}>
        <option value="">Choisir…</option>
        {question.options!.map((o, i) => (
          <option key={o.code} value={o.code}>
            {coded(i, o.label)}
          </option>
        ))}
      </select>
    );
  if (question.kind !== 'multiple') return <Control {...props} />;
  const ticked = tickedOf(question, answer, typed);
  return (
    <div className={styles.boxes}>
      <input type="hidden" name={presentField(question.key)} value="1" />
      {question.options!.map((o, i) => (
        <label key={o.code} className={styles.box}>
          <input type="checkbox" name={question.key} value={o.code} defaultChecked={ticked.includes(o.code)} aria-invalid={invalid} />
          {coded(i, o.label)}
        </label>
      ))}
    </div>
  );
}

function States({ question, answer, typed }: QuestionProps) {
  const offered = [...(question.unknownAllowed ? (['unknown'] as const) : []), ...(question.notConcernedAllowed ? (['not_concerned'] as const) : [])] satisfies StateOnKey[];
  const name = stateField(question.key);
  const given = typed ? (typed[name]?.[0] ?? '') : answer && answer.state !== 'value' ? answer.state : '';
  return offered.map((state) => (
    <label key={state} className={styles.box}>
      <input type="checkbox" name={name} value={state} defaultChecked={given === state} />
      {STATE_KEYS[state]} · {STATE_LABELS[state]}
    </label>
  ));
}
