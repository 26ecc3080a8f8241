/** Who one is here and what for: mandates and the rooms they open, the latest letters. */
import type { Route } from './+types/my-space';
import { bodiesOf, ownStructures, proposesChanges, ROLE_LABELS } from '../../domains/access/index.ts';
import { managingBodyName, namesOfStructures } from '../../domains/entry/index.server.ts';
import { messagesOf, unreadCount } from '../../domains/notification/index.server.ts';
import { territoriesByCode } from '../../domains/registry/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { counted } from '../../kernel/french-words.ts';
import { navigationOf } from '../navigation.ts';
import { requireActor, services } from '../request-context.ts';
import { Badge, Empty, Page, Section } from '../ui/page.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Mon espace · SENACS' }];

const LATEST = 3;

export async function loader({ context, request }: Route.LoaderArgs) {
  const actor = requireActor(context, request);
  const { db } = services(context);
  const structures = new Map((await namesOfStructures(db, ownStructures(actor))).map((s) => [s.structureId as string, s.name]));
  const bodies = new Map<string | null | undefined, string | undefined>(await Promise.all(bodiesOf(actor).map(async (id) => [id, await managingBodyName(db, id)] as const)));
  const territories = await territoriesByCode(db, actor.mandates.flatMap((m) => m.territoryCode ?? []));
  const messages = await messagesOf(db, actor.accountId);
  return {
    name: actor.displayName, rooms: [...navigationOf(actor), ...(proposesChanges(actor) ? [{ to: '/propositions', label: 'Proposer un changement du questionnaire' }] : [])],
    mandates: actor.mandates.map((m) => ({ role: ROLE_LABELS[m.role], place: (m.structureId ? structures.get(m.structureId) : m.territoryCode ? territories.get(m.territoryCode)?.name : bodies.get(m.managingBodyId)) ?? null })),
    messages: messages.slice(0, LATEST).map(({ id, subject, createdAt, readAt }) => ({ id, subject, createdAt, unread: readAt === null })), total: messages.length, unread: await unreadCount(db, actor.accountId),
  };
}

export default function MySpace({ loaderData: d }: Route.ComponentProps) {
  return (
    <Page title={d.name}>
      <Section title={d.mandates.length > 1 ? 'Vos mandats' : 'Votre mandat'} id="mandats">
        <ul>
          {d.mandates.map((m) => (
            <li key={`${m.role} ${m.place}`}>
              {m.role}
              {m.place && `, ${m.place}`}
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Vos rubriques" id="rubriques">
        <ul>
          {d.rooms.map((room) => (
            <li key={room.to}>
              <a href={room.to}>{room.label}</a>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Vos derniers messages" id="messages">
        {d.total === 0 ? (
          <Empty>
            <p>Aucun message pour l’instant. Les demandes de correction et les validations vous seront annoncées ici.</p>
          </Empty>
        ) : (
          <>
            <ul className="stack" style={{ listStyle: 'none', padding: 0 }}>
              {d.messages.map((m) => (
                <li key={m.id}>
                  <a href={`/messages#m-${m.id}`}>{m.subject}</a> {m.unread && <Badge tone="accent">Non lu</Badge>}
                  <br />
                  <time className="soft small" dateTime={m.createdAt}>
                    {formatDate(m.createdAt)}
                  </time>
                </li>
              ))}
            </ul>
            <p>
              <a href="/messages">
                Lire vos messages ({d.unread > 0 ? counted(d.unread, 'non lu', 'non lus') : 'tous lus'})
              </a>
            </p>
          </>
        )}
      </Section>
    </Page>
  );
}
