import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smtpTransport } from './index.server.ts';

/** A mail server just large enough to take one letter and keep its text. */
let server: net.Server;
let url: string;
const taken: string[] = [];

beforeAll(async () => {
  server = net.createServer((socket) => {
    let inLetter = false;
    let text = '';
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      text += chunk.toString();
      for (;;) {
        const end = inLetter ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
        if (end < 0) return;
        const part = text.slice(0, end);
        text = text.slice(end + (inLetter ? 5 : 2));
        if (inLetter) {
          taken.push(part);
          inLetter = false;
          socket.write('250 kept\r\n');
        } else if (part === 'DATA') {
          inLetter = true;
          socket.write('354 go on\r\n');
        } else socket.write(part === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  url = `smtp://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
});
afterAll(() => void server.close());

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
