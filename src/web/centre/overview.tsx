/** The front page of a response: the five lines before the first question, then rubrics and what is left. */
import { Fragment } from 'react';
import { redirect } from 'react-router';
import type { Route } from './+types/overview';
import { aboutMinutes, mayTakeBack, secondsLeft, sessionOpen, stateLabel, totalLeft } from '../../domains/entry/index.ts';
import { handsOf, prefillFromRegister, readNotice, readResponse, rubricTimesOf, sessionsOfResponse, takeBack } from '../../domains/entry/index.server.ts';
import { correspondentsOver } from '../../domains/notification/index.server.ts';
import { documentsToGather } from '../../domains/questionnaire/index.ts';
import { sourceDocuments } from '../../domains/questionnaire/index.server.ts';
import { formatDate, formatInstant, parisDay } from '../../kernel/french-date.ts';
import { NBSP } from '../../kernel/french-number.ts';
import { readForm, unknownAct } from '../form-values.ts';
import { currentActor, refusal } from '../request-context.ts';
import { Badge, Meter, Notice, Page, Section } from '../ui/page.tsx';
import { openCentrePage } from './centre-page.server.ts';
import styles from './centre.module.css';
import { crumbsOf } from './crumbs.ts';
import { DocumentsList } from './documents-list.tsx';
import { sentWords, timeLeft } from './entry-words.ts';
import { toneOf } from './home.tsx';
import { NoticeLines } from './notice-lines.tsx';
import { firstUnfinished, rubricProgress, steps } from './progress.ts';
import { RubricTable } from './rubric-table.tsx';
import { HandList } from './hands/hand-list.tsx';
import { PART_HOME } from './rubric-page.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Campagne ${loaderData.campaignYear} · ${loaderData.structureName} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  if (currentActor(context)?.part) throw redirect(PART_HOME);
  const { db, view, compiled, as, editable, director } = await openCentrePage(context, request, params);
  const all = compiled.dataYears.flatMap((dataYear) => rubricProgress(compiled, view, dataYear));
  const begin = steps(compiled, view)[0];
  const unfinished = firstUnfinished(all);
  const times = editable ? await rubricTimesOf(db, view.campaignYear, view.structureKind) : [];
  const whole = totalLeft(times, all);
  const moment = { phase: view.phase, closesOn: view.closesOn, today: parisDay(new Date()) };
  return {
    codebook: `/questionnaire/${view.questionnaireYear}/dictionnaire.pdf`,
    blank: `/questionnaire/${view.questionnaireYear}/vierge.pdf?${new URLSearchParams({ type: view.structureKind, territoire: view.territoryCode }).toString()}`,
    responseId: view.id, campaignYear: view.campaignYear, structureName: view.structureName, communeName: view.communeName, state: view.state, reason: view.stateReason, timeLeft: timeLeft(moment),
    sent: sentWords(new URL(request.url).searchParams.get('fait'), { ...moment, state: view.state }) ?? null, submittedAt: view.submittedAt, validatedAt: view.validatedAt,
    years: compiled.dataYears.map((dataYear) => ({ dataYear, rubrics: all.filter((r) => r.dataYear === dataYear).map((r) => ({ ...r, time: shownTime(secondsLeft(times, r)) })) })), wholeTime: shownTime(whole),
    documents: editable ? documentsToGather(await sourceDocuments(), compiled, { structureKind: view.structureKind, territory: view.territoryCode }) : [], required: all.reduce((n, r) => n + r.required, 0), answered: all.reduce((n, r) => n + r.answered, 0),
    welcome: as === 'structure' && !view.noticeReadAt && editable && (view.state === 'not_started' || view.state === 'in_progress'), as, editable, director, mayTakeBack: director && mayTakeBack(view.state, view.phase),
    resume: unfinished ? `/centre/${view.id}/${unfinished.dataYear}/${unfinished.code}` : begin ? `/centre/${view.id}/${begin.dataYear}/${begin.rubric}` : null, started: Object.values(view.sheets).some((s) => Object.keys(s.answers).length > 0),
    dense: unfinished ? `/centre/${view.id}/${unfinished.dataYear}/${unfinished.code}/pour-compte` : null, sessions: (await sessionsOfResponse(db, view.id)).map((s) => ({ id: s.id, title: s.title, heldOn: s.heldOn, open: sessionOpen(s, view.phase) })), hands: await handsOf(db, view.id),
    correspondents: (await correspondentsOver(db, view.ancestors)).map(({ displayName, email }) => ({ name: displayName, email })),
  };
}

/** Nothing when it is not known, or when nothing is left. */
const shownTime = (seconds: number | undefined): string | null => (seconds ? aboutMinutes(seconds) : null);

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, view, compiled, as } = await openCentrePage(context, request, params);
  const intent = (await readForm(request)).get('intention');
  if (intent === 'reprendre') {
    const back = await takeBack(db, actor, view.id);
    if (!back.ok) throw refusal(back.error.message, 409);
    throw redirect(`/centre/${view.id}`);
  }
  if (intent !== 'commencer') throw unknownAct();
  if (as === 'structure') {
    const read = await readNotice(db, actor, view.id);
    if (!read.ok) throw refusal(read.error.message, 403);
  }
  await prefillFromRegister(db, view.id);
  const filled = (await readResponse(db, view.id))!;
  const unfinished = firstUnfinished(compiled.dataYears.flatMap((dataYear) => rubricProgress(compiled, filled, dataYear)));
  const first = steps(compiled, view)[0];
  throw redirect(unfinished ? `/centre/${view.id}/${unfinished.dataYear}/${unfinished.code}` : first ? `/centre/${view.id}/${first.dataYear}/${first.rubric}` : `/centre/${view.id}`);
}

export default function Overview({ loaderData: d }: Route.ComponentProps) {
  const crumbs = crumbsOf({ ...d, own: d.as === 'structure' });
  const contacts = d.as === 'structure' && d.correspondents.length > 0 && (
    <Section title="Un doute ?" id="doute">
      <p>
        Sous chaque question, «&nbsp;Une question&nbsp;?&nbsp;» écrit à vos deux correspondants. Quand une question peut se comprendre de plusieurs façons, ils demandent au comité technique national comment la lire, sans vous nommer. <a href={`/centre/${d.responseId}/questions`}>Vos questions et leurs réponses</a>
      </p>
      <ul>
        {d.correspondents.map((c) => (
          <li key={c.email}>
            {c.name}&nbsp;: <a href={`mailto:${c.email}`}>{c.email}</a>
          </li>
        ))}
      </ul>
    </Section>
  );
  const sessions = d.sessions.length > 0 && (
    <Section title="Sessions collectives" id="sessions">
      <ul>
        {d.sessions.map((s) => (
          <li key={s.id}>
            <a href={`/centre/${d.responseId}/sessions#session-${s.id}`}>{s.title}</a>, {formatDate(s.heldOn)}
            {!s.open ? ', close.' : d.as !== 'structure' ? ', ouverte.' : '\u00a0: posez-y vos questions, la réponse est dite à tous sans vous nommer.'}
          </li>
        ))}
      </ul>
    </Section>
  );
  if (d.welcome)
    return (
      <Page narrow title={`Campagne ${d.campaignYear}`} lead={`${d.structureName}${d.communeName ? `, ${d.communeName}` : ''}`} crumbs={crumbs}>
        <h2>Avant de commencer</h2>
        <NoticeLines />
        <p className="soft">
          {d.wholeTime ? `Les autres structures ont mis ${d.wholeTime} à saisir, documents réunis` : 'Comptez deux à quatre heures'}, en plusieurs fois et à plusieurs si vous voulez&nbsp;: chaque réponse est enregistrée aussitôt.
          {` ${d.timeLeft}`}
        </p>
        <h2>À rassembler avant de commencer</h2>
        <DocumentsList documents={d.documents} />
        <form method="post">
          <button className="button" name="intention" value="commencer">
            {d.started ? 'J’ai lu, reprendre la saisie' : 'J’ai lu, commencer'}
          </button>
        </form>
        {sessions}
        {contacts}
      </Page>
    );
  return (
    <Page title={d.structureName} lead={`Campagne ${d.campaignYear}${d.communeName ? ` · ${d.communeName}` : ''}`} crumbs={crumbs}>
      {d.sent && (
        <Notice tone="good" status title={d.sent.title}>
          <p>
            {d.structureName}, campagne {d.campaignYear}
            {d.submittedAt && d.state !== 'declined' ? `, le ${formatInstant(d.submittedAt)}` : ''}. {d.sent.next}
          </p>
          {d.as === 'structure' && d.correspondents.length > 0 && (
            <p>
              Une question{NBSP}? Écrivez à{' '}
              {d.correspondents.map((c, i) => (
                <Fragment key={c.email}>
                  {i > 0 && (i === d.correspondents.length - 1 ? ' ou à ' : ', ')}
                  <a href={`mailto:${c.email}`}>{c.name}</a>
                </Fragment>
              ))}
              .
            </p>
          )}
        </Notice>
      )}
      <div className={styles.inline}>
        <Badge tone={toneOf(d.state)}>{stateLabel(d.state)}</Badge>
        <Meter value={d.answered} max={d.required} label={`${d.answered} réponses sur ${d.required}`} />
        <span className="soft">
          {d.answered} sur {d.required} questions nécessaires
        </span>
      </div>
      {d.editable && (d.state === 'not_started' || d.state === 'in_progress') && <p className="soft">{d.timeLeft}{d.wholeTime && ` Il vous reste ${d.wholeTime}, d’après le temps qu’y ont passé les autres structures.`}</p>}
      {d.state === 'correction_requested' && (
        <Notice tone="warn" title="Vos correspondants vous interrogent">
          <p>Ils ont des questions sur des réponses précises : corrigez, confirmez ou contestez chacune.</p>
          <p>
            <a className="button" href={`/centre/${d.responseId}/corrections`}>
              Voir les demandes
            </a>
          </p>
        </Notice>
      )}
      {d.state === 'submitted_by_third_party' && (
        <Notice tone="warn" title="À relire">
          <p>Un correspondant a transmis pour vous, à votre demande. Relisez ce qu’il a saisi, puis confirmez ou reprenez la saisie.</p>
          <p>
            <a className="button" href={`/centre/${d.responseId}/transmettre`}>
              Relire et confirmer
            </a>
          </p>
        </Notice>
      )}
      {d.state === 'excluded' && d.reason && (
        <Notice>
          <p>Raison donnée par vos correspondants : {d.reason}</p>
        </Notice>
      )}
      {d.submittedAt && !d.editable && <p className="soft">Transmise le {formatDate(d.submittedAt)}{d.validatedAt ? `, validée le ${formatDate(d.validatedAt)}` : ''}.</p>}
      <div className={styles.inline}>
        {d.editable && d.resume && d.started && (
          <a className="button" href={d.resume}>
            {d.answered < d.required ? 'Reprendre la saisie' : 'Relire mes réponses'}
          </a>
        )}
        {d.editable && !d.started && (
          <form method="post">
            <button className="button" name="intention" value="commencer">
              {d.as === 'structure' ? 'Commencer la saisie' : 'Saisir pour le compte de la structure'}
            </button>
          </form>
        )}
        {d.editable && d.as !== 'structure' && d.dense && (
          <a className="button quiet" href={d.dense}>
            Saisie dense (papier, téléphone)
          </a>
        )}
        {d.mayTakeBack && (
          <form method="post">
            <button className="button quiet" name="intention" value="reprendre">
              Reprendre la saisie
            </button>
          </form>
        )}
        {d.editable && d.started && (
          <a className="button quiet" href={`/centre/${d.responseId}/${d.years[0]!.dataYear}/fichiers`}>
            Partir de vos fichiers
          </a>
        )}
        <a className="button quiet" href={`/centre/${d.responseId}/reponses.pdf`}>
          Copie en PDF
        </a>
        <a className="button quiet" href={d.blank}>
          Questionnaire vierge (PDF)
        </a>
        <a className="button quiet" href={d.codebook}>
          Dictionnaire des questions (PDF)
        </a>
        <a className="button quiet" href={`/centre/${d.responseId}/tableur`}>
          {d.editable ? 'Remplir dans un tableur' : 'Copie en tableur'}
        </a>
      </div>
      {sessions}
      {d.years.map(({ dataYear, rubrics }) => (
        <Section key={dataYear} title={d.years.length > 1 ? `Données ${dataYear}` : `Rubriques, données ${dataYear}`} id={`annee-${dataYear}`}>
          <RubricTable responseId={d.responseId} dataYear={dataYear} rubrics={rubrics} />
        </Section>
      ))}
      {d.editable && (
        <p>
          <a className="button quiet" href={`/centre/${d.responseId}/transmettre`}>
            Voir ce qui reste et transmettre
          </a>
        </p>
      )}
      <Section title="Qui remplit" id="qui-remplit">
        <HandList hands={d.hands} />
        {d.as === 'structure' && (
          <p>
            <a className="button quiet" href={`/centre/${d.responseId}/mains`}>
              {d.director ? 'Confier une rubrique par un lien' : 'Voir à qui des rubriques sont confiées'}
            </a>
          </p>
        )}
        {d.as === 'structure' && (
          <p>
            <a href={`/centre/${d.responseId}/acces`}>Qui a ouvert vos réponses</a>
          </p>
        )}
      </Section>
      {contacts}
      {d.documents.length > 0 && (
        <details>
          <summary>Documents à rassembler</summary>
          <DocumentsList documents={d.documents} />
        </details>
      )}
      <details>
        <summary>Pourquoi ces questions, qui voit vos réponses</summary>
        <NoticeLines />
      </details>
    </Page>
  );
}
