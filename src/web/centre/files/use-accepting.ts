/** Accepted values on their way: they become answers of the structure through the ordinary save queue. */
import { useEffect, useRef, useState } from 'react';
import { answerWith, type Proposal } from '../../../domains/proposal/index.ts';
import { type Answer, answerFingerprint, type Answers } from '../../../domains/questionnaire/index.ts';
import { newId } from '../../../kernel/identifier.ts';
import { openDevice, storeOf } from '../device-store.ts';
import { sendSave } from '../save-call.ts';
import { SaveQueue } from '../save-queue.ts';

export interface Accepting {
  readonly answers: Answers;
  readonly status: { readonly tone: 'good' | 'warn' | 'bad' | 'plain'; readonly text: string } | null;
  /** Refusal of a question's last value. */
  readonly refused: { readonly [key: string]: string };
  readonly accept: (proposals: readonly Proposal[]) => void;
}

const clock = (): string => new Date().toLocaleTimeString('fr-FR', { hour: '2-digit', minute: '2-digit' });

export function useAccepting(given: { readonly responseId: string; readonly account: string; readonly dataYear: number; readonly answers: Answers }): Accepting {
  const [answers, setAnswers] = useState(given.answers);
  const [state, setState] = useState<Pick<Accepting, 'status' | 'refused'>>({ status: null, refused: {} });
  const queue = useRef<SaveQueue | null>(null);
  const current = useRef(given.answers);
  /** What stands on the server, as far as this page was shown: the base of what is accepted. */
  const known = useRef(given.answers);
  const moved = useRef<{ [key: string]: string }>({});
  const start = useRef(given);

  useEffect(() => {
    const { responseId, dataYear, account } = start.current;
    const stands = (key: string, answer: Answer | null): void => {
      const { [key]: _before, ...others } = known.current;
      known.current = answer ? { ...others, [key]: answer } : others;
    };
    const isHere = (save: { readonly responseId: string; readonly dataYear: number }): boolean => save.responseId === responseId && save.dataYear === dataYear;
    let lastSaved = '';
    const made = new SaveQueue({
      store: storeOf(openDevice(account)),
      send: (save) => sendSave(save, (address, init) => fetch(address, init)),
      newId: () => newId(),
      saved: (save) => {
        lastSaved = clock();
        if (isHere(save)) stands(save.key, save.answer as Answer | null);
      },
      conflict: (save, { standing }) => {
        if (!isHere(save)) return;
        stands(save.key, standing.answer);
        moved.current = { ...moved.current, [save.key]: `${standing.author ?? 'Quelqu’un d’autre'} a répondu à cette question entre-temps\u00a0: les deux valeurs sont gardées, choisissez dans la rubrique.` };
        current.current = known.current;
        setAnswers(known.current);
      },
      changed: () => {
        const waiting = made.pending.length;
        const refused = { ...moved.current, ...Object.fromEntries([...made.refused].map(([name, message]) => [name.split(' ')[1]!, message])) };
        setState({
          refused,
          status:
            made.signedOut ? { tone: 'bad', text: 'Votre session est terminée : reconnectez-vous, les valeurs acceptées partiront alors.' }
            : Object.keys(refused).length > 0 ? { tone: 'bad', text: 'Une valeur n’a pas été enregistrée : voyez le message sous sa question.' }
            : made.unreachable ? { tone: 'warn', text: `En attente du réseau : ${waiting} réponse${waiting > 1 ? 's' : ''} à envoyer` }
            : waiting > 0 ? { tone: 'plain', text: 'Enregistrement…' }
            : lastSaved === '' ? null
            : { tone: 'good', text: `Enregistré à ${lastSaved}` },
        });
      },
      wait: (ms) => new Promise((resolve) => {
        setTimeout(resolve, ms);
        window.addEventListener('online', () => resolve(), { once: true });
      }),
    });
    queue.current = made;
    // Left from a page closed too soon.
    void made.run();
    const online = (): void => made.wake();
    window.addEventListener('online', online);
    return () => window.removeEventListener('online', online);
  }, []);

  return {
    answers, ...state,
    accept: (proposals) => {
      const { responseId, dataYear } = start.current;
      for (const key of new Set(proposals.map((p) => p.key))) {
        const answer = answerWith(current.current[key], proposals.filter((p) => p.key === key));
        current.current = { ...current.current, [key]: answer };
        const { [key]: _told, ...others } = moved.current;
        moved.current = others;
        queue.current?.add({ responseId, dataYear, key, answer, base: answerFingerprint(known.current[key]) });
      }
      setAnswers(current.current);
    },
  };
}
