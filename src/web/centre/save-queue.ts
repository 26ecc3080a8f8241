/**
 * Answers on their way to the server. Each waits in the browser's own store until its receipt has come; it is sent again with the same
 * identifier as often as needed, so it is neither lost nor counted twice. One at a time, in order. The store is shared by the windows open on one
 * response: each adds and removes its own lines only. No DOM here: everything is handed in.
 */
export interface QueuedSave {
  readonly saveId: string;
  readonly responseId: string;
  readonly dataYear: number;
  readonly key: string;
  readonly answer: unknown;
}
export type SendResult = { readonly kind: 'saved' } | { readonly kind: 'refused'; readonly message: string; readonly signIn: boolean } | { readonly kind: 'unreachable' };

export interface QueueParts {
  readonly store: { readonly read: () => string | null; readonly write: (text: string) => void };
  readonly send: (save: QueuedSave) => Promise<SendResult>;
  readonly newId: () => string;
  /** Called after each change: what waits, what was refused. */
  readonly changed: () => void;
  readonly wait: (ms: number) => Promise<void>;
}

export class SaveQueue {
  private readonly parts: QueueParts;
  private waiting: QueuedSave[];
  private running: Promise<void> | undefined;
  private failures = 0;
  /** Seen in the store: when one is there no more, another window has sent or replaced it. */
  private readonly stored = new Set<string>();
  /** Sent or replaced by this window. */
  private readonly done = new Set<string>();
  /** Refused answers by `year key`, with the sentence to show. */
  readonly refused = new Map<string, string>();
  signedOut = false;

  constructor(parts: QueueParts) {
    this.parts = parts;
    this.waiting = readStored(parts.store.read());
    for (const s of this.waiting) this.stored.add(s.saveId);
  }

  get pending(): readonly QueuedSave[] {
    return this.waiting;
  }
  /** The server did not answer the last time. */
  get unreachable(): boolean {
    return this.failures > 0;
  }

  /** A new answer; it takes the place of one to the same question that has not left yet. */
  add(save: Omit<QueuedSave, 'saveId'>): void {
    const [first, ...rest] = this.waiting;
    const same = (s: QueuedSave): boolean => s.key === save.key && s.dataYear === save.dataYear && s.responseId === save.responseId;
    for (const s of [...rest, ...readStored(this.parts.store.read())]) if (same(s) && s.saveId !== first?.saveId) this.done.add(s.saveId);
    // The first may be on its way: it keeps its identifier and its turn.
    this.keep([...(first ? [first] : []), ...rest.filter((s) => !same(s)), { ...save, saveId: this.parts.newId() }]);
    this.refused.delete(`${save.dataYear} ${save.key}`);
    void this.run();
  }

  /** Resolves when nothing waits, or when the server cannot be reached. */
  run(): Promise<void> {
    this.running ??= this.drain().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** Tries again at once, for a network that is back. */
  wake(): void {
    this.failures = 0;
    void this.run();
  }

  private async drain(): Promise<void> {
    for (;;) {
      this.dropSettledElsewhere();
      const save = this.waiting[0];
      if (!save || this.signedOut) return;
      // oxlint-disable-next-line no-await-in-loop -- one at a time, in order
      const result = await this.parts.send(save);
      if (result.kind === 'unreachable') {
        this.failures++;
        this.parts.changed();
        // oxlint-disable-next-line no-await-in-loop
        await this.parts.wait(Math.min(30_000, 500 * 2 ** Math.min(this.failures, 6)));
        continue;
      }
      this.failures = 0;
      if (result.kind === 'refused' && result.signIn) {
        this.signedOut = true;
        this.parts.changed();
        return;
      }
      if (result.kind === 'refused') this.refused.set(`${save.dataYear} ${save.key}`, result.message);
      this.done.add(save.saveId);
      this.keep(this.waiting.filter((s) => s.saveId !== save.saveId));
    }
  }

  /** An empty store says nothing: it may have been cleared, or never written (a private window). */
  private dropSettledElsewhere(): void {
    const text = this.parts.store.read();
    if (text === null) return;
    const there = new Set(readStored(text).map((s) => s.saveId));
    const kept = this.waiting.filter((s) => !this.stored.has(s.saveId) || there.has(s.saveId));
    if (kept.length === this.waiting.length) return;
    this.waiting = kept;
    this.parts.changed();
  }

  private keep(saves: QueuedSave[]): void {
    this.waiting = saves;
    this.dropSettledElsewhere();
    const own = new Set(this.waiting.map((s) => s.saveId));
    const others = readStored(this.parts.store.read()).filter((s) => !own.has(s.saveId) && !this.done.has(s.saveId));
    const text = JSON.stringify([...others, ...this.waiting]);
    this.parts.store.write(text);
    if (this.parts.store.read() === text) for (const id of own) this.stored.add(id);
    this.parts.changed();
  }
}

function readStored(text: string | null): QueuedSave[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter((s): s is QueuedSave => typeof s === 'object' && s !== null && typeof (s as QueuedSave).saveId === 'string' && typeof (s as QueuedSave).key === 'string') : [];
  } catch {
    return [];
  }
}
