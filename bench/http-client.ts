/** A small HTTP client with kept connections, for loads that must not measure the client. */
import http from 'node:http';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** `connections` sockets at most, kept open. */
export function httpClient(base: string, connections: number): { readonly send: (method: string, path: string, headers?: http.OutgoingHttpHeaders, body?: string) => Promise<Reply>; readonly close: () => void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
  const { hostname, port } = new URL(base);
  return {
    send: (method, path, headers = {}, body = '') =>
      new Promise((resolve, reject) => {
        const request = http.request({ agent, hostname, port, method, path, headers: body ? { ...headers, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } : headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
          response.on('error', reject);
          response.on('aborted', () => reject(new Error('the answer was cut')));
        });
        request.on('error', reject);
        request.end(body || undefined);
      }),
    close: () => agent.destroy(),
  };
}
