/**
 * What comes back with the hours and days, whoever visits: reminders that fall due, sessions that are over, tables of the embedded engine to see to.
 * One piece of work at a time; one that fails is logged and comes back at its next turn.
 */
import { describeFailure } from './platform/log.server.ts';
import type { Services } from './services.server.ts';

interface Work {
  readonly name: string;
  /** Milliseconds after the start, and between two turns. */
  readonly firstMs: number;
  readonly everyMs: number;
  /** What it did, for the log; undefined when there was nothing to do. */
  readonly run: (services: Services) => Promise<{ readonly [detail: string]: number } | undefined>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const counted = (count: number): { readonly count: number } | undefined => (count > 0 ? { count } : undefined);

export const WORKS: readonly Work[] = [
  // answers sent on behalf of a structure wait for it to look at them
  { name: 'reminders', firstMs: 0, everyMs: 6 * HOUR, run: async ({ db }) => counted(await (await import('./domains/control/index.server.ts')).remindOnBehalf(db)) },
  { name: 'sessions', firstMs: 0, everyMs: 6 * HOUR, run: async ({ db }) => counted(await (await import('./domains/access/index.server.ts')).forgetEndedSessions(db)) },
  // how long others take for each rubric, from the saves so far
  { name: 'times', firstMs: 10 * MINUTE, everyMs: 24 * HOUR, run: async ({ db }) => counted(await (await import('./domains/entry/index.server.ts')).refreshDueRubricTimes(db)) },
  {
    name: 'tables', firstMs: 5 * MINUTE, everyMs: HOUR,
    run: async ({ database }) => {
      const { analysed, vacuumed } = await (await import('./platform/table-upkeep.server.ts')).tendTables(database);
      return analysed.length + vacuumed.length > 0 ? { analysed: analysed.length, vacuumed: vacuumed.length } : undefined;
    },
  },
];

/** Starts the turns and returns the function that ends them, once the work under way is done. */
export function startRecurringWork(services: Services, works: readonly Work[] = WORKS): () => Promise<void> {
  let current: Promise<void> = Promise.resolve();
  const turn = async (work: Work): Promise<void> => {
    try {
      const done = await work.run(services);
      if (done) services.log('info', `${work.name}.done`, done);
    } catch (error) {
      services.log('error', `${work.name}.failed`, describeFailure(error));
    }
  };
  const timers = new Set<NodeJS.Timeout>();
  const later = (work: Work, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      current = current.then(() => turn(work));
      later(work, work.everyMs);
    }, ms);
    timers.add(timer);
  };
  for (const work of works) later(work, work.firstMs);
  return () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    return current;
  };
}
