/** The person in charge and the substitute: who they are, and the one gesture that names or replaces each. */
import { type Duty, DUTY_LABELS, LONGEST_NAME, SHORTEST_NAME } from '../../../domains/access/index.ts';
import type { DirectionPerson } from '../../../domains/access/index.server.ts';
import { Badge, Field } from '../../ui/page.tsx';
import styles from './hands.module.css';

const DUTIES: readonly Duty[] = ['in_charge', 'substitute'];
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function Duties({ people, mayName, failed }: { readonly people: readonly DirectionPerson[]; readonly mayName: boolean; readonly failed?: { readonly duty: string; readonly name: string; readonly email: string; readonly error: string } | undefined }) {
  return (
    <>
      <p className="soft">La personne en charge et sa suppléance reçoivent toutes deux les invitations et les rappels, et chacune peut transmettre. {people.some((p) => p.duty === 'in_charge') ? '' : 'Tant que personne n’est nommé, la direction est en charge.'}</p>
      <ul className={styles.hands}>
        {DUTIES.map((duty) => {
          const held = people.find((p) => p.duty === duty);
          const wrong = failed?.duty === duty ? failed : undefined;
          return (
            <li key={duty}>
              <div>
                <span className="soft small">{capital(DUTY_LABELS[duty])}</span>
                <br />
                {held ? (
                  <>
                    <strong>{held.name}</strong> <span className="soft">({held.email})</span> {!held.opened && <Badge tone="warn">Invitation envoyée</Badge>}
                  </>
                ) : (
                  <span className="soft">Pas encore nommée</span>
                )}
              </div>
              {mayName && (
                <details className={styles.naming} open={wrong !== undefined}>
                  <summary>
                    {held ? 'Remplacer' : 'Nommer'}
                    <span className="visually-hidden"> la {DUTY_LABELS[duty]}</span>
                  </summary>
                  <form method="post" className="stack">
                    <input type="hidden" name="intention" value="nommer" />
                    <input type="hidden" name="fonction" value={duty} />
                    <Field id={`nom-${duty}`} label="Prénom et nom">
                      {(aria) => <input {...aria} name="nom" required minLength={SHORTEST_NAME} maxLength={LONGEST_NAME} autoComplete="off" defaultValue={wrong?.name ?? ''} />}
                    </Field>
                    <Field id={`adresse-${duty}`} label="Adresse électronique" help="Une invitation y part aussitôt." error={wrong?.error}>
                      {(aria) => <input {...aria} name="adresse" type="email" required maxLength={254} autoComplete="off" defaultValue={wrong?.email ?? ''} />}
                    </Field>
                    <button className="button">{held ? `Nommer à la place de ${held.name}` : 'Nommer'}</button>
                  </form>
                </details>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
