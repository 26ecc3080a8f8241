/** Questions relayed to the technical committee, answered for one centre or for everyone (R53); and the interpretations published so far. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/interpretations';
import { readsStudio, writesQuestionnaire } from '../../domains/access/index.ts';
import { interpretInquiry, relayedInquiries, replyToRelay } from '../../domains/entry/index.server.ts';
import { findVersion, interpretations } from '../../domains/questionnaire/index.server.ts';
import { LONGEST_INTERPRETATION, nameOfQuestion } from '../../domains/questionnaire/index.ts';
import { ofTerritory } from '../../kernel/french-words.ts';
import { dayOf } from '../centre/asked-note.tsx';
import styles from '../correspondent/questions.module.css';
import { readForm, requireUuid, textsOf, unknownAct } from '../form-values.ts';
import { refusal, requireActor, services } from '../request-context.ts';
import { Badge, Empty, Field, Notice, Page, Section } from '../ui/page.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Précisions du comité technique · SENACS' }];

const open = (context: Route.LoaderArgs['context'], request: Request) => {
  const actor = requireActor(context, request);
  if (!readsStudio(actor)) throw refusal('Cette page est ouverte aux correspondants et aux comités. Les précisions se lisent dans l’aide de chaque question.');
  return { db: services(context).db, actor, answers: writesQuestionnaire(actor) };
};

export async function loader({ context, request }: Route.LoaderArgs) {
  const { db, answers } = open(context, request);
  const all = await interpretations(db);
  const names = new Map<number, Map<string, string>>();
  for (const year of new Set(all.map((i) => i.year))) names.set(year, new Map((await findVersion(db, year))?.version.questions.map((q) => [q.key, nameOfQuestion(q)])));
  const replaced = new Map(all.map((i) => [i.replaces, i]));
  const published = all.toReversed().map((i) => ({
    id: i.id, year: i.year, key: i.questionKey, name: names.get(i.year)?.get(i.questionKey) ?? i.questionKey, asked: i.asked, answer: i.answer, on: dayOf(i.publishedAt),
    replacedOn: replaced.has(i.id) ? dayOf(replaced.get(i.id)!.publishedAt) : null,
  }));
  const relayed = (answers ? await relayedInquiries(db) : []).map((r) => ({ ...r, on: dayOf(r.relayedAt), beside: published.filter((p) => p.key === r.key && p.replacedOn === null).map((p) => ({ id: p.id, answer: p.answer, on: p.on })) }));
  return { answers, relayed, published, done: new URL(request.url).searchParams.get('fait') };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { db, actor } = open(context, request);
  const text = textsOf(await readForm(request));
  const id = requireUuid(text('question'));
  const act = async () => {
    switch (text('intention')) {
      case 'preciser':
        return interpretInquiry(db, actor, { inquiryId: id, asked: text('demande'), answer: text('reponse'), replaces: text('remplace') ? requireUuid(text('remplace')) : null });
      case 'repondre':
        return replyToRelay(db, actor, { inquiryId: id, body: text('reponse') });
      default:
        throw unknownAct();
    }
  };
  const done = await act();
  if (!done.ok) return data({ id, error: done.error.message, asked: text('demande'), answer: text('reponse') }, { status: 409 });
  throw redirect(`/national/precisions?fait=${text('intention')}`, 303);
}

export default function InterpretationsPage({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  return (
    <Page
      title="Précisions du comité technique" level="nation" crumbs={[{ label: 'Questionnaires', to: '/national/questionnaires' }, { label: 'Précisions' }]}
      lead="Une question mal comprise est relayée par les correspondants, sans le nom du centre. La réponse du comité technique devient une part de l’aide, datée, pour tous ; le questionnaire en usage, lui, ne change pas."
    >
      {!failed && d.done && (
        <Notice tone="good" status>
          <p>{d.done === 'preciser' ? 'La précision est publiée : elle s’affiche dans l’aide de la question, pour tous.' : 'La réponse est envoyée au centre et à ses correspondants.'}</p>
        </Notice>
      )}
      {d.answers && (
        <Section title="Questions relayées" id="relayees">
          {d.relayed.length === 0 && (
            <Empty>
              <p>Aucune question n’attend le comité technique.</p>
            </Empty>
          )}
          {d.relayed.map((r) => {
            const wrong = failed?.id === r.id ? failed : undefined;
            return (
              <article key={r.id} className={styles.inquiry} aria-labelledby={`titre-${r.id}`}>
                <h3 id={`titre-${r.id}`}>
                  {r.quoted.code} {r.quoted.label}
                </h3>
                <p className="soft small">
                  {r.structureKind} {ofTerritory({ name: r.territoryName, level: 'department' })}, questionnaire {r.questionnaireYear}, relayée par la correspondance {r.side === 'caf' ? 'Caf' : 'fédérale'} le {r.on}
                </p>
                {r.quoted.help && <p className="help">Aide actuelle&nbsp;: {r.quoted.help}</p>}
                <blockquote className={styles.quoted}>
                  <p style={{ whiteSpace: 'pre-line' }}>{r.relayed}</p>
                </blockquote>
                <form method="post" className="stack">
                  <input type="hidden" name="question" value={r.id} />
                  <Field id={`demande-${r.id}`} label="La question, telle que tous la liront">{(aria) => <textarea {...aria} name="demande" rows={2} maxLength={LONGEST_INTERPRETATION} defaultValue={wrong ? wrong.asked : r.relayed} />}</Field>
                  <Field id={`reponse-${r.id}`} label="Votre réponse" error={wrong?.error}>{(aria) => <textarea {...aria} name="reponse" rows={3} defaultValue={wrong?.answer} />}</Field>
                  {r.beside.length > 0 && (
                    <Field id={`remplace-${r.id}`} label="Remplace une précision de cette question">
                      {(aria) => (
                        <select {...aria} name="remplace">
                          <option value="">Non, elle s’ajoute</option>
                          {r.beside.map((p) => <option key={p.id} value={p.id}>{p.on}&nbsp;: {p.answer.slice(0, 60)}</option>)}
                        </select>
                      )}
                    </Field>
                  )}
                  <p className="row">
                    <button className="button" name="intention" value="preciser">Préciser l’aide pour tous</button>
                    <button className="button quiet" name="intention" value="repondre">Répondre à ce centre seulement</button>
                  </p>
                </form>
              </article>
            );
          })}
        </Section>
      )}
      <Section title="Précisions publiées" id="publiees">
        {d.published.length === 0 && (
          <Empty>
            <p>Aucune précision publiée.</p>
          </Empty>
        )}
        {d.published.map((p) => (
          <article key={p.id} className={styles.inquiry} aria-labelledby={`interpretation-${p.id}`}>
            <h3 id={`interpretation-${p.id}`}>
              {p.name} {p.replacedOn && <Badge>Remplacée le {p.replacedOn}</Badge>}
            </h3>
            <p>
              <strong>{p.asked}</strong> {p.answer}
            </p>
            <p className="soft small">Questionnaire {p.year}, publiée le {p.on}</p>
          </article>
        ))}
      </Section>
    </Page>
  );
}
