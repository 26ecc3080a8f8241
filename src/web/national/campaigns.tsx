/** The campaigns, latest first, and the making of a new one. Only for the national project office. */
import { redirect } from 'react-router';
import type { Route } from './+types/campaigns';
import { campaigns, createCampaign, progressOf } from '../../domains/campaign/index.server.ts';
import { responseRate, wholeOf } from '../../domains/campaign/index.ts';
import { runsTheCampaign } from '../../domains/access/index.ts';
import { contentFolder, listVersions, readVersionFolder, storeVersion, yearsOf } from '../../domains/questionnaire/index.server.ts';
import { formatDate, isIsoDate } from '../../kernel/french-date.ts';
import { formatNumber, formatPercent } from '../../kernel/french-number.ts';
import { readForm, yearIn } from '../form-values.ts';
import { PhaseBadge } from '../correspondent/state-badge.tsx';
import { refusal, requireActor, services } from '../request-context.ts';
import { Empty, Field, Notice, Page, Section, TableFrame } from '../ui/page.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Campagnes · SENACS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { db } = services(context);
  if (!runsTheCampaign(requireActor(context, request))) throw refusal('Les campagnes sont conduites par l’équipe nationale.');
  const all = await campaigns(db);
  const lines = await Promise.all(all.map(async (c) => wholeOf(await progressOf(db, c.year, { by: 'nation' }), '')));
  const taken = new Set(all.map((c) => c.year));
  return {
    campaigns: all.map((c, i) => ({ ...c, approved: lines[i]!.approved, solicited: lines[i]!.solicited, answered: lines[i]!.answered, rate: responseRate(lines[i]!) ?? null })),
    // Questionnaires at hand: stored ones, and those written in the content folder, loaded when their campaign is created.
    years: [...new Set([...(await listVersions(db)).map((v) => v.year), ...(await yearsOf(contentFolder()))])].filter((year) => !taken.has(year)).toSorted((a, b) => b - a),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { db } = services(context);
  const actor = requireActor(context, request);
  const form = await readForm(request);
  const year = yearIn(form.get('year'));
  const closesOn = String(form.get('closesOn') ?? '');
  const opensOn = String(form.get('opensOn') ?? '');
  if (year === undefined) return { error: 'Choisissez l’année de la campagne.', opensOn, closesOn };
  if (!runsTheCampaign(actor)) throw refusal('Les campagnes sont conduites par l’équipe nationale.');
  if (!(await listVersions(db)).some((v) => v.year === year)) {
    const read = await readVersionFolder(contentFolder(), year);
    if (!read.ok) return { error: `Le questionnaire ${year} n’est pas prêt : ${read.error[0]?.message ?? 'il est absent'}`, opensOn, closesOn };
    const stored = await storeVersion(db, read.value);
    if (!stored.ok) return { error: stored.error.message, opensOn, closesOn };
  }
  const result = await createCampaign(db, actor, { year, opensOn: isIsoDate(opensOn) ? opensOn : null, closesOn: isIsoDate(closesOn) ? closesOn : null });
  return result.ok ? redirect(`/national/campagnes/${year}`, 303) : { error: result.error.message, opensOn, closesOn };
}

export default function Campaigns({ loaderData: { campaigns: all, years }, actionData: failed }: Route.ComponentProps) {
  return (
    <Page title="Campagnes" level="nation" lead="Une campagne porte le nom de l’année où elle se tient ; elle décrit l’année précédente.">
      {all.length === 0 ? (
        <Empty><p>Aucune campagne. Créez la première ci-dessous.</p></Empty>
      ) : (
        <TableFrame label="Campagnes">
          <table className="table stacked">
            <thead>
              <tr><th scope="col">Campagne</th><th scope="col">État</th><th scope="col">Saisie</th><th scope="col" className="num">Agréées</th><th scope="col" className="num">Sollicitées</th><th scope="col" className="num">Ont répondu</th><th scope="col" className="num">Taux</th></tr>
            </thead>
            <tbody>
              {all.map((c) => (
                <tr key={c.year}>
                  <th scope="row"><a href={`/national/campagnes/${c.year}`}>{c.year}</a><div className="small soft">données {c.dataYear}</div></th>
                  <td data-label="État"><PhaseBadge state={c.state} /></td>
                  <td className="small" data-label="Saisie">{c.opensOn && c.closesOn ? `du ${formatDate(c.opensOn)} au ${formatDate(c.closesOn)}` : c.closesOn ? `jusqu’au ${formatDate(c.closesOn)}` : 'dates à fixer'}</td>
                  <td className="num" data-label="Agréées">{formatNumber(c.approved)}</td><td className="num" data-label="Sollicitées">{formatNumber(c.solicited)}</td><td className="num" data-label="Ont répondu">{formatNumber(c.answered)}</td><td className="num" data-label="Taux">{c.rate === null ? '–' : formatPercent(c.rate)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      <Section title="Créer une campagne" id="creer">
        {failed && <Notice tone="bad" alert><p>{failed.error}</p></Notice>}
        {years.length === 0 ? (
          <p>Chaque questionnaire a déjà sa campagne : écrivez d’abord celui de l’année suivante.</p>
        ) : (
          <form method="post" className="stack">
            <Field id="year" label="Année">{(aria) => <select {...aria} name="year">{years.map((year) => <option key={year} value={year}>{year}</option>)}</select>}</Field>
            <div className="row">
              <Field id="opensOn" label="Ouverture prévue">{(aria) => <input {...aria} type="date" name="opensOn" defaultValue={failed?.opensOn} />}</Field>
              <Field id="closesOn" label="Fin de saisie">{(aria) => <input {...aria} type="date" name="closesOn" defaultValue={failed?.closesOn} />}</Field>
            </div>
            <button className="button">Créer la campagne</button>
          </form>
        )}
      </Section>
    </Page>
  );
}
