/**
 * One line of the queue on the wire, an answer to the save endpoint or an explanation to its page: what the server's answer means for the queue. A
 * refusal ends the attempt, whoever gave it (a proxy may answer in its own words); silence, failures and pages that are no receipt are tried again.
 */
import type { KeptAnswer, StoredFinding } from '../../domains/entry/index.ts';
import { readExplanationField } from './findings-view.ts';
import type { QueuedSave, SendResult } from './save-queue.ts';

/** What this browser hands in; `fetch` is enough. */
export type Call = (address: string, init: RequestInit) => Promise<Response>;

/** What an answer tells besides. */
export interface SendNews {
  /** Revision of the response after an answer was saved. */
  readonly revision?: number;
  /** Findings as they stand after an explanation. */
  readonly stored?: readonly StoredFinding[];
  /** Build of the application that answered. */
  readonly build: string | null;
}

/** Header that names the build of the application on the server. */
export const BUILD_HEADER = 'X-Senacs-Build';

interface Said {
  readonly receipt?: { readonly revision: number };
  readonly stored?: readonly StoredFinding[];
  readonly message?: string;
  readonly error?: { readonly message?: string; readonly conflict?: KeptAnswer };
}

export async function sendSave(save: QueuedSave, call: Call, tell: (news: SendNews) => void = () => {}): Promise<SendResult> {
  try {
    const answered = await (readExplanationField(save.key) ? explanation(save, call) : call('/api/saves', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(bodyOf(save)), keepalive: true }));
    if (answered.redirected && new URL(answered.url).pathname === '/connexion') return { kind: 'refused', message: 'Votre session est terminée.', signIn: true };
    if (answered.status >= 500 || answered.status === 429) return { kind: 'unreachable' };
    const said = (await answered.json().catch(() => undefined)) as Said | undefined;
    // The page of a network that wants its own sign-in is no receipt.
    if (answered.ok && !said?.receipt && !said?.stored) return { kind: 'unreachable' };
    tell({ build: answered.headers.get(BUILD_HEADER), ...(said?.receipt ? { revision: said.receipt.revision } : {}), ...(said?.stored ? { stored: said.stored } : {}) });
    if (answered.ok) return { kind: 'saved' };
    if (said?.error?.conflict) return { kind: 'conflict', conflict: said.error.conflict };
    return { kind: 'refused', message: said?.error?.message ?? said?.message ?? UNSAID[answered.status] ?? 'Cette réponse a été refusée\u00a0: rechargez la page.', signIn: answered.status === 401 };
  } catch {
    return { kind: 'unreachable' };
  }
}

const UNSAID: { readonly [status: number]: string } = { 413: 'Cette réponse est trop longue pour être enregistrée\u00a0: raccourcissez-la.' };

const bodyOf = ({ saveId, responseId, dataYear, key, answer, base, settles, sourceId }: QueuedSave): object => ({ saveId, responseId, dataYear, key, answer, base, ...(settles ? { settles } : {}), ...(sourceId ? { sourceId } : {}) });

function explanation(save: QueuedSave, call: Call): Promise<Response> {
  const body = new FormData();
  body.set(save.key, String(save.answer ?? ''));
  body.set('dataYear', String(save.dataYear));
  return call(`/centre/${save.responseId}/explication`, { method: 'POST', body, keepalive: true });
}
