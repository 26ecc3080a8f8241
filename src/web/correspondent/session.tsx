/** One collective session, for the correspondents of its territory: how far each centre is, never what it answers; inviting more, closing. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/session';
import { sessionOpen, speaker } from '../../domains/entry/index.ts';
import { centresToInvite, closeGroupSession, inviteToGroupSession, readSessionView, toldIn } from '../../domains/entry/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { counted } from '../../kernel/french-words.ts';
import { dayOf } from '../centre/asked-note.tsx';
import { readForm, requireUuid, textsOf, unknownAct } from '../form-values.ts';
import { refusal } from '../request-context.ts';
import { Badge, Meter, Notice, Page, Section, TableFrame } from '../ui/page.tsx';
import { ChooseCentres } from './centre-choice.tsx';
import { followedTerritory } from './followed-territory.server.ts';
import styles from './questions.module.css';
import { ResponseBadge } from './state-badge.tsx';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `${loaderData?.session.title ?? 'Session'} · Suivi · SENACS` }];

async function openOne(context: Route.LoaderArgs['context'], request: Request, params: Route.LoaderArgs['params']) {
  const followed = await followedTerritory(context, request, params);
  const session = await readSessionView(followed.db, requireUuid(params.sessionId));
  if (!session || session.territory !== params.territory || session.year !== followed.year) throw refusal('Cette session n’est pas de ce territoire : revenez à la liste.', 404);
  return { ...followed, session, open: sessionOpen(session, followed.phase.state) };
}

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, actor, year, phase, session, open } = await openOne(context, request, params);
  return {
    year, territory: params.territory, name: phase.name, session, open, mine: session.openerId === actor.accountId, done: new URL(request.url).searchParams.get('fait'),
    candidates: open ? await centresToInvite(db, year, params.territory, session.id) : [],
    told: (await toldIn(db, [session.id])).map((t) => ({ question: `${t.quoted.code} ${t.quoted.label}`, asked: t.asked, answer: t.answer, by: `${speaker(t)}, le ${dayOf(t.at)}`, at: t.at })),
  };
}

const DONE: { readonly [done: string]: string } = { ouverte: 'La session est ouverte. Les centres invités ont reçu une lettre.', invites: 'Ces centres ont reçu une lettre.', close: 'La session est close. Ce qui y a été demandé recevra encore sa réponse, dite à tous.' };

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, year, session } = await openOne(context, request, params);
  const form = await readForm(request);
  const intent = textsOf(form)('intention');
  if (intent !== 'inviter' && intent !== 'clore') throw unknownAct();
  const done = intent === 'clore' ? await closeGroupSession(db, actor, session.id) : await inviteToGroupSession(db, actor, { sessionId: session.id, centres: form.getAll('structure').map((id) => requireUuid(id)) });
  if (!done.ok) return data({ error: done.error.message }, { status: 409 });
  throw redirect(`/suivi/${params.territory}/${year}/sessions/${session.id}?fait=${intent === 'clore' ? 'close' : 'invites'}`, 303);
}

export default function Session({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  const { session: s } = d;
  const here = `/suivi/${d.territory}/${d.year}`;
  return (
    <Page
      title={s.title} level="department"
      lead={
        <>
          {formatDate(s.heldOn)}, {counted(s.centres.length, 'centre invité', 'centres invités')}, ouverte par {s.openedBy} <Badge tone={d.open ? 'accent' : undefined}>{d.open ? 'Ouverte' : 'Close'}</Badge>
        </>
      }
      crumbs={[{ label: 'Suivi', to: `/suivi?annee=${d.year}` }, { label: `${d.name} ${d.year}`, to: here }, { label: 'Sessions', to: `${here}/sessions` }, { label: s.title }]}
    >
      {failed?.error && (
        <Notice tone="bad" alert>
          <p>{failed.error}</p>
        </Notice>
      )}
      {!failed && d.done && DONE[d.done] && (
        <Notice tone="good" status>
          <p>{DONE[d.done]}</p>
        </Notice>
      )}
      <Section title="Avancement" id="avancement">
        <TableFrame label="Avancement des centres invités">
          <table className="table stacked">
            <thead>
              <tr>
                <th scope="col">Centre</th>
                <th scope="col">Commune</th>
                <th scope="col">État</th>
                <th scope="col">Questions nécessaires</th>
              </tr>
            </thead>
            <tbody>
              {s.centres.map((c) => (
                <tr key={c.responseId}>
                  <th scope="row">{c.structureName}</th>
                  <td data-label="Commune">{c.communeName ?? 'inconnue'}</td>
                  <td data-label="État">
                    <ResponseBadge state={c.state} />
                  </td>
                  <td data-label="Questions nécessaires">
                    {c.required > 0 ? (
                      <>
                        <Meter value={c.answered} max={c.required} label={`${c.answered} questions sur ${c.required}`} />
                        <span className="small soft">
                          {c.answered} sur {c.required}
                        </span>
                      </>
                    ) : (
                      <span className="small soft">pas commencée</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
        <p className="row">
          <a className="button quiet" href={`${here}/sessions/${s.id}`}>
            Actualiser
          </a>
          <a href={`${here}/questions`}>Répondre aux questions posées</a>
        </p>
      </Section>
      <Section title="Répondu pour tous" id="repondu">
        {d.told.length === 0 && <p className="soft">Rien pour l’instant. Une question posée dans la session arrive avec les autres questions des centres&nbsp;; sa réponse se lira ici.</p>}
        {d.told.map((t) => (
          <article key={`${t.at} ${t.question}`} className={styles.inquiry}>
            <h3>{t.question}</h3>
            <p className={styles.words}>«&nbsp;{t.asked}&nbsp;»</p>
            <p className={styles.words}>{t.answer}</p>
            <p className="soft small">{t.by}</p>
          </article>
        ))}
      </Section>
      {d.open && d.candidates.length > 0 && (
        <details>
          <summary>Inviter d’autres centres</summary>
          <form method="post" className="stack">
            <ChooseCentres centres={d.candidates} chosen={[]} />
            <p>
              <button className="button quiet" name="intention" value="inviter">
                Inviter
              </button>
            </p>
          </form>
        </details>
      )}
      {d.open && d.mine && (
        <form method="post">
          <button className="button danger" name="intention" value="clore">
            Clore la session
          </button>
        </form>
      )}
    </Page>
  );
}
