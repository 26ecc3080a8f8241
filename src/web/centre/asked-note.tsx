/** Beside a question: what the technical committee has made precise for everyone, and what was said when this centre asked about it. */
import type { LastWord } from '../../domains/entry/index.ts';
import { formatDate, parisDay } from '../../kernel/french-date.ts';
import type { Interpretation } from '../../domains/questionnaire/index.ts';
import styles from './centre.module.css';

/** An interpretation as it travels to the page and into the copy: dated words. */
export interface InterpretationWord {
  readonly asked: string;
  readonly answer: string;
  /** `12 mars 2026`. */
  readonly on: string;
}
export type InterpretationWords = { readonly [key: string]: readonly InterpretationWord[] };

export interface Asking {
  readonly interpretations: readonly InterpretationWord[];
  readonly last: LastWord | null;
}

export const dayOf = (instant: string): string => formatDate(parisDay(new Date(instant)));

export const interpretationWords = (beside: { readonly [key: string]: readonly Interpretation[] }): InterpretationWords =>
  Object.fromEntries(Object.entries(beside).map(([key, list]) => [key, list.map((i) => ({ asked: i.asked, answer: i.answer, on: dayOf(i.publishedAt) }))]));

/** Part of the help, for everyone. */
export const Interpretations = ({ of }: { readonly of: Pick<Asking, 'interpretations'> }) =>
  of.interpretations.map((p) => (
    <p key={`${p.on} ${p.answer}`} className={`help ${styles.interpretation}`}>
      <strong>{p.asked}</strong> {p.answer} <span className="soft small">Comité technique national, {p.on}</span>
    </p>
  ));

/** The last word of what this centre asked, or that it waits. */
export function AskedNote({ of: { last }, link }: { readonly of: Asking; readonly link: string | null }) {
  if (!last) return null;
  const waits = last.state === 'relayed' ? 'relayée au comité technique national, qui répondra ici' : 'vos correspondants répondront ici';
  return (
    <div className={styles.asked}>
      {last.state === 'interpreted' ? (
        <p>À la suite de votre question, le comité technique national a précisé l’aide pour tous, le {dayOf(last.at)}.</p>
      ) : last.who === null ? (
        <p>
          Votre question du {dayOf(last.at)}&nbsp;: {waits}.
        </p>
      ) : (
        <>
          <p className="soft small">
            {last.who}, le {dayOf(last.at)}
          </p>
          <p className={styles.said}>{last.body}</p>
        </>
      )}
      {link && <p className="small"><a href={link}>Voir l’échange</a></p>}
    </div>
  );
}
