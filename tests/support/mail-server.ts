/** A mail server just large enough to take letters and keep their text. */
import net from 'node:net';

export interface MailServer {
  readonly url: string;
  /** Letters as they came, headers and encoding included. */
  readonly taken: readonly string[];
  readonly close: () => void;
}

export async function openMailServer(): Promise<MailServer> {
  const taken: string[] = [];
  const server = net.createServer((socket) => {
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
  return { url: `smtp://127.0.0.1:${(server.address() as net.AddressInfo).port}`, taken, close: () => void server.close() };
}
