/**
 * The frame of every page. A page is whole as it arrives, forms post and links lead; it ships no script unless it holds an island (`island.tsx`).
 */
import type { ReactNode } from 'react';
import { isRouteErrorResponse, Links, Meta, Outlet, useRouteError, useRouteLoaderData } from 'react-router';
import type { Route } from './+types/root';
import { unreadCount } from '../domains/notification/index.server.ts';
import { currentActor, requestIdContext, services } from './request-context.ts';
import { navigationOf } from './navigation.ts';
import { refusalsAsPages } from './refusals-as-pages.server.ts';
import './styles/app.css';

export const middleware: Route.MiddlewareFunction[] = [refusalsAsPages];

export async function loader({ context }: Route.LoaderArgs) {
  const actor = currentActor(context);
  const { db, demonstration } = services(context);
  return {
    demonstration,
    unread: actor ? await unreadCount(db, actor.accountId) : 0,
    name: actor?.displayName ?? null,
    navigation: navigationOf(actor),
    request: context.get(requestIdContext),
  };
}

export const meta: Route.MetaFunction = () => [{ title: 'SENACS' }];

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>('root');
  return (
    <html lang="fr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        <a className="skip" href="#contenu">
          Aller au contenu
        </a>
        {data?.demonstration && (
          <aside className="demo-banner" aria-label="Démonstration">
            Démonstration : toutes les réponses sont des données fictives.
          </aside>
        )}
        <header className="site-head">
          <div>
            <a className="brand" href="/">
              SENACS<small>Observatoire des centres sociaux</small>
            </a>
            <nav aria-label="Navigation principale" style={{ marginInlineStart: 'auto' }}>
              <ul className="site-nav">
                {data?.navigation.map((item) => (
                  <li key={item.to}>
                    <a href={item.to}>
                      {item.label}
                      {item.to === '/messages' && data.unread > 0 && (
                        <>
                          {' '}
                          ({data.unread}
                          <span className="visually-hidden">{data.unread > 1 ? ' non lus' : ' non lu'}</span>)
                        </>
                      )}
                    </a>
                  </li>
                ))}
                {data?.name ? (
                  <li>
                    <form method="post" action="/deconnexion" className="row" style={{ gap: '0.6rem' }}>
                      <span className="soft small">{data.name}</span>
                      <button className="link-button">Se déconnecter</button>
                    </form>
                  </li>
                ) : (
                  <li>
                    <a href="/connexion">Se connecter</a>
                  </li>
                )}
              </ul>
            </nav>
          </div>
        </header>
        {children}
        <footer className="site-foot">
          <div>
            <span>SENACS, Système d’échanges national des centres sociaux · copiloté par la Cnaf et la FCSF</span>
            <a href="/charte">Charte d’utilisation des données</a>
          </div>
        </footer>
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** What went wrong, calmly: a refusal says its sentence; anything else is one page, its detail is in the log only. */
export function ErrorBoundary() {
  const error = useRouteError();
  const refused = isRouteErrorResponse(error);
  const message = refused ? ((error.data as { message?: string } | null)?.message ?? null) : null;
  const request = useRouteLoaderData<typeof loader>('root')?.request;
  const title = refused && error.status === 404 ? 'Page introuvable' : refused && error.status < 500 ? 'Cette page ne peut pas s’ouvrir' : 'Une erreur est survenue';
  return (
    <main id="contenu" className="page narrow" tabIndex={-1}>
      <h1>{title}</h1>
      <p className="lead">
        {message ?? (refused && error.status === 404 ? 'L’adresse demandée n’existe pas ou n’existe plus.' : 'Ce que vous aviez enregistré est conservé. Réessayez dans un instant ; si cela se répète, prévenez votre correspondant.')}
      </p>
      {!refused && request && <p className="soft small">Référence pour l’équipe nationale&nbsp;: {request}</p>}
      <p>
        <a className="button" href="/">
          Revenir à l’accueil
        </a>
      </p>
    </main>
  );
}
