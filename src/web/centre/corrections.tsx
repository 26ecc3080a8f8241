/** What the correspondents ask: each point is corrected, confirmed or contested, then everything is sent back. Agreement is the aim (charter 2.2). */
import { data, redirect } from 'react-router';
import type { Route } from './+types/corrections';
import { namedWithSide } from '../../domains/access/index.ts';
import { openRequestsOf, replyToRequest, resubmit, writeMessage } from '../../domains/control/index.server.ts';
import { formatAnswer } from '../../domains/questionnaire/index.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { requireUuid, requireYear, unknownAct } from '../form-values.ts';
import { Badge, Empty, Notice, Page, Section } from '../ui/page.tsx';
import { openCentreForm, openCentrePage } from './centre-page.server.ts';
import styles from './centre.module.css';
import { crumbsOf } from './crumbs.ts';
import { anchorOf } from './question-field.tsx';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Corrections demandées · ${loaderData.structureName} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, view, compiled, as, director } = await openCentrePage(context, request, params);
  const requests = await openRequestsOf(db, view.id);
  const order = [...compiled.questions.keys()];
  return {
    responseId: view.id, structureName: view.structureName, campaignYear: view.campaignYear, state: view.state, own: as === 'structure', director,
    requests: requests.map((r) => ({
      ...r,
      points: r.points.toSorted((a, b) => b.dataYear - a.dataYear || order.indexOf(a.key) - order.indexOf(b.key)).map((p) => {
        const question = compiled.questions.get(p.key);
        const now = view.sheets[p.dataYear]?.answers[p.key];
        return {
          ...p, label: question ? `${question.code} ${question.label}` : p.key, valueBefore: question ? formatAnswer(question, p.valueThen ?? undefined) : '—', valueNow: question ? formatAnswer(question, now) : '—',
          lastYear: question && view.previous[p.dataYear]?.[p.key] ? formatAnswer(question, view.previous[p.dataYear]![p.key]) : null,
          href: `/centre/${view.id}/${p.dataYear}/${question?.rubric ?? 'A'}#${anchorOf(p.key)}-bloc`,
        };
      }),
    })),
    left: requests.flatMap((r) => r.points).filter((p) => p.reply === 'pending').length,
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, view, text } = await openCentreForm(context, request, params);
  const act = async () => {
    switch (text('intention')) {
      case 'renvoyer':
        return resubmit(db, actor, view.id);
      case 'message':
        return writeMessage(db, actor, { requestId: requireUuid(text('demande')), body: text('message') });
      case 'repondre': {
        const reply = REPLIES.find((r) => r.value === text('reponse'))?.value;
        if (!reply) return { ok: false, error: { message: 'Choisissez d’abord : corrigée, confirmée ou contestée.' } } as const;
        return replyToRequest(db, actor, { responseId: view.id, replies: [{ requestId: requireUuid(text('demande')), dataYear: requireYear(text('annee')), key: text('question'), reply, message: text('message') }] });
      }
      default:
        throw unknownAct();
    }
  };
  const done = await act();
  if (!done.ok) return data({ error: done.error.message, at: `${text('demande')} ${text('annee')} ${text('question')}`, message: text('message'), reply: text('reponse') }, { status: 409 });
  throw redirect(text('intention') === 'renvoyer' ? `/centre/${view.id}?fait=renvoyees` : `/centre/${view.id}/corrections`);
}

const REPLIES = [
  { value: 'corrected', label: 'Je l’ai corrigée' },
  { value: 'confirmed', label: 'Elle est juste, je la confirme' },
  { value: 'contested', label: 'Je conteste la demande' },
] as const;
const SAID: { readonly [reply: string]: string } = { pending: 'À répondre', corrected: 'Corrigée', confirmed: 'Confirmée', contested: 'Contestée' };

export default function Corrections({ loaderData: d, actionData }: Route.ComponentProps) {
  return (
    <Page
      title="Corrections demandées"
      lead={`${d.structureName}, campagne ${d.campaignYear}.${d.requests.length === 0 ? '' : d.left > 0 ? ` Il reste ${d.left} point${d.left > 1 ? 's' : ''} à traiter avant de renvoyer.` : ' Chaque point a sa réponse : vous pouvez renvoyer.'}`}
      crumbs={crumbsOf(d, { label: 'Corrections' })}
    >
      {actionData && (
        <Notice tone="bad" alert>
          <p>{actionData.error}</p>
        </Notice>
      )}
      {d.requests.length === 0 && (
        <Empty>
          <p>Aucune demande en cours.</p>
        </Empty>
      )}
      {d.requests.map((r) => (
        <Section key={r.id} title={`Demande de ${namedWithSide(r.author, r.side)}`} id={`demande-${r.id}`}>
          <p className="soft">Le {formatDate(r.createdAt)}</p>
          <p>{r.message}</p>
          {r.points.map((p) => {
            const at = `${r.id} ${p.dataYear} ${p.key}`;
            const id = `point-${r.id}-${p.dataYear}-${p.key}`;
            const wrong = actionData?.at === at ? actionData : undefined;
            return (
              <div key={at} className={styles.point}>
                <div className={styles.inline}>
                  <h3>
                    <a href={p.href}>{p.label}</a> ({p.dataYear})
                  </h3>
                  <Badge tone={p.reply === 'pending' ? 'warn' : p.reply === 'contested' ? 'accent' : 'good'}>{SAID[p.reply]}</Badge>
                </div>
                {p.question && <p>{p.question}</p>}
                <dl className={styles.values}>
                  {p.lastYear !== null && (
                    <div>
                      <dt>En {p.dataYear - 1}</dt>
                      <dd>{p.lastYear}</dd>
                    </div>
                  )}
                  <div>
                    <dt>Au moment de la demande</dt>
                    <dd>{p.valueBefore}</dd>
                  </div>
                  <div>
                    <dt>Maintenant</dt>
                    <dd>{p.valueNow}</dd>
                  </div>
                </dl>
                {d.own && r.state === 'open' && (
                  <form method="post" className="stack" id={id}>
                    <input type="hidden" name="intention" value="repondre" />
                    <input type="hidden" name="demande" value={r.id} />
                    <input type="hidden" name="annee" value={p.dataYear} />
                    <input type="hidden" name="question" value={p.key} />
                    <fieldset>
                      <legend className="visually-hidden">Votre réponse sur {p.label}</legend>
                      <div className={styles.inline}>
                        {REPLIES.map((o) => (
                          <label key={o.value} className="choice">
                            <input type="radio" name="reponse" value={o.value} defaultChecked={(wrong?.reply || p.reply) === o.value} />
                            {o.label}
                          </label>
                        ))}
                      </div>
                    </fieldset>
                    <div className="field">
                      <label htmlFor={`${id}-texte`}>Ce que vous en dites</label>
                      <textarea id={`${id}-texte`} name="message" rows={2} defaultValue={wrong?.message ?? p.replyMessage ?? ''} />
                    </div>
                    <button className="button quiet">Enregistrer ma réponse</button>
                  </form>
                )}
              </div>
            );
          })}
          {r.messages.length > 0 && (
            <ul className={styles.todo}>
              {r.messages.map((m) => (
                <li key={m.id}>
                  <span className="soft small">
                    {m.author}, le {formatDate(m.at)}
                  </span>
                  <p>{m.body}</p>
                </li>
              ))}
            </ul>
          )}
          <form method="post" className="stack">
            <input type="hidden" name="intention" value="message" />
            <input type="hidden" name="demande" value={r.id} />
            <div className="field">
              <label htmlFor={`message-${r.id}`}>Écrire à vos correspondants</label>
              <textarea id={`message-${r.id}`} name="message" rows={2} />
            </div>
            <button className="button quiet">Envoyer le message</button>
          </form>
        </Section>
      ))}
      {d.own && d.requests.length > 0 && (
        <Section title="Renvoyer" id="renvoyer">
          <form method="post" className="stack">
            <p>Vos réponses corrigées repartent chez vos correspondants.</p>
            {!d.director && <p className="soft">Seule la direction renvoie : prévenez-la.</p>}
            <button className="button" name="intention" value="renvoyer" disabled={d.left > 0 || !d.director}>
              Renvoyer mes réponses
            </button>
          </form>
        </Section>
      )}
    </Page>
  );
}
