/** Who fills a response, and what each gave. */
import { DUTY_LABELS, SIDE_LABELS } from '../../../domains/access/index.ts';
import type { Hand } from '../../../domains/entry/index.server.ts';
import { formatDate, parisDay } from '../../../kernel/french-date.ts';
import { counted } from '../../../kernel/french-words.ts';
import styles from './hands.module.css';

const CAPACITY: { readonly [as in Hand['as']]: string } = {
  direction: 'direction', contributor: 'contribution à la saisie', guest: 'par un lien', caf: `${SIDE_LABELS.caf}, pour le compte de la structure`, federation: `${SIDE_LABELS.federation}, pour le compte de la structure`, other: 'n’est plus dans la structure',
};

export function HandList({ hands }: { readonly hands: readonly Hand[] }) {
  if (hands.length === 0) return <p className="soft">Personne n’a encore de mandat pour répondre : demandez-le à vos correspondants.</p>;
  return (
    <ul className={styles.hands}>
      {hands.map((hand) => (
        <li key={hand.accountId}>
          <span>
            <strong>{hand.name}</strong> <span className="soft">({hand.duty ? DUTY_LABELS[hand.duty] : CAPACITY[hand.as]})</span>
          </span>{' '}
          <span className="num">
            {hand.answers > 0 ? counted(hand.answers, 'réponse') : <span className="soft">rien encore</span>}
            {hand.lastAt && <span className="soft">, dernière le {formatDate(parisDay(new Date(hand.lastAt)))}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
