/**
 * What a browser keeps of one account, encrypted (AES-GCM, WebCrypto): answers on their way and copies of responses. One key for each account,
 * made here, never extractable, deleted at sign-out or after 30 days without the server; without it the rest is noise. What that protects from,
 * and what not: docs/guides/offline.md.
 */
import type { QueuedSave, QueueStore } from './save-queue.ts';

export const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

interface KeyLine {
  readonly account: string;
  readonly key: CryptoKey;
  /** Last time that the server confirmed the account here, in milliseconds. */
  readonly seenAt: number;
  /** The account that was signed in last: the one whose copy opens without the network. */
  readonly current: boolean;
}
interface Sealed {
  readonly account: string;
  readonly id: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
  /** Window that made it, for a save. */
  readonly by?: string;
}
type StoreName = 'keys' | 'copies' | 'saves';

export interface Device {
  readonly account: string;
  /** Days left before the copy ends, from its last confirmation. */
  readonly daysLeft: number;
  readonly saves: QueueStore;
  /** A kept document, or undefined: absent, or not readable with this account's key. */
  readonly read: <T>(id: string) => Promise<T | undefined>;
  readonly write: (id: string, value: unknown) => Promise<void>;
  /** Names of the documents kept. */
  readonly names: () => Promise<readonly string[]>;
}

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });

function openBase(): Promise<IDBDatabase> {
  const request = indexedDB.open('senacs', 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('keys', { keyPath: 'account' });
    request.result.createObjectStore('copies', { keyPath: ['account', 'id'] });
    request.result.createObjectStore('saves', { keyPath: ['account', 'id'] });
  };
  return asked(request);
}

/**
 * Opens what the browser keeps. With an account: the server has just confirmed it, its 30 days begin again. Without: the account signed in last.
 * Undefined where the browser cannot keep anything (no secure context, a private window) or keeps nothing for nobody.
 */
export async function openDevice(account: string | undefined, now = Date.now()): Promise<Device | undefined> {
  if (typeof indexedDB === 'undefined' || !globalThis.crypto?.subtle) return undefined;
  try {
    const base = await openBase();
    await forgetOld(base, now);
    const line = account === undefined ? (await all<KeyLine>(base, 'keys')).find((k) => k.current) : await confirm(base, account, now);
    return line && deviceOf(base, line, now);
  } catch {
    return undefined;
  }
}

const all = <T>(base: IDBDatabase, store: StoreName): Promise<T[]> => asked(base.transaction(store).objectStore(store).getAll() as IDBRequest<T[]>);
const ofAccount = (account: string): IDBKeyRange => IDBKeyRange.bound([account, ''], [account, '\uffff']);

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB'));
  });
}

async function forgetOld(base: IDBDatabase, now: number): Promise<void> {
  const old = (await all<KeyLine>(base, 'keys')).filter((k) => now - k.seenAt > KEPT_DAYS * DAY_MS);
  if (old.length === 0) return;
  const transaction = base.transaction(['keys', 'copies', 'saves'], 'readwrite');
  for (const { account } of old) {
    transaction.objectStore('keys').delete(account);
    transaction.objectStore('copies').delete(ofAccount(account));
    transaction.objectStore('saves').delete(ofAccount(account));
  }
  await done(transaction);
}

async function confirm(base: IDBDatabase, account: string, now: number): Promise<KeyLine> {
  // Made before the transaction: one that waits for something else closes by itself. The key of another window that was first wins.
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const transaction = base.transaction('keys', 'readwrite');
  const store = transaction.objectStore('keys');
  const lines = await asked(store.getAll() as IDBRequest<KeyLine[]>);
  const line: KeyLine = { account, key: lines.find((k) => k.account === account)?.key ?? fresh, seenAt: now, current: true };
  for (const other of lines) if (other.account !== account && other.current) store.put({ ...other, current: false });
  store.put(line);
  await done(transaction);
  return line;
}

function deviceOf(base: IDBDatabase, { account, key, seenAt }: KeyLine, now: number): Device {
  const bound = (id: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`${account} ${id}`);
  const seal = async (id: string, value: unknown): Promise<Sealed> => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { account, id, iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(id) }, key, new TextEncoder().encode(JSON.stringify(value))) };
  };
  const unseal = async <T>(line: Sealed | undefined): Promise<T | undefined> => {
    if (!line) return undefined;
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: line.iv, additionalData: bound(line.id) }, key, line.data).catch(() => undefined);
    return text && (JSON.parse(new TextDecoder().decode(text)) as T);
  };
  const put = async (store: StoreName, line: object): Promise<void> => {
    const transaction = base.transaction(store, 'readwrite');
    transaction.objectStore(store).put(line);
    await done(transaction);
  };
  const windowName = `senacs-fenetre-${crypto.randomUUID()}`;
  // Held as long as this window lives: what it writes is its own affair until then.
  void navigator.locks?.request(windowName, () => new Promise(() => {}));
  return {
    account,
    daysLeft: Math.max(0, Math.ceil(KEPT_DAYS - (now - seenAt) / DAY_MS)),
    saves: {
      list: async () => {
        const open = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name));
        const lines = await asked(base.transaction('saves').objectStore('saves').getAll(ofAccount(account)) as IDBRequest<Sealed[]>);
        const left = await Promise.all(lines.filter((line) => !line.by || !open.has(line.by)).map((line) => unseal<QueuedSave>(line)));
        // Identifiers begin with their time.
        return left.filter((save) => save !== undefined).toSorted((a, b) => (a.saveId < b.saveId ? -1 : 1));
      },
      put: async (save) => put('saves', { ...(await seal(save.saveId, save)), by: windowName }),
      remove: async (ids) => {
        const transaction = base.transaction('saves', 'readwrite');
        for (const id of ids) transaction.objectStore('saves').delete([account, id]);
        await done(transaction);
      },
    },
    read: async <T>(id: string) => unseal<T>(await asked(base.transaction('copies').objectStore('copies').get([account, id]) as IDBRequest<Sealed | undefined>)),
    write: async (id, value) => put('copies', await seal(id, value)),
    names: async () => (await asked(base.transaction('copies').objectStore('copies').getAllKeys(ofAccount(account)))).map((k) => (k as string[])[1]!),
  };
}

/** A store for a device that opens later or not at all: each call waits for it, and fails when there is none. */
export function storeOf(device: Promise<Device | undefined>): QueueStore {
  const open = async (): Promise<QueueStore> => {
    const opened = await device;
    if (!opened) throw new Error('this browser keeps nothing');
    return opened.saves;
  };
  return { list: async () => (await open()).list(), put: async (save) => (await open()).put(save), remove: async (ids) => (await open()).remove(ids) };
}
