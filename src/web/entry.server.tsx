/** Renders a page whole: loaders have everything, nothing is streamed late, so the first byte is the page. A page with an island names the script. */
import { renderToString } from 'react-dom/server';
import { type EntryContext, type RouterContextProvider, ServerRouter } from 'react-router';
import { compressedResponse } from './compression.server.ts';
import { describeFailure } from '../platform/log.server.ts';
import { nonceContext, requestIdContext, services } from './request-context.ts';

export default async function handleRequest(request: Request, status: number, headers: Headers, entry: EntryContext, context: RouterContextProvider): Promise<Response> {
  headers.set('Content-Type', 'text/html; charset=utf-8');
  const page = renderToString(<ServerRouter context={entry} url={request.url} />);
  return compressedResponse(request, `<!doctype html>${page.includes(' data-island="') ? withScript(page, entry, context.get(nonceContext)) : page}`, { status, headers });
}

/**
 * The script and what it will ask for are announced at the end of the page, and give way: named at its head, before the styles, they would leave it
 * white on a slow line until they have come. `data-build` lets the page compare itself with what the server says later.
 */
function withScript(page: string, { manifest, staticHandlerContext }: EntryContext, nonce: string): string {
  // What the frame of every page imports too is the router's: no island asks for it.
  const frame = new Set(manifest.routes['root']?.imports);
  const routes = staticHandlerContext.matches.flatMap((match) => manifest.routes[match.route.id]?.imports ?? []).filter((file) => !frame.has(file));
  const announced = [...new Set([...manifest.entry.imports, ...routes])].map((file) => `<link rel="modulepreload" fetchpriority="low" href="${file}">`);
  const end = page.lastIndexOf('</body>');
  return `${page.slice(0, end)}${announced.join('')}<script type="module" nonce="${nonce}" fetchpriority="low" src="${manifest.entry.module}" data-build="${manifest.version}"></script>${page.slice(end)}`;
}

/** A page that failed is logged with the identifier of its request, which the page shows, and never with an answer. */
export function handleError(error: unknown, { request, context }: { readonly request: Request; readonly context: RouterContextProvider }): void {
  if (!request.signal.aborted) services(context).log('error', 'page.failed', { request: context.get(requestIdContext), ...describeFailure(error) });
}
