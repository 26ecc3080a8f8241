/** One question of a version: its words, its form, where it comes from, what became of it. A plain form; it works without script. */
import { redirect } from 'react-router';
import type { Route } from './+types/question';
import {
  KIND_LABELS, KNOWN_UNITS, lineageSentence, nameOfQuestion, originOf, PERIOD_LABELS, PREFILL_LABELS, type Question, questionSentences, seenOf, SENSITIVITY_LABELS, type StudioFault, unitLabel,
} from '../../../domains/questionnaire/index.ts';
import { changeDraft, changesOf, type ChangeLine, interpretationsBeside } from '../../../domains/questionnaire/index.server.ts';
import { registerCodes } from '../../../domains/registry/index.server.ts';
import { formatDate } from '../../../kernel/french-date.ts';
import { Interpretations, interpretationWords } from '../../centre/asked-note.tsx';
import { readForm, unknownAct } from '../../form-values.ts';
import { Island } from '../../island.tsx';
import { refusal } from '../../request-context.ts';
import { ErrorSummary, Field, Notice, Page, Section } from '../../ui/page.tsx';
import { ExpressionField } from './expression-field.tsx';
import { blankFields, fieldsOf, QUESTION_FIELDS, rawQuestion, type Typed, typedOf } from './question-form.ts';
import { maySetRight, mayWrite, openVersion, type OpenVersion } from './studio-page.server.ts';
import { studioCrumbs } from './studio-nav.tsx';
import styles from './studio.module.css';
import { actWords, faultAt, questionPath, versionPath } from './words.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `${loaderData?.question ? nameOfQuestion(loaderData.question) : 'Nouvelle question'} · Questionnaire ${loaderData?.year ?? ''} · SENACS` }];

const asked = ({ version }: OpenVersion, key: string | undefined): Question | undefined => version.questions.find((q) => q.key === key);

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const open = await openVersion(context, request, params.year);
  const { version, year, db } = open;
  const question = asked(open, params.key);
  if (params.key !== undefined && !question) throw refusal(`Le questionnaire ${year} ne pose pas cette question : choisissez-en une dans la liste.`, 404);
  const query = new URL(request.url).searchParams;
  const kinds = (await registerCodes(db)).kinds.map((k) => ({ code: k.code, label: k.label }));
  const module = query.get('module') ?? '';
  const wanted = query.get('rubrique') ?? '';
  const modules = version.modules.filter((m) => mayWrite(open, m.code) || m.code === question?.module);
  if (!question && !mayWrite(open, module || null)) throw refusal('Vous ne pouvez pas ajouter de question ici : ce questionnaire n’est plus en préparation, ou ce module est écrit par d’autres.');
  const rubric = Object.keys(version.rubrics).includes(wanted) ? wanted : Object.keys(version.rubrics)[0]!;
  const siblings = version.questions.filter((q) => q.rubric === (question?.rubric ?? rubric));
  const origin = question && originOf(version, question.key);
  return {
    year, question: question ?? null, fields: question ? fieldsOf(question) : blankFields(rubric, module, kinds.map((k) => k.code)), seen: question ? seenOf(question) : '', editable: mayWrite(open, question?.module ?? (module || null)), setsRight: question !== undefined && maySetRight(open, question.module ?? null),
    core: mayWrite(open, null) || (question !== undefined && question.module === undefined), rubrics: version.rubrics, dimensions: version.dimensions, modules, kinds, siblings: siblings.map((q) => ({ key: q.key, name: nameOfQuestion(q) })),
    scope: { questions: version.questions, rubrics: version.rubrics }, origin: origin ? { kind: origin.kind, words: lineageSentence(origin) } : null, others: version.questions.filter((q) => q !== question).map((q) => ({ key: q.key, name: nameOfQuestion(q) })),
    dropped: (version.lineage ?? []).filter((l) => l.kind === 'dropped').map((l) => l.from[0]!),
    changes: question ? (await changesOf(db, year, { subject: { kind: 'question', id: question.key }, limit: 20 })).map(inWords) : [],
    done: query.get('fait'), interpretations: question ? (interpretationWords(await interpretationsBeside(db, version))[question.key] ?? []) : [],
  };
}

/** A line of the log with what changed in the question, when it tells of one. */
function inWords({ id, at, name, act, before, after, note }: ChangeLine) {
  const both = act === 'change_question' && before !== null && after !== null;
  return { id, at, name, act: actWords(act), note, sentences: both ? questionSentences(before as Question, after as Question) : [] };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const open = await openVersion(context, request, params.year);
  const { db, author, year, version } = open;
  const form = await readForm(request);
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const seen = text('seen');
  const intent = text('intent');
  const key = params.key ?? '';
  const typed = intent === 'save' ? typedOf(form, QUESTION_FIELDS) : undefined;
  const refuseWith = (error: { readonly message: string; readonly faults?: readonly StudioFault[]; readonly code?: string }) => ({ intent, message: error.message, faults: error.faults ?? [], typed, changed: error.code === 'changed_meanwhile', note: text('note'), to: text('to') });
  const run = async () => {
    switch (intent) {
      case 'save': {
        const before = asked(open, params.key);
        const raw = rawQuestion(typed!, version.modules, before);
        if (!raw.ok) return { ok: false as const, error: { code: 'faults', message: 'À corriger avant d’enregistrer.', faults: raw.error } };
        return before ? changeDraft(db, author, year, { act: 'change_question', key, question: raw.value, seen }) : changeDraft(db, author, year, { act: 'add_question', question: raw.value, after: text('after') || null });
      }
      case 'up':
      case 'down':
        return changeDraft(db, author, year, { act: 'move_question', key, by: intent === 'up' ? -1 : 1 });
      case 'rename':
        return changeDraft(db, author, year, { act: 'rename_question', key, to: text('to'), note: text('note'), seen });
      case 'drop':
        return changeDraft(db, author, year, { act: 'drop_question', key, note: text('note'), seen });
      case 'break':
        return changeDraft(db, author, year, { act: 'mark_break', key, note: text('note') });
      case 'unbreak':
        return changeDraft(db, author, year, { act: 'unmark_break', key });
      case 'merge':
        return changeDraft(db, author, year, { act: 'merge_questions', keys: [...new Set(form.getAll('from').map(String))], into: key, note: text('note') });
      case 'split':
        return changeDraft(db, author, year, { act: 'split_question', key: text('from'), into: [...new Set([key, ...form.getAll('into').map(String)])], note: text('note') });
      default:
        throw unknownAct();
    }
  };
  const done = await run();
  if (!done.ok) return refuseWith(done.error);
  const at = done.value.subject.id;
  if (intent === 'drop') return redirect(`${versionPath(year)}?fait=retrait`, 303);
  return redirect(`${questionPath(year, at)}?fait=${intent}`, 303);
}

const DONE: { readonly [intent: string]: string } = {
  save: 'La question est enregistrée.', up: 'La question est montée d’un rang.', down: 'La question est descendue d’un rang.', rename: 'La question est renommée, partout où elle est lue.', break: 'La rupture de comparabilité est déclarée.',
  unbreak: 'La rupture de comparabilité est retirée.', merge: 'La fusion est déclarée.', split: 'La scission est déclarée.',
};

export default function QuestionPage({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  const { question, year } = d;
  const saving = failed?.intent === 'save' ? failed : undefined;
  return (
    <Page title={question ? nameOfQuestion(question) : 'Nouvelle question'} level="nation" crumbs={studioCrumbs(year, { label: question ? question.code : 'Nouvelle question' })} lead={question ? <>Clé <code>{question.key}</code>. <a href={`/national/questionnaires/historique/${question.key}?annee=${year}`}>Sa série d’année en année</a></> : undefined}>
      {!failed && d.done && DONE[d.done] && <Notice tone="good" alert><p>{DONE[d.done]}</p></Notice>}
      {failed && (failed.faults.length === 0 || failed.changed ? <Notice tone="bad" alert><p>{failed.message}</p></Notice> : (
        <ErrorSummary title={failed.message} errors={failed.faults.map((f) => (f.elsewhere ? { message: `${capital(f.elsewhere)} : ${f.message}` } : { id: f.field.split(/[.[]/)[0]!, message: f.message }))} />
      ))}
      {d.origin && <p className={styles.aside}>{d.origin.words}</p>}
      {d.interpretations.length > 0 && (
        <div className="stack">
          <p>Précisée par le comité technique{d.editable && '. Écrite dans l’aide du nouveau questionnaire, la précision ne s’affichera plus à côté'}&nbsp;:</p>
          <Interpretations of={d} />
        </div>
      )}
      <QuestionForm {...d} typed={saving && !saving.changed ? saving.typed! : d.fields} faults={saving?.faults} />
      {saving?.changed && saving.typed && <Section title="Ce que vous aviez écrit" id="ecrit"><p>Question : {saving.typed['label']}</p><p>Aide : {saving.typed['help']}</p></Section>}
      {question && d.editable && <Acts {...d} failed={failed} />}
      {d.changes.length > 0 && (
        <Section title="Qui a changé quoi" id="changements">
          <ul className={styles.changes}>
            {d.changes.map((c) => (
              <li key={c.id}>
                <span className="soft">{formatDate(c.at)}</span> {c.name ?? 'Le programme'} {c.act}.{c.note ? ` Motif : ${c.note}` : ''}
                {c.sentences.length > 0 && <ul>{c.sentences.map((s) => <li key={s}>{s}</li>)}</ul>}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
type Loaded = Route.ComponentProps['loaderData'];

function QuestionForm(d: Loaded & { readonly typed: Typed; readonly faults: readonly StudioFault[] | undefined }) {
  const { typed } = d;
  const error = (field: string): string | undefined => faultAt(d.faults, field)?.message;
  const line = (name: string, label: string, help?: string, className?: string) => (
    <Field id={name} label={label} help={help} error={error(name)}>{(aria) => <input {...aria} type="text" name={name} defaultValue={typed[name]} className={className} autoComplete="off" />}</Field>
  );
  const area = (name: string, label: string, help: string, rows: number, className?: string) => (
    <Field id={name} label={label} help={help} error={error(name)}>{(aria) => <textarea {...aria} name={name} rows={Math.max(rows, typed[name]!.split('\n').length + 1)} defaultValue={typed[name]} className={className} spellCheck={className === undefined} />}</Field>
  );
  const choice = (name: string, label: string, options: { readonly [value: string]: string }, help?: string) => (
    <Field id={name} label={label} help={help} error={error(name)}>
      {(aria) => <select {...aria} name={name} defaultValue={typed[name]}>{Object.entries(options).map(([value, words]) => <option key={value} value={value}>{words}</option>)}</select>}
    </Field>
  );
  const tick = (name: string, label: string) => <label className="choice"><input type="checkbox" name={name} value="1" defaultChecked={typed[name] === '1'} /> {label}</label>;
  const places = { ...(d.core ? { '': 'Socle, pour toutes les structures' } : {}), ...Object.fromEntries(d.modules.map((m) => [m.code, m.territory ? `${m.label} (local)` : m.label])) };
  const units = { '': 'Aucune', ...Object.fromEntries([...KNOWN_UNITS].filter((u) => unitLabel(u)).map((u) => [u, unitLabel(u)])) };
  return (
    <form method="post" className={styles.form} key={d.seen}>
      <input type="hidden" name="seen" value={d.seen} />
      <fieldset disabled={!d.editable} className={styles.form}>
        <legend className="visually-hidden">La question</legend>
        {area('label', 'Question', 'Telle qu’elle se lit dans le questionnaire.', 2)}
        {area('help', 'Aide', 'À côté du champ : ce que l’on compte, à quelle date, ce que l’on ne compte pas. 240 caractères au plus.', 3)}
        <div className={styles.pair}>
          {line('code', 'Code', 'Ce que les personnes lisent : C02.', styles.short)}
          {d.question ? <input type="hidden" name="key" value={d.question.key} /> : line('key', 'Clé', 'Lettres minuscules, chiffres et « _ » ; elle ne change plus d’année en année.')}
        </div>
        <div className={styles.pair}>
          {choice('rubric', 'Rubrique', d.rubrics)}
          {choice('dimension', 'Dimension', d.typed['dimension'] === '' ? { '': 'Choisir…', ...d.dimensions } : d.dimensions)}
          {choice('module', 'Où elle est posée', places)}
          {!d.question && <Field id="after" label="À la suite de">{(aria) => <select {...aria} name="after" defaultValue=""><option value="">La fin de la rubrique</option>{d.siblings.map((s) => <option key={s.key} value={s.key}>{s.name}</option>)}</select>}</Field>}
        </div>
        <fieldset aria-describedby={error('appliesTo') ? 'appliesTo-erreur' : undefined}>
          <legend>Pour les</legend>
          {error('appliesTo') && <p className="error-text" id="appliesTo-erreur">{error('appliesTo')}</p>}
          {d.kinds.map((k, i) => <label key={k.code} className="choice"><input type="checkbox" id={i === 0 ? 'appliesTo' : undefined} name="appliesTo" value={k.code} defaultChecked={typed['appliesTo']!.split(' ').includes(k.code)} /> {k.label}</label>)}
        </fieldset>
        <fieldset className={styles.part}>
          <legend>La réponse</legend>
          <div className={styles.pair}>
            {choice('kind', 'Nature', KIND_LABELS)}
            {choice('referencePeriod', 'Période', PERIOD_LABELS)}
          </div>
          <div className={`${styles.pair} ${styles.ofNumber}`}>
            {choice('unit', 'Unité', units)}
            {line('min', 'Minimum', undefined, styles.short)}
            {line('max', 'Maximum', undefined, styles.short)}
            {line('decimals', 'Décimales', undefined, styles.short)}
          </div>
          <div className={`${styles.pair} ${styles.ofText}`}>
            {line('maxLength', 'Longueur maximale', undefined, styles.short)}
            {line('pattern', 'Forme attendue (expression régulière)')}
          </div>
          <div className={styles.ofChoice}>{area('options', 'Réponses possibles', 'Une par ligne : code | libellé. Ajoutez « | seul » à celle qui ne se coche avec aucune autre.', 6, styles.lines)}</div>
          <div className={styles.ofMultiple}>{line('maxChoices', 'Nombre maximal de choix', undefined, styles.short)}</div>
          <div className={`${styles.form} ${styles.ofTable}`}>
            {area('rows', 'Lignes du tableau', 'Une par ligne : code | libellé. Ajoutez « | ne sait pas » à la ligne de ce que l’on ne connaît pas.', 6, styles.lines)}
            {area('columns', 'Colonnes du tableau', 'Une par ligne : code | libellé | nature | unité | minimum | maximum | décimales. Natures : nombre entier, nombre, montant, pourcentage, case.', 4, styles.lines)}
            {area('totals', 'Totaux', 'Une colonne par ligne : colonne | question qui porte son total, ou « affiché ».', 2, styles.lines)}
            {area('groups', 'Regroupements des lignes', 'groupe | ligne, ligne — ou partage | groupe | ligne, ligne.', 3, styles.lines)}
            {tick('rowsExclusive', 'Une personne ou un montant ne compte que dans une ligne')}
          </div>
          <div>
            {tick('required', 'Réponse attendue pour transmettre')}
            {tick('zeroNotBlank', '0 plutôt que vide quand il n’y en a pas')}
            {tick('unknownAllowed', '« Ne sait pas » est possible')}
            {tick('notConcernedAllowed', '« Non concerné » est possible')}
            {tick('sharedFact', 'Fait du gestionnaire : il peut la donner pour toutes ses structures, qui la relisent')}
          </div>
        </fieldset>
        <fieldset className={styles.part}>
          <legend>Quand elle se pose, ce que l’on en fait</legend>
          <Island name="expression" of={ExpressionField} props={{ id: 'relevance', label: 'Affichée si', help: 'Vide : toujours. Sinon une condition, par exemple family_referent == \'yes\'.', value: typed['relevance']!, fault: faultAt(d.faults, 'relevance'), scope: d.scope, expected: 'truth' }} />
          <div className={styles.pair}>
            {choice('prefill', 'Réponse proposée', PREFILL_LABELS)}
            {choice('sensitivity', 'Diffusion', SENSITIVITY_LABELS)}
          </div>
          <Island name="expression" of={ExpressionField} props={{ id: 'computed', label: 'Calcul de la réponse proposée', help: 'Seulement si elle est calculée.', value: typed['computed']!, fault: faultAt(d.faults, 'computed'), scope: d.scope, expected: 'number' }} />
          {tick('internal', 'Jamais agrégée ni publiée')}
          {line('note', 'Note pour les comités')}
        </fieldset>
        {d.editable && <p><button className="button" name="intent" value="save">{d.question ? 'Enregistrer la question' : 'Ajouter la question'}</button></p>}
      </fieldset>
      {d.setsRight && <p><a className="button quiet" href={`${versionPath(d.year)}/errata?question=${d.question!.key}`}>Corriger des mots</a></p>}
      {!d.editable && !d.setsRight && <p className="soft">Vous lisez cette question : {d.question?.level === 'local' ? 'les correspondants de son territoire' : 'le comité technique national'} peuvent la changer tant que le questionnaire est en préparation.</p>}
    </form>
  );
}

function Acts({ question, seen, siblings, others, dropped, origin, failed }: Loaded & { readonly failed: Route.ComponentProps['actionData'] }) {
  const note = (id: string) => {
    const mine = failed?.intent === id ? failed : undefined;
    return <Field id={`note-${id}`} label="Pourquoi" error={mine?.faults.find((f) => f.field === 'note')?.message}>{(aria) => <input {...aria} type="text" name="note" size={50} defaultValue={mine?.note} />}</Field>;
  };
  const open = (id: string): boolean => failed?.intent === id;
  const at = siblings.findIndex((s) => s.key === question!.key);
  const hidden = <input type="hidden" name="seen" value={seen} />;
  return (
    <Section title="Sa place et son histoire" id="histoire">
      <div className={styles.acts}>
        <form method="post" style={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem' }}>
          <button className="button quiet" name="intent" value="up" disabled={at === 0}>Monter d’un rang</button>
          <button className="button quiet" name="intent" value="down" disabled={at === siblings.length - 1}>Descendre d’un rang</button>
        </form>
        <details open={open('rename')}>
          <summary>Renommer sa clé, sans changer son sens</summary>
          <form method="post">{hidden}
            <Field id="to" label="Nouvelle clé" error={failed?.intent === 'rename' ? failed.faults.find((f) => f.field === 'to')?.message : undefined}>{(aria) => <input {...aria} type="text" name="to" defaultValue={open('rename') ? failed!.to : ''} />}</Field>
            {note('rename')}
            <button className="button quiet" name="intent" value="rename">Renommer</button>
          </form>
        </details>
        {origin?.kind === 'break' ? (
          <form method="post"><button className="button quiet" name="intent" value="unbreak">Retirer la rupture de comparabilité</button></form>
        ) : (
          <details open={open('break')}>
            <summary>Déclarer une rupture de comparabilité</summary>
            <form method="post"><p className="soft">La question garde sa clé, mais ses réponses ne se comparent plus à celles d’avant : la série recommence, l’an dernier n’est plus montré.</p>{note('break')}<button className="button quiet" name="intent" value="break">Déclarer la rupture</button></form>
          </details>
        )}
        {dropped.length > 0 && (
          <>
            <details open={open('merge')}>
              <summary>Dire qu’elle en remplace plusieurs (fusion)</summary>
              <form method="post">
                <fieldset><legend>Questions de l’an dernier dont elle est la somme</legend>{dropped.map((key) => <label key={key} className="choice"><input type="checkbox" name="from" value={key} /> <code>{key}</code></label>)}</fieldset>
                {note('merge')}<button className="button quiet" name="intent" value="merge">Déclarer la fusion</button>
              </form>
            </details>
            <details open={open('split')}>
              <summary>Dire qu’elle vient d’une question scindée</summary>
              <form method="post">
                <Field id="split-from" label="Question de l’an dernier">{(aria) => <select {...aria} name="from">{dropped.map((key) => <option key={key} value={key}>{key}</option>)}</select>}</Field>
                <Field id="split-into" label="Avec">{(aria) => <select {...aria} name="into">{others.map((o) => <option key={o.key} value={o.key}>{o.name}</option>)}</select>}</Field>
                {note('split')}<button className="button quiet" name="intent" value="split">Déclarer la scission</button>
              </form>
            </details>
          </>
        )}
        <details open={open('drop')}>
          <summary>Abandonner la question</summary>
          <form method="post">{hidden}<p className="soft">Elle ne sera plus posée ; ses réponses passées restent. Ce qui la lit encore (contrôles, conditions, totaux) se change d’abord.</p>{note('drop')}<button className="button danger" name="intent" value="drop">Abandonner</button></form>
        </details>
      </div>
    </Section>
  );
}
