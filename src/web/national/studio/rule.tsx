/** One check: its form, the fault under its character, the bench that tries it on last year's responses. */
import { redirect } from 'react-router';
import type { Route } from './+types/rule';
import { triesChecks } from '../../../domains/access/index.ts';
import { type Bench, benchRule, type ToldCount } from '../../../domains/control/index.server.ts';
import { CATEGORY_LABELS, type Rule, ruleSentences, seenOf, SEVERITY_LABELS, STAGE_LABELS, type StudioFault } from '../../../domains/questionnaire/index.ts';
import { changeDraft, changesOf } from '../../../domains/questionnaire/index.server.ts';
import { registerCodes } from '../../../domains/registry/index.server.ts';
import { formatDate } from '../../../kernel/french-date.ts';
import { formatNumber } from '../../../kernel/french-number.ts';
import { readForm, unknownAct } from '../../form-values.ts';
import { Island } from '../../island.tsx';
import { refusal } from '../../request-context.ts';
import { Badge, ErrorSummary, Field, Notice, Page, Section } from '../../ui/page.tsx';
import { ExpressionField } from './expression-field.tsx';
import { type Typed, typedOf } from './question-form.ts';
import { blankRule, fieldsOfRule, rawRule, RULE_FIELDS } from './rule-form.ts';
import { maySetRight, mayWrite, openVersion } from './studio-page.server.ts';
import { studioCrumbs } from './studio-nav.tsx';
import styles from './studio.module.css';
import { actWords, faultAt, rulePath, versionPath } from './words.ts';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `${loaderData?.rule ? `Contrôle ${loaderData.rule.id}` : 'Nouveau contrôle'} · Questionnaire ${loaderData?.year ?? ''} · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const open = await openVersion(context, request, params.year);
  const { version, year, db } = open;
  const rule = version.rules.find((r) => r.id === params.id);
  if (params.id !== undefined && !rule) throw refusal(`Le questionnaire ${year} n’a pas ce contrôle : choisissez-en un dans la liste.`, 404);
  const editable = mayWrite(open, null);
  if (!rule && !editable) throw refusal('Vous ne pouvez pas ajouter de contrôle : ce questionnaire n’est plus en préparation, ou il est écrit par d’autres.');
  const kinds = (await registerCodes(db)).kinds.map((k) => ({ code: k.code, label: k.label }));
  const changes = rule ? await changesOf(db, year, { subject: { kind: 'rule', id: rule.id }, limit: 20 }) : [];
  return {
    year, rule: rule ?? null, editable, setsRight: rule !== undefined && maySetRight(open, null), seen: rule ? seenOf(rule) : '', kinds, fields: rule ? fieldsOfRule(rule) : blankRule(nextId(version.rules), kinds.map((k) => k.code)), scope: { questions: version.questions, rubrics: version.rubrics },
    names: version.questions.map((q) => ({ key: q.key, label: `${q.code} ${q.label}` })), tries: triesChecks(open.actor),
    changes: changes.map((c) => ({ id: c.id, at: c.at, name: c.name, act: actWords(c.act), sentences: c.act === 'change_rule' ? ruleSentences(c.before as Rule, c.after as Rule) : [] })), done: new URL(request.url).searchParams.get('fait'),
  };
}

/** The number after the last one: K135. */
function nextId(rules: readonly Rule[]): string {
  const last = Math.max(0, ...rules.map((r) => Number(/^K(\d+)$/.exec(r.id)?.[1] ?? 0)));
  return `K${String(last + 1).padStart(3, '0')}`;
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const open = await openVersion(context, request, params.year);
  const { db, author, year, version, actor } = open;
  const form = await readForm(request);
  const intent = String(form.get('intent') ?? '');
  const typed = typedOf(form, RULE_FIELDS);
  const seen = String(form.get('seen') ?? '');
  const failed = (error: { readonly message: string; readonly faults?: readonly StudioFault[] }) => ({ intent, message: error.message, faults: error.faults ?? [], typed, bench: null as Bench | null });
  if (intent === 'drop') {
    const dropped = await changeDraft(db, author, year, { act: 'drop_rule', id: params.id ?? '', seen });
    return dropped.ok ? redirect(`${versionPath(year)}?fait=controle-retire`, 303) : failed(dropped.error);
  }
  if (intent !== 'save' && intent !== 'bench') throw unknownAct();
  const raw = rawRule(typed);
  if (!raw.ok) return failed({ message: 'À corriger avant d’enregistrer.', faults: raw.error });
  if (intent === 'bench') {
    const named = form.get('named') !== null;
    const bench = await benchRule(db, actor, version, { ...(raw.value as unknown as Rule), note: '' }, { named });
    return bench.ok ? { intent, message: null, faults: [] as readonly StudioFault[], typed, bench: bench.value } : failed(bench.error);
  }
  const saved = await changeDraft(db, author, year, params.id === undefined ? { act: 'add_rule', rule: raw.value } : { act: 'change_rule', id: params.id, rule: raw.value, seen });
  return saved.ok ? redirect(`${rulePath(year, saved.value.subject.id)}?fait=save`, 303) : failed(saved.error);
}

export default function RulePage({ loaderData: d, actionData: given }: Route.ComponentProps) {
  const { rule, year } = d;
  const typed = given && given.intent !== 'drop' ? given.typed : d.fields;
  const error = (field: string): string | undefined => faultAt(given?.faults, field)?.message;
  return (
    <Page title={rule ? `Contrôle ${rule.id}` : 'Nouveau contrôle'} level="nation" crumbs={studioCrumbs(year, { label: rule?.id ?? 'Nouveau contrôle' })} lead={rule?.message}>
      {!given && d.done === 'save' && <Notice tone="good" alert><p>Le contrôle est enregistré.</p></Notice>}
      {given?.message && (given.faults.length === 0 ? <Notice tone="bad" alert><p>{given.message}</p></Notice> : (
        <ErrorSummary title={given.message} errors={given.faults.map((f) => (f.elsewhere ? { message: `${f.elsewhere} : ${f.message}` } : { id: f.field.split(/[.[]/)[0]!, message: f.message }))} />
      ))}
      <form method="post" className={styles.form} key={d.seen}>
        <input type="hidden" name="seen" value={d.seen} />
        <fieldset disabled={!d.editable} className={styles.form}>
          <legend className="visually-hidden">Le contrôle</legend>
          <RuleFields {...d} typed={typed} error={error} faults={given?.faults} />
          {d.editable && (
            <p className="row">
              <button className="button" name="intent" value="save">{rule ? 'Enregistrer le contrôle' : 'Ajouter le contrôle'}</button>
              {d.tries && <button className="button quiet" name="intent" value="bench">Essayer sur l’an dernier</button>}
              {d.tries === 'exact' && <label className="choice"><input type="checkbox" name="named" value="1" /> avec les structures</label>}
            </p>
          )}
        </fieldset>
      </form>
      {!d.editable && d.tries && (
        <form method="post" className="row">
          {Object.entries(d.fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
          <button className="button quiet" name="intent" value="bench">Essayer sur l’an dernier</button>
          {d.tries === 'exact' && <label className="choice"><input type="checkbox" name="named" value="1" /> avec les structures</label>}
        </form>
      )}
      {d.setsRight && <p><a className="button quiet" href={`${versionPath(year)}/errata?controle=${encodeURIComponent(rule!.id)}`}>Corriger des mots</a></p>}
      {given?.bench && <BenchResult {...given.bench} />}
      <details>
        <summary>Noms des questions, pour écrire une condition</summary>
        <ul className={styles.names}>{d.names.map((n) => <li key={n.key}><code>{n.key}</code> {n.label}</li>)}</ul>
      </details>
      {rule && d.editable && (
        <form method="post"><input type="hidden" name="seen" value={d.seen} /><button className="button danger" name="intent" value="drop">Retirer ce contrôle</button></form>
      )}
      {d.changes.length > 0 && (
        <Section title="Qui a changé quoi" id="changements">
          <ul className={styles.changes}>{d.changes.map((c) => <li key={c.id}><span className="soft">{formatDate(c.at)}</span> {c.name ?? 'Le programme'} {c.act}.{c.sentences.length > 0 && <ul>{c.sentences.map((s) => <li key={s}>{s}</li>)}</ul>}</li>)}</ul>
        </Section>
      )}
    </Page>
  );
}

type Loaded = Route.ComponentProps['loaderData'];

function RuleFields({ rule, typed, error, faults, kinds, scope }: Loaded & { readonly typed: Typed; readonly error: (field: string) => string | undefined; readonly faults: readonly StudioFault[] | undefined }) {
  const choice = (name: string, label: string, options: { readonly [value: string]: string }) => (
    <Field id={name} label={label} error={error(name)}>{(aria) => <select {...aria} name={name} defaultValue={typed[name]}>{Object.entries(options).map(([value, words]) => <option key={value} value={value}>{words}</option>)}</select>}</Field>
  );
  const params = (typed['params'] ?? '').split('\n').map((l) => l.split('=')[0]!.trim()).filter(Boolean);
  return (
    <>
      <Field id="message" label="Message" help="Ce que lit la personne qui saisit : ce qui ne va pas, et quoi faire." error={error('message')}>{(aria) => <textarea {...aria} name="message" rows={2} defaultValue={typed['message']} />}</Field>
      <Island name="expression" of={ExpressionField} props={{ id: 'assert', label: 'Ce qui doit être vrai', help: 'Une condition sur les réponses, par exemple staff_fte <= staff_headcount.', value: typed['assert']!, fault: faultAt(faults, 'assert'), scope: { ...scope, params }, expected: 'truth' }} />
      <Island name="expression" of={ExpressionField} props={{ id: 'when', label: 'Jugé seulement si', help: 'Vide : toujours.', value: typed['when']!, fault: faultAt(faults, 'when'), scope: { ...scope, params }, expected: 'truth' }} />
      <div className={styles.pair}>
        {choice('severity', 'Gravité', SEVERITY_LABELS)}
        {choice('stage', 'Moment', STAGE_LABELS)}
        {choice('category', 'Famille', CATEGORY_LABELS)}
        {rule ? <input type="hidden" name="id" value={rule.id} /> : <Field id="id" label="Numéro" error={error('id')}>{(aria) => <input {...aria} type="text" name="id" defaultValue={typed['id']} className={styles.short} />}</Field>}
      </div>
      <Field id="params" label="Seuils" help="Un par ligne : nom = nombre. Dans la condition : param('nom')." error={error('params')}>{(aria) => <textarea {...aria} name="params" rows={2} defaultValue={typed['params']} className={styles.lines} spellCheck={false} />}</Field>
      <fieldset>
        <legend>Pour les</legend>
        {error('appliesTo') && <p className="error-text">{error('appliesTo')}</p>}
        {kinds.map((k, i) => <label key={k.code} className="choice"><input type="checkbox" id={i === 0 ? 'appliesTo' : undefined} name="appliesTo" value={k.code} defaultChecked={typed['appliesTo']!.split(' ').includes(k.code)} /> {k.label}</label>)}
      </fieldset>
      <label className="choice"><input type="checkbox" name="serverOnly" value="1" defaultChecked={typed['serverOnly'] === '1'} /> Compare à d’autres structures (jugé par le contrôle national seulement)</label>
      <Field id="note" label="Note pour les comités">{(aria) => <input {...aria} type="text" name="note" defaultValue={typed['note']} />}</Field>
    </>
  );
}

/** A count, or that it is too small to be told. */
const told = (count: ToldCount): string => (count === null ? 'moins de 5' : formatNumber(count));

function BenchResult(b: Bench) {
  const { judged, flagged } = b.total;
  return (
    <Section title={`Essai sur la campagne ${b.campaignYear}`} id="essai">
      <div className={styles.aside} role="status">
        <p>
          <Badge tone={flagged === 0 ? 'good' : 'warn'}>{told(flagged)} {flagged !== null && flagged < 2 ? 'réponse signalée' : 'réponses signalées'}</Badge> sur {told(judged)} {judged !== null && judged < 2 ? 'jugée' : 'jugées'}.
        </p>
        <ul className={styles.figures}>{b.counts.map((c) => <li key={c.kind}><strong>{told(c.flagged)}</strong> {c.kind}, sur {told(c.judged)}</li>)}</ul>
        <p className="soft small">
          {b.tried < b.responses ? `Échantillon constant de ${formatNumber(b.tried)} réponses sur ${formatNumber(b.responses)}.` : `Toutes les réponses transmises : ${formatNumber(b.tried)}.`} Données {b.dataYear}. {told(b.notApplicable)} hors du champ du contrôle,{' '}
          {told(b.open)} sans réponse suffisante pour conclure.{!b.exact && ' Nombres arrondis à cinq près, pour qu’aucun ne désigne une structure.'}
        </p>
        {b.flagged.length > 0 && <ul>{b.flagged.map((f) => <li key={f.responseId}>{f.name} ({f.territory}, {f.kind})</li>)}</ul>}
        {b.flagged.length > 0 && flagged !== null && b.flagged.length < flagged && <p className="soft">Les {b.flagged.length} premières.</p>}
      </div>
    </Section>
  );
}
