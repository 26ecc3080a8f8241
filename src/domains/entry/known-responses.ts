/**
 * Responses as this process last read or saved them, so that the next save of the same person needs no reading. Nothing here is trusted: the write
 * names the revision, the session, the role and the phase it was judged on, and the database refuses it when one of them has moved. Only what no revision
 * covers (the answers of the year before) may be as old as `KEPT_MS`.
 */
import type { ResponseId } from '../../kernel/identifier.ts';
import type { Actor } from '../access/index.ts';
import type { Loaded } from './save-load.server.ts';

const KEPT_MS = 60_000;
/** Beyond, the least recently saved is forgotten. About 30 kB of memory each, N-1 included. */
const MOST = 1000;

export class KnownResponses {
  readonly #responses = new Map<ResponseId, { readonly loaded: Loaded; readonly readAt: number }>();
  readonly #actors = new Map<string, { readonly actor: Actor; readonly readAt: number }>();

  /** The response as known, with the person behind the token; undefined when one of them is not known, or was read too long ago. */
  recall(responseId: ResponseId, token: string): Loaded | undefined {
    const oldest = performance.now() - KEPT_MS;
    const response = this.#responses.get(responseId);
    const person = this.#actors.get(token);
    return response && person && response.readAt > oldest && person.readAt > oldest ? { ...response.loaded, actor: person.actor, receipts: [] } : undefined;
  }

  /** What was just read. */
  learn(responseId: ResponseId, token: string, loaded: Loaded): void {
    const readAt = performance.now();
    put(this.#responses, responseId, { loaded, readAt });
    if (loaded.actor) put(this.#actors, token, { actor: loaded.actor, readAt });
  }

  /** The response as a save just committed has left it. */
  advance(responseId: ResponseId, loaded: Loaded): void {
    const known = this.#responses.get(responseId);
    if (known && known.loaded.revision < loaded.revision) put(this.#responses, responseId, { loaded, readAt: known.readAt });
  }

  forget(responseId: ResponseId, token: string): void {
    this.#responses.delete(responseId);
    this.#actors.delete(token);
  }
}

function put<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > MOST) map.delete(map.keys().next().value!);
}
