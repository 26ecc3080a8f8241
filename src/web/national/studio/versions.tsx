/** The questionnaires year by year, and the beginning of a new one. */
import { redirect } from 'react-router';
import type { Route } from './+types/versions';
import { contentFolder, importVersion, listVersions, openProposalCount, startDraft, yearsOf } from '../../../domains/questionnaire/index.server.ts';
import { relayedCount } from '../../../domains/entry/index.server.ts';
import { formatNumber } from '../../../kernel/french-number.ts';
import { readForm, requireYear, unknownAct, yearIn } from '../../form-values.ts';
import { refusal } from '../../request-context.ts';
import { Badge, Empty, Field, Notice, Page, Section, TableFrame } from '../../ui/page.tsx';
import { openStudio } from './studio-page.server.ts';
import { VERSION_STATE_LABELS, VERSION_STATE_TONES, versionPath } from './words.ts';

export const meta: Route.MetaFunction = () => [{ title: 'Questionnaires · SENACS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { db, writes } = openStudio(context, request);
  const versions = (await listVersions(db)).toReversed();
  const known = new Set(versions.map((v) => v.year));
  return { versions, writes, proposals: await openProposalCount(db), relayed: writes ? await relayedCount(db) : 0, inFolder: writes ? (await yearsOf(contentFolder())).filter((year) => !known.has(year)).toReversed() : [] };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { db, author, writes } = openStudio(context, request);
  if (!writes) throw refusal('Un questionnaire est commencé par le comité technique national.');
  const form = await readForm(request);
  const intent = form.get('intent');
  if (intent !== 'start' && intent !== 'load') throw unknownAct();
  const year = yearIn(form.get('year'));
  if (year === undefined) return { error: 'Donnez l’année de la campagne en quatre chiffres, par exemple 2028.', year: String(form.get('year') ?? '') };
  switch (intent) {
    case 'start': {
      const started = await startDraft(db, author, { year, from: requireYear(form.get('from')) });
      return started.ok ? redirect(`${versionPath(year)}?fait=start`, 303) : { error: started.error.message };
    }
    case 'load': {
      const loaded = await importVersion(db, contentFolder(), year);
      return loaded.ok ? redirect(`${versionPath(year)}?fait=load`, 303) : { error: loaded.error.message };
    }
  }
}

export default function Versions({ loaderData: { versions, writes, proposals, relayed, inFolder }, actionData: failed }: Route.ComponentProps) {
  const latest = versions[0]?.year;
  return (
    <Page title="Questionnaires" level="nation" lead="Un questionnaire par campagne. Le comité technique l’écrit, le comité de pilotage national le valide ; dès qu’une campagne s’ouvre, il ne change plus.">
      {failed && <Notice tone="bad" alert><p>{failed.error}</p></Notice>}
      <p>
        <a href="/propositions">{proposals === 0 ? 'Propositions du terrain' : proposals === 1 ? 'Une proposition du terrain attend sa réponse' : `${proposals} propositions du terrain attendent leur réponse`}</a>
        {' · '}
        <a href="/national/precisions">{relayed === 0 ? 'Précisions du comité technique' : relayed === 1 ? 'Une question relayée attend le comité technique' : `${relayed} questions relayées attendent le comité technique`}</a>
      </p>
      {versions.length === 0 ? (
        <Empty><p>Aucun questionnaire dans cette installation. Chargez d’abord celui qui est livré avec le programme.</p></Empty>
      ) : (
        <TableFrame label="Questionnaires">
          <table className="table stacked">
            <thead><tr><th scope="col">Campagne</th><th scope="col">État</th><th scope="col">Titre</th><th scope="col" className="num">Questions</th><th scope="col" className="num">Contrôles</th></tr></thead>
            <tbody>
              {versions.map((v) => (
                <tr key={v.year}>
                  <th scope="row"><a href={versionPath(v.year)}>{v.year}</a></th>
                  <td data-label="État"><Badge tone={VERSION_STATE_TONES[v.state]}>{VERSION_STATE_LABELS[v.state]}</Badge></td>
                  <td data-label="Titre">{v.title}</td>
                  <td className="num" data-label="Questions">{formatNumber(v.questions)}</td>
                  <td className="num" data-label="Contrôles">{formatNumber(v.rules)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      {writes && latest !== undefined && (
        <Section title="Commencer un questionnaire" id="commencer">
          <p>Le nouveau questionnaire reprend tout celui de départ, avec ses errata : il ne reste qu’à changer ce qui change.</p>
          <form method="post" className="row">
            <Field id="year" label="Année de la campagne">{(aria) => <input {...aria} name="year" inputMode="numeric" size={6} defaultValue={failed && 'year' in failed ? failed.year : latest + 1} required />}</Field>
            <Field id="from" label="À partir de">{(aria) => <select {...aria} name="from">{versions.map((v) => <option key={v.year} value={v.year}>{v.year}</option>)}</select>}</Field>
            <button className="button" name="intent" value="start">Commencer</button>
          </form>
        </Section>
      )}
      {inFolder.length > 0 && (
        <Section title="Livrés avec le programme, pas encore chargés" id="dossier">
          <form method="post" className="row">
            <input type="hidden" name="intent" value="load" />
            {inFolder.map((year) => <button key={year} className="button quiet" name="year" value={year}>Charger {year}</button>)}
          </form>
        </Section>
      )}
    </Page>
  );
}
