/** The people who answer for a structure, for its correspondents: a lost mailbox is recovered here, by either of them. */
import { data } from 'react-router';
import type { Route } from './+types/people';
import { DUTY_LABELS } from '../../domains/access/index.ts';
import { agentOf, directionOf } from '../../domains/access/index.server.ts';
import { nameAgent, readResponse, recoverMailbox } from '../../domains/entry/index.server.ts';
import { structureAt } from '../../domains/registry/index.server.ts';
import { isUuid, type AccountId, type ResponseId } from '../../kernel/identifier.ts';
import { readForm, requireUuid, textsOf, unknownAct } from '../form-values.ts';
import { refusal, services } from '../request-context.ts';
import { Badge, Empty, Field, Notice, Page, Section } from '../ui/page.tsx';
import { followedTerritory } from './followed-territory.server.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `Personnes · ${loaderData?.name ?? ''} · SENACS` }];

async function openPeople(context: Route.LoaderArgs['context'], request: Request, params: Route.LoaderArgs['params']) {
  const followed = await followedTerritory(context, request, params);
  const view = isUuid(params.responseId) ? await readResponse(followed.db, params.responseId as ResponseId) : undefined;
  if (!view || view.territoryCode !== params.territory || view.campaignYear !== followed.year) throw refusal('Cette réponse n’est pas de ce territoire : revenez à la liste.', 404);
  return { ...followed, view };
}

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, year, phase, view } = await openPeople(context, request, params);
  const body = (await structureAt(db, view.structureId))?.managingBody ?? null;
  return { body: body && { name: body.name, agent: (await agentOf(db, body.id)) ?? null }, territory: params.territory, year, territoryName: phase.name, responseId: view.id, name: view.structureName, kind: view.structureKind, people: await directionOf(db, view.structureId) };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, view } = await openPeople(context, request, params);
  const form = await readForm(request);
  const text = textsOf(form);
  const linkOf = (token: string): string => `${services(context).publicUrl}/invitation/${token}`;
  if (text('intent') === 'agent') {
    const named = { name: text('nom'), email: text('adresse') };
    const done = await nameAgent(db, actor, { structureId: view.structureId, ...named }, linkOf);
    if (!done.ok) return data({ refused: done.error.message, ...named }, { status: 422 });
    return data({ done: `${named.name} représente le gestionnaire : une lettre part à ${done.value.email}.` });
  }
  if (text('intent') !== 'address') throw unknownAct();
  const accountId = requireUuid(form.get('compte')) as AccountId;
  const done = await recoverMailbox(db, actor, { structureId: view.structureId, accountId, email: text('adresse') }, linkOf);
  if (!done.ok) return data({ error: done.error.message, accountId, email: text('adresse') }, { status: 422 });
  return data({ done: `Une invitation part à ${done.value.email}. L’autre correspondant et l’ancienne adresse sont prévenus.` });
}

export default function People({ loaderData: d, actionData }: Route.ComponentProps) {
  const failed = actionData && 'error' in actionData ? actionData : undefined;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <Page
      title="Personnes de la structure" level="department" lead={`${d.name}, ${d.kind}`}
      crumbs={[{ label: 'Suivi', to: `/suivi?annee=${d.year}` }, { label: `${d.territoryName}, campagne ${d.year}`, to: `/suivi/${d.territory}/${d.year}` }, { label: d.name, to: `/suivi/${d.territory}/${d.year}/${d.responseId}` }, { label: 'Personnes' }]}
    >
      {actionData && 'done' in actionData && (
        <Notice tone="good" status>
          <p>{actionData.done}</p>
        </Notice>
      )}
      {d.people.length === 0 && (
        <Empty>
          <p>Personne ne répond encore de cette structure. Demandez au bureau national du projet d’ouvrir un compte à sa direction.</p>
        </Empty>
      )}
      {d.people.map((p) => (
        <Section key={`${p.accountId} ${p.duty}`} title={p.name} id={`p-${p.accountId}-${p.duty ?? 'direction'}`}>
          <p>
            {p.duty ? DUTY_LABELS[p.duty] : 'direction'}, {p.email} {!p.opened && <Badge tone="warn">N’a pas encore choisi de mot de passe</Badge>}
          </p>
          <details open={failed?.accountId === p.accountId}>
            <summary>
              Boîte perdue : donner une autre adresse<span className="visually-hidden"> à {p.name}</span>
            </summary>
            <form method="post" className="stack">
              <input type="hidden" name="compte" value={p.accountId} />
              <Field id={`adresse-${p.accountId}-${p.duty ?? 'direction'}`} label="Nouvelle adresse" help="Vérifiez-la de vive voix avec la personne : qui lit cette boîte répondra pour la structure. L’ancienne adresse et les sessions ouvertes ne valent plus rien." error={failed?.accountId === p.accountId ? failed.error : undefined}>
                {(aria) => <input {...aria} name="adresse" type="email" required maxLength={254} autoComplete="off" defaultValue={failed?.accountId === p.accountId ? failed.email : ''} />}
              </Field>
              <button className="button" name="intent" value="address">
                Changer l’adresse et inviter
              </button>
            </form>
          </details>
        </Section>
      ))}
      <Section title="Gestionnaire" id="gestionnaire">
        {d.body ? (
          <>
            <p>
              {d.body.name}. {d.body.agent ? `Représenté par ${d.body.agent.name}, ${d.body.agent.email}.` : 'Personne ne le représente encore.'} {d.body.agent && !d.body.agent.opened && <Badge tone="warn">N’a pas encore choisi de mot de passe</Badge>}
            </p>
            <details open={refused !== undefined}>
              <summary>{d.body.agent ? 'Nommer une autre personne' : 'Nommer une personne du gestionnaire'}</summary>
              <form method="post" className="stack">
                <p className="help">Elle donnera une fois, pour toutes les structures de ce gestionnaire, ce qui vaut pour chacune : statut, instances, réunions, convention collective. Chaque structure relit. Elle ne verra aucune réponse.</p>
                <Field id="agent-nom" label="Prénom et nom">
                  {(aria) => <input {...aria} name="nom" type="text" required maxLength={80} autoComplete="off" defaultValue={refused?.name ?? ''} />}
                </Field>
                <Field id="agent-adresse" label="Adresse électronique" error={refused?.refused}>
                  {(aria) => <input {...aria} name="adresse" type="email" required maxLength={254} autoComplete="off" defaultValue={refused?.email ?? ''} />}
                </Field>
                <button className="button" name="intent" value="agent">
                  Nommer et inviter
                </button>
              </form>
            </details>
          </>
        ) : (
          <p>Le répertoire ne connaît pas le gestionnaire de cette structure.</p>
        )}
      </Section>
    </Page>
  );
}
