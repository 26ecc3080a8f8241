/** The letters that a person received: what leaves by mail is also kept here. */
import { redirect } from 'react-router';
import type { Route } from './+types/messages';
import { followedTerritories, ownStructures } from '../../domains/access/index.ts';
import { responsesOfStructures } from '../../domains/entry/index.server.ts';
import { markRead, messagesOf } from '../../domains/notification/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { unbrokenSigns } from '../../kernel/french-words.ts';
import { readForm, requireUuid } from '../form-values.ts';
import { requireActor, services } from '../request-context.ts';
import { Badge, Empty, Page } from '../ui/page.tsx';
import { letterLink } from './letter-link.ts';

export const meta: Route.MetaFunction = () => [{ title: 'Messages · SENACS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const actor = requireActor(context, request);
  const { db } = services(context);
  const places = { responses: await responsesOfStructures(db, ownStructures(actor)), followed: followedTerritories(actor) };
  return { messages: (await messagesOf(db, actor.accountId)).map((m) => ({ ...m, link: letterLink(m, places) ?? null })) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const actor = requireActor(context, request);
  const id = (await readForm(request)).get('message');
  // Without an identifier: all of them.
  await markRead(services(context).db, actor.accountId, id === null ? undefined : requireUuid(id, 'Ce message n’existe pas, ou plus : revenez à vos messages.'));
  return redirect('/messages', 303);
}

export default function Messages({ loaderData: { messages } }: Route.ComponentProps) {
  const unread = messages.filter((m) => m.readAt === null).length;
  return (
    <Page title="Messages" narrow lead={unread === 0 ? undefined : unread === 1 ? '1 message non lu.' : `${unread} messages non lus.`}>
      {messages.length === 0 && (
        <Empty>
          <p>Aucun message. Les demandes, réponses et validations qui vous concernent arriveront ici.</p>
        </Empty>
      )}
      {unread > 1 && (
        <form method="post">
          <button className="button quiet">Tout marquer comme lu</button>
        </form>
      )}
      {messages.map((m) => (
        <article key={m.id} className="section stack" aria-labelledby={`m-${m.id}`}>
          <h2 id={`m-${m.id}`}>{m.subject}</h2>
          <div className="row small soft">
            {m.readAt === null && <Badge tone="accent">Non lu</Badge>} <time dateTime={m.createdAt}>{formatDate(m.createdAt)}</time>
            {m.readAt === null && (
              <form method="post">
                <input type="hidden" name="message" value={m.id} />
                <button className="link-button">Marquer comme lu</button>
              </form>
            )}
          </div>
          <p style={{ whiteSpace: 'pre-line' }}>{unbrokenSigns(m.body)}</p>
          {m.link && (
            <p>
              <a className="button quiet" href={m.link.to}>
                {m.link.label}
              </a>
            </p>
          )}
        </article>
      ))}
    </Page>
  );
}
