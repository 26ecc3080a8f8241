import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { newId, type AccountId } from '../../kernel/identifier.ts';
import { inTransaction, type Database } from '../../platform/database.server.ts';
import { deliverWaiting, markRead, messagesOf, queueMessages, unreadCount } from './index.server.ts';
import { fillLetter, parseLetter } from './index.ts';

let database: Database;
const account = newId<AccountId>();
const recipient = { accountId: account, email: 'directrice@exemple.fr', displayName: 'Directrice' };

beforeAll(async () => {
  database = await testDatabase();
  await sql`insert into access.account (id, email, display_name) values (${account}, ${recipient.email}, 'Directrice')`.execute(database.db);
});
afterAll(() => database.close());

describe('letters', () => {
  it('all begin with a subject and keep French typography', () => {
    const names = readdirSync('content/messages');
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const letter = parseLetter(readFileSync(`content/messages/${name}`, 'utf8'));
      expect(letter.body.length, name).toBeGreaterThan(40);
      expect(letter.subject + letter.body, name).not.toMatch(/ [:;?!»]|« |'/);
    }
  });
  it('refuse to leave with a hole in them', () => {
    expect(() => fillLetter({ subject: '{{year}}', body: '' }, {})).toThrow(/year/);
  });
});

describe('the queue', () => {
  it('forgets a message whose cause was undone', async () => {
    await inTransaction(database.db, async (tx) => {
      await queueMessages(tx, [{ recipient, subject: 'a', body: 'b', topic: 'validation' }]);
      throw new Error('undone');
    }).catch(() => {});
    expect(await messagesOf(database.db, account)).toEqual([]);
  });

  it('sends each message once, and keeps for later what the server refuses', async () => {
    await queueMessages(database.db, ['one', 'two'].map((subject) => ({ recipient, subject, body: 'b', topic: 'validation' as const })));
    const seen: string[] = [];
    const transport = async (mail: { subject: string }) => {
      if (mail.subject === 'two') throw new Error('mailbox full');
      seen.push(mail.subject);
    };
    expect(await deliverWaiting(database.db, transport)).toEqual({ sent: 1, failed: 1 });
    expect(await deliverWaiting(database.db, transport)).toEqual({ sent: 0, failed: 0 });
    expect(seen).toEqual(['one']);
    await sql`update notification.message set claimed_until = null where subject = 'two'`.execute(database.db);
    expect(await deliverWaiting(database.db, async () => {})).toEqual({ sent: 1, failed: 0 });
  });

  it('is read by its owner only', async () => {
    expect(await unreadCount(database.db, account)).toBe(2);
    await markRead(database.db, newId());
    expect(await unreadCount(database.db, account)).toBe(2);
    await markRead(database.db, account);
    expect(await unreadCount(database.db, account)).toBe(0);
  });

  it('never sends inside a transaction', async () => {
    await expect(inTransaction(database.db, (tx) => deliverWaiting(tx, async () => {}))).rejects.toThrow(/transaction/);
  });
});
