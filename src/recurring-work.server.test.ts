import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startRecurringWork, WORKS } from './recurring-work.server.ts';
import type { Services } from './services.server.ts';

describe('work that comes back', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('takes its turns one at a time, survives a failure, and ends when told to', async () => {
    const told: string[] = [];
    const services = { log: (_: string, event: string) => void told.push(event) } as unknown as Services;
    let running = 0;
    const work = (name: string, firstMs: number, fails = false) => ({
      name, firstMs, everyMs: 1000,
      run: async () => {
        expect(++running).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 100));
        running--;
        if (fails) throw new Error('planted');
        return name === 'idle' ? undefined : { count: 1 };
      },
    });
    const stop = startRecurringWork(services, [work('first', 0), work('broken', 0, true), work('idle', 0), work('late', 500)]);
    await vi.advanceTimersByTimeAsync(990);
    expect(told).toEqual(['first.done', 'broken.failed', 'late.done']);
    await vi.advanceTimersByTimeAsync(410);
    expect(told.slice(3)).toEqual(['first.done', 'broken.failed']);
    const stopped = stop();
    await vi.advanceTimersByTimeAsync(5000);
    await stopped;
    expect(told).toHaveLength(5);
  });

  it('is not too often, and never forgotten', () => {
    expect(WORKS.map((w) => [w.name, w.everyMs / 3_600_000])).toEqual([['reminders', 6], ['sessions', 6], ['times', 24], ['tables', 1]]);
  });
});
