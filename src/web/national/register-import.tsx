/**
 * The register for the national office: a file is sent, shown as what it would create, change and close, then written whole or by its valid rows. The file waits
 * in the database between the two, so that nothing is typed or sent twice and no script is needed.
 */
import { redirect } from 'react-router';
import type { Route } from './+types/register-import';
import { runsTheCampaign } from '../../domains/access/index.ts';
import { applyRegisterImport, countsByDepartment, dropRegisterFile, importRuns, keepRegisterFile, keptRegisterFile, previewRegisterImport, territoriesByLevel } from '../../domains/registry/index.server.ts';
import { type ImportFault, type ImportOutcome, importOutcomeText, type RowPlan } from '../../domains/registry/index.ts';
import { formatDate, formatShortDate, parseFrenchDate } from '../../kernel/french-date.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { readForm, unknownAct } from '../form-values.ts';
import { refusal, requireActor, services } from '../request-context.ts';
import { ErrorSummary, Field, Notice, Page, Section, TableFrame, Tile } from '../ui/page.tsx';
import css from './register.module.css';

export const meta: Route.MetaFunction = () => [{ title: 'Répertoire · SENACS' }];

/** Lines shown of each kind: the whole is in the file; the counts say how much is not shown. */
const SHOWN = 100;
const PATH = '/national/repertoire';

function office(context: Route.LoaderArgs['context'], request: Request) {
  const actor = requireActor(context, request);
  if (!runsTheCampaign(actor)) throw refusal('Le répertoire se remplit par l’équipe nationale. Les correspondants consultent celui de leur territoire depuis leur suivi.');
  return { db: services(context).db, actor };
}

export async function loader({ context, request }: Route.LoaderArgs) {
  const { db, actor } = office(context, request);
  const key = new URL(request.url).searchParams.get('apercu');
  if (key) {
    const file = await keptRegisterFile(db, key, actor.accountId);
    if (!file) return { page: 'gone' as const };
    const preview = await previewRegisterImport(db, file);
    if (!preview.ok) return { page: 'refused' as const, message: preview.error.message };
    const { rows, faults, doubts, ...rest } = preview.value;
    const only = (action: RowPlan['action']): RowPlan[] => rows.filter((r) => r.action === action).slice(0, SHOWN);
    return { page: 'preview' as const, fileKey: key, ...rest, created: only('create'), changed: only('change'), closed: only('close'), faults: faults.slice(0, SHOWN), faultCount: faults.length, doubts: doubts.slice(0, SHOWN), doubtCount: doubts.length };
  }
  const counts = await countsByDepartment(db);
  const byCode = Map.groupBy(counts, (c) => c.code);
  const departments = (await territoriesByLevel(db, 'department')).flatMap((d) => {
    const own = byCode.get(d.code) ?? [];
    return own.length > 0 ? [{ code: d.code as string, name: d.name, kinds: own.map(({ kind, n }) => ({ kind, n })) }] : [];
  });
  return { page: 'form' as const, runs: await importRuns(db), departments, structures: counts.reduce((sum, c) => sum + c.n, 0) };
}

const MODES = ['whole', 'valid_rows'] as const;

export async function action({ context, request }: Route.ActionArgs): Promise<{ readonly errors?: { file?: string; on?: string; whole?: string }; readonly on?: string; readonly outcome?: ImportOutcome }> {
  const { db, actor } = office(context, request);
  const form = await readForm(request);
  const key = form.get('apercu');
  if (typeof key === 'string') {
    const mode = MODES.find((m) => m === form.get('mode'));
    if (!mode) throw unknownAct();
    const file = await keptRegisterFile(db, key, actor.accountId);
    if (!file) throw redirect(`${PATH}?apercu=${encodeURIComponent(key)}`);
    const done = await applyRegisterImport(db, file, { mode, actorId: actor.accountId });
    if (!done.ok) return { errors: { whole: done.error.message } };
    await dropRegisterFile(db, key);
    return { outcome: done.value };
  }
  const sent = form.get('fichier');
  const typed = String(form.get('date') ?? '');
  const effectiveOn = parseFrenchDate(typed);
  const file = sent instanceof File && sent.size > 0 ? sent : undefined;
  if (!file || !effectiveOn) {
    return {
      errors: {
        ...(file ? {} : { file: 'Choisissez un fichier : CSV, XLSX ou ODS.' }),
        ...(effectiveOn ? {} : { on: 'Écrivez la date d’effet jj/mm/aaaa, par exemple 01/01/2026.' }),
      },
      on: typed,
    };
  }
  const kept = await keepRegisterFile(db, { fileName: file.name.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()), effectiveOn }, actor.accountId);
  throw redirect(`${PATH}?apercu=${kept}`);
}

const CRUMBS = [{ label: 'Répertoire', to: PATH }];

export default function RegisterImport({ loaderData, actionData }: Route.ComponentProps) {
  if (actionData?.outcome) return <Done outcome={actionData.outcome} />;
  switch (loaderData.page) {
    case 'form':
      return <Form {...loaderData} errors={actionData?.errors ?? {}} on={actionData?.on} />;
    case 'preview':
      return <Preview {...loaderData} refused={actionData?.errors?.whole} />;
    case 'refused':
      return (
        <Page title="Ce fichier ne peut pas être lu" crumbs={[...CRUMBS, { label: 'Aperçu' }]} narrow>
          <Notice tone="bad" alert>
            <p>{loaderData.message}</p>
          </Notice>
          <p>
            <a className="button" href={PATH}>
              Choisir un autre fichier
            </a>
          </p>
        </Page>
      );
    case 'gone':
      return (
        <Page title="Cet aperçu n’est plus là" lead="Le fichier a déjà été enregistré, ou il a été envoyé il y a plus d’un jour. Envoyez-le de nouveau : importer deux fois ne change rien." crumbs={[...CRUMBS, { label: 'Aperçu' }]} narrow>
          <p>
            <a className="button" href={PATH}>
              Choisir un fichier
            </a>
          </p>
        </Page>
      );
  }
}

interface FormProps {
  readonly runs: Awaited<ReturnType<typeof importRuns>>;
  readonly departments: readonly { readonly code: string; readonly name: string; readonly kinds: readonly { readonly kind: string; readonly n: number }[] }[];
  readonly structures: number;
  readonly errors: { readonly file?: string; readonly on?: string };
  readonly on: string | undefined;
}

function Form({ runs, departments, structures, errors, on }: FormProps) {
  const summary = [...(errors.file ? [{ id: 'fichier', message: errors.file }] : []), ...(errors.on ? [{ id: 'date', message: errors.on }] : [])];
  return (
    <Page title="Répertoire" level="nation" lead={structures === 0 ? 'Aucune structure n’y est encore. Commencez par importer un fichier.' : `${formatNumber(structures)} structures ouvertes dans ${formatNumber(departments.length)} ${departments.length < 2 ? 'département' : 'départements'}.`}>
      <ErrorSummary errors={summary} />
      <Section title="Importer un fichier" id="importer">
        <p>Vous verrez d’abord ce qui serait créé, modifié ou fermé. Rien n’est enregistré avant votre accord.</p>
        <form method="post" encType="multipart/form-data" className="stack">
          <Field id="fichier" label="Fichier" help="CSV, XLSX ou ODS, 30&nbsp;Mo au plus. Les titres de colonnes sont reconnus avec leurs variantes." error={errors.file}>
            {(aria) => <input {...aria} type="file" name="fichier" accept=".csv,.txt,.xlsx,.ods" />}
          </Field>
          <Field id="date" label="Date d’effet" help="Jour à partir duquel le contenu du fichier est vrai, jj/mm/aaaa. Ce qui était vrai avant reste au répertoire." error={errors.on}>
            {(aria) => <input {...aria} className={css.short} type="text" name="date" inputMode="numeric" autoComplete="off" size={12} defaultValue={on ?? ''} />}
          </Field>
          <div className="row">
            <button className="button">Voir l’aperçu</button>
            <a href={`${PATH}/modele.csv`}>Télécharger un modèle vide (CSV)</a>
          </div>
        </form>
      </Section>
      {departments.length > 0 && (
        <Section title="Consulter" id="consulter">
          <form action="/repertoire/FR" className={css.search}>
            <label htmlFor="recherche">Chercher une structure, une commune, un gestionnaire ou un identifiant</label>
            <div className="row">
              <input id="recherche" type="search" name="recherche" />
              <button className="button quiet">Chercher</button>
            </div>
          </form>
          <ul className={css.columns}>
            {departments.map((d) => (
              <li key={d.code}>
                <a href={`/repertoire/${d.code}`}>{d.name}</a> <span className="soft small">{d.kinds.map((k) => `${formatNumber(k.n)} ${k.kind}`).join(', ')}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {runs.length > 0 && (
        <Section title="Derniers imports" id="imports">
          <TableFrame label="Liste des derniers imports">
            <table className="table stacked">
              <thead>
                <tr>
                  <th scope="col">Fichier</th>
                  <th scope="col">Enregistré le</th>
                  <th scope="col">Date d’effet</th>
                  <th scope="col" className="num">Créées</th>
                  <th scope="col" className="num">Modifiées</th>
                  <th scope="col" className="num">Fermées</th>
                  <th scope="col" className="num">Refusées</th>
                </tr>
              </thead>
              <tbody>
                {runs.map((run) => (
                  <tr key={run.runAt}>
                    <th scope="row">{run.fileName}</th>
                    <td data-label="Enregistré le">{formatShortDate(run.runAt)}</td>
                    <td data-label="Date d’effet">{formatShortDate(run.effectiveOn)}</td>
                    <td className="num" data-label="Créées">{formatNumber(run.created)}</td>
                    <td className="num" data-label="Modifiées">{formatNumber(run.changed)}</td>
                    <td className="num" data-label="Fermées">{formatNumber(run.closed)}</td>
                    <td className="num" data-label="Refusées">{formatNumber(run.refused)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
        </Section>
      )}
    </Page>
  );
}

type PreviewProps = Extract<Route.ComponentProps['loaderData'], { page: 'preview' }> & { readonly refused: string | undefined };

function Preview(p: PreviewProps) {
  const { counts } = p;
  const something = counts.created + counts.changed + counts.closed > 0;
  return (
    <Page title="Aperçu de l’import" level="nation" crumbs={[...CRUMBS, { label: 'Aperçu' }]} lead={`${p.fileName}, vrai à partir du ${formatDate(p.effectiveOn)}. Rien n’est encore enregistré.`}>
      {p.refused && (
        <Notice tone="bad" alert title="Rien n’a été enregistré">
          <p>{p.refused}</p>
        </Notice>
      )}
      <ul className={`tiles ${css.five}`}>
        <Tile figure={formatNumber(counts.created)} label="à créer" />
        <Tile figure={formatNumber(counts.changed)} label="à modifier" />
        <Tile figure={formatNumber(counts.closed)} label="à fermer" />
        <Tile figure={formatNumber(counts.unchanged)} label="sans changement" />
        <Tile figure={formatNumber(counts.refused)} label={counts.refused < 2 ? 'ligne à corriger' : 'lignes à corriger'} />
      </ul>
      {p.ignoredColumns.length > 0 && (
        <Notice tone="warn">
          <p>
            {p.ignoredColumns.length === 1 ? 'Une colonne n’est pas lue' : `${p.ignoredColumns.length} colonnes ne sont pas lues`}&nbsp;: {p.ignoredColumns.join(', ')}.
          </p>
        </Notice>
      )}
      <Decision p={p} something={something} />
      {p.faultCount > 0 && <Faults faults={p.faults} count={p.faultCount} />}
      {p.doubtCount > 0 && <Faults faults={p.doubts} count={p.doubtCount} doubts />}
      <Changes title="À modifier" id="modifier" rows={p.changed} count={counts.changed} />
      <Changes title="À fermer" id="fermer" rows={p.closed} count={counts.closed} />
      {p.created.length > 0 && (
        <Section title="À créer" id="creer">
          <ol className={css.columns}>
            {p.created.map((row) => (
              <li key={row.row}>
                {row.label} <span className="soft small">ligne {row.row}</span>
              </li>
            ))}
          </ol>
          <More shown={p.created.length} of={counts.created} />
        </Section>
      )}
    </Page>
  );
}

function Decision({ p, something }: { readonly p: PreviewProps; readonly something: boolean }) {
  if (!something && p.faultCount === 0) {
    return (
      <Notice tone="good" title="Le répertoire dit déjà tout cela">
        <p>Ce fichier ne change rien. <a href={PATH}>Revenir au répertoire</a></p>
      </Notice>
    );
  }
  const faulty = p.counts.refused;
  const valid = p.counts.created + p.counts.changed + p.counts.closed;
  return (
    <form method="post" encType="multipart/form-data" action={`${PATH}?apercu=${p.fileKey}`} className="stack">
      <input type="hidden" name="apercu" value={p.fileKey} />
      {faulty > 0 && (
        <p>
          {faulty === 1 ? 'Une ligne est à corriger' : `${formatNumber(faulty)} lignes sont à corriger`}&nbsp;: le fichier entier ne peut pas être enregistré. Corrigez-le et envoyez-le de nouveau
          {something && ', ou enregistrez les autres lignes dès maintenant'}.
        </p>
      )}
      <div className="row">
        {faulty === 0 ? (
          <button className="button" name="mode" value="whole">Enregistrer tout le fichier</button>
        ) : (
          something && (
            <button className="button" name="mode" value="valid_rows">
              Enregistrer seulement les lignes valides ({formatNumber(valid)})
            </button>
          )
        )}
        <a className="button quiet" href={PATH}>Choisir un autre fichier</a>
      </div>
    </form>
  );
}

const More = ({ shown, of }: { readonly shown: number; readonly of: number }) => (of > shown ? <p className="soft">… et {formatNumber(of - shown)} de plus, que l’enregistrement prendra aussi.</p> : null);

function Faults({ faults, count, doubts = false }: { readonly faults: readonly ImportFault[]; readonly count: number; readonly doubts?: boolean }) {
  return (
    <Section title={doubts ? 'À vérifier' : 'À corriger'} id={doubts ? 'verifier' : 'corriger'}>
      {doubts && <p className="soft">Ces lignes s’enregistrent telles quelles&nbsp;; ce qu’elles disent est possible, et rare.</p>}
      <TableFrame label={doubts ? 'Liste des lignes à vérifier' : 'Liste des lignes à corriger'}>
        <table className="table stacked">
          <thead>
            <tr>
              <th scope="col" className="num">Ligne</th>
              <th scope="col">Colonne</th>
              <th scope="col">Valeur</th>
              <th scope="col">Ce qui ne va pas, et que faire</th>
            </tr>
          </thead>
          <tbody>
            {faults.map((fault, i) => (
              // oxlint-disable-next-line no-array-index-key -- a list that never moves
              <tr key={i}>
                <td className="num" data-label="Ligne">{fault.row}</td>
                <td data-label="Colonne">{fault.column}</td>
                <td data-label="Valeur">{fault.value === '' ? <span className="soft">vide</span> : <code>{fault.value}</code>}</td>
                <td>
                  <strong>{fault.message}</strong>
                  <br />
                  {fault.remedy}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {count > faults.length && <p className="soft">… et {formatNumber(count - faults.length)} autres. Corrigez celles-ci d’abord&nbsp;: elles ont souvent la même cause.</p>}
    </Section>
  );
}

function Changes({ title, id, rows, count }: { readonly title: string; readonly id: string; readonly rows: readonly RowPlan[]; readonly count: number }) {
  if (rows.length === 0) return null;
  return (
    <Section title={title} id={id}>
      <TableFrame label={`Liste : ${title.toLowerCase()}`}>
        <table className="table stacked">
          <thead>
            <tr>
              <th scope="col">Structure</th>
              <th scope="col">Ce qui change</th>
              <th scope="col">Aujourd’hui</th>
              <th scope="col">Dans le fichier</th>
            </tr>
          </thead>
          {rows.map((row) => (
            <tbody key={row.row}>
              {row.changes.map((change, i) => (
                // oxlint-disable-next-line no-array-index-key -- a list that never moves
                <tr key={i}>
                  {i === 0 && (
                    <th scope="rowgroup" rowSpan={row.changes.length}>
                      {row.label} <span className="soft small">ligne {row.row}</span>
                    </th>
                  )}
                  <td data-label="Ce qui change">{change.field}</td>
                  <td data-label="Aujourd’hui">{change.old ?? <span className="soft">rien</span>}</td>
                  <td data-label="Dans le fichier">{change.new === null ? <span className="soft">rien</span> : <strong>{change.new}</strong>}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </TableFrame>
      <More shown={rows.length} of={count} />
    </Section>
  );
}

function Done({ outcome }: { readonly outcome: ImportOutcome }) {
  const [first] = importOutcomeText(outcome).split('\n');
  return (
    <Page title="Répertoire enregistré" level="nation" crumbs={[...CRUMBS, { label: 'Import' }]}>
      <Notice tone="good" alert>
        <p>{first}</p>
      </Notice>
      <p>
        <a className="button" href={PATH}>Revenir au répertoire</a>
      </p>
      {outcome.faults.length > 0 && <Faults faults={outcome.faults.slice(0, SHOWN)} count={outcome.faults.length} />}
    </Page>
  );
}
