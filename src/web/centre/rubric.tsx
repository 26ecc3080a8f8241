/** One rubric of the form, for one data year. Posts whole without a script; with one, each answer leaves as it is given. */
import { useRef } from 'react';
import { data, redirect } from 'react-router';
import type { Route } from './+types/rubric';
import { contextOf, sourceLabel } from '../../domains/entry/index.ts';
import { justifyFinding, preparedRunner, prefillFromRegister, readResponse, saveAnswers } from '../../domains/entry/index.server.ts';
import { openRequestsOf } from '../../domains/control/index.server.ts';
import { isTarget } from '../../domains/proposal/index.ts';
import { askedKeys, computedAnswer, formatAnswer, formatCell, parseFormAnswer, type Question, visibleQuestions } from '../../domains/questionnaire/index.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { newId } from '../../kernel/identifier.ts';
import { readForm } from '../form-values.ts';
import { refusal, services } from '../request-context.ts';
import { ErrorSummary, Notice, Page } from '../ui/page.tsx';
import { dataYearOf, openCentrePage } from './centre-page.server.ts';
import styles from './centre.module.css';
import { crumbsOf } from './crumbs.ts';
import { readExplanationField } from './findings-view.ts';
import { judgePage, totalsOf, useLiveForm } from './live-form.ts';
import { rubricProgress, rubricsAsked, steps } from './progress.ts';
import { anchorOf, QuestionField } from './question-field.tsx';
import { RubricList } from './rubric-list.tsx';
import type { Typed } from './typed.ts';

export const handle = { script: true };
export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `${loaderData.rubricLabel} · ${loaderData.structureName} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const page = await openCentrePage(context, request, params);
  const { view, compiled, as, editable } = page;
  const dataYear = dataYearOf(page, params.dataYear);
  const rubrics = rubricsAsked(compiled, view, dataYear);
  if (!rubrics.includes(params.rubric)) throw refusal('Cette rubrique n’est pas demandée à cette structure : choisissez-en une autre depuis l’accueil de vos réponses.', 404);
  if (as === 'structure' && editable && !view.noticeReadAt && (view.state === 'not_started' || view.state === 'in_progress')) throw redirect(`/centre/${view.id}`);
  const asked = new Set(askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear }));
  const questions = compiled.version.questions.filter((q) => q.rubric === params.rubric && asked.has(q.key));
  const sheet = view.sheets[dataYear];
  const answers = sheet?.answers ?? {};
  const previous = view.previous[dataYear] ?? {};
  const judged = judgePage(compiled, { ...view, dataYear, rubric: params.rubric, previous, stored: view.findings }, answers);
  const ctx = contextOf(compiled, view, dataYear);
  const proposed = Object.fromEntries(
    questions.flatMap((q) => {
      if (answers[q.key] || !editable) return [];
      const offer = q.prefill === 'computed' ? computedAnswer(compiled, ctx, q.key) : q.prefill === 'previous' ? previous[q.key] : undefined;
      return offer ? [[q.key, offer]] : [];
    }),
  );
  const path = steps(compiled, view);
  const here = path.findIndex((s) => s.dataYear === dataYear && s.rubric === params.rubric);
  const next = path[here + 1];
  const hasHistory = Object.keys(answers);
  const requests = view.state === 'correction_requested' ? await openRequestsOf(page.db, view.id) : [];
  const asks = requests.flatMap((r) => r.points.filter((p) => p.dataYear === dataYear && p.reply === 'pending').map((p) => ({ key: p.key, text: `${r.author}\u00a0: ${p.question ?? r.message}` })));
  return {
    responseId: view.id, structureName: view.structureName, structureKind: view.structureKind, territoryCode: view.territoryCode, campaignYear: view.campaignYear,
    questionnaireYear: view.questionnaireYear, contentHash: compiled.version.contentHash, dataYear, years: compiled.dataYears.map((year) => ({ year, rubric: rubricsAsked(compiled, view, year).includes(params.rubric) ? params.rubric : rubricsAsked(compiled, view, year)[0]! })), rubric: params.rubric,
    rubricLabel: compiled.version.rubrics[params.rubric] ?? params.rubric, questions, answers, previous, proposed, editable, as,
    stored: view.findings, findings: judged.findings, hidden: questions.filter((q) => !judged.visible.has(q.key)).map((q) => q.key), required: judged.required, answered: judged.answered,
    origins: Object.fromEntries(questions.flatMap((q) => (sheet?.provenance[q.key] ? [[q.key, originOf(sheet.provenance[q.key]!, view.onBehalf.find((v) => v.dataYear === dataYear && v.key === q.key)?.verdict ?? null)]] : []))),
    rubrics: rubricProgress(compiled, view, dataYear), next: next ? `/centre/${view.id}/${next.dataYear}/${next.rubric}` : `/centre/${view.id}/transmettre`,
    nextLabel: next ? (next.dataYear === dataYear ? 'Enregistrer et continuer' : `Enregistrer et passer à ${next.dataYear}`) : 'Enregistrer et voir ce qui reste',
    asks, labels: Object.fromEntries(compiled.version.questions.map((q) => [q.key, `${q.code} ${q.label}`])), hasHistory,
    saved: new URL(request.url).searchParams.has('enregistre'), state: view.state,
  };
}

function originOf(source: Parameters<typeof sourceLabel>[0], verdict: 'accepted' | 'contested' | null): string {
  const words = source === 'register' ? 'D’après le répertoire : vérifiez, et corrigez si besoin.' : source === 'previous' || source === 'computed' || source === 'import' ? `Repris d’après ${sourceLabel(source)}.` : `Saisi par ${sourceLabel(source)}.`;
  return verdict === 'accepted' ? `${words} Vous l’avez accepté.` : verdict === 'contested' ? `${words} Vous l’avez contesté.` : source === 'caf' || source === 'federation' ? `${words} À relire avant de transmettre.` : words;
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const page = await openCentrePage(context, request, params);
  const { database } = services(context);
  const { view, compiled, actor } = page;
  const dataYear = dataYearOf(page, params.dataYear);
  const form = await readForm(request);
  await prefillFromRegister(database.db, view.id);
  const asked = new Set(askedKeys(compiled, { structureKind: view.structureKind, territory: view.territoryCode, dataYear }));
  const questions = compiled.version.questions.filter((q) => q.rubric === params.rubric && asked.has(q.key) && wasOnPage(q, form));
  const errors: { [key: string]: string } = {};
  const typed: { [key: string]: Typed } = {};
  const items = questions.flatMap((question) => {
    const parsed = parseFormAnswer(question, (name) => form.getAll(name).map(String));
    if (parsed.ok) return [{ saveId: newId(), key: question.key, answer: parsed.value ?? null }];
    errors[question.key] = parsed.error.message;
    typed[question.key] = parsed.error.typed;
    return [];
  });
  const saved = await saveAnswers(preparedRunner(database), { actor }, { responseId: view.id, dataYear, items }, { onlyChanges: true });
  if (!saved.ok) return data({ errors, typed, refused: saved.error.message }, { status: 409 });
  for (const fault of saved.value.faults) errors[fault.key] = fault.message;
  const refused = await explainAll(page.db, actor, form, view.id, dataYear);
  if (Object.keys(errors).length > 0 || refused) return data({ errors, typed, refused }, { status: 422 });
  const here = new URL(request.url).pathname;
  const to = String(form.get('suite') ?? '');
  const target = to.startsWith(`/centre/${view.id}/`) ? to : `${here}?enregistre`;
  // Answers may have brought new questions to this very rubric: they are shown before going on.
  const fresh = (await readResponse(page.db, view.id))!;
  const now = visibleQuestions(compiled, contextOf(compiled, fresh, dataYear)).filter((q) => q.rubric === params.rubric && q.required && !fresh.sheets[dataYear]?.answers[q.key]);
  const before = new Set(visibleQuestions(compiled, contextOf(compiled, view, dataYear)).map((q) => q.key));
  const appeared = now.find((q) => !before.has(q.key));
  throw redirect(appeared ? `${here}?enregistre#${anchorOf(appeared.key)}-bloc` : target);
}

/** A question that the form did not hold is left alone. */
const wasOnPage = (question: Question, form: FormData): boolean => [...form.keys()].some((name) => name === question.key || name.startsWith(`${question.key}.`) || name.startsWith(`${question.key}~`));

async function explainAll(db: Parameters<typeof justifyFinding>[0], actor: Parameters<typeof justifyFinding>[1], form: FormData, responseId: Parameters<typeof justifyFinding>[2]['responseId'], dataYear: number): Promise<string | null> {
  const stored = (await readResponse(db, responseId))!.findings;
  for (const [name, given] of form) {
    const finding = readExplanationField(name);
    const kept = finding && stored.find((f) => f.dataYear === dataYear && f.ruleId === finding.ruleId && f.subject === finding.subject && f.state !== 'corrected' && f.state !== 'closed');
    const text = String(given).trim();
    if (!finding || !kept || text === (kept.state === 'justified' ? (kept.justification ?? '') : '')) continue;
    // oxlint-disable-next-line no-await-in-loop -- a handful of explanations at most
    const done = await justifyFinding(db, actor, { responseId, dataYear, ...finding, text });
    if (!done.ok) return done.error.message;
  }
  return null;
}

export default function Rubric({ loaderData: d, actionData }: Route.ComponentProps) {
  const form = useRef<HTMLFormElement>(null);
  const live = useLiveForm(form, d, { answers: d.answers, findings: d.findings, hidden: new Set(d.hidden), errors: actionData?.errors ?? {}, required: d.required, answered: d.answered });
  const nameOf = (key: string): string => d.labels[key] ?? key;
  const left = live.required - live.answered;
  const errors = Object.entries(live.errors).map(([key, message]) => ({ id: anchorOf(key), message }));
  return (
    <Page title={`${d.rubric}. ${d.rubricLabel}`} crumbs={crumbsOf({ ...d, own: d.as === 'structure' }, { label: `Rubrique ${d.rubric}` })}>
      <div className={styles.layout}>
        <nav className={styles.side} aria-label="Rubriques">
          <RubricList responseId={d.responseId} rubrics={d.rubrics} current={d.rubric} dataYear={d.dataYear} years={d.years} own={d.as === 'structure'} />
        </nav>
        <div className="stack">
          {actionData?.refused && (
            <Notice tone="bad" alert>
              <p>{actionData.refused}</p>
            </Notice>
          )}
          {actionData && <ErrorSummary title="Ce qui n’a pas pu être lu" errors={errors} />}
          {!d.editable && (
            <Notice tone="accent">
              <p>Ces réponses ne sont plus modifiables pour l’instant : vous pouvez les lire.</p>
            </Notice>
          )}
          {d.as !== 'structure' && d.editable && (
            <Notice tone="warn">
              <p>Vous saisissez pour le compte de la structure : chaque valeur portera votre nom, et elle devra la relire.</p>
            </Notice>
          )}
          <p className="soft">
            {d.structureName}, données de l’année <strong>{d.dataYear}</strong>. S’il n’y en a pas, écrivez 0 plutôt que de laisser vide.
            {d.editable && d.questions.some((q) => isTarget(q.key)) && (
              <>
                {' '}
                <a href={`/centre/${d.responseId}/${d.dataYear}/fichiers`}>Partir de vos fichiers</a> (comptabilité, paie, adhérents)&nbsp;: ils sont lus ici et ne sont pas envoyés.
              </>
            )}
          </p>
          <form ref={form} method="post" className={styles.form} noValidate>
            {d.questions.map((question) => (
              <QuestionField
                key={question.key}
                question={question}
                answer={d.answers[question.key]}
                typed={actionData?.typed[question.key]}
                error={live.errors[question.key]}
                previous={d.previous[question.key]}
                previousYear={d.dataYear - 1}
                findings={live.findings.filter((f) => f.anchor === question.key)}
                hidden={live.hidden.has(question.key)}
                disabled={!d.editable}
                asks={d.asks.filter((a) => a.key === question.key).map((a) => a.text)}
                replyLink={`/centre/${d.responseId}/corrections`}
                origin={d.origins[question.key] ?? null}
                proposed={d.proposed[question.key]}
                historyLink={d.hasHistory.includes(question.key) ? `/centre/${d.responseId}/${d.dataYear}/historique/${question.key}` : null}
                totals={totalsOf(question, live.answers, (column, total) => formatCell(question.table!.columns.find((c) => c.code === column)!, total), (key) => declared(d.labels[key], formatDeclared(d, live.answers, key)))}
                nameOf={nameOf}
              />
            ))}
            <div className={styles.bar}>
              <p className={styles.what}>
                <strong>
                  {live.answered} sur {live.required}
                </strong>{' '}
                {left > 0 ? `· reste ${left} question${left > 1 ? 's' : ''} dans cette rubrique` : '· rubrique complète'}
                <span className={styles.saving} data-tone={live.status?.tone ?? (d.saved ? 'good' : 'plain')} role="status">
                  {live.status ? live.status.text : d.saved ? 'Rubrique enregistrée' : ''}
                  {live.status?.signIn && (
                    <>
                      {' '}
                      <a href={`/connexion?retour=${encodeURIComponent(`/centre/${d.responseId}/${d.dataYear}/${d.rubric}`)}`}>Se reconnecter</a>
                    </>
                  )}
                </span>
              </p>
              {d.editable ? (
                <>
                  <button className={`button quiet ${styles.second}`} name="suite" value="">
                    Enregistrer
                  </button>
                  <button className="button" name="suite" value={d.next}>
                    {d.nextLabel}
                  </button>
                </>
              ) : (
                <a className="button" href={d.next}>
                  Continuer la lecture
                </a>
              )}
            </div>
          </form>
        </div>
      </div>
    </Page>
  );
}

const declared = (label: string | undefined, text: string | null): string | null => (label && text ? `${label.split(' ')[0]}\u00a0: ${text}` : null);

function formatDeclared(d: { readonly questions: readonly Question[]; readonly answers: Route.ComponentProps['loaderData']['answers'] }, answers: Route.ComponentProps['loaderData']['answers'], key: string): string | null {
  const question = d.questions.find((q) => q.key === key);
  const answer = answers[key] ?? d.answers[key];
  if (!answer) return null;
  return question ? formatAnswer(question, answer) : answer.state === 'value' && typeof answer.value === 'number' ? formatNumber(answer.value, 2) : null;
}
