/** The collective sessions to which a centre is invited (R50): ask in one, read what was answered for all. No other centre is seen here. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/sessions';
import { sessionOpen, speaker } from '../../domains/entry/index.ts';
import { ask, sessionsOfResponse, toldIn } from '../../domains/entry/index.server.ts';
import { askedKeys } from '../../domains/questionnaire/index.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { requireUuid, requireYear, unknownAct } from '../form-values.ts';
import { Badge, Empty, Field, Notice, Page, Section } from '../ui/page.tsx';
import { dayOf } from './asked-note.tsx';
import { openCentreForm, openCentrePage } from './centre-page.server.ts';
import styles from './centre.module.css';
import { crumbsOf } from './crumbs.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Sessions collectives · ${loaderData.structureName} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, view, compiled, as } = await openCentrePage(context, request, params);
  const sessions = await sessionsOfResponse(db, view.id);
  const told = await toldIn(db, sessions.map((s) => s.id));
  const query = new URL(request.url).searchParams;
  const own = as === 'structure';
  const groups = compiled.dataYears.flatMap((dataYear) => {
    const asked = new Set(askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear }));
    return Object.entries(compiled.version.rubrics).flatMap(([rubric, label]) => {
      const questions = compiled.version.questions.filter((q) => q.rubric === rubric && asked.has(q.key)).map((q) => ({ value: `${dataYear}.${q.key}`, words: `${q.code} ${q.label}` }));
      return questions.length > 0 ? [{ label: `${rubric}. ${label}${compiled.dataYears.length > 1 ? ` (${dataYear})` : ''}`, questions }] : [];
    });
  });
  return {
    responseId: view.id, structureName: view.structureName, campaignYear: view.campaignYear, own, done: query.get('fait'), about: `${query.get('annee') ?? ''}.${query.get('sur') ?? ''}`, groups: own ? groups : [],
    sessions: sessions.map((s) => ({
      ...s, open: sessionOpen(s, view.phase),
      told: told.filter((t) => t.sessionId === s.id).map((t) => ({ question: `${t.quoted.code} ${t.quoted.label}`, asked: t.asked, answer: t.answer, by: `${speaker(t)}, le ${dayOf(t.at)}`, at: t.at })),
    })),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, view, text } = await openCentreForm(context, request, params);
  if (text('intention') !== 'demander') throw unknownAct();
  const sessionId = requireUuid(text('session'));
  const [year = '', key = ''] = text('question').split('.');
  const body = text('message');
  const done = key === '' ? ({ ok: false, error: { message: 'Choisissez la question du formulaire dont vous parlez.' } } as const) : await ask(db, actor, { responseId: view.id, dataYear: requireYear(year), key, aim: 'correspondents', body, sessionId });
  if (!done.ok) return data({ at: sessionId, error: done.error.message, body, about: text('question') }, { status: 422 });
  throw redirect(`/centre/${view.id}/sessions?fait=envoyee#session-${sessionId}`, 303);
}

export default function Sessions({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  return (
    <Page title="Sessions collectives" lead={`${d.structureName}, campagne ${d.campaignYear}.`} crumbs={crumbsOf(d, { label: 'Sessions collectives' })}>
      {!failed && d.done === 'envoyee' && (
        <Notice tone="good" status>
          <p>
            Votre question est partie chez vos deux correspondants. Leur réponse sera dite à tous les centres de la session, sans vous nommer. <a href={`/centre/${d.responseId}/questions`}>Vos questions</a>
          </p>
        </Notice>
      )}
      {d.sessions.length === 0 && (
        <Empty>
          <p>Aucune session. Vos correspondants peuvent réunir des centres pour remplir ensemble&nbsp;: l’invitation arrivera dans vos messages.</p>
        </Empty>
      )}
      {d.sessions.map((s) => {
        const wrong = failed?.at === s.id ? failed : undefined;
        return (
          <Section key={s.id} title={s.title} id={`session-${s.id}`}>
            <p>
              {formatDate(s.heldOn)}, à l’invitation de {s.openedBy} <Badge tone={s.open ? 'accent' : undefined}>{s.open ? 'Ouverte' : 'Close'}</Badge>
            </p>
            {s.open && d.own && (
              <form method="post" className="stack">
                <input type="hidden" name="session" value={s.id} />
                <Field id={`question-${s.id}`} label="Sur quelle question du formulaire">
                  {(aria) => (
                    <select {...aria} name="question" defaultValue={wrong?.about ?? d.about}>
                      <option value="">Choisir…</option>
                      {d.groups.map((g) => (
                        <optgroup key={g.label} label={g.label}>
                          {g.questions.map((q) => (
                            <option key={q.value} value={q.value}>
                              {q.words}
                            </option>
                          ))}
                        </optgroup>
                      ))}
                    </select>
                  )}
                </Field>
                <Field id={`message-${s.id}`} label="Votre question" help="Vos correspondants la liront avec le nom de votre centre, et la diront aux autres sans lui. Ne nommez pas de personne." error={wrong?.error}>
                  {(aria) => <textarea {...aria} name="message" rows={3} defaultValue={wrong?.body} />}
                </Field>
                <p>
                  <button className="button" name="intention" value="demander">
                    Demander pour tous
                  </button>
                </p>
              </form>
            )}
            <h3>Répondu pour tous</h3>
            {s.told.length === 0 && <p className="soft">Rien pour l’instant.</p>}
            {s.told.map((t) => (
              <article key={`${t.at} ${t.question}`} className={styles.point}>
                <h4>{t.question}</h4>
                <p className={styles.said}>«&nbsp;{t.asked}&nbsp;»</p>
                <p className={styles.said}>{t.answer}</p>
                <p className="soft small">{t.by}</p>
              </article>
            ))}
          </Section>
        );
      })}
      <p>
        <a className="button quiet" href={`/centre/${d.responseId}`}>
          Revenir aux réponses
        </a>
      </p>
    </Page>
  );
}
