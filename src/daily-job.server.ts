/** What falls due with the days, mail server or not: reminders about answers sent on behalf of a structure. Looked at when the program starts, then every six hours. */
import { describeFailure } from './platform/log.server.ts';
import type { Services } from './services.server.ts';

const EVERY_MS = 6 * 3_600_000;

/** Starts the rounds and returns the function that ends them, once the round under way is done. */
export function startDailyJob(services: Services): () => Promise<void> {
  let current: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    try {
      const { remindOnBehalf } = await import('./domains/control/index.server.ts');
      const reminded = await remindOnBehalf(services.db);
      if (reminded > 0) services.log('info', 'reminders.queued', { count: reminded });
    } catch (error) {
      services.log('error', 'reminders.failed', describeFailure(error));
    }
  };
  const start = (): void => void (current = current.then(round));
  const timer = setInterval(start, EVERY_MS);
  start();
  return () => {
    clearInterval(timer);
    return current;
  };
}
