/** One save on the wire: what the server's answer means for the queue. A refusal ends the attempt, whoever gave it (a proxy may answer in its own words); silence and failures are tried again. */
import type { QueuedSave, SendResult } from './save-queue.ts';

/** What this browser hands in; `fetch` is enough. */
export type Call = (address: string, init: RequestInit) => Promise<Response>;

export async function sendSave(save: QueuedSave, call: Call): Promise<SendResult> {
  try {
    const answered = await call('/api/saves', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(save), keepalive: true });
    if (answered.ok) return { kind: 'saved' };
    if (answered.status >= 500 || answered.status === 429) return { kind: 'unreachable' };
    const said = (await answered.json().catch(() => undefined)) as { readonly error?: { readonly message?: string } } | undefined;
    return { kind: 'refused', message: said?.error?.message ?? UNSAID[answered.status] ?? 'Cette réponse a été refusée\u00a0: rechargez la page.', signIn: answered.status === 401 };
  } catch {
    return { kind: 'unreachable' };
  }
}

const UNSAID: { readonly [status: number]: string } = { 413: 'Cette réponse est trop longue pour être enregistrée\u00a0: raccourcissez-la.' };
