/** Questions that the centres of a territory ask about the form: either correspondent answers, or relays to the technical committee. No value of an answer is shown. */
import { data, redirect } from 'react-router';
import type { Route } from './+types/questions';
import { actsNow, INQUIRY_STATE_LABELS, whyNotNow } from '../../domains/entry/index.ts';
import { answerInquiry, inquiriesOfTerritory, relayInquiry } from '../../domains/entry/index.server.ts';
import { counted } from '../../kernel/french-words.ts';
import { Interpretations, interpretationWords } from '../centre/asked-note.tsx';
import { inquiryTone, saidIn } from '../centre/inquiry-words.ts';
import { findVersion, interpretationsBeside } from '../../domains/questionnaire/index.server.ts';
import { readForm, requireUuid, textsOf, unknownAct } from '../form-values.ts';
import { Badge, Empty, Field, Notice, Page } from '../ui/page.tsx';
import { Thread } from '../ui/thread.tsx';
import { followedTerritory } from './followed-territory.server.ts';
import styles from './questions.module.css';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `Questions · ${loaderData?.name ?? ''} ${loaderData?.year ?? ''} · Suivi · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, year, phase, campaign, side } = await followedTerritory(context, request, params);
  const inquiries = await inquiriesOfTerritory(db, year, params.territory);
  const version = (await findVersion(db, campaign.questionnaireYear))?.version;
  const interpretations = version ? interpretationWords(await interpretationsBeside(db, version)) : {};
  return {
    year, territory: params.territory, name: phase.name, done: new URL(request.url).searchParams.get('fait'), closed: whyNotNow(phase.state)?.message ?? null,
    waiting: inquiries.filter((i) => i.state === 'open').length,
    inquiries: inquiries.map((i) => ({
      id: i.id, session: i.session ?? null, structureName: i.structureName, structureId: i.structureId, dataYear: i.dataYear, quoted: i.quoted, aim: i.aim, state: i.state, interpretations: interpretations[i.key] ?? [],
      acts: actsNow(i.state, side), lastAsked: i.messages.findLast((m) => m.act === 'ask')!.body,
      said: saidIn(i.messages, side),
    })),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, year } = await followedTerritory(context, request, params);
  const text = textsOf(await readForm(request));
  const id = requireUuid(text('question'));
  const intent = text('intention');
  if (intent !== 'repondre' && intent !== 'relayer') throw unknownAct();
  const body = text(intent === 'repondre' ? 'reponse' : 'relais');
  const done = await (intent === 'repondre' ? answerInquiry : relayInquiry)(db, actor, { inquiryId: id, body, asked: text('demande') });
  if (!done.ok) return data({ id, intent, error: done.error.message, body, asked: text('demande') }, { status: 409 });
  throw redirect(`/suivi/${params.territory}/${year}/questions?fait=${intent}#question-${id}`, 303);
}

type Line = Route.ComponentProps['loaderData']['inquiries'][number];

export default function Questions({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  return (
    <Page
      title="Questions des centres" level="department"
      lead={d.waiting === 0 ? `${d.name}, campagne ${d.year} : aucune question n’attend de réponse.` : `${d.name}, campagne ${d.year} : ${counted(d.waiting, 'question attend', 'questions attendent')} votre réponse ou celle de votre homologue.`}
      crumbs={[{ label: 'Suivi', to: '/suivi' }, { label: `${d.name} ${d.year}`, to: `/suivi/${d.territory}/${d.year}` }, { label: 'Questions' }]}
    >
      {!failed && d.done && (
        <Notice tone="good" status>
          <p>{d.done === 'relayer' ? 'La question est relayée au comité technique national, sans le nom du centre. Le centre et votre homologue en sont prévenus.' : 'Votre réponse est envoyée : elle s’affiche sous la question du centre.'}</p>
        </Notice>
      )}
      {d.closed && (
        <Notice>
          <p>Les questions se posent pendant la saisie et le contrôle. Les échanges restent lisibles.</p>
        </Notice>
      )}
      {d.inquiries.length === 0 && (
        <Empty>
          <p>Aucune question. Les centres en posent depuis chaque question du formulaire ; elles arrivent ici et dans vos messages.</p>
        </Empty>
      )}
      {d.inquiries.map((i) => (
        <article key={i.id} id={`question-${i.id}`} className={styles.inquiry} aria-labelledby={`titre-${i.id}`}>
          <div className="row">
            <h2 id={`titre-${i.id}`}>{i.structureName}</h2>
            <Badge tone={inquiryTone(i.state)}>{INQUIRY_STATE_LABELS[i.state]}</Badge>
          </div>
          <blockquote className={styles.quoted}>
            <p>
              <strong>{i.quoted.code}</strong> {i.quoted.label} ({i.dataYear})
            </p>
            {i.quoted.help && <p className="help">{i.quoted.help}</p>}
            <Interpretations of={i} />
          </blockquote>
          {i.session && <p className="small">Posée dans la session collective «&nbsp;{i.session}&nbsp;»&nbsp;: la réponse est dite à tous ses centres.</p>}
          {i.aim === 'interpretation' && <p className="small">Le centre demande comment comprendre la question.</p>}
          <Thread said={i.said} />
          {!d.closed && i.acts.length > 0 && <Acts i={i} failed={failed?.id === i.id ? failed : undefined} />}
        </article>
      ))}
    </Page>
  );
}

function Acts({ i, failed }: { readonly i: Line; readonly failed: { readonly intent: string; readonly error: string; readonly body: string; readonly asked: string } | undefined }) {
  const wrong = (intent: string) => (failed?.intent === intent ? failed : undefined);
  const waits = i.state === 'open';
  return (
    <>
      <details open={(waits && i.aim === 'correspondents') || wrong('repondre') !== undefined}>
        <summary>{waits ? 'Répondre au centre' : 'Ajouter une réponse'}</summary>
        <form method="post" className="stack">
          <input type="hidden" name="question" value={i.id} />
          {i.session && (
            <Field id={`demande-${i.id}`} label="La question, telle que tous les centres de la session la liront" help="Ni nom de centre, ni nom de personne, ni chiffre.">
              {(aria) => <textarea {...aria} name="demande" rows={2} defaultValue={wrong('repondre')?.asked ?? i.lastAsked} />}
            </Field>
          )}
          <Field id={`reponse-${i.id}`} label="Votre réponse" help="Elle s’affiche sous la question, avec votre nom et la date. Rien n’en est effacé." error={wrong('repondre')?.error}>
            {(aria) => <textarea {...aria} name="reponse" rows={3} defaultValue={wrong('repondre')?.body} />}
          </Field>
          <button className="button" name="intention" value="repondre">
            Répondre
          </button>
        </form>
      </details>
      <details open={(waits && i.aim === 'interpretation') || wrong('relayer') !== undefined}>
        <summary>Relayer au comité technique national</summary>
        <form method="post" className="stack">
          <input type="hidden" name="question" value={i.id} />
          <Field id={`relais-${i.id}`} label="La question, telle que le comité la lira" help="Ni nom de centre, ni nom de personne, ni chiffre du centre : le comité ne connaît que le type de structure et le département." error={wrong('relayer')?.error}>
            {(aria) => <textarea {...aria} name="relais" rows={3} defaultValue={wrong('relayer')?.body ?? i.lastAsked} />}
          </Field>
          <button className="button quiet" name="intention" value="relayer">
            Relayer
          </button>
        </form>
      </details>
    </>
  );
}
