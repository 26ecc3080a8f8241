/**
 * The spreadsheet of a response: download the questionnaire, bring it back, see each difference, take what one wants. Works without script: the file is read
 * when it is sent, and what it holds travels in the form until it is accepted or left.
 */
import { data, redirect } from 'react-router';
import type { Route } from './+types/workbook';
import { prefillFromRegister, readResponse, readWorkbookFile } from '../../domains/entry/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { readForm, unknownAct } from '../form-values.ts';
import { services } from '../request-context.ts';
import { ErrorSummary, Field, Notice, Page, Section, TableFrame } from '../ui/page.tsx';
import { openCentrePage } from './centre-page.server.ts';
import { crumbsOf } from './crumbs.ts';
import { accept, carry, type Difference, type Preview, previewOf, readAcceptance, readCarried, readFaults } from './workbook-preview.server.ts';
import css from './workbook.module.css';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData ? `Tableur · ${loaderData.structureName} · SENACS` : 'SENACS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { view, compiled, as, editable } = await openCentrePage(context, request, params);
  if (as === 'structure' && editable && !view.noticeReadAt && (view.state === 'not_started' || view.state === 'in_progress')) throw redirect(`/centre/${view.id}`);
  return { responseId: view.id, structureName: view.structureName, campaignYear: view.campaignYear, own: as === 'structure', editable, rubrics: compiled.version.rubrics, several: compiled.dataYears.length > 1 };
}

/** Beyond it a file is refused before it is read (src/server.ts). */
const LARGEST = 8 * 1024 * 1024;

interface Shown {
  readonly preview?: Preview;
  readonly fileError?: string;
  readonly written?: number;
  readonly notes?: readonly string[];
  /** Of the file, told once when it arrives. */
  readonly file?: { readonly downloadedAt: string; readonly gone: readonly string[]; readonly olderVersion: boolean };
}

export async function action({ context, request, params }: Route.ActionArgs): Promise<Shown | ReturnType<typeof data<Shown>>> {
  const page = await openCentrePage(context, request, params);
  const { database } = services(context);
  const { view, compiled, actor } = page;
  const form = await readForm(request);
  const sent = form.get('fichier');
  if (sent !== null) {
    if (!(sent instanceof File) || sent.size === 0) return data({ fileError: 'Choisissez le classeur rempli, au format XLSX ou ODS.' }, { status: 422 });
    if (sent.size > LARGEST) return data({ fileError: 'Ce fichier dépasse 8\u00a0Mo\u00a0: retirez les images et les feuilles ajoutées, puis rapportez-le.' }, { status: 422 });
    await prefillFromRegister(page.db, view.id);
    const now = (await readResponse(page.db, view.id))!;
    const read = readWorkbookFile(now, compiled, new Uint8Array(await sent.arrayBuffer()));
    if (!read.ok) return data({ fileError: read.error.message }, { status: 422 });
    const { answers, faults, gone, olderVersion, downloadedAt } = read.value;
    return { preview: previewOf(compiled, now, carry(answers), faults), file: { downloadedAt, gone, olderVersion } };
  }
  const acceptance = readAcceptance(String(form.get('reprendre') ?? ''));
  const carried = readCarried(compiled, String(form.get('lu') ?? ''));
  if (!acceptance || !carried) throw unknownAct();
  return accept(database, actor, view, compiled, acceptance, carried, readFaults(String(form.get('fautes') ?? '[]')));
}

export default function Workbook({ loaderData: d, actionData }: Route.ComponentProps) {
  const shown: Shown = actionData ?? {};
  if (shown.preview) return <PreviewPage {...d} shown={shown} preview={shown.preview} />;
  const file = `/centre/${d.responseId}/tableur/questionnaire`;
  return (
    <Page narrow title="Remplir dans un tableur" lead="Téléchargez le questionnaire, remplissez-le à votre rythme, puis rapportez-le ici." crumbs={crumbsOf(d, { label: 'Tableur' })}>
      <ErrorSummary errors={shown.fileError ? [{ id: 'fichier', message: shown.fileError }] : []} />
      <Section title="1. Télécharger" id="telecharger">
        <p>Une feuille par rubrique, avec vos réponses d’aujourd’hui, celles de l’année précédente, les unités, les listes et l’aide. Seules les cases de réponse se remplissent.</p>
        <div className="row">
          <a className="button" href={`${file}.xlsx`}>
            Questionnaire en XLSX
          </a>
          <a className="button quiet" href={`${file}.ods`}>
            Questionnaire en ODS
          </a>
        </div>
        <p className="soft small">XLSX s’ouvre avec Excel, ODS avec LibreOffice. Les deux se valent.</p>
      </Section>
      {d.editable ? (
        <Section title="2. Rapporter" id="rapporter">
          <p>Vous verrez chaque différence avec ce qui est en ligne. Rien n’est enregistré avant votre accord.</p>
          <form method="post" encType="multipart/form-data" className="stack">
            <Field id="fichier" label="Classeur rempli" help={'XLSX ou ODS, tel que vous l’avez téléchargé ici. 8\u00a0Mo au plus.'} error={shown.fileError}>
              {(aria) => <input {...aria} type="file" name="fichier" accept=".xlsx,.ods" />}
            </Field>
            <div className="row">
              <button className="button">Voir les différences</button>
            </div>
          </form>
        </Section>
      ) : (
        <Notice tone="accent">
          <p>Ces réponses ne sont plus modifiables pour l’instant&nbsp;: le classeur en est une copie.</p>
        </Notice>
      )}
    </Page>
  );
}

type PageProps = Route.ComponentProps['loaderData'] & { readonly shown: Shown; readonly preview: Preview };

function PreviewPage({ shown, preview, ...d }: PageProps) {
  const { differences, faults } = preview;
  const simple = differences.filter((x) => x.kind === 'changed').length;
  const groups = [...Map.groupBy(differences, (x) => `${x.dataYear}/${x.rubric}`)];
  const here = `/centre/${d.responseId}/tableur`;
  return (
    <Page title="Différences" lead={leadOf(differences.length, faults.length)} crumbs={crumbsOf(d, { label: 'Tableur', to: here }, { label: 'Différences' })}>
      {shown.written !== undefined && (
        <Notice tone={shown.written > 0 ? 'good' : 'warn'} alert>
          <p>{writtenText(shown.written)}</p>
          {shown.notes?.map((note) => <p key={note}>{note}</p>)}
        </Notice>
      )}
      {shown.file && <FileNotes file={shown.file} />}
      {faults.length > 0 && <Faults preview={preview} />}
      {differences.length === 0 ? (
        <p className="row">
          <a className="button" href={`/centre/${d.responseId}`}>
            Revenir aux réponses
          </a>
          <a className="button quiet" href={here}>
            Rapporter un autre classeur
          </a>
        </p>
      ) : (
        <form method="post" encType="multipart/form-data" className="stack">
          <input type="hidden" name="lu" value={JSON.stringify(preview.carried)} />
          <input type="hidden" name="fautes" value={JSON.stringify(faults)} />
          <div className={css.bar}>
            {simple > 0 && (
              <button className="button" name="reprendre" value="tout">
                {simple === 1 ? 'Reprendre la réponse du fichier' : `Reprendre les ${formatNumber(simple)} réponses du fichier`}
              </button>
            )}
            <a className="button quiet" href={here}>
              Ne rien reprendre
            </a>
          </div>
          {simple < differences.length && <p>Ce qui a changé en ligne depuis le téléchargement se reprend question par question.</p>}
          {groups.map(([place, list]) => (
            <Group key={place} place={place} list={list} rubrics={d.rubrics} several={d.several} />
          ))}
        </form>
      )}
    </Page>
  );
}

const writtenText = (n: number): string => (n === 0 ? 'Aucune réponse n’a été reprise.' : n === 1 ? 'Une réponse est reprise du fichier et enregistrée.' : `${formatNumber(n)} réponses sont reprises du fichier et enregistrées.`);

function leadOf(differences: number, faults: number): string {
  const said = differences === 0 ? 'Plus rien ne diffère entre le fichier et vos réponses en ligne.' : `${formatNumber(differences)} ${differences === 1 ? 'question diffère' : 'questions diffèrent'} entre le fichier et vos réponses en ligne. Choisissez ce qui est repris.`;
  return faults === 0 ? said : `${said} ${faults === 1 ? 'Une case n’a pas pu être lue.' : `${formatNumber(faults)} cases n’ont pas pu être lues.`}`;
}

function FileNotes({ file }: { readonly file: NonNullable<Shown['file']> }) {
  return (
    <>
      <p className="soft">Classeur téléchargé le {formatDate(file.downloadedAt)}.</p>
      {file.olderVersion && (
        <Notice tone="warn">
          <p>Des mots du questionnaire ont été précisés depuis ce téléchargement. Relisez les différences avec le questionnaire en ligne.</p>
        </Notice>
      )}
      {file.gone.length > 0 && (
        <Notice tone="warn" title="Absent du classeur">
          <p>{file.gone.join(', ')}. Ces réponses restent telles qu’elles sont en ligne.</p>
        </Notice>
      )}
    </>
  );
}

function Faults({ preview: { faults } }: { readonly preview: Preview }) {
  return (
    <Section title="Cases à corriger dans le classeur" id="fautes">
      <p>Corrigez-les dans le fichier et rapportez-le de nouveau, ou répondez en ligne. Le reste peut être repris dès maintenant.</p>
      <TableFrame label="Cases à corriger">
        <table className="table stacked">
          <thead>
            <tr>
              <th scope="col">Feuille</th>
              <th scope="col">Case</th>
              <th scope="col">Question</th>
              <th scope="col">Valeur</th>
              <th scope="col">Que faire</th>
            </tr>
          </thead>
          <tbody>
            {faults.map((fault) => (
              <tr key={`${fault.sheet} ${fault.cell}`}>
                <td data-label="Feuille">{fault.sheet}</td>
                <td data-label="Case">
                  <strong>{fault.cell}</strong>
                </td>
                <td data-label="Question">{fault.question}</td>
                <td data-label="Valeur">{fault.value === '' ? <span className="soft">vide</span> : fault.value}</td>
                <td>{fault.remedy}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  );
}

function Group({ place, list, rubrics, several }: { readonly place: string; readonly list: readonly Difference[]; readonly rubrics: { readonly [code: string]: string }; readonly several: boolean }) {
  const { dataYear, rubric } = list[0]!;
  const title = `${rubric}. ${rubrics[rubric] ?? ''}${several ? `, données ${dataYear}` : ''}`;
  const simple = list.filter((x) => x.kind === 'changed').length;
  return (
    <Section title={title} id={`rubrique-${dataYear}-${rubric}`}>
      <TableFrame label={`Différences de la rubrique ${rubric}${several ? `, ${dataYear}` : ''}`}>
        <table className={`table stacked ${css.differences}`}>
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">En ligne</th>
              <th scope="col">Dans le fichier</th>
              <th scope="col">En {dataYear - 1}</th>
              <th scope="col">
                <span className="visually-hidden">Décision</span>
              </th>
            </tr>
          </thead>
          {list.map((x) => (
            <tbody key={x.key}>
              {x.lines.map((line, i) => (
                <tr key={line.label}>
                  <th scope={x.lines.length > 1 && i === 0 ? 'rowgroup' : 'row'} className={css.question}>
                    {i === 0 && (
                      <span className={css.name}>
                        <span className={css.code}>{x.code}</span> {x.label}
                      </span>
                    )}
                    {line.label && <span className={css.line}>{line.label}</span>}
                    {i === 0 && x.kind === 'both' && (
                      <span className={css.both}>
                        Changée aussi en ligne depuis le téléchargement{x.lines.length === 1 && <> (valait alors&nbsp;: {x.atDownload})</>}.
                      </span>
                    )}
                  </th>
                  <td data-label="En ligne">{line.standing || <span className="soft">sans réponse</span>}</td>
                  <td data-label="Dans le fichier">{line.inFile ? <strong>{line.inFile}</strong> : <strong>réponse retirée</strong>}</td>
                  <td data-label={`En ${dataYear - 1}`}>{line.previous || <span className="soft">—</span>}</td>
                  {i === 0 && (
                    <td rowSpan={x.lines.length} className={css.decide}>
                      <button className="button quiet" name="reprendre" value={`question/${x.dataYear}/${x.key}`}>
                        {x.kind === 'both' ? 'Prendre le fichier' : 'Reprendre'}
                        <span className="visually-hidden">
                          {' '}
                          pour {x.code}, {x.dataYear}
                        </span>
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </TableFrame>
      {simple > 1 && (
        <p>
          <button className="button quiet" name="reprendre" value={`rubrique/${place}`}>
            Reprendre toute la rubrique {rubric}
            {several && `, ${dataYear}`}
          </button>
        </p>
      )}
    </Section>
  );
}
