/** Renders a page whole: loaders have everything, nothing is streamed late, so the first byte is the page. */
import { renderToReadableStream, renderToString } from 'react-dom/server';
import { type EntryContext, ServerRouter } from 'react-router';
import { compressedResponse } from './compression.server.ts';
import { nonceContext } from './request-context.ts';
import type { RouterContextProvider } from 'react-router';

export default async function handleRequest(request: Request, status: number, headers: Headers, entry: EntryContext, context: RouterContextProvider): Promise<Response> {
  const nonce = context.get(nonceContext);
  const page = <ServerRouter context={entry} url={request.url} nonce={nonce} />;
  headers.set('Content-Type', 'text/html; charset=utf-8');
  if (!hasScript(entry)) return compressedResponse(request, `<!doctype html>${renderToString(page)}`, { status, headers });
  // The data that a page hands to its script goes through React's stream, which is waited for to its end.
  const stream = await renderToReadableStream(page, { nonce });
  await stream.allReady;
  return compressedResponse(request, scriptsLast(await new Response(stream).text()), { status, headers });
}

/**
 * React puts what announces the scripts at the head of the page, before its styles, and browsers ask for both in that order: on a slow line the page
 * stays white until the scripts have come. They are announced at the end instead, and give way.
 */
function scriptsLast(html: string): string {
  const announced: string[] = [];
  const without = html.replace(/<link rel="modulepreload"[^>]*>/g, (link) => {
    announced.push(link.replace('<link ', '<link fetchpriority="low" '));
    return '';
  });
  const end = without.lastIndexOf('</body>');
  return without.slice(0, end) + announced.join('') + without.slice(end);
}

const hasScript = (entry: EntryContext): boolean =>
  entry.staticHandlerContext.matches.some((match) => (entry.routeModules[match.route.id]?.handle as { script?: boolean } | undefined)?.script === true);

/** The server logs failures itself, with the request's identifier and never an answer. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  process.emit('senacs:failure' as never, error as never);
}
