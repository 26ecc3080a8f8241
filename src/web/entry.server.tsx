/** Renders a page whole: loaders have everything, nothing is streamed late, so the first byte is the page. */
import { renderToString } from 'react-dom/server';
import { type EntryContext, ServerRouter } from 'react-router';
import { nonceContext } from './request-context.ts';
import type { RouterContextProvider } from 'react-router';

export default function handleRequest(request: Request, status: number, headers: Headers, entry: EntryContext, context: RouterContextProvider): Response {
  const nonce = context.get(nonceContext);
  const html = renderToString(<ServerRouter context={entry} url={request.url} nonce={nonce} />);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  return new Response(`<!doctype html>${html}`, { status, headers });
}

/** The server logs failures itself, with the request's identifier and never an answer. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  process.emit('senacs:failure' as never, error as never);
}
