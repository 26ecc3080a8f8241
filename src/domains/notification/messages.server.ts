/** The messages of one person, as the application shows them: what was written by mail is also kept here. */
import { sql } from 'kysely';
import type { Db } from '../../platform/database.server.ts';
import type { ReceivedMessage } from './model.ts';

/** Latest first, 100 at most. */
export async function messagesOf(db: Db, accountId: string): Promise<ReceivedMessage[]> {
  const { rows } = await sql<ReceivedMessage>`
    select id, subject, body, topic, structure_id as "structureId", campaign_year as "campaignYear",
      created_at as "createdAt", read_at as "readAt", sent_at as "sentAt"
    from notification.message where recipient_id = ${accountId} order by created_at desc limit 100`.execute(db);
  return rows;
}

/** Number of messages not read yet. */
export async function unreadCount(db: Db, accountId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from notification.message where recipient_id = ${accountId} and read_at is null`.execute(db);
  return rows[0]!.n;
}

/** Marks one message as read, or all of them; another person's message is left as it is. */
export async function markRead(db: Db, accountId: string, messageId?: string): Promise<void> {
  await sql`update notification.message set read_at = now()
    where recipient_id = ${accountId} and read_at is null and (${messageId ?? null}::uuid is null or id = ${messageId ?? null}::uuid)`.execute(db);
}
