/** Who one is here and what for: mandates and the rooms they open, letters received. */
import type { Route } from './+types/my-space';
import { messagesOf } from '../../domains/notification/index.server.ts';
import { navigationOf } from '../navigation.ts';
import { requireActor, services } from '../request-context.ts';
import { ROLE_LABELS } from '../../domains/access/index.ts';
import { Empty, Page, Section } from '../ui/page.tsx';
import { formatDate } from '../../kernel/french-date.ts';

export const meta: Route.MetaFunction = () => [{ title: 'Mon espace · SENACS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const actor = requireActor(context, request);
  return { name: actor.displayName, mandates: actor.mandates, rooms: navigationOf(actor), messages: await messagesOf(services(context).db, actor.accountId) };
}

export default function MySpace({ loaderData }: Route.ComponentProps) {
  const { name, mandates, rooms, messages } = loaderData;
  return (
    <Page title={name} lead={mandates.map((m) => ROLE_LABELS[m.role]).join(', ')}>
      <Section title="Vos rubriques" id="rubriques">
        <ul>
          {rooms.map((room) => (
            <li key={room.to}>
              <a href={room.to}>{room.label}</a>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Vos messages" id="messages">
        {messages.length === 0 ? (
          <Empty>
            <p>Aucun message pour l’instant. Les demandes de correction et les validations vous seront annoncées ici.</p>
          </Empty>
        ) : (
          <ul className="stack" style={{ listStyle: 'none', padding: 0 }}>
            {messages.map((message) => (
              <li key={message.id}>
                <h3>{message.subject}</h3>
                <p className="soft small">{formatDate(message.createdAt)}</p>
                <p style={{ whiteSpace: 'pre-line' }}>{message.body}</p>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}
