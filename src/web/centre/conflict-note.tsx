/** Two values given to one question, who gave them and when, and the choice between them. Its buttons post the form; with script they save at once. */
import type { KeptAnswer } from '../../domains/entry/index.ts';
import { formatAnswer, type Question } from '../../domains/questionnaire/index.ts';
import styles from './centre.module.css';
import { CHOICE_FIELD, writeChoice } from './seen-answers.ts';

const day = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Paris' });
const by = (author: string | null, at: string | null): string => [author ?? 'auteur inconnu', at && `le ${day.format(new Date(at))}`].filter(Boolean).join(', ');

/** `conflicts`: those of this question, at least one. */
export function ConflictNote({ question, conflicts, disabled }: { readonly question: Question; readonly conflicts: readonly KeptAnswer[]; readonly disabled: boolean }) {
  const { standing } = conflicts.at(-1)!;
  return (
    <div className={`${styles.finding} ${styles.hard}`} role="alert">
      <p>
        <strong>{conflicts.length === 1 ? 'Deux' : conflicts.length + 1} réponses ont été données à cette question.</strong> Choisissez celle qui compte&nbsp;:
      </p>
      <ul className={styles.choice}>
        <li>
          <span>
            <strong>{formatAnswer(question, standing.answer ?? undefined)}</strong> {by(standing.author, standing.at)} (enregistrée)
          </span>
          <button className="button quiet" name={CHOICE_FIELD} value={writeChoice({ act: 'keep', key: question.key })} disabled={disabled} formNoValidate>
            Garder<span className="visually-hidden"> {formatAnswer(question, standing.answer ?? undefined)}</span>
          </button>
        </li>
        {conflicts.map((k) => (
          <li key={k.saveId}>
            <input type="hidden" name="conflit" value={k.saveId} />
            <span>
              <strong>{formatAnswer(question, k.answer ?? undefined)}</strong> {by(k.author, k.at)}
            </span>
            <button className="button quiet" name={CHOICE_FIELD} value={writeChoice({ act: 'take', saveId: k.saveId })} disabled={disabled} formNoValidate>
              Prendre<span className="visually-hidden"> {formatAnswer(question, k.answer ?? undefined)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
