/** Links given for a response: what they open, until when, whether they were opened; each can be revoked. */
import type { GivenPart } from '../../../domains/access/index.server.ts';
import { formatDate, parisDay } from '../../../kernel/french-date.ts';
import { Badge } from '../../ui/page.tsx';
import styles from './hands.module.css';

const STATES = { active: { tone: 'good', text: 'Ouvert' }, over: { tone: undefined, text: 'Terminé' }, revoked: { tone: undefined, text: 'Retiré' } } as const;

export function GivenLinks({ links, labels, mayRevoke }: { readonly links: readonly GivenPart[]; readonly labels: { readonly [code: string]: string }; readonly mayRevoke: boolean }) {
  if (links.length === 0) return <p className="soft">Aucune rubrique n’est confiée. La trésorière peut donner le budget, le cabinet comptable les charges, la personne référente familles ses actions : chacun sa part, sans compte à créer.</p>;
  return (
    <ul className={styles.hands}>
      {links.map((l) => {
        const state = STATES[l.state];
        return (
          <li key={l.linkId}>
            <div>
              <strong>{l.name ?? l.forWhom}</strong> {l.name && <span className="soft">({l.forWhom})</span>} <Badge {...(state.tone ? { tone: state.tone } : {})}>{state.text}</Badge>
              <br />
              {l.rubrics.map((code) => `${code}. ${labels[code] ?? code}`).join(', ')}
              <br />
              <span className="soft small">
                Jusqu’au {formatDate(l.lastDay)}, confié par {l.givenBy}. {l.openedAt ? `Ouvert le ${formatDate(parisDay(new Date(l.openedAt)))}.` : 'Pas encore ouvert.'}
              </span>
            </div>
            {mayRevoke && l.state === 'active' && (
              <form method="post">
                <input type="hidden" name="lien" value={l.linkId} />
                <button className="button quiet" name="intention" value="retirer">
                  Retirer<span className="visually-hidden"> le lien : {l.forWhom}</span>
                </button>
              </form>
            )}
          </li>
        );
      })}
    </ul>
  );
}
