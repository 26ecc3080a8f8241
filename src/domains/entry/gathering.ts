/**
 * Calls that arrive together leave together. While some are on their way, the next ones wait and leave as one; those of one turn of the event loop
 * leave together too. What each call costs by itself (a socket write, a wake-up, a commit) is then shared.
 */

/** Groups on their way at the same time. */
const LANES = 2;
/** Calls of one group. */
const MOST = 64;

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (answer: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * `send` answers each item of a group, in their order, or fails as a whole and leaves nothing behind: each is then sent by itself, to find out
 * whether it was the one at fault.
 */
export function gathered<I, O>(send: (items: readonly I[]) => Promise<readonly O[]>): (item: I) => Promise<O> {
  let waiting: Waiting<I, O>[] = [];
  let onTheirWay = 0;
  let scheduled = false;

  const one = async ({ item, resolve, reject }: Waiting<I, O>): Promise<void> => send([item]).then(([answer]) => resolve(answer!), reject);

  async function together(group: readonly Waiting<I, O>[]): Promise<void> {
    if (group.length === 1) return one(group[0]!);
    try {
      const answers = await send(group.map((w) => w.item));
      group.forEach((w, i) => w.resolve(answers[i]!));
    } catch {
      await Promise.all(group.map(one));
    }
  }

  function leave(): void {
    scheduled = false;
    while (onTheirWay < LANES && waiting.length > 0) {
      const group = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      onTheirWay++;
      void together(group).finally(() => {
        onTheirWay--;
        leave();
      });
    }
  }

  return (item) =>
    new Promise<O>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (scheduled) return;
      scheduled = true;
      setImmediate(leave);
    });
}

/** Work under one name, one piece after the other in the order it came; other names do not wait. */
export function turns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = last.get(name);
    const mine = before ? before.then(work, work) : work();
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
