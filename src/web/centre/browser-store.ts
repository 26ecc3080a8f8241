/** The store of a save queue in a browser: one per response, shared by the windows open on it. */
import type { QueueParts } from './save-queue.ts';

const storeName = (responseId: string): string => `senacs.saves.${responseId}`;

export const browserStore = (responseId: string): QueueParts['store'] => ({ read: () => localStorage.getItem(storeName(responseId)), write: (text) => keep(storeName(responseId), text) });

/** Full storage or a private window: the answer is still sent, only its safety net is missing. */
function keep(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // nothing to do: the queue lives in memory
  }
}
