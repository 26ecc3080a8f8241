/** Letters that wait leave every half minute, when a mail server is set. One run at a time; a failure waits for the next. */
import { describeFailure } from './platform/log.server.ts';
import type { Services } from './services.server.ts';

const EVERY_MS = 30_000;

/** Starts the rounds and returns the function that ends them. Without a mail server nothing starts: letters are read in the application. */
export function startMailJob(services: Services): () => void {
  const { smtpUrl, mailFrom } = services.configuration;
  if (!smtpUrl) return () => {};
  let running = false;
  const round = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      const { deliverWaiting, smtpTransport } = await import('./domains/notification/index.server.ts');
      const { sent, failed } = await deliverWaiting(services.db, smtpTransport({ SENACS_SMTP_URL: smtpUrl, SENACS_MAIL_FROM: mailFrom })!);
      if (sent + failed > 0) services.log('info', 'mail.delivered', { sent, failed });
    } catch (error) {
      services.log('error', 'mail.failed', describeFailure(error));
    } finally {
      running = false;
    }
  };
  const timer = setInterval(() => void round(), EVERY_MS);
  void round();
  return () => clearInterval(timer);
}
