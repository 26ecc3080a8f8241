/** Messages enter the queue in the transaction of what they tell: either both happened, or neither. */
import { sql } from 'kysely';
import { newId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import { writeLetter } from './letters.server.ts';
import type { LetterValues } from './letter.ts';
import type { OutgoingMessage, Recipient, Topic } from './model.ts';

/** Queues messages, in one statement. Give it the transaction of their cause. */
export async function queueMessages(tx: Db, messages: readonly OutgoingMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map((m) => ({
    id: newId(), recipient_id: m.recipient.accountId, recipient_email: m.recipient.email, subject: m.subject, body: m.body, topic: m.topic,
    structure_id: m.structureId ?? null, campaign_year: m.campaignYear ?? null, secret: m.secret ?? null,
  }));
  await sql`
    insert into notification.message (id, recipient_id, recipient_email, subject, body, topic, structure_id, campaign_year, secret)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as m(id uuid, recipient_id uuid, recipient_email text, subject text, body text, topic text, structure_id uuid, campaign_year int, secret text)`.execute(tx);
}

/** Queues one letter of `content/messages/` to several people; `{{person}}` is each one's name. */
export async function queueLetter(
  tx: Db,
  letter: { readonly name: string; readonly topic: Topic; readonly values: LetterValues; readonly structureId?: string; readonly campaignYear?: number; readonly secret?: string },
  recipients: readonly Recipient[],
): Promise<void> {
  await queueMessages(tx, recipients.map((recipient) => ({
    recipient, topic: letter.topic, structureId: letter.structureId, campaignYear: letter.campaignYear, secret: letter.secret,
    ...writeLetter(letter.name, { ...letter.values, person: recipient.displayName }),
  })));
}
