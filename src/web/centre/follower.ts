/** Asks now and then what happens in the same response: who else is there, what they answered. Seldom when alone, never while the page is hidden. */
import type { MovedSince } from '../../domains/entry/index.ts';
import { BUILD_HEADER } from './save-call.ts';

export interface Other {
  readonly name: string;
  readonly dataYear: number;
  readonly rubric: string;
}
export interface Following extends MovedSince {
  readonly others: readonly Other[];
  /** Of the application that answered. */
  readonly build: string | null;
}

/** Milliseconds between two questions, alone and with somebody. */
const ALONE = 15_000;
const TOGETHER = 4000;

export class Follower {
  private readonly place: { readonly responseId: string; readonly dataYear: number; readonly rubric: string };
  private readonly tell: (following: Following) => void;
  private revision: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly ending = new AbortController();

  constructor(place: { readonly responseId: string; readonly dataYear: number; readonly rubric: string; readonly revision: number }, tell: (following: Following) => void) {
    this.place = place;
    this.revision = place.revision;
    this.tell = tell;
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void this.ask(), { signal: this.ending.signal });
    this.timer = setTimeout(() => void this.ask(), 1000);
  }

  end(): void {
    this.ending.abort();
    clearTimeout(this.timer);
  }

  private async ask(): Promise<void> {
    clearTimeout(this.timer);
    if (document.visibilityState !== 'visible') return;
    let next = ALONE;
    try {
      const { responseId, dataYear, rubric } = this.place;
      const answered = await fetch(`/api/following?response=${responseId}&year=${dataYear}&rubric=${encodeURIComponent(rubric)}&revision=${this.revision}`, { signal: this.ending.signal });
      if (answered.ok) {
        const following = { ...((await answered.json()) as Omit<Following, 'build'>), build: answered.headers.get(BUILD_HEADER) };
        this.revision = following.revision;
        if (following.others.length > 0) next = TOGETHER;
        this.tell(following);
      }
    } catch {
      // without the network: asked again later
    }
    if (!this.ending.signal.aborted) this.timer = setTimeout(() => void this.ask(), next);
  }
}
