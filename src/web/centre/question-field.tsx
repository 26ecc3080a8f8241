/** One question: its words, its field, last year's answer as a margin note, what the checks say. Plain inputs: it works without any script. */
import { memo } from 'react';
import { type Answer, formatAnswer, optionLabel, presentField, type Question, stateField, STATE_LABELS, unitLabel } from '../../domains/questionnaire/index.ts';
import type { KeptAnswer } from '../../domains/entry/index.ts';
import { AskedNote, type Asking, Interpretations } from './asked-note.tsx';
import { ConflictNote } from './conflict-note.tsx';
import { FindingNote } from './finding-note.tsx';
import type { FindingView } from './findings-view.ts';
import styles from './centre.module.css';
import { TableField } from './table-field.tsx';
import { inputOf, keyboardOf, tickedOf, type Typed } from './typed.ts';

export interface QuestionProps {
  readonly question: Question;
  readonly answer: Answer | undefined;
  readonly typed: Typed | undefined;
  readonly error: string | undefined;
  readonly previous: Answer | undefined;
  /** Why there is no previous answer to compare with. */
  readonly cut: string | undefined;
  readonly previousYear: number;
  readonly findings: readonly FindingView[];
  readonly hidden: boolean;
  readonly disabled: boolean;
  /** `Saisi par la Caf, pour votre compte`… or nothing when the structure answered. */
  readonly origin: string | null;
  /** What the answer on record stands for: the name of a commune beside its code. */
  readonly beside: string | null;
  /** What correspondents ask about this value, when the response is being corrected. */
  readonly asks: readonly string[];
  readonly replyLink: string;
  /** A value offered, to be confirmed by saving. */
  readonly proposed: Answer | undefined;
  readonly historyLink: string | null;
  readonly totals: { readonly [column: string]: { readonly text: string; readonly declared: string | null } };
  readonly nameOf: (key: string) => string;
  /** Values given to it that wait for a choice. */
  readonly conflicts: readonly KeptAnswer[];
  /** What somebody else has just answered. */
  readonly note: string | undefined;
  /** Dated interpretations of its help, the last word of a question asked about it. */
  readonly asking: Asking | undefined;
  /** Where one asks about it. */
  readonly askLink: string | null;
}

export const anchorOf = (key: string): string => `q-${key}`;

function PlainQuestionField(props: QuestionProps) {
  const { question, error, previous, cut } = props;
  const id = anchorOf(question.key);
  const described = [question.help && `${id}-aide`, ((previous && question.kind !== 'table') || cut) && `${id}-avant`, error && `${id}-erreur`, props.findings.length > 0 && `${id}-points`].filter(Boolean).join(' ') || undefined;
  const grouped = question.kind === 'single' || question.kind === 'multiple' || question.kind === 'table';
  const legend = (
    <>
      <span className={styles.code}>{question.code}</span> {question.label}
      {!question.required && <span className={styles.optional}> (facultatif)</span>}
    </>
  );
  const around = (
    <>
      {question.help && (
        <p className="help" id={`${id}-aide`}>
          {question.help}
        </p>
      )}
      {props.asking && <Interpretations of={props.asking} />}
      {((previous && question.kind !== 'table') || cut) && (
        <p className={styles.before} id={`${id}-avant`}>
          <span>{props.previousYear}</span> {cut ?? formatAnswer(question, previous)}
        </p>
      )}
      {props.asks.map((text) => (
        <p key={text} className={styles.finding}>
          <span>{text}</span> <a href={props.replyLink}>Répondre à la demande</a>
        </p>
      ))}
      {props.beside && <p className="soft small">{props.beside}</p>}
      {props.origin && <p className={styles.origin}>{props.origin}</p>}
      {props.proposed && <p className={styles.origin}>Valeur proposée&nbsp;: elle compte dès que vous enregistrez la rubrique.</p>}
      {error && (
        <p className="error" id={`${id}-erreur`}>
          {error}
        </p>
      )}
    </>
  );
  const Frame = grouped ? 'fieldset' : 'div';
  const Title = grouped ? 'legend' : 'label';
  return (
    <Frame className={`${styles.question} field`} id={`${id}-bloc`} data-key={question.key} hidden={props.hidden} disabled={grouped && props.disabled ? true : undefined} aria-describedby={grouped ? described : undefined}>
      <Title className={styles.title} {...(grouped ? { id } : { htmlFor: id })}>
        {legend}
      </Title>
      {around}
      {props.conflicts.length > 0 && <ConflictNote question={question} conflicts={props.conflicts} disabled={props.disabled} />}
      <Control {...props} id={id} described={described} />
      <States {...props} id={id} />
      <div id={`${id}-points`} aria-live="polite" className={styles.points}>
        {props.findings.map((finding) => (
          <FindingNote key={`${finding.ruleId} ${finding.subject}`} finding={finding} disabled={props.disabled} nameOf={props.nameOf} />
        ))}
      </div>
      <p className={styles.origin} role="status">
        {props.note}
      </p>
      {props.asking && <AskedNote of={props.asking} link={props.askLink} />}
      {(props.historyLink || props.askLink) && (
        <p className={styles.history}>
          {props.historyLink && (
            <a href={props.historyLink}>
              Historique<span className="visually-hidden"> de la question {question.code}</span>
            </a>
          )}
          {props.askLink && (
            <a href={props.askLink}>
              Une question&nbsp;?<span className="visually-hidden"> Sur {question.code}</span>
            </a>
          )}
        </p>
      )}
    </Frame>
  );
}

/** Drawn again only when something of it changed: a page has dozens, and each answer tells the page anew. Small lists are made each time and compared by what they hold. */
export function sameQuestion(a: QuestionProps, b: QuestionProps): boolean {
  const names = Object.keys(b) as (keyof QuestionProps)[];
  return names.every((name) => a[name] === b[name] || (COMPARED.has(name) && JSON.stringify(a[name]) === JSON.stringify(b[name])));
}
const COMPARED = new Set<keyof QuestionProps>(['findings', 'asks', 'totals', 'conflicts', 'asking']);
export const QuestionField = memo(PlainQuestionField, sameQuestion);

/** The plain inputs of a question. */
export function Control(props: QuestionProps & { readonly id: string; readonly described: string | undefined }) {
  const { question, typed, disabled, id } = props;
  const answer = props.answer ?? props.proposed;
  const invalid = props.error ? (true as const) : undefined;
  switch (question.kind) {
    case 'table':
      return <TableField {...props} answer={answer} />;
    case 'single': {
      const given = inputOf(question, answer, typed);
      if (question.options!.length > 9)
        return (
          <select name={question.key} defaultValue={given} aria-labelledby={id} aria-invalid={invalid} disabled={disabled}>
            <option value="">Choisir…</option>
            {question.options!.map((o) => (
              <option key={o.code} value={o.code}>
                {o.label}
              </option>
            ))}
          </select>
        );
      return (
        <div className={styles.choices}>
          {question.options!.map((o, i) => (
            <label key={o.code} className="choice">
              <input type="radio" name={question.key} value={o.code} defaultChecked={given === o.code} id={i === 0 ? `${id}-1` : undefined} aria-invalid={invalid} disabled={disabled} />
              {optionLabel(question, o.code)}
            </label>
          ))}
        </div>
      );
    }
    case 'multiple': {
      const ticked = tickedOf(question, answer, typed);
      return (
        <div className={styles.choices}>
          <input type="hidden" name={presentField(question.key)} value="1" />
          {question.options!.map((o) => (
            <label key={o.code} className="choice">
              <input type="checkbox" name={question.key} value={o.code} defaultChecked={ticked.includes(o.code)} aria-invalid={invalid} disabled={disabled} />
              {o.label}
            </label>
          ))}
        </div>
      );
    }
    case 'text':
      return (question.maxLength ?? 0) > 200 ? (
        <textarea id={id} name={question.key} defaultValue={inputOf(question, answer, typed)} aria-describedby={props.described} aria-invalid={invalid} disabled={disabled} rows={4} />
      ) : (
        <input id={id} name={question.key} type="text" size={40} autoComplete="off" defaultValue={inputOf(question, answer, typed)} aria-describedby={props.described} aria-invalid={invalid} disabled={disabled} />
      );
    case 'date':
      return (
        <span className={styles.amount}>
          <input id={id} name={question.key} type="text" size={11} inputMode="numeric" autoComplete="off" placeholder="jj/mm/aaaa" defaultValue={inputOf(question, answer, typed)} aria-describedby={props.described} aria-invalid={invalid} disabled={disabled} />
        </span>
      );
    default:
      return (
        <span className={styles.amount}>
          <input id={id} name={question.key} type="text" size={12} inputMode={keyboardOf(question.kind)} autoComplete="off" className={styles.number} defaultValue={inputOf(question, answer, typed)} aria-describedby={props.described} aria-invalid={invalid} disabled={disabled} />
          <span className={styles.unit}>{unitLabel(question.unit)}</span>
        </span>
      );
  }
}

/** "Ne sait pas", "Non concerné", where the question offers them: other states than zero and than nothing. */
function States(props: QuestionProps & { readonly id: string }) {
  const { question, answer, typed, disabled } = props;
  const offered = [...(question.unknownAllowed ? (['unknown'] as const) : []), ...(question.notConcernedAllowed ? (['not_concerned'] as const) : [])];
  if (offered.length === 0) return null;
  const name = stateField(question.key);
  const given = typed ? (typed[name]?.[0] ?? '') : answer && answer.state !== 'value' ? answer.state : '';
  return (
    <div className={styles.states}>
      {offered.map((state) => (
        <label key={state} className="choice">
          <input type="checkbox" name={name} value={state} defaultChecked={given === state} disabled={disabled} />
          {STATE_LABELS[state]}
        </label>
      ))}
    </div>
  );
}
