/**
 * What every loader and action finds in its context: the services made by the composition root, and who is asking.
 * Usage in a route: `const { db } = services(context); const me = requireActor(context);`
 */
import { createContext, redirect, type RouterContextProvider } from 'react-router';
import type { Actor } from '../domains/access/index.ts';
import type { Services } from '../services.server.ts';

export const servicesContext = createContext<Services>();
export const actorContext = createContext<Actor | undefined>(undefined);
export const requestIdContext = createContext<string>('-');

type Context = Readonly<RouterContextProvider>;

export const services = (context: Context): Services => context.get(servicesContext);
export const currentActor = (context: Context): Actor | undefined => context.get(actorContext);

/** The person signed in, or a redirection to the sign-in page that comes back here. */
export function requireActor(context: Context, request: Request): Actor {
  const actor = context.get(actorContext);
  const url = new URL(request.url);
  if (!actor) throw redirect(`/connexion?retour=${encodeURIComponent(url.pathname + url.search)}`);
  if (!actor.charterAccepted && url.pathname !== '/charte/accepter') throw redirect(`/charte/accepter?retour=${encodeURIComponent(url.pathname + url.search)}`);
  return actor;
}

/** A refusal as one calm page, with its status (403, 404, 409…) and the sentence that says what to do. */
export const refusal = (message: string, status = 403): Response => Response.json({ message }, { status, statusText: 'refused' });

/** What the page to render refuses, when it is no page but a refusal. */
export interface RefusedRequest {
  readonly status: number;
  /** The sentence that says what to do; null: the general one. */
  readonly message: string | null;
}
/** Set by the server when it has refused the request before any page. */
export const refusedContext = createContext<RefusedRequest | undefined>(undefined);
/** Renders the calm page of a refusal for the request under way. */
export const refusalPageContext = createContext<(refused: RefusedRequest) => Promise<Response>>();

/** Nonce of the page's own scripts, for its content security policy. */
export const nonceContext = createContext<string>('');
