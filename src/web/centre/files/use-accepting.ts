/** Accepted values on their way: they become answers of the structure through the ordinary save queue. */
import { useEffect, useRef, useState } from 'react';
import { answerWith, type Proposal } from '../../../domains/proposal/index.ts';
import { type Answers } from '../../../domains/questionnaire/index.ts';
import { newId } from '../../../kernel/identifier.ts';
import { browserStore } from '../browser-store.ts';
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

export function useAccepting(given: { readonly responseId: string; readonly dataYear: number; readonly answers: Answers }): Accepting {
  const [answers, setAnswers] = useState(given.answers);
  const [state, setState] = useState<Pick<Accepting, 'status' | 'refused'>>({ status: null, refused: {} });
  const queue = useRef<SaveQueue | null>(null);
  const current = useRef(given.answers);
  const start = useRef(given);

  useEffect(() => {
    const { responseId } = start.current;
    const made = new SaveQueue({
      store: browserStore(responseId),
      send: (save) => sendSave(save, (address, init) => fetch(address, init)),
      newId: () => newId(),
      changed: () => {
        const waiting = made.pending.length;
        const refused = Object.fromEntries([...made.refused].map(([name, message]) => [name.split(' ')[1]!, message]));
        setState({
          refused,
          status:
            made.signedOut ? { tone: 'bad', text: 'Votre session est terminée : reconnectez-vous, les valeurs acceptées partiront alors.' }
            : made.refused.size > 0 ? { tone: 'bad', text: 'Une valeur n’a pas été enregistrée : voyez le message sous sa question.' }
            : made.unreachable ? { tone: 'warn', text: `En attente du réseau : ${waiting} réponse${waiting > 1 ? 's' : ''} à envoyer` }
            : waiting > 0 ? { tone: 'plain', text: 'Enregistrement…' }
            : { tone: 'good', text: `Enregistré à ${clock()}` },
        });
      },
      wait: (ms) => new Promise((resolve) => {
        setTimeout(resolve, ms);
        window.addEventListener('online', () => resolve(), { once: true });
      }),
    });
    queue.current = made;
    // Left from a page closed too soon.
    if (made.pending.length > 0) void made.run();
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
        queue.current?.add({ responseId, dataYear, key, answer });
      }
      setAnswers(current.current);
    },
  };
}
