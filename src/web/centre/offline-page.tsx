/**
 * The entry without the network. The server sends it empty and the same for everyone; the browser fills it from the encrypted copy of the account
 * signed in last. What to show is after the `#`: the address that could not be reached.
 */
import { useEffect, useState } from 'react';
import type { ResponseView } from '../../domains/entry/index.ts';
import { compileVersion, type QuestionnaireVersion } from '../../domains/questionnaire/index.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { Notice, Page, Section } from '../ui/page.tsx';
import styles from './centre.module.css';
import { type Device, KEPT_DAYS, openDevice } from './device-store.ts';
import { type KeptCopy, keptResponses, readCopy, readVersion, withWaiting } from './kept-copy.ts';
import { rubricProgress, rubricsAsked } from './progress.ts';
import { RubricForm } from './rubric-form.tsx';
import { Left } from './rubric-list.tsx';
import { type RubricPage, rubricPageOf } from './rubric-page.ts';

interface Kept {
  readonly copy: KeptCopy;
  readonly version: QuestionnaireVersion;
  /** The copy with the answers that wait for the network. */
  readonly view: ResponseView;
}
type Shown =
  | { readonly kind: 'opening' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'rubric'; readonly page: RubricPage; readonly kept: Kept; readonly daysLeft: number }
  | { readonly kind: 'list'; readonly kept: readonly Kept[]; readonly wanted: string | null; readonly daysLeft: number };

async function openKept(device: Device, responseId: string): Promise<Kept | undefined> {
  const copy = await readCopy(device, responseId);
  const version = copy && (await readVersion(device, copy.edition));
  return copy && version && { copy, version, view: withWaiting(copy.view, await device.saves.list()) };
}

async function open(address: string): Promise<Shown> {
  const device = await openDevice(undefined);
  if (!device) return { kind: 'nothing' };
  const [, responseId, year, rubric] = /^\/centre\/([0-9a-f-]{36})(?:\/(\d{4})\/([^/?]+))?/.exec(address) ?? [];
  const one = responseId === undefined ? undefined : await openKept(device, responseId);
  const { daysLeft } = device;
  if (one && rubric && rubricsAsked(compileVersion(one.version), one.view, Number(year)).includes(decodeURIComponent(rubric))) {
    const { copy, version, view } = one;
    const dataYear = Number(year);
    const page = rubricPageOf(compileVersion(version), view, {
      dataYear, rubric: decodeURIComponent(rubric), account: copy.account, as: 'structure', editable: copy.editable, asks: copy.asks.filter((a) => a.dataYear === dataYear), interpretations: copy.interpretations, saved: false,
    });
    return { kind: 'rubric', page, kept: one, daysLeft };
  }
  const kept = (await Promise.all((one ? [responseId!] : await keptResponses(device)).map((id) => openKept(device, id)))).filter((k) => k !== undefined);
  return kept.length === 0 ? { kind: 'nothing' } : { kind: 'list', kept, wanted: one && address !== `/centre/${responseId}` ? address : null, daysLeft };
}

export function OfflinePage() {
  const [shown, setShown] = useState<Shown>({ kind: 'opening' });
  useEffect(() => {
    const show = (): void => void open(decodeURIComponent(window.location.hash.slice(1))).then(setShown, () => setShown({ kind: 'nothing' }));
    show();
    window.addEventListener('hashchange', show);
    return () => window.removeEventListener('hashchange', show);
  }, []);
  if (shown.kind === 'rubric') {
    const { page, kept, daysLeft } = shown;
    return <RubricForm key={`${page.responseId} ${page.dataYear} ${page.rubric}`} page={page} copy={{ version: kept.version, known: kept.copy.view.sheets[page.dataYear]?.answers ?? {}, notice: <CopyNotice kept={kept} daysLeft={daysLeft} /> }} />;
  }
  return (
    <Page title="Sans le réseau">
      <noscript>
        <p>Le réseau ne répond pas. Revenez à cette page quand il sera de retour&nbsp;: ce que vous aviez enregistré est conservé.</p>
      </noscript>
      {shown.kind === 'opening' && <p role="status">Ouverture de la copie gardée dans ce navigateur…</p>}
      {shown.kind === 'nothing' && (
        <Notice tone="warn" title="Pas de copie dans ce navigateur">
          <p>
            Le réseau ne répond pas, et ce navigateur ne garde pas de réponses. Une copie se garde dès que vous ouvrez une rubrique avec le réseau&nbsp;; elle s’efface quand vous vous déconnectez, ou après {KEPT_DAYS} jours. Ce que vous aviez enregistré est conservé sur le serveur.
          </p>
          <p>
            <a className="button" href="/centre">
              Réessayer
            </a>
          </p>
        </Notice>
      )}
      {shown.kind === 'list' && shown.kept.map((kept) => <KeptResponse key={kept.view.id} kept={kept} wanted={shown.wanted} daysLeft={shown.daysLeft} />)}
    </Page>
  );
}

function CopyNotice({ kept, daysLeft }: { readonly kept: Kept; readonly daysLeft: number }) {
  return (
    <Notice tone="accent">
      <p>
        <strong>Sans le réseau.</strong> Vous travaillez sur la copie du {formatDate(new Date(kept.copy.takenAt).toISOString())} gardée dans ce navigateur&nbsp;: tout ce que vous saisissez y reste et part de lui-même au retour du réseau. Sans le réseau, elle s’efface dans {daysLeft} jour{daysLeft > 1 ? 's' : ''}, ou quand vous vous déconnectez.
      </p>
    </Notice>
  );
}

function KeptResponse({ kept, wanted, daysLeft }: { readonly kept: Kept; readonly wanted: string | null; readonly daysLeft: number }) {
  const compiled = compileVersion(kept.version);
  const { view } = kept;
  return (
    <Section title={`${view.structureName}, campagne ${view.campaignYear}`} id={`reponses-${view.id}`}>
      <CopyNotice kept={kept} daysLeft={daysLeft} />
      {wanted && (
        <Notice tone="warn">
          <p>La page demandée a besoin du réseau{wanted.endsWith('/transmettre') ? '\u00a0: vous transmettrez à son retour' : ''}. Les rubriques, elles, s’ouvrent sans lui.</p>
        </Notice>
      )}
      {compiled.dataYears.map((year) => (
        <table key={year} className={styles.steps}>
          <caption>Données de l’année {year}</caption>
          <tbody>
            {rubricProgress(compiled, view, year).map((r) => (
              <tr key={r.code}>
                <th scope="row">
                  <a href={`/centre/${view.id}/${year}/${r.code}`}>
                    {r.code}. {r.label}
                  </a>
                </th>
                <td>
                  <Left rubric={r} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </Section>
  );
}
