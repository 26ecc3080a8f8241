/**
 * Waiting messages leave by mail. Each is claimed, sent outside of any transaction (the embedded engine has one connection, a mail server may
 * be slow), then marked. A process killed between sending and marking sends again, under the same Message-ID, which mail programs fold into one.
 */
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import type { Db } from '../../platform/database.server.ts';

export interface Mail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}
export type MailTransport = (mail: Mail) => Promise<void>;

const BATCH = 50;
const CLAIM_MINUTES = 10;
/** After this many refusals a message is left for a person to look at: it stays visible in the application. */
export const MAX_ATTEMPTS = 8;

interface Claimed { readonly id: string; readonly recipient_email: string; readonly subject: string; readonly body: string; readonly secret: string | null; readonly attempts: number }

/** Sends what waits, and says how many left and how many were refused. Safe to run from two processes at once. */
export async function deliverWaiting(db: Db, transport: MailTransport): Promise<{ sent: number; failed: number }> {
  if (db.isTransaction) throw new Error('mail is never sent inside a transaction');
  let sent = 0;
  let failed = 0;
  for (;;) {
    const { rows } = await sql<Claimed>`
      update notification.message set attempts = attempts + 1, claimed_until = now() + ${CLAIM_MINUTES} * interval '1 minute'
      where id in (
        select id from notification.message
        where sent_at is null and attempts < ${MAX_ATTEMPTS} and (claimed_until is null or claimed_until < now())
        order by created_at limit ${BATCH} for update skip locked)
      returning id, recipient_email, subject, body, secret, attempts`.execute(db);
    for (const message of rows) {
      try {
        await transport({ messageId: `<${message.id}@senacs>`, to: message.recipient_email, subject: message.subject, text: message.secret ? `${message.body}\n\n${message.secret}\n` : message.body });
        await sql`update notification.message set sent_at = now(), last_error = null, secret = null where id = ${message.id}`.execute(db);
        sent++;
      } catch (error) {
        failed++;
        // The next attempt waits longer each time: 1, 4, 9… minutes.
        await sql`update notification.message set last_error = ${String((error as Error).message).slice(0, 500)},
          claimed_until = now() + ${message.attempts ** 2} * interval '1 minute' where id = ${message.id}`.execute(db);
      }
    }
    if (rows.length < BATCH) return { sent, failed };
  }
}

/** Mail through a server, from settings; undefined when none is set: messages are then read in the application only. */
export function smtpTransport(settings: { readonly SENACS_SMTP_URL?: string; readonly SENACS_MAIL_FROM?: string }): MailTransport | undefined {
  if (!settings.SENACS_SMTP_URL) return undefined;
  const from = settings.SENACS_MAIL_FROM ?? 'SENACS <ne-pas-repondre@localhost>';
  const transporter = createTransport(settings.SENACS_SMTP_URL);
  return async (mail) => void (await transporter.sendMail({ from, to: mail.to, subject: mail.subject, text: mail.text, messageId: mail.messageId }));
}
