/** Answers that still wait in this browser leave, then the session ends by itself; or it is ended knowingly. */
import { useEffect, useRef, useState } from 'react';
import { newId } from '../../kernel/identifier.ts';
import { openDevice, storeOf } from '../centre/device-store.ts';
import { SaveQueue } from '../centre/save-queue.ts';
import { sendSave } from '../centre/save-call.ts';
import { Notice, Page } from '../ui/page.tsx';

export function SignOutForm({ account }: { readonly account: string }) {
  const form = useRef<HTMLFormElement>(null);
  const [waiting, setWaiting] = useState<number | null>(null);
  useEffect(() => {
    let ended = false;
    const queue = new SaveQueue({
      store: storeOf(openDevice(account)), send: (save) => sendSave(save, (address, init) => fetch(address, init)), newId: () => newId(), changed: () => setWaiting(queue.pending.length),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 3000))),
    });
    void queue.run().then(() => {
      if (!ended && queue.pending.length === 0 && queue.refused.size === 0) form.current?.requestSubmit();
    });
    return () => {
      ended = true;
    };
  }, [account]);
  return (
    <Page title="Se déconnecter" narrow>
      <p role="status">{waiting === null ? 'Des réponses attendent dans ce navigateur.' : waiting === 0 ? 'Tout est enregistré.' : `${waiting} réponse${waiting > 1 ? 's attendent' : ' attend'} dans ce navigateur\u00a0: envoi en cours…`}</p>
      <Notice tone="warn">
        <p>Se déconnecter efface de ce navigateur la copie de vos réponses, et celles qui n’ont pas encore été envoyées. Attendez leur envoi, ou retournez à la saisie.</p>
      </Notice>
      <form ref={form} method="post" action="/deconnexion" className="row">
        <input type="hidden" name="attente" value="laisser" />
        <a className="button" href="/centre">
          Retourner à mes réponses
        </a>
        <button className="button quiet">Se déconnecter sans les envoyer</button>
      </form>
    </Page>
  );
}
