/**
 * A file that is refused (a PDF, a table) is asked for by a person who clicked a link: the refusal comes as the same calm page as everywhere, with
 * its status and its sentence. Programs and scripts, which do not ask for a page, keep the bare answer.
 */
import type { RouterContextProvider } from 'react-router';
import { refusalPageContext } from './request-context.ts';

const asksForPage = (request: Request): boolean => request.headers.get('accept')?.includes('text/html') === true;
const isPage = (response: Response): boolean => response.headers.get('content-type')?.startsWith('text/html') === true;

export async function refusalsAsPages({ request, context }: { readonly request: Request; readonly context: Readonly<RouterContextProvider> }, next: () => Promise<Response>): Promise<Response> {
  const response = await next();
  if (response.status < 400 || isPage(response) || !asksForPage(request)) return response;
  const said = (await response.json().catch(() => undefined)) as { readonly message?: unknown } | undefined;
  return context.get(refusalPageContext)({ status: response.status, message: typeof said?.message === 'string' ? said.message : null });
}
