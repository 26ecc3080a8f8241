/** Collective sessions of a territory (R50): those that exist, and a form to open one. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/sessions';
import { acceptsEntry } from '../../domains/campaign/index.ts';
import { sessionOpen } from '../../domains/entry/index.ts';
import { centresToInvite, openGroupSession, sessionsOfTerritory } from '../../domains/entry/index.server.ts';
import { formatDate, parisDay } from '../../kernel/french-date.ts';
import { counted } from '../../kernel/french-words.ts';
import { readForm, requireUuid, textsOf, unknownAct } from '../form-values.ts';
import { Badge, Empty, Field, Page, Section } from '../ui/page.tsx';
import { ChooseCentres } from './centre-choice.tsx';
import { followedTerritory } from './followed-territory.server.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `Sessions collectives · ${loaderData?.name ?? ''} ${loaderData?.year ?? ''} · Suivi · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, year, phase } = await followedTerritory(context, request, params);
  const entering = acceptsEntry(phase.state);
  return {
    year, territory: params.territory, name: phase.name, entering, today: parisDay(new Date()), candidates: entering ? await centresToInvite(db, year, params.territory) : [],
    sessions: (await sessionsOfTerritory(db, year, params.territory)).map((s) => ({ ...s, open: sessionOpen(s, phase.state) })),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, year } = await followedTerritory(context, request, params);
  const form = await readForm(request);
  const text = textsOf(form);
  if (text('intention') !== 'ouvrir') throw unknownAct();
  const given = { title: text('titre'), heldOn: text('jour'), centres: form.getAll('structure').map((id) => requireUuid(id)) };
  const done = await openGroupSession(db, actor, { year, territory: params.territory, ...given }, parisDay(new Date()));
  if (!done.ok) return data({ error: done.error.message, ...given }, { status: 422 });
  throw redirect(`/suivi/${params.territory}/${year}/sessions/${done.value.sessionId}?fait=ouverte`, 303);
}

export default function Sessions({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  const here = `/suivi/${d.territory}/${d.year}`;
  return (
    <Page
      title="Sessions collectives" level="department" lead={`${d.name}, campagne ${d.year}. Réunir des centres pour remplir ensemble : chacun le sien, les questions posées reçoivent une réponse dite à tous.`}
      crumbs={[{ label: 'Suivi', to: `/suivi?annee=${d.year}` }, { label: `${d.name} ${d.year}`, to: here }, { label: 'Sessions' }]}
    >
      {d.sessions.length === 0 && (
        <Empty>
          <p>Aucune session dans ce territoire pour cette campagne.</p>
        </Empty>
      )}
      {d.sessions.length > 0 && (
        <ul className="stack">
          {d.sessions.map((s) => (
            <li key={s.id}>
              <a href={`${here}/sessions/${s.id}`}>{s.title}</a>, {formatDate(s.heldOn)}, {counted(s.centres, 'centre invité', 'centres invités')}
              {s.waiting > 0 && `, ${counted(s.waiting, 'question à traiter', 'questions à traiter')}`} <Badge tone={s.open ? 'accent' : undefined}>{s.open ? 'Ouverte' : 'Close'}</Badge>
            </li>
          ))}
        </ul>
      )}
      <Section title="Ouvrir une session" id="ouvrir">
        {!d.entering ? (
          <p className="soft">La saisie n’est pas ouverte dans ce territoire&nbsp;: une session collective s’ouvre pendant la saisie.</p>
        ) : d.candidates.length === 0 ? (
          <p className="soft">Aucune structure n’est en saisie&nbsp;: il n’y a personne à inviter.</p>
        ) : (
          <form method="post" className="stack">
            <Field id="titre" label="Titre" help="Ce que les centres liront : « Session d’Arras », « Nouveaux directeurs »." error={failed?.error}>
              {(aria) => <input {...aria} name="titre" type="text" maxLength={120} autoComplete="off" defaultValue={failed?.title} />}
            </Field>
            <Field id="jour" label="Jour">
              {(aria) => <input {...aria} name="jour" type="date" min={d.today} required defaultValue={failed?.heldOn} />}
            </Field>
            <ChooseCentres centres={d.candidates} chosen={failed?.centres ?? []} />
            <p>
              <button className="button" name="intention" value="ouvrir">
                Ouvrir et inviter
              </button>
            </p>
          </form>
        )}
      </Section>
    </Page>
  );
}
