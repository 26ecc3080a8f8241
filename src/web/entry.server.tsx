/** Renders a page whole: loaders have everything, nothing is streamed late, so the first byte is the page. */
import { renderToReadableStream, renderToString } from 'react-dom/server';
import { type EntryContext, ServerRouter } from 'react-router';
import { nonceContext } from './request-context.ts';
import type { RouterContextProvider } from 'react-router';

export default async function handleRequest(request: Request, status: number, headers: Headers, entry: EntryContext, context: RouterContextProvider): Promise<Response> {
  const nonce = context.get(nonceContext);
  const page = <ServerRouter context={entry} url={request.url} nonce={nonce} />;
  headers.set('Content-Type', 'text/html; charset=utf-8');
  if (!hasScript(entry)) return new Response(`<!doctype html>${renderToString(page)}`, { status, headers });
  // The data that a page hands to its script goes through React's stream, which is waited for to its end.
  const stream = await renderToReadableStream(page, { nonce });
  await stream.allReady;
  return new Response(await new Response(stream).text(), { status, headers });
}

const hasScript = (entry: EntryContext): boolean =>
  entry.staticHandlerContext.matches.some((match) => (entry.routeModules[match.route.id]?.handle as { script?: boolean } | undefined)?.script === true);

/** The server logs failures itself, with the request's identifier and never an answer. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  process.emit('senacs:failure' as never, error as never);
}
