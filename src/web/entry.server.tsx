/** Renders a page whole: loaders have everything, nothing is streamed late, so the first byte is the page. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { renderToReadableStream, renderToString } from 'react-dom/server';
import { type EntryContext, ServerRouter } from 'react-router';
import { nonceContext } from './request-context.ts';
import type { RouterContextProvider } from 'react-router';

const compress = promisify<string, { level: number }, Buffer>(gzip);

export default async function handleRequest(request: Request, status: number, headers: Headers, entry: EntryContext, context: RouterContextProvider): Promise<Response> {
  const nonce = context.get(nonceContext);
  const page = <ServerRouter context={entry} url={request.url} nonce={nonce} />;
  headers.set('Content-Type', 'text/html; charset=utf-8');
  if (!hasScript(entry)) return packed(request, `<!doctype html>${renderToString(page)}`, status, headers);
  // The data that a page hands to its script goes through React's stream, which is waited for to its end.
  const stream = await renderToReadableStream(page, { nonce });
  await stream.allReady;
  return packed(request, await new Response(stream).text(), status, headers);
}

/** Pages travel compressed: a slow line gets a fifth of them. */
async function packed(request: Request, html: string, status: number, headers: Headers): Promise<Response> {
  headers.append('Vary', 'Accept-Encoding');
  if (!/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) return new Response(html, { status, headers });
  headers.set('Content-Encoding', 'gzip');
  return new Response(await compress(html, { level: 5 }) as Uint8Array<ArrayBuffer>, { status, headers });
}

const hasScript = (entry: EntryContext): boolean =>
  entry.staticHandlerContext.matches.some((match) => (entry.routeModules[match.route.id]?.handle as { script?: boolean } | undefined)?.script === true);

/** The server logs failures itself, with the request's identifier and never an answer. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  process.emit('senacs:failure' as never, error as never);
}
