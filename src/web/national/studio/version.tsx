/** One questionnaire: where it stands, what is missing before the next step, its questions and its checks. */
import { redirect } from 'react-router';
import type { Route } from './+types/version';
import { lostFigures } from '../../../domains/statistics/index.ts';
import { figureFiles } from '../../../domains/statistics/index.server.ts';
import { CATEGORY_LABELS, KIND_LABELS, LEVEL_LABELS, SEVERITY_LABELS } from '../../../domains/questionnaire/index.ts';
import { changeDraft, findVersion, moveVersion, readinessOf, versionNames } from '../../../domains/questionnaire/index.server.ts';
import { readForm, unknownAct } from '../../form-values.ts';
import { Badge, Field, Notice, Page, Section } from '../../ui/page.tsx';
import campaignStyles from '../campaign.module.css';
import { mayWrite, openVersion } from './studio-page.server.ts';
import { StudioNav, studioCrumbs } from './studio-nav.tsx';
import styles from './studio.module.css';
import { faultsOf, questionPath, rulePath, VERSION_STATE_LABELS, VERSION_STATES, versionPath } from './words.ts';

export const meta: Route.MetaFunction = ({ params }) => [{ title: `Questionnaire ${params.year} · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const open = await openVersion(context, request, params.year);
  const { db, version, state, year } = open;
  const ready = (await readinessOf(db, year))!;
  const previous = version.follows === undefined ? undefined : await findVersion(db, version.follows);
  return {
    year, state, title: version.title, dataYears: version.dataYears.map((d) => d.year), follows: version.follows ?? null, ready, writes: open.writes, validates: open.validates, edits: mayWrite(open, null),
    localModules: version.modules.filter((m) => m.territory && mayWrite(open, m.code)).map((m) => m.code),
    rubrics: Object.entries(version.rubrics).map(([code, label]) => ({
      code, label,
      questions: version.questions.filter((q) => q.rubric === code).map((q) => ({ key: q.key, code: q.code, label: q.label, kind: q.kind, level: q.level, module: version.modules.find((m) => m.code === q.module)?.label ?? null, kinds: q.appliesTo })),
    })),
    rules: version.rules.map((r) => ({ id: r.id, category: r.category, severity: r.severity, message: r.message })),
    // a figure is made only where its questions are asked: what a draft loses is told before it is validated
    lost: previous && (state === 'draft' || state === 'proposed') ? lostFigures(await figureFiles(), previous, open.compiled, await versionNames(db)) : [],
    done: new URL(request.url).searchParams.get('fait'),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, author, year } = await openVersion(context, request, params.year);
  const form = await readForm(request);
  const text = (name: string): string => String(form.get(name) ?? '');
  const intent = text('intent');
  const run = async () => {
    switch (intent) {
      case 'propose':
        return moveVersion(db, author, year, 'proposed');
      case 'validate':
        return moveVersion(db, author, year, 'validated', text('note'));
      case 'reopen':
        return moveVersion(db, author, year, 'draft', text('note'));
      case 'rubric':
        return changeDraft(db, author, year, { act: 'set_rubric', code: text('code').trim(), label: text('label') });
      default:
        throw unknownAct();
    }
  };
  const done = await run();
  if (done.ok) return redirect(`${versionPath(year)}?fait=${intent}`, 303);
  return { error: done.error.message, faults: faultsOf(done.error), code: text('code'), label: text('label') };
}

const DONE: { readonly [intent: string]: string } = {
  start: 'Le questionnaire est commencé.', load: 'Le questionnaire est chargé.', propose: 'Le questionnaire est proposé au comité de pilotage national.', validate: 'La validation du comité de pilotage national est enregistrée.',
  reopen: 'Le questionnaire est de nouveau en préparation.', rubric: 'La rubrique est enregistrée.', question: 'La question est enregistrée.', retrait: 'La question est abandonnée.', controle: 'Le contrôle est enregistré.', 'controle-retire': 'Le contrôle est retiré.',
};

export default function Version({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  const at = VERSION_STATES.indexOf(d.state);
  const total = d.rubrics.reduce((n, r) => n + r.questions.length, 0);
  return (
    <Page title={d.title} level="nation" crumbs={studioCrumbs(d.year)} lead={`Données ${d.dataYears.join(' et ')}. ${total} questions, ${d.rules.length} contrôles.${d.follows ? ` Fait à partir du questionnaire ${d.follows}.` : ''}`}>
      {failed && <Notice tone="bad" alert><p>{failed.error}</p></Notice>}
      {!failed && d.done && DONE[d.done] && <Notice tone="good" alert><p>{DONE[d.done]}</p></Notice>}
      <StudioNav year={d.year} here="" />
      <ol className={campaignStyles['steps']} aria-label="Étapes du questionnaire">
        {VERSION_STATES.map((state, i) => <li key={state} className={i < at ? campaignStyles['past'] : i === at ? campaignStyles['now'] : undefined} aria-current={i === at ? 'step' : undefined}>{VERSION_STATE_LABELS[state]}</li>)}
      </ol>
      <NextStep {...d} />
      <Section title="Questions" id="questions">
        {d.rubrics.map((rubric) => (
          <details key={rubric.code} className={styles.rubric} id={`rubrique-${rubric.code}`}>
            <summary className={styles.head}>{rubric.code}. {rubric.label}<small>{rubric.questions.length} {rubric.questions.length > 1 ? 'questions' : 'question'}</small></summary>
            <ul className={styles.list}>
              {rubric.questions.map((q) => (
                <li key={q.key}>
                  <span className={styles.code}>{q.code}</span>
                  <a href={questionPath(d.year, q.key)}>{q.label}</a>
                  <span className={styles.tags}>{[KIND_LABELS[q.kind], q.level === 'core' ? null : (q.module ?? LEVEL_LABELS[q.level]), q.kinds.length === 1 ? `${q.kinds[0]} seulement` : null].filter(Boolean).join(' · ')}</span>
                </li>
              ))}
            </ul>
            {d.edits && <p><a href={`${versionPath(d.year)}/nouvelle-question?rubrique=${rubric.code}`}>Ajouter une question<span className="visually-hidden"> à la rubrique {rubric.code}</span></a></p>}
          </details>
        ))}
        {d.edits && (
          <details className={styles.rubric} open={failed !== undefined && failed.code !== ''}>
            <summary>Ajouter ou renommer une rubrique</summary>
            <form method="post" className="row">
              <Field id="code" label="Lettre" error={failed?.faults.find((f) => f.field === 'code')?.message}>{(aria) => <input {...aria} name="code" size={3} maxLength={1} defaultValue={failed?.code} />}</Field>
              <Field id="label" label="Intitulé" error={failed?.faults.find((f) => f.field === 'label')?.message}>{(aria) => <input {...aria} name="label" size={30} defaultValue={failed?.label} />}</Field>
              <button className="button quiet" name="intent" value="rubric">Enregistrer la rubrique</button>
            </form>
          </details>
        )}
        {!d.edits && d.localModules.length > 0 && <p><a className="button quiet" href={`${versionPath(d.year)}/modules`}>Écrire les questions locales</a></p>}
      </Section>
      <Section title="Contrôles" id="controles">
        {d.edits && <p><a href={`${versionPath(d.year)}/nouveau-controle`}>Ajouter un contrôle</a></p>}
        {[...Map.groupBy(d.rules, (r) => r.category)].map(([category, rules]) => (
          <details key={category} className={styles.rubric}>
            <summary className={styles.head}>{CATEGORY_LABELS[category] ?? category}<small>{rules.length} {rules.length > 1 ? 'contrôles' : 'contrôle'}</small></summary>
            <ul className={styles.list}>
              {rules.map((r) => (
                <li key={r.id}>
                  <a className={styles.code} href={rulePath(d.year, r.id)}>{r.id}</a>
                  <span>{r.message}</span>
                  <span className={styles.tags}>{SEVERITY_LABELS[r.severity]}</span>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </Section>
    </Page>
  );
}

type Loaded = Route.ComponentProps['loaderData'];

function NextStep({ state, ready, writes, validates, year, lost }: Loaded) {
  const act = writes || validates;
  return (
    <Section title={state === 'draft' ? 'Avant de proposer' : 'Où en est-il'} id="suite">
      {(state === 'draft' || state === 'proposed') && (
        <>
          {ready.blocking.length > 0 ? (
            <Notice tone="warn" title={ready.blocking.length === 1 ? 'Un point à régler' : `${ready.blocking.length} points à régler`}>
              <ul>{ready.blocking.slice(0, 20).map((p) => <li key={p.message}>{p.message} {p.module ? <a href={`${versionPath(year)}/modules`}>Voir les modules</a> : p.key && p.code === 'untold_break' ? <a href={questionPath(year, p.key)}>Ouvrir la question</a> : null}</li>)}</ul>
            </Notice>
          ) : (
            <p><Badge tone="good">Prêt</Badge> Rien n’empêche de {state === 'draft' ? 'proposer' : 'valider'} ce questionnaire.</p>
          )}
          {ready.advice.length > 0 && (
            <details>
              <summary>{ready.advice.length === 1 ? 'Un point mérite un regard' : `${ready.advice.length} points méritent un regard`}</summary>
              <ul>{ready.advice.map((p) => <li key={p.message}>{p.key ? <a href={questionPath(year, p.key)}>{p.message}</a> : p.message}</li>)}</ul>
            </details>
          )}
        </>
      )}
      {lost.length > 0 && (
        <details>
          <summary>{lost.length === 1 ? 'Un chiffre ne se fera plus' : `${lost.length} chiffres ne se feront plus`} avec ces questions</summary>
          <p className="soft">Une question qu’ils lisent est abandonnée, scindée, ou a changé de sens : leur série s’arrête ou se coupe là. Les chiffres d’une question renommée ou réunie continuent seuls.</p>
          <ul>{lost.map((f) => <li key={f.id}>{f.label} <code>{f.id}</code><br /><span className="soft small">{f.reason}</span></li>)}</ul>
        </details>
      )}
      {state === 'validated' && <p>Validé par le comité de pilotage national. Il passe en usage à l’ouverture de sa campagne.</p>}
      {(state === 'in_use' || state === 'closed') && <p>Une campagne s’est ouverte sur ce questionnaire : il ne change plus. Seuls des mots se corrigent, par un erratum.</p>}
      {act && (
        <form method="post" className="row">
          {state === 'draft' && writes && <button className="button" name="intent" value="propose" disabled={ready.blocking.length > 0}>Proposer au comité de pilotage national</button>}
          {state === 'proposed' && validates && <button className="button" name="intent" value="validate" disabled={ready.blocking.length > 0}>Enregistrer la validation du comité de pilotage national</button>}
          {(state === 'proposed' || state === 'validated') && (
            <>
              <input name="note" aria-label="Ce qu’il faut revoir" placeholder="Ce qu’il faut revoir" size={28} />
              <button className="button quiet" name="intent" value="reopen">Remettre en préparation</button>
            </>
          )}
        </form>
      )}
    </Section>
  );
}
