/** Proposed values of one file by question: each with what stands now, last year's, how it was made; accepted one by one or a question at a time. */
import { cellOf, formatAnswer, formatCell, type Answers, type Question } from '../../../domains/questionnaire/index.ts';
import type { Proposal } from '../../../domains/proposal/index.ts';
import { TableFrame } from '../../ui/page.tsx';
import styles from './files.module.css';

export interface ProposalListProps {
  readonly questions: readonly Question[];
  readonly proposals: readonly Proposal[];
  readonly answers: Answers;
  readonly previous: Answers;
  readonly dataYear: number;
  readonly refused: { readonly [key: string]: string };
  readonly editable: boolean;
  readonly accept: (proposals: readonly Proposal[]) => void;
}

export function ProposalList(props: ProposalListProps) {
  const asked = props.questions.filter((q) => props.proposals.some((p) => p.key === q.key));
  return (
    <div className={styles.questions}>
      {asked.map((question) => (
        <QuestionProposals key={question.key} question={question} all={props} proposals={props.proposals.filter((p) => p.key === question.key)} />
      ))}
    </div>
  );
}

/** The value that stands where a proposal would go. */
const standing = (answers: Answers, p: Proposal): unknown => {
  const answer = answers[p.key];
  return p.row === undefined ? (answer?.state === 'value' ? answer.value : undefined) : cellOf(answer, p.row, p.column!);
};

function wordOf(question: Question, answers: Answers, p: Proposal): string {
  if (p.row === undefined) return formatAnswer(question, answers[p.key]);
  return formatCell(question.table!.columns.find((c) => c.code === p.column)!, cellOf(answers[p.key], p.row, p.column!));
}
const proposedWord = (question: Question, p: Proposal): string =>
  p.row === undefined ? formatAnswer(question, { state: 'value', value: p.value }) : formatCell(question.table!.columns.find((c) => c.code === p.column)!, p.value as number);

function QuestionProposals(props: { readonly question: Question; readonly proposals: readonly Proposal[]; readonly all: ProposalListProps }) {
  const { question, proposals, all } = props;
  const open = proposals.filter((p) => standing(all.answers, p) !== p.value);
  const remarks = [...new Set(proposals.flatMap((p) => p.remarks))];
  const id = `p-${question.key}`;
  const single = question.table === undefined;
  return (
    <section className={styles.question} aria-labelledby={id}>
      <div className={styles.head}>
        <h4 id={id}>
          <span className={styles.code}>{question.code}</span> {question.label}
        </h4>
        {all.editable && !single && open.length > 0 && (
          <button type="button" className="button quiet" onClick={() => all.accept(open)}>
            {open.length === 1 ? 'Accepter la valeur qui reste' : `Accepter les ${open.length} valeurs`}
            <span className="visually-hidden"> de {question.label}</span>
          </button>
        )}
      </div>
      {remarks.length > 0 && (
        <ul className={styles.remarks}>
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      {all.refused[question.key] && <p className="error-text">{all.refused[question.key]}</p>}
      <TableFrame label={`Valeurs proposées pour ${question.label}`}>
        <table className={`${styles.values} ${styles.aligned}`}>
          <thead>
            <tr>
              <th scope="col"><span className="visually-hidden">{single ? 'Réponse' : 'Case'}</span></th>
              <th scope="col" className="num">
                Proposé
              </th>
              <th scope="col" className="num">
                Aujourd’hui
              </th>
              <th scope="col" className="num">
                {all.dataYear - 1}
              </th>
              <th scope="col">
                <span className="visually-hidden">Accepter</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {proposals.map((p) => (
              <Row key={`${p.row ?? ''} ${p.column ?? ''}`} question={question} proposal={p} all={all} />
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}

function Row({ question, proposal: p, all }: { readonly question: Question; readonly proposal: Proposal; readonly all: ProposalListProps }) {
  const row = question.table?.rows.find((r) => r.code === p.row);
  const column = question.table?.columns.find((c) => c.code === p.column);
  const label = row ? (question.table!.columns.length > 1 ? `${row.label}, ${column!.label === column!.label.toUpperCase() ? column!.label : column!.label.toLowerCase()}` : row.label) : 'Valeur';
  const now = standing(all.answers, p);
  return (
    <tr>
      <th scope="row">
        <span className={row ? undefined : 'visually-hidden'}>{label}</span>
        <details className={styles.how}>
          <summary>
            Comment c’est compté<span className="visually-hidden">, {label}</span>
          </summary>
          <p>{p.how}</p>
          {p.parts.length > 0 && (
            <ul>
              {p.parts.map((part) => (
                <li key={part.label}>
                  <span>{part.label}</span> <span className="num">{part.value}</span>
                </li>
              ))}
            </ul>
          )}
        </details>
      </th>
      <td className="num" data-label="Proposé">
        <strong>{proposedWord(question, p)}</strong>
      </td>
      <td className="num" data-label="Aujourd’hui">
        {wordOf(question, all.answers, p)}
      </td>
      <td className="num soft" data-label={String(all.dataYear - 1)}>
        {wordOf(question, all.previous, p)}
      </td>
      <td className={styles.act}>
        {now === p.value ? (
          <span className={styles.accepted}>Enregistrée</span>
        ) : all.editable ? (
          <button type="button" className="link-button" onClick={() => all.accept([p])}>
            {now === undefined ? 'Accepter' : 'Remplacer'}
            <span className="visually-hidden">
              {' '}
              {label}, {question.label}
            </span>
          </button>
        ) : null}
      </td>
    </tr>
  );
}
