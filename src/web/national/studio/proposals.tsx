/** Proposals of change from the field (R27): made by those who answer or follow, answered by the technical committee. */
import { redirect } from 'react-router';
import type { Route } from './+types/proposals';
import { ownStructures, proposesChanges, ROLE_LABELS, studioAuthor, writesQuestionnaire } from '../../../domains/access/index.ts';
import { answerProposal, findVersion, listVersions, type Proposal, type ProposalState, proposals, propose } from '../../../domains/questionnaire/index.server.ts';
import { nameOfQuestion } from '../../../domains/questionnaire/index.ts';
import { structureAt, territoriesByCode } from '../../../domains/registry/index.server.ts';
import type { Actor } from '../../../domains/access/index.ts';
import type { Db } from '../../../platform/database.server.ts';
import { formatDate } from '../../../kernel/french-date.ts';
import { readForm, requireUuid, unknownAct, yearIn } from '../../form-values.ts';
import { refusal, requireActor, services } from '../../request-context.ts';
import { Badge, Empty, Field, Notice, Page, Section, type Tone } from '../../ui/page.tsx';
import styles from './studio.module.css';

export const meta: Route.MetaFunction = () => [{ title: 'Proposer un changement du questionnaire · SENACS' }];

const open = (context: Route.LoaderArgs['context'], request: Request) => {
  const actor = requireActor(context, request);
  if (!proposesChanges(actor)) throw refusal('Cette page est ouverte aux structures, aux correspondants et aux comités.');
  return { db: services(context).db, actor, answers: writesQuestionnaire(actor) };
};

export async function loader({ context, request }: Route.LoaderArgs) {
  const { db, actor, answers } = open(context, request);
  const current = (await listVersions(db)).findLast((v) => v.state === 'in_use');
  const version = current && (await findVersion(db, current.year))?.version;
  const list = await proposals(db, answers ? {} : { by: actor.accountId });
  const query = new URL(request.url).searchParams;
  return {
    answers, year: version?.year ?? null, key: query.get('question') ?? '', done: query.get('fait'),
    questions: (version?.questions ?? []).map((q) => ({ key: q.key, name: nameOfQuestion(q) })), list,
  };
}

/** For whom the person speaks: its structure, else its territory and role. */
async function originOf(db: Db, actor: Actor): Promise<string> {
  const [structure] = ownStructures(actor);
  const known = structure === undefined ? undefined : await structureAt(db, structure);
  if (known) return known.name;
  const mandate = actor.mandates.find((m) => m.territoryCode !== null)!;
  const name = (await territoriesByCode(db, [mandate.territoryCode!])).get(mandate.territoryCode!)?.name ?? mandate.territoryCode!;
  return `${name}, ${ROLE_LABELS[mandate.role]}`;
}

export async function action({ context, request }: Route.ActionArgs) {
  const { db, actor } = open(context, request);
  const form = await readForm(request);
  const text = (name: string): string => String(form.get(name) ?? '');
  const intent = text('intent');
  switch (intent) {
    case 'propose': {
      const made = await propose(db, actor.accountId, { origin: await originOf(db, actor), year: yearIn(text('year')) ?? null, key: text('key') || null, wish: text('wish') });
      return made.ok ? redirect('/propositions?fait=propose', 303) : { id: '', error: made.error.message, wish: text('wish'), answer: '' };
    }
    case 'kept':
    case 'declined': {
      const id = requireUuid(text('id'));
      const answered = await answerProposal(db, studioAuthor(actor), { id, state: intent, answer: text('answer') });
      return answered.ok ? redirect('/propositions?fait=answer', 303) : { id, error: answered.error.message, wish: '', answer: text('answer') };
    }
    default:
      throw unknownAct();
  }
}

const STATES: { readonly [state in ProposalState]: readonly [string, Tone | undefined] } = { open: ['en attente', 'warn'], kept: ['retenue', 'good'], declined: ['pas retenue', undefined] };

export default function Proposals({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  const nameOf = (key: string): string => d.questions.find((q) => q.key === key)?.name ?? key;
  return (
    <Page title="Proposer un changement du questionnaire" level={d.answers ? 'nation' : undefined} lead="Une question mal comprise, à ajouter, à retirer : dites-le. Le comité technique national répond à chaque proposition avant le questionnaire suivant.">
      {!failed && d.done && <Notice tone="good" alert><p>{d.done === 'answer' ? 'La réponse est envoyée.' : 'Votre proposition est transmise au comité technique national. Sa réponse s’affichera ici.'}</p></Notice>}
      <Section title="Votre proposition" id="proposer">
        <form method="post" className={styles.form}>
          <input type="hidden" name="year" value={d.year ?? ''} />
          <Field id="key" label="Question concernée">{(aria) => <select {...aria} name="key" defaultValue={d.key}><option value="">Aucune en particulier</option>{d.questions.map((q) => <option key={q.key} value={q.key}>{q.name}</option>)}</select>}</Field>
          <Field id="wish" label="Ce que vous proposez" error={failed?.id === '' ? failed.error : undefined}>{(aria) => <textarea {...aria} name="wish" rows={4} maxLength={2000} defaultValue={failed?.wish} />}</Field>
          <p><button className="button" name="intent" value="propose">Envoyer la proposition</button></p>
        </form>
      </Section>
      <Section title={d.answers ? 'Propositions du terrain' : 'Vos propositions'} id="propositions">
        {d.list.length === 0 ? <Empty><p>Aucune proposition pour l’instant.</p></Empty> : (
          <ul className={styles.changes}>{d.list.map((p) => <Line key={p.id} p={p} name={p.key ? nameOf(p.key) : null} answers={d.answers} failed={failed?.id === p.id ? failed : undefined} />)}</ul>
        )}
      </Section>
    </Page>
  );
}

function Line({ p, name, answers, failed }: { readonly p: Proposal; readonly name: string | null; readonly answers: boolean; readonly failed: { readonly error: string; readonly answer: string } | undefined }) {
  return (
    <li>
      <h3>{name ?? 'Le questionnaire'} <Badge tone={STATES[p.state][1]}>{STATES[p.state][0]}</Badge></h3>
      <p className="soft small">{answers ? `${p.author}, ${p.origin}, le` : 'Le'} {formatDate(p.madeAt)}{p.year ? `, à propos du questionnaire ${p.year}` : ''}</p>
      <p style={{ whiteSpace: 'pre-line' }}>{p.wish}</p>
      {p.answer && <p className={styles.aside}><span className="soft small">Réponse du comité technique national, le {formatDate(p.answeredAt!)}</span> {p.answer}</p>}
      {answers && p.state === 'open' && (
        <form method="post" className={styles.form}>
          <input type="hidden" name="id" value={p.id} />
          <Field id={`answer-${p.id}`} label="Réponse" error={failed?.error}>{(aria) => <textarea {...aria} name="answer" rows={2} defaultValue={failed?.answer} />}</Field>
          <p className="row"><button className="button" name="intent" value="kept">Retenir</button><button className="button quiet" name="intent" value="declined">Ne pas retenir</button></p>
        </form>
      )}
    </li>
  );
}
