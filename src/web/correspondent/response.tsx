/**
 * A response read by a correspondent: each value beside N-1 and the median of its group, what the rules say, and the acts of control. Each opening
 * is written in the journal with its purpose; the aim is to agree with the structure, not to impose (charter 2.2).
 */
import { redirect } from 'react-router';
import type { Route } from './+types/response';
import { namedWithSide } from '../../domains/access/index.ts';
import { inControl, isFrozen } from '../../domains/campaign/index.ts';
import {
  dispute, exclude, followedStructures, lateEntry, object, objectionUntil, openReview, readForControl, requestCorrection, undispute, validate, waiveFinding, writeMessage,
} from '../../domains/control/index.server.ts';
import { REPLY_LABELS, REQUEST_LABELS, SIDE_LABELS } from '../../domains/control/index.ts';
import { completenessLabel } from '../../domains/entry/index.ts';
import { formatAnswer, SEVERITY_LABELS } from '../../domains/questionnaire/index.ts';
import { formatDate, formatShortDate } from '../../kernel/french-date.ts';
import { isUuid } from '../../kernel/identifier.ts';
import { readForm, requireUuid, requireYear, textsOf, unknownAct } from '../form-values.ts';
import { refusal } from '../request-context.ts';
import { Badge, Empty, Field, Notice, Page } from '../ui/page.tsx';
import { followedTerritory } from './followed-territory.server.ts';
import { findingsOf, plural, type ReadFinding, type ReadQuestion, readRubrics } from './reading.ts';
import styles from './response.module.css';
import { ResponseBadge } from './state-badge.tsx';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `${loaderData?.name ?? 'Réponse'} · Suivi · SENACS` }];

const VIEWS = [{ word: 'tout', label: 'Tout' }, { word: 'signalees', label: 'Signalées' }, { word: 'ecarts', label: 'Écarts de plus de 25 %' }, { word: 'vides', label: 'Sans réponse' }] as const;

function keep(view: string, q: ReadQuestion): boolean {
  if (view === 'signalees') return q.findings.length > 0 || q.asked || q.disputed !== null;
  if (view === 'ecarts') return q.large;
  return view === 'vides' ? !q.answered : true;
}

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, actor, year, phase, side } = await followedTerritory(context, request, params);
  if (!isUuid(params.responseId)) throw refusal('Cette réponse n’existe pas : revenez à la liste.', 404);
  const opened = await readForControl(db, actor, params.responseId, inControl(phase.state) ? 'contrôle de cohérence' : 'aide à la saisie');
  if (!opened.ok) throw refusal(opened.error.message, opened.error.code === 'unknown_response' ? 404 : 403);
  const { view, file, medians, group, compiled, place } = opened.value;
  if (place.territory !== params.territory || place.year !== year) throw refusal('Cette réponse n’est pas de ce territoire.', 404);
  const search = new URL(request.url).searchParams;
  const dataYear = compiled.dataYears.find((y) => y === Number(search.get('annee'))) ?? compiled.mainDataYear;
  const shown = VIEWS.find((v) => v.word === search.get('vue'))?.word ?? 'tout';
  const rubrics = readRubrics(compiled, view, medians, file, dataYear);
  const all = rubrics.flatMap((r) => r.questions);
  const neighbours = (await followedStructures(db, year, params.territory)).filter((s) => s.responseId && s.state !== 'not_started');
  const at = neighbours.findIndex((s) => s.responseId === params.responseId);
  const link = (i: number) => (neighbours[i] ? { to: `/suivi/${params.territory}/${year}/${neighbours[i].responseId}`, name: neighbours[i].name } : null);
  const questionName = (key: string): string => `${compiled.questions.get(key)?.code ?? ''} ${compiled.questions.get(key)?.label ?? key}`.trim();
  const last = file.validations[0];
  return {
    year, territory: params.territory, territoryName: phase.name, phase: phase.state, control: inControl(phase.state), side, responseId: params.responseId, done: search.get('fait'), dataYear, dataYears: compiled.dataYears, shown,
    name: view.structureName, kind: view.structureKind, commune: view.communeName, state: view.state, stateReason: view.stateReason, completeness: view.completeness, counters: view.counters,
    submittedAt: view.submittedAt, thirdParty: view.thirdPartyRequested, group,
    rubrics: rubrics.map((r) => ({ ...r, questions: r.questions.filter((q) => keep(shown, q)) })).filter((r) => r.questions.length > 0),
    viewCounts: Object.fromEntries(VIEWS.map((v) => [v.word, all.filter((q) => keep(v.word, q)).length])),
    findings: findingsOf(compiled, view, file), votes: file.exclusionVotes,
    requests: file.requests.map((q) => ({
      ...q,
      points: q.points.map((p) => {
        const question = compiled.questions.get(p.key);
        const now = view.sheets[p.dataYear]?.answers[p.key];
        return {
          ...p, name: questionName(p.key), before: question ? formatAnswer(question, p.valueThen ?? undefined) : '', now: question ? formatAnswer(question, now) : '',
          disputed: file.disputed.find((d) => d.dataYear === p.dataYear && d.key === p.key)?.reason ?? null,
        };
      }),
    })),
    validation: last && view.state === 'validated' ? { ...last, until: objectionUntil(last.validatedAt, place.objectionDays) } : null,
    previousLink: at > 0 ? link(at - 1) : null, nextLink: at >= 0 ? link(at + 1) : null,
  };
}

const DONE: { readonly [intent: string]: string } = {
  review: 'La lecture est ouverte ; la structure est prévenue.', ask: 'La demande est envoyée à la structure.', validate: 'La réponse est validée ; l’autre correspondant est prévenu.', object: 'La réponse est de nouveau en lecture.',
  waive: 'Le signalement est levé.', dispute: 'Le désaccord est noté : la valeur reste telle que déclarée, hors des résultats de cette question.', undispute: 'Le désaccord est levé.', message: 'Le message est envoyé.',
  late: 'La structure peut répondre.', exclude: 'Votre avis est noté ; l’autre correspondant est prévenu.', excluded: 'La réponse est écartée ; la structure est prévenue.',
};

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor } = await followedTerritory(context, request, params);
  const { responseId } = params;
  const form = await readForm(request);
  const text = textsOf(form);
  let intent = text('intent');
  requireUuid(responseId, 'Cette réponse n’existe pas : revenez à la liste.');
  const value = () => ({ responseId, dataYear: requireYear(text('annee')), key: text('question'), reason: text('reason') });
  const run = async () => {
    switch (intent) {
      case 'review':
        return openReview(db, actor, responseId);
      case 'ask':
        return requestCorrection(db, actor, { responseId, message: text('message'), points: form.getAll('point').map((point) => ({ dataYear: Number(String(point).split(':')[0]), key: String(point).split(':')[1] ?? '' })) });
      case 'validate':
        return validate(db, actor, responseId);
      case 'object':
        return object(db, actor, { responseId, reason: text('reason') });
      case 'waive':
        return waiveFinding(db, actor, { responseId, dataYear: requireYear(text('annee')), ruleId: text('rule'), subject: text('subject'), reason: text('reason') });
      case 'dispute':
        return dispute(db, actor, value());
      case 'undispute':
        return undispute(db, actor, value());
      case 'message':
        return writeMessage(db, actor, { requestId: requireUuid(text('request'), 'Cette demande n’existe pas, ou plus : rechargez la page.'), body: text('body') });
      case 'late':
        return lateEntry(db, actor, { responseId, reason: text('reason') });
      case 'exclude': {
        const result = await exclude(db, actor, { responseId, reason: text('reason') });
        intent = result.ok && result.value.excluded ? 'excluded' : 'exclude';
        return result;
      }
      default:
        throw unknownAct();
    }
  };
  const result = await run();
  if (result.ok) return redirect(`${new URL(request.url).pathname}?fait=${intent}`, 303);
  return { intent, error: result.error.message, message: text('message'), reason: text('reason'), body: text('body'), points: form.getAll('point').map(String), rule: text('rule') };
}

type Data = Route.ComponentProps['loaderData'];
type Failed = Route.ComponentProps['actionData'];

export default function Response({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  const here = `/suivi/${d.territory}/${d.year}/${d.responseId}`;
  const mayAsk = d.control && ['submitted', 'under_review', 'correction_requested'].includes(d.state);
  const query = (change: { vue?: string; annee?: number }): string => {
    const q = new URLSearchParams();
    const vue = change.vue ?? d.shown;
    const annee = change.annee ?? d.dataYear;
    if (vue !== 'tout') q.set('vue', vue);
    if (annee !== d.dataYears[0]) q.set('annee', String(annee));
    return q.size > 0 ? `${here}?${q}` : here;
  };
  return (
    <Page
      title={d.name} level="department"
      crumbs={[{ label: 'Suivi', to: `/suivi?annee=${d.year}` }, { label: `${d.territoryName}, campagne ${d.year}`, to: `/suivi/${d.territory}/${d.year}` }, { label: d.name }]}
      lead={<>{d.kind} · {d.commune} · <ResponseBadge state={d.state} /></>}
    >
      {!failed && d.done && DONE[d.done] && <Notice tone="good" alert><p>{DONE[d.done]}</p></Notice>}
      {failed && <Notice tone="bad" alert><p>{failed.error}</p>{failed.intent === 'ask' && failed.points.length === 0 && <p><a href="#questions">Aller à la liste des questions</a></p>}</Notice>}
      <nav aria-label="Structures voisines" className={styles['toolbar']}>
        {d.previousLink && <a href={d.previousLink.to} rel="prev" accessKey="p">← {d.previousLink.name}</a>}
        {d.nextLink && <a href={d.nextLink.to} rel="next" accessKey="s">{d.nextLink.name} →</a>}
        <a href={`${here}/personnes`}>Personnes de la structure</a>
      </nav>
      <p className="soft">
        {completenessLabel(d.completeness)}{d.counters.required > 0 ? `\u00a0: ${plural(d.counters.answered, 'question remplie', 'questions remplies')} sur ${d.counters.required} attendues` : ''}.
        {d.submittedAt && ` Transmise le ${formatDate(d.submittedAt)}.`}
        {d.stateReason && ` Motif noté : ${d.stateReason.replace(/\.$/, '')}.`}
        {d.group ? ` Médianes des ${d.group.n} autres ${d.kind} ${d.group.territory === d.territory ? 'du territoire' : 'de la région'} qui ont répondu.` : ' Trop peu de réponses comparables pour montrer des médianes.'}
      </p>
      <div className={styles['layout']}>
        <div className="stack">
          {d.findings.length > 0 && (
            <section aria-labelledby="signalements">
              <h2 id="signalements">Signalements</h2>
              {d.findings.map((f) => <Finding key={`${f.ruleId}${f.subject}${f.dataYear}`} finding={f} mayWaive={mayAsk} failed={failed} years={d.dataYears.length > 1} full />)}
            </section>
          )}
          <nav id="questions" aria-label="Questions montrées" className={styles['toolbar']}>
            <strong>Questions :</strong>
            {VIEWS.map((v) => (v.word === d.shown ? <span key={v.word} aria-current="true">{v.label} ({d.viewCounts[v.word]})</span> : <a key={v.word} href={query({ vue: v.word })}>{v.label} ({d.viewCounts[v.word]})</a>))}
            {d.dataYears.length > 1 && d.dataYears.map((y) => (y === d.dataYear ? <strong key={y} aria-current="true">{y}</strong> : <a key={y} href={query({ annee: y })}>année {y}</a>))}
          </nav>
          {d.rubrics.length > 2 && <ul className={styles['rubrics']}>{d.rubrics.map((r) => <li key={r.code}><a href={`#r-${r.code}`}>{r.code}. {r.label}</a></li>)}</ul>}
          {d.rubrics.length === 0 && <Empty><p>Aucune question dans cette vue.</p><p><a href={query({ vue: 'tout' })}>Voir toutes les questions</a></p></Empty>}
          {d.rubrics.map((r) => (
            <section key={r.code} className={styles['rubric']} aria-labelledby={`r-${r.code}`}>
              <h2 id={`r-${r.code}`}>{r.code}. {r.label}</h2>
              <table className={styles['questions']}>
                <thead>
                  <tr>
                    {mayAsk && <th scope="col" className={styles['ask']}><span className="visually-hidden">Interroger</span></th>}
                    <th scope="col">Question</th><th scope="col" className={styles['number']}>{d.dataYear}</th><th scope="col" className={styles['number']}>{d.dataYear - 1}</th><th scope="col" className={styles['number']}>Médiane</th>
                  </tr>
                </thead>
                <tbody>{r.questions.map((q) => <Row key={q.key} q={q} d={d} mayAsk={mayAsk} failed={failed} />)}</tbody>
              </table>
            </section>
          ))}
        </div>
        <Desk d={d} failed={failed} mayAsk={mayAsk} />
      </div>
    </Page>
  );
}

function Row({ q, d, mayAsk, failed }: { q: ReadQuestion; d: Data; mayAsk: boolean; failed: Failed }) {
  const detail = q.table !== null && q.table.rows.length > 0;
  const below = detail || q.findings.length > 0;
  const point = `${d.dataYear}:${q.key}`;
  return (
    <>
      <tr className={below ? styles['open'] : undefined} id={`q-${q.key}`}>
        {mayAsk && (
          <td className={styles['ask']}>
            <input type="checkbox" form="demande" name="point" value={point} aria-label={`Interroger sur ${q.code}, ${q.label}`} defaultChecked={failed?.points.includes(point)} disabled={q.asked} />
          </td>
        )}
        <th scope="row">
          <span className={styles['code']}>{q.code}</span> {q.label}
          {q.source && <span className={styles['mark']}>saisi par {q.source}</span>}
          {q.asked && <span className={styles['mark']}>question posée, réponse attendue</span>}
          {q.disputed && <span className={styles['mark']}>en désaccord : {q.disputed}</span>}
        </th>
        {detail ? (
          <td colSpan={3} className={styles['quiet']}>tableau ci-dessous{q.cut && ` ; ${d.dataYear - 1} ${q.cut}`}</td>
        ) : (
          <>
            <td data-head={d.dataYear} className={`${styles['value']} ${q.number ? styles['number'] : ''}`}>{q.answered ? q.value : <span className={styles['blank']}>sans réponse</span>}</td>
            <td data-head={d.dataYear - 1} className={`${styles['quiet']} ${q.number ? styles['number'] : ''}`}>{q.cut ?? q.previous}{q.change && <span className={`${styles['change']} ${q.large ? styles['large'] : ''}`}>{q.change}</span>}</td>
            <td data-head="médiane" className={`${styles['quiet']} ${styles['number']}`}>{q.median}</td>
          </>
        )}
      </tr>
      {below && (
        <tr className={styles['inner']}>
          {mayAsk && <td />}
          <td colSpan={4}>
            {q.table && detail && (
              <div className={styles['frame']} {...(q.table.columns.length > 2 ? { role: 'region', tabIndex: 0, 'aria-label': `${q.code}, ${q.label}` } : {})}><table className={styles['cells']}>
                <thead><tr><th scope="col"><span className="visually-hidden">Ligne</span></th>{q.table.columns.map((c) => <th key={c} scope="col">{c}</th>)}</tr></thead>
                <tbody>
                  {q.table.rows.map((row) => (
                    <tr key={row.label}><th scope="row">{row.label}</th>{row.cells.map((cell, i) => <td key={i}>{cell.value}{cell.previous !== null && cell.previous !== cell.value && <small>{d.dataYear - 1} : {cell.previous}</small>}</td>)}</tr>
                  ))}
                </tbody>
              </table></div>
            )}
            {q.table && detail && q.table.folded > 0 && <p className="small soft">{plural(q.table.folded, 'ligne à zéro ou vide', 'lignes à zéro ou vides')} non montrées</p>}
            {q.findings.map((f) => <Finding key={f.ruleId + f.subject} finding={f} mayWaive={false} failed={failed} years={false} />)}
          </td>
        </tr>
      )}
    </>
  );
}

function Finding({ finding: f, mayWaive, failed, years, full = false }: { finding: ReadFinding; mayWaive: boolean; failed: Failed; years: boolean; full?: boolean }) {
  const wrong = failed?.intent === 'waive' && failed.rule === f.ruleId;
  return (
    <div className={`${styles['finding']} ${f.open ? styles[f.severity] : styles['settled']}`}>
      <p>
        <Badge tone={f.open ? (f.severity === 'hard' ? 'bad' : f.severity === 'soft' ? 'warn' : undefined) : undefined}>{f.open ? SEVERITY_LABELS[f.severity] : f.state}</Badge> {f.message}{years && ` (${f.dataYear})`}
        {full && f.questions.map((q) => <span key={q.key}> <a href={`#q-${q.key}`}>{q.code}</a></span>)}
      </p>
      {f.justification && <p className="small">« {f.justification} »</p>}
      {f.waiver && <p className="small">Levé : {f.waiver}</p>}
      {full && mayWaive && f.open && f.severity !== 'hard' && (
        <details open={wrong}>
          <summary className="small">Lever ce signalement</summary>
          <form method="post" className="row">
            <input type="hidden" name="annee" value={f.dataYear} /><input type="hidden" name="rule" value={f.ruleId} /><input type="hidden" name="subject" value={f.subject} />
            <input name="reason" aria-label="Pourquoi le lever" placeholder="Pourquoi" required defaultValue={wrong ? failed.reason : ''} />
            <button className="button quiet" name="intent" value="waive">Lever</button>
          </form>
        </details>
      )}
    </div>
  );
}

function Desk({ d, failed, mayAsk }: { d: Data; failed: Failed; mayAsk: boolean }) {
  const mine = d.validation?.side === d.side;
  const voted = d.votes.find((v) => v.side === d.side);
  const proposed = d.votes.find((v) => v.side !== d.side);
  const open = d.requests.some((q) => q.state === 'open');
  return (
    <div className={styles['desk']}>
      {!d.control && <Notice><p>Le contrôle n’est pas commencé : vous lisez pour aider à la saisie. {(d.state === 'not_started' || d.state === 'in_progress') && <a href={`/centre/${d.responseId}`}>Saisir pour le compte de la structure</a>}</p></Notice>}
      {d.control && d.state === 'submitted' && (
        <section className={styles['act']} aria-labelledby="lire"><h2 id="lire">Commencer la lecture</h2><p className="small">La structure est prévenue que ses réponses sont lues.</p><form method="post"><button className="button" name="intent" value="review">Ouvrir la lecture</button></form></section>
      )}
      {mayAsk && (
        <section className={styles['act']} aria-labelledby="demander">
          <h2 id="demander">Demander une correction</h2>
          <form method="post" id="demande" className="stack">
            <p className="small">Cochez les questions dans la liste, puis écrivez à la structure. Elle pourra corriger, confirmer ou contester.</p>
            <Field id="message" label="Votre message" error={failed?.intent === 'ask' && failed.points.length > 0 ? failed.error : undefined}>{(aria) => <textarea {...aria} name="message" rows={4} defaultValue={failed?.intent === 'ask' ? failed.message : ''} />}</Field>
            <button className="button" name="intent" value="ask">Envoyer la demande</button>
          </form>
        </section>
      )}
      {d.control && (d.state === 'under_review' || d.state === 'submitted') && (
        <section className={styles['act']} aria-labelledby="valider">
          <h2 id="valider">Valider</h2>
          <p className="small">{d.counters.openHard > 0 ? `${plural(d.counters.openHard, 'impossibilité demeure', 'impossibilités demeurent')} : demandez une correction d’abord.` : open ? 'Une demande attend la structure.' : 'L’autre correspondant en sera prévenu et pourra s’y opposer.'}</p>
          <form method="post"><button className="button" name="intent" value="validate" disabled={d.counters.openHard > 0 || open}>Valider la réponse</button></form>
        </section>
      )}
      {d.validation && (
        <section className={styles['act']} aria-labelledby="validee">
          <h2 id="validee">Validée par la {SIDE_LABELS[d.validation.side] === 'Caf' ? 'Caf' : 'fédération'}</h2>
          <p className="small">{d.validation.name}, le {formatDate(d.validation.validatedAt)}. {mine ? `L’autre correspondant peut s’y opposer jusqu’au ${formatDate(d.validation.until)}.` : `Vous pouvez vous y opposer jusqu’au ${formatDate(d.validation.until)} ; ensuite, dites pourquoi de même.`}</p>
          <form method="post" className="stack">
            <Field id="objection" label={mine ? 'Relire la réponse : pourquoi' : 'S’y opposer : pourquoi'} error={failed?.intent === 'object' ? failed.error : undefined}>{(aria) => <input {...aria} name="reason" defaultValue={failed?.intent === 'object' ? failed.reason : ''} />}</Field>
            <button className="button quiet" name="intent" value="object">Remettre en lecture</button>
          </form>
        </section>
      )}
      {d.control && d.state === 'frozen' && (
        <section className={styles['act']} aria-labelledby="rouverte">
          <h2 id="rouverte">Territoire rouvert</h2>
          <form method="post" className="stack"><Field id="reprise" label="Reprendre cette réponse : pourquoi">{(aria) => <input {...aria} name="reason" />}</Field><button className="button quiet" name="intent" value="object">Remettre en lecture</button></form>
        </section>
      )}
      {d.control && (d.state === 'non_respondent' || d.state === 'declined') && (
        <section className={styles['act']} aria-labelledby="tard">
          <h2 id="tard">Réponse tardive</h2>
          <form method="post" className="stack"><Field id="tardive" label="Pourquoi l’accepter" error={failed?.intent === 'late' ? failed.error : undefined}>{(aria) => <input {...aria} name="reason" />}</Field><button className="button quiet" name="intent" value="late">Permettre de répondre</button></form>
        </section>
      )}
      {d.requests.length > 0 && (
        <section className={styles['act']} aria-labelledby="echanges">
          <h2 id="echanges">Échanges avec la structure</h2>
          <ol className={styles['thread']}>
            {d.requests.map((q) => (
              <li key={q.id}>
                <p><Badge tone={q.state === 'open' ? 'warn' : q.state === 'answered' ? 'accent' : undefined}>{REQUEST_LABELS[q.state]}</Badge></p>
                <p className="small soft">{namedWithSide(q.author, q.side)}, le {formatShortDate(q.createdAt)}</p>
                <p className={styles['said']}>{q.message}</p>
                <ul className={styles['replies']}>
                  {q.points.map((p) => (
                    <li key={p.dataYear + p.key}>
                      <a href={`#q-${p.key}`}>{p.name}</a>{d.dataYears.length > 1 && ` (${p.dataYear})`}
                      <div><strong>{REPLY_LABELS[p.reply]}</strong>{p.reply === 'corrected' && ` : ${p.before} → ${p.now}`}{p.reply !== 'corrected' && p.before.length < 60 && ` : ${p.before}`}</div>
                      {p.replyMessage && <div>« {p.replyMessage} »</div>}
                      {d.control && d.state === 'under_review' && (p.reply === 'confirmed' || p.reply === 'contested') && (p.disputed === null ? (
                        <details>
                          <summary>Constater un désaccord</summary>
                          <form method="post" className="stack"><input type="hidden" name="annee" value={p.dataYear} /><input type="hidden" name="question" value={p.key} /><input name="reason" aria-label="Motif du désaccord" placeholder="Motif" required /><button className="button quiet" name="intent" value="dispute">La valeur reste, hors des résultats</button></form>
                        </details>
                      ) : (
                        <form method="post"><input type="hidden" name="annee" value={p.dataYear} /><input type="hidden" name="question" value={p.key} /><p className="small">En désaccord : {p.disputed}</p><button className="link-button" name="intent" value="undispute">Lever le désaccord</button></form>
                      ))}
                    </li>
                  ))}
                </ul>
                {q.messages.map((m) => <p key={m.id} className="small"><strong>{m.author}</strong>, {formatShortDate(m.at)} : {m.body}</p>)}
                {q.state !== 'closed' && (
                  <form method="post" className="stack"><input type="hidden" name="request" value={q.id} /><input name="body" aria-label="Votre message à la structure" placeholder="Ajouter un message" required /><button className="button quiet" name="intent" value="message">Envoyer le message</button></form>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
      {d.state !== 'excluded' && d.state !== 'frozen' && !isFrozen(d.phase) && (
        <section className={styles['act']} aria-labelledby="ecarter">
          <h2 id="ecarter">Écarter de la campagne</h2>
          {proposed && <Notice tone="warn"><p>{proposed.name} propose d’écarter cette réponse : « {proposed.reason} »</p></Notice>}
          {voted ? <p className="small">Vous l’avez proposé : « {voted.reason} ». L’accord de l’autre correspondant est attendu.</p> : (
            <details open={proposed !== undefined || failed?.intent === 'exclude'}>
              <summary>{proposed ? 'Donner votre accord' : 'Structure fermée, fusionnée, réponse inutilisable'}</summary>
              <form method="post" className="stack"><Field id="retrait" label="Motif" error={failed?.intent === 'exclude' ? failed.error : undefined}>{(aria) => <input {...aria} name="reason" />}</Field><button className="button danger" name="intent" value="exclude">{proposed ? 'Écarter la réponse' : 'Proposer d’écarter'}</button></form>
            </details>
          )}
        </section>
      )}
    </div>
  );
}
