/** A link that was just made: it can be read here, now, and nowhere else. */
import { formatDate } from '../../../kernel/french-date.ts';
import { Field, Notice } from '../../ui/page.tsx';
import styles from './hands.module.css';

export const NewLink = (d: { readonly link: string; readonly forWhom: string; readonly lastDay: string }) => (
  <Notice tone="good" status title={`Le lien est fait : ${d.forWhom}`}>
    <p>Copiez-le maintenant et envoyez-le vous-même : il ne sera plus montré. Qui le tient remplit ces rubriques jusqu’au {formatDate(d.lastDay)}, et rien d’autre.</p>
    <Field id="lien" label="Lien à envoyer">
      {(aria) => <input {...aria} className={styles.link} readOnly value={d.link} />}
    </Field>
  </Notice>
);
