import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MailServer, openMailServer } from '../../../tests/support/mail-server.ts';
import { smtpTransport } from './index.server.ts';

let server: MailServer;
let url: string;
let taken: readonly string[];

beforeAll(async () => {
  server = await openMailServer();
  ({ url, taken } = server);
});
afterAll(() => server.close());

describe('mail', () => {
  it('needs a server in the settings', () => {
    expect(smtpTransport({})).toBeUndefined();
  });

  it('leaves with its subject, its words and the identity of its message', async () => {
    const send = smtpTransport({ SENACS_SMTP_URL: url, SENACS_MAIL_FROM: 'SENACS <senacs@exemple.fr>' })!;
    await send({ messageId: '<0193@senacs>', to: 'direction@exemple.fr', subject: 'SENACS 2026', text: 'Bonjour Camille,\n\nUne question.' });
    expect(taken).toHaveLength(1);
    expect(taken[0]).toMatch(/^Message-ID: <0193@senacs>$/im);
    expect(taken[0]).toMatch(/^To: direction@exemple\.fr$/im);
    expect(taken[0]).toContain('Une question.');
  });
});
