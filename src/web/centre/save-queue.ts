/**
 * Answers on their way to the server. Each waits in the browser's own store until its receipt has come; it is sent again with the same
 * identifier as often as needed, so it is neither lost nor counted twice. One at a time, in order. No DOM here: everything is handed in.
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
  /** Refused answers by `year key`, with the sentence to show. */
  readonly refused = new Map<string, string>();
  signedOut = false;

  constructor(parts: QueueParts) {
    this.parts = parts;
    this.waiting = readStored(parts.store.read());
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
    const kept = rest.filter((s) => s.key !== save.key || s.dataYear !== save.dataYear || s.responseId !== save.responseId);
    // The first may be on its way: it keeps its identifier and its turn.
    this.keep([...(first ? [first] : []), ...kept, { ...save, saveId: this.parts.newId() }]);
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
    while (this.waiting[0] && !this.signedOut) {
      const save = this.waiting[0];
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
      this.keep(this.waiting.filter((s) => s.saveId !== save.saveId));
    }
  }

  private keep(saves: QueuedSave[]): void {
    this.waiting = saves;
    this.parts.store.write(JSON.stringify(saves));
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
