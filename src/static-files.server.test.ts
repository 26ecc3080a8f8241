import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressFolder } from '../scripts/compress.ts';
import { sendFile } from './static-files.server.ts';

const STYLE = '.a { color: red }\n'.repeat(200);

describe('a static file', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'senacs-static-'));
  const server = http.createServer((request, response) => sendFile(folder, request.url!, request, response));
  beforeAll(async () => {
    mkdirSync(path.join(folder, 'assets'));
    writeFileSync(path.join(folder, 'assets', 'a-123.css'), STYLE);
    writeFileSync(path.join(folder, 'assets', 'short.js'), 'x');
    writeFileSync(path.join(folder, 'assets', 'f.woff2'), Buffer.from([1, 2, 3]));
    writeFileSync(path.join(folder, 'favicon.svg'), `<svg>${' '.repeat(500)}</svg>`);
    compressFolder(folder);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** The bytes as they travel: `fetch` would decode them. */
  const get = (address: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET'): Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }> =>
    new Promise((resolve, reject) => {
      http.request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path: address, headers, method }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => void parts.push(part)).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) }));
      }).on('error', reject).end();
    });

  it('travels in the best form that the browser takes, and caches are told that there are several', async () => {
    const best = await get('/assets/a-123.css', { 'accept-encoding': 'gzip, deflate, br, zstd' });
    expect(best.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding', 'content-type': 'text/css; charset=utf-8', 'content-length': String(best.body.length), 'cache-control': 'public, max-age=31536000, immutable' });
    expect([brotliDecompressSync(best.body).toString(), best.body.length < STYLE.length / 10]).toEqual([STYLE, true]);
    const older = await get('/assets/a-123.css', { 'accept-encoding': 'gzip, br;q=0' });
    expect([older.headers['content-encoding'], gunzipSync(older.body).toString()]).toEqual(['gzip', STYLE]);
    const bare = await get('/assets/a-123.css');
    expect([bare.headers['content-encoding'], bare.headers.vary, bare.body.toString()]).toEqual([undefined, 'Accept-Encoding', STYLE]);
    expect(new Set([best, older, bare].map((one) => one.headers.etag)).size).toBe(3);
  });

  it('travels as it is when nothing would be gained', async () => {
    for (const address of ['/assets/short.js', '/assets/f.woff2']) {
      // oxlint-disable-next-line no-await-in-loop -- two
      const { status, headers } = await get(address, { 'accept-encoding': 'br, gzip' });
      expect([status, headers['content-encoding']]).toEqual([200, undefined]);
    }
  });

  it('is not sent again to who has it', async () => {
    const first = await get('/favicon.svg', { 'accept-encoding': 'br' });
    const again = await get('/favicon.svg', { 'accept-encoding': 'br', 'if-none-match': first.headers.etag });
    expect([again.status, again.body.length, again.headers.etag, again.headers.vary]).toEqual([304, 0, first.headers.etag, 'Accept-Encoding']);
    expect((await get('/favicon.svg', { 'if-none-match': first.headers.etag })).status).toBe(200);
    expect((await get('/favicon.svg', { 'accept-encoding': 'br' }, 'HEAD')).headers['content-length']).toBe(String(first.body.length));
  });

  it('is one of the folder, by its own name', async () => {
    for (const address of ['/assets/a-123.css.br', '/assets/none.css', '/assets/', '/..%2f..%2fetc/passwd', '/assets/%00', '/%E0%A4%A'])
      // oxlint-disable-next-line no-await-in-loop -- a few
      expect((await get(address)).status, address).toBe(404);
  });
});
