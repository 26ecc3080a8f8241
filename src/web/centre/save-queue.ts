/**
 * Answers on their way to the server. Each is written in the browser's own store until its receipt has come; it is sent again with the same
 * identifier as often as needed, so it is neither lost nor counted twice. One at a time, in order. Each says what its author saw (`base`): a save
 * behind another of the same question was made before the value that the first sends. No DOM here: everything is handed in.
 */
import type { KeptAnswer } from '../../domains/entry/index.ts';
import { type Answer, answerFingerprint } from '../../domains/questionnaire/index.ts';

export interface QueuedSave {
  readonly saveId: string;
  readonly responseId: string;
  readonly dataYear: number;
  /** Of a question, or the field of an explanation (`explication~K016~`). */
  readonly key: string;
  readonly answer: unknown;
  readonly base: string;
  /** Conflicts that this choice settles. */
  readonly settles?: readonly string[];
  /** What a correspondent types it from. */
  readonly sourceId?: string | undefined;
  /** Still being typed: kept, not sent until it is left or found again after a reload. */
  readonly draft?: true | undefined;
}
export type SendResult =
  | { readonly kind: 'saved' }
  | { readonly kind: 'conflict'; readonly conflict: KeptAnswer }
  | { readonly kind: 'refused'; readonly message: string; readonly signIn: boolean }
  | { readonly kind: 'unreachable' };

/** Where saves outlive the page; each call may fail, the queue then lives in memory and says so. */
export interface QueueStore {
  /** What windows that are closed have left, oldest first. */
  readonly list: () => Promise<readonly QueuedSave[]>;
  readonly put: (save: QueuedSave) => Promise<void>;
  readonly remove: (saveIds: readonly string[]) => Promise<void>;
}

export interface QueueParts {
  readonly store: QueueStore;
  readonly send: (save: QueuedSave) => Promise<SendResult>;
  readonly newId: () => string;
  /** Called after each change: what waits, what was refused. */
  readonly changed: () => void;
  readonly saved?: (save: QueuedSave) => void;
  readonly conflict?: (save: QueuedSave, conflict: KeptAnswer) => void;
  readonly wait: (ms: number) => Promise<void>;
}

const sameQuestion = (a: Pick<QueuedSave, 'key' | 'dataYear' | 'responseId'>, b: Pick<QueuedSave, 'key' | 'dataYear' | 'responseId'>): boolean =>
  a.key === b.key && a.dataYear === b.dataYear && a.responseId === b.responseId;
const union = (...lists: readonly (readonly string[] | undefined)[]): string[] => [...new Set(lists.flatMap((list) => list ?? []))];

export class SaveQueue {
  private readonly parts: QueueParts;
  private waiting: QueuedSave[] = [];
  private running: Promise<void> | undefined;
  private flying: QueuedSave | undefined;
  private failures = 0;
  private readonly stored = new Set<string>();
  /** Refused answers by `year key`, with the sentence to show. */
  readonly refused = new Map<string, string>();
  signedOut = false;
  /** What closed windows left is in `pending`. */
  readonly opened: Promise<void>;

  constructor(parts: QueueParts) {
    this.parts = parts;
    this.opened = this.open();
  }

  get pending(): readonly QueuedSave[] {
    return this.waiting;
  }
  /** The server did not answer the last time. */
  get unreachable(): boolean {
    return this.failures > 0;
  }
  /** Everything that waits would outlive this page. */
  get safe(): boolean {
    return this.waiting.every((s) => this.stored.has(s.saveId));
  }

  private async open(): Promise<void> {
    const left = await this.parts.store.list().catch(() => []);
    const typed = this.waiting;
    for (const s of left) this.stored.add(s.saveId);
    this.waiting = left.map((save) => ({ ...save, draft: undefined }));
    for (const save of typed) this.insert(save);
    this.parts.changed();
  }

  /** A new answer; it takes the place of one to the same question that has not left yet. */
  add(save: Omit<QueuedSave, 'saveId'>): void {
    this.insert({ ...save, saveId: this.parts.newId() });
    this.refused.delete(`${save.dataYear} ${save.key}`);
    this.parts.changed();
    if (!save.draft) void this.run();
  }

  private insert(save: QueuedSave): void {
    const ahead = this.waiting.find((s) => s === this.flying && sameQuestion(s, save));
    const replaced = this.waiting.filter((s) => s !== ahead && sameQuestion(s, save));
    const settles = union(save.settles, ...replaced.map((s) => s.settles));
    const base = ahead ? answerFingerprint((ahead.answer as Answer | null) ?? undefined) : (replaced[0]?.base ?? save.base);
    const placed: QueuedSave = { ...save, base, ...(settles.length > 0 ? { settles } : {}) };
    this.waiting = [...this.waiting.filter((s) => !replaced.includes(s)), placed];
    this.keep(placed);
    this.forget(replaced);
  }

  /** Resolves when nothing waits but drafts, or when the session is over. */
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
    await this.opened;
    for (;;) {
      const save = this.waiting.find((s) => !s.draft);
      if (!save || this.signedOut) return;
      this.flying = save;
      // oxlint-disable-next-line no-await-in-loop -- one at a time, in order
      const result = await this.parts.send(save);
      this.flying = undefined;
      if (result.kind === 'unreachable') {
        this.failures++;
        this.parts.changed();
        // It keeps its turn and its identifier: it may have arrived.
        this.flying = save;
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
      this.settle(save, result);
    }
  }

  private settle(save: QueuedSave, result: SendResult): void {
    this.waiting = this.waiting.filter((s) => s !== save);
    if (result.kind !== 'saved') {
      // The one behind was typed over a value that was not written: it stands on what this one stood on.
      this.waiting = this.waiting.map((s) => {
        if (!sameQuestion(s, save)) return s;
        const settles = union(s.settles, save.settles, result.kind === 'conflict' ? [save.saveId] : []);
        const moved: QueuedSave = { ...s, base: save.base, ...(settles.length > 0 ? { settles } : {}) };
        this.keep(moved);
        return moved;
      });
    }
    this.forget([save]);
    if (result.kind === 'refused') this.refused.set(`${save.dataYear} ${save.key}`, result.message);
    if (result.kind === 'saved') this.parts.saved?.(save);
    if (result.kind === 'conflict') this.parts.conflict?.(save, result.conflict);
    this.parts.changed();
  }

  private keep(save: QueuedSave): void {
    this.parts.store.put(save).then(
      () => {
        // Settled while it was being written: it must not come back at the next opening.
        if (!this.waiting.some((s) => s.saveId === save.saveId)) return this.forget([save]);
        this.stored.add(save.saveId);
        this.parts.changed();
      },
      () => {},
    );
  }

  private forget(saves: readonly QueuedSave[]): void {
    if (saves.length === 0) return;
    for (const s of saves) this.stored.delete(s.saveId);
    this.parts.store.remove(saves.map((s) => s.saveId)).catch(() => {});
  }
}
