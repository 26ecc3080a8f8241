/** The territories that a correspondent follows: where each stands, what waits there. */
import type { Route } from './+types/territories';
import { followedTerritories } from '../../domains/access/index.ts';
import { campaigns, phases, progressOf } from '../../domains/campaign/index.server.ts';
import { responseRate, wholeOf } from '../../domains/campaign/index.ts';
import { openInquiryCounts } from '../../domains/entry/index.server.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { counted } from '../../kernel/french-words.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { refusal, requireActor, services } from '../request-context.ts';
import { Empty, Meter, Page, TableFrame } from '../ui/page.tsx';
import { PhaseBadge } from './state-badge.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Suivi · SENACS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { db } = services(context);
  const actor = requireActor(context, request);
  const followed = followedTerritories(actor);
  if (followed.length === 0) throw refusal('Le suivi est ouvert aux correspondants mandatés par une Caf ou une fédération.');
  const all = (await campaigns(db)).filter((c) => c.state !== 'draft');
  const asked = Number(new URL(request.url).searchParams.get('annee'));
  const campaign = all.find((c) => c.year === asked) ?? all[0];
  if (!campaign) return { campaign: null, years: [], territories: [] };
  const questions = await openInquiryCounts(db, campaign.year, followed);
  const phaseOf = new Map((await phases(db, campaign.year)).map((p) => [p.territory as string, p]));
  const lines = (await Promise.all(followed.map((territory) => progressOf(db, campaign.year, { territory })))).flat();
  const territories = [...Map.groupBy(lines, (line) => line.territory)].map(([code, own]) => {
    const whole = wholeOf(own, own[0]!.name);
    const phase = phaseOf.get(code);
    const count = (...states: string[]): number => states.reduce((sum, state) => sum + (whole.byState[state] ?? 0), 0);
    return {
      code, name: own[0]!.name, phase: phase?.state ?? 'draft', closesOn: phase?.closesOn ?? null, approved: whole.approved, solicited: whole.solicited, answered: whole.answered,
      rate: responseRate(whole) ?? null, toRead: count('submitted', 'under_review', 'resubmitted'), correcting: count('correction_requested'), validated: count('validated', 'frozen'), silent: count('non_respondent', 'declined'),
      questions: questions[code] ?? 0, entering: count('not_started', 'in_progress', 'submitted_by_third_party'),
    };
  });
  return { campaign, years: all.map((c) => c.year), territories: territories.toSorted((a, b) => a.code.localeCompare(b.code)) };
}

export default function Territories({ loaderData }: Route.ComponentProps) {
  const { campaign, years, territories } = loaderData;
  if (!campaign)
    return (
      <Page title="Suivi">
        <Empty>
          <p>Aucune campagne n’est en préparation. L’équipe nationale vous préviendra de son ouverture.</p>
        </Empty>
      </Page>
    );
  return (
    <Page title={`Suivi de la campagne ${campaign.year}`} lead={`Données de l’année ${campaign.dataYear}.`} level="department">
      {years.length > 1 && (
        <nav aria-label="Autres campagnes" className="row small">
          {years.map((year) =>
            year === campaign.year ? (
              <strong key={year} aria-current="page">
                {year}
              </strong>
            ) : (
              <a key={year} href={`/suivi?annee=${year}`}>
                {year}
              </a>
            ),
          )}
        </nav>
      )}
      {territories.length === 0 ? (
        <Empty>
          <p>Aucune structure de vos territoires ne participe encore à la campagne {campaign.year} : la liste se remplit à l’ouverture de la saisie.</p>
        </Empty>
      ) : (
        <TableFrame label="Territoires suivis">
          <table className="table stacked">
            <thead>
              <tr>
                <th scope="col">Territoire</th>
                <th scope="col">Phase</th>
                <th scope="col" className="num">À lire</th>
                <th scope="col" className="num">En correction</th>
                <th scope="col" className="num">En saisie</th>
                <th scope="col" className="num">Validées</th>
                <th scope="col" className="num">Sans réponse</th>
                <th scope="col">Réponses transmises</th>
              </tr>
            </thead>
            <tbody>
              {territories.map((t) => (
                <tr key={t.code}>
                  <th scope="row">
                    <a href={`/suivi/${t.code}/${campaign.year}`}>{t.name}</a>
                    <div className="small soft">{formatNumber(t.approved)} structures agréées</div>
                    {t.questions > 0 && (
                      <div className="small">
                        <a href={`/suivi/${t.code}/${campaign.year}/questions`}>{counted(t.questions, 'question de centre à traiter', 'questions de centres à traiter')}</a>
                      </div>
                    )}
                  </th>
                  <td data-label="Phase">
                    <PhaseBadge state={t.phase} />
                    {t.closesOn && (t.phase === 'open' || t.phase === 'closing') && <div className="small soft">jusqu’au {formatDate(t.closesOn)}</div>}
                  </td>
                  <td className="num" data-label="À lire">{t.toRead > 0 ? <a href={`/suivi/${t.code}/${campaign.year}?etat=a-lire`}>{t.toRead}</a> : 0}</td>
                  <td className="num" data-label="En correction">{t.correcting > 0 ? <a href={`/suivi/${t.code}/${campaign.year}?etat=corrections`}>{t.correcting}</a> : 0}</td>
                  <td className="num" data-label="En saisie">{t.entering}</td>
                  <td className="num" data-label="Validées">{t.validated}</td>
                  <td className="num" data-label="Sans réponse">{t.silent}</td>
                  <td data-label="Réponses transmises">
                    <Meter value={t.answered} max={t.solicited} label={`${t.answered} réponses sur ${t.solicited}`} />
                    <span className="small soft">
                      {t.answered} sur {t.solicited}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Page>
  );
}
