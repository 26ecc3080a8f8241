/** Two values given to one question, who gave them and when, and the choice between them. Its buttons post the form; with script they save at once. */
import { betweenHands, type KeptAnswer } from '../../domains/entry/index.ts';
import { formatAnswer, type Question } from '../../domains/questionnaire/index.ts';
import styles from './centre.module.css';
import { CHOICE_FIELD, writeChoice } from './seen-answers.ts';

const day = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Paris' });
const by = (author: string | null, at: string | null): string => [author ?? 'auteur inconnu', at && `le ${day.format(new Date(at))}`].filter(Boolean).join(', ');

/** Who gives a value that waits, in words: a person, or the managing body for all its structures. */
const from = (k: KeptAnswer): string => by(k.managingBody || k.author, k.at);

/** `conflicts`: those of this question, at least one. */
export function ConflictNote({ question, conflicts, disabled }: { readonly question: Question; readonly conflicts: readonly KeptAnswer[]; readonly disabled: boolean }) {
  const { standing } = conflicts.at(-1)!;
  const hands = betweenHands(conflicts);
  const answered = standing.answer !== null;
  return (
    <div className={hands.length > 0 ? `${styles.finding} ${styles.hard}` : styles.finding} role={hands.length > 0 ? 'alert' : undefined}>
      {hands.length > 0 ? (
        <p>
          <strong>{conflicts.length === 1 ? 'Deux' : conflicts.length + 1} réponses ont été données à cette question.</strong> Choisissez celle qui compte&nbsp;:
        </p>
      ) : (
        <p>
          <strong>Votre gestionnaire propose une réponse.</strong> Relisez-la avant de transmettre&nbsp;:
        </p>
      )}
      <ul className={styles.choice}>
        <li>
          <span>
            <strong>{formatAnswer(question, standing.answer ?? undefined)}</strong>
            {answered && `, ${by(standing.author, standing.at)} (enregistrée)`}
          </span>
          <button className="button quiet" name={CHOICE_FIELD} value={writeChoice({ act: 'keep', key: question.key })} disabled={disabled} formNoValidate>
            {answered || hands.length > 0 ? 'Garder' : 'Ne pas reprendre'}
            <span className="visually-hidden"> {answered || hands.length > 0 ? formatAnswer(question, standing.answer ?? undefined) : `la réponse proposée à ${question.code}`}</span>
          </button>
        </li>
        {conflicts.map((k) => (
          <li key={k.saveId}>
            <input type="hidden" name="conflit" value={k.saveId} />
            <span>
              <strong>{formatAnswer(question, k.answer ?? undefined)}</strong>, {from(k)}
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
