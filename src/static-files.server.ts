/**
 * The files of the built pages (scripts, styles, fonts, icon), compressed once at the build (`scripts/compress.ts`): a slow line gets a quarter of them,
 * and no request pays for it. Names under `/assets/` carry the hash of their content and never change; the others are told apart by their ETag.
 */
import { createReadStream, type Stats, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { codingFor } from './web/compression.server.ts';

const TYPES: { readonly [extension: string]: string } = {
  '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.woff2': 'font/woff2', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8',
};
/** Codings that may lie beside a file, with the ending that they add to its name. */
const ENDINGS = { br: '.br', gzip: '.gz' } as const;

/** Sends the file of `folder` that the address names, or 404. */
export function sendFile(folder: string, pathname: string, request: IncomingMessage, response: ServerResponse): void {
  const file = fileWithin(folder, pathname);
  const plain = file === undefined || Object.values(ENDINGS).some((ending) => file.endsWith(ending)) ? undefined : regular(file);
  if (file === undefined || !plain) {
    response.writeHead(404);
    return void response.end();
  }
  const coding = codingFor(request.headers['accept-encoding']);
  const packed = coding && regular(file + ENDINGS[coding]);
  const sent = packed ? { path: file + ENDINGS[coding], stat: packed } : { path: file, stat: plain };
  const tag = `"${plain.size.toString(36)}-${Math.round(plain.mtimeMs).toString(36)}${packed ? `-${coding}` : ''}"`;
  const headers = {
    ETag: tag,
    'Cache-Control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    Vary: 'Accept-Encoding',
  };
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers);
    return void response.end();
  }
  response.writeHead(200, { ...headers, 'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'Content-Length': sent.stat.size, ...(packed ? { 'Content-Encoding': coding } : {}) });
  if (request.method === 'HEAD') return void response.end();
  createReadStream(sent.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

const regular = (file: string): Stats | undefined => {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? stat : undefined;
};

/** The file that an address names inside the folder; undefined when it is ill-written or leads outside. */
function fileWithin(folder: string, pathname: string): string | undefined {
  try {
    const name = decodeURIComponent(pathname);
    const file = path.join(folder, path.normalize(name));
    return !name.includes('\0') && file.startsWith(folder + path.sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
