/** One campaign: where it is, what is missing before the next step, what is covered where, how far each territory is. */
import { redirect } from 'react-router';
import type { Route } from './+types/campaign';
import { runsTheCampaign, studioAuthor } from '../../domains/access/index.ts';
import { campaignOf, coverage, inviteNewcomers, missingBefore, moveCampaign, phases, progressOf, setCoverage, setDates, staffing, waive } from '../../domains/campaign/index.server.ts';
import {
  CAMPAIGN_STATES, CAMPAIGN_TRANSITIONS, type CampaignState, COVERAGE_LABELS, type CoverageStatus, MOVE_LABELS, type Progress, responseRate, STATE_LABELS, wholeOf,
} from '../../domains/campaign/index.ts';
import { moveVersion } from '../../domains/questionnaire/index.server.ts';
import { listVersions } from '../../domains/questionnaire/index.server.ts';
import { publishTerritoryPages } from '../../domains/publication/index.server.ts';
import { registerCodes, territoriesByLevel } from '../../domains/registry/index.server.ts';
import { formatDate, isIsoDate } from '../../kernel/french-date.ts';
import { formatNumber, formatPercent } from '../../kernel/french-number.ts';
import { counted } from '../../kernel/french-words.ts';
import { NATION } from '../../kernel/territory-code.ts';
import { breathe } from '../../platform/breathe.server.ts';
import { readForm, textsOf, unknownAct, yearIn } from '../form-values.ts';
import { PhaseBadge } from '../correspondent/state-badge.tsx';
import { refusal, requireActor, services } from '../request-context.ts';
import { Field, Meter, Notice, Page, Section, TableFrame } from '../ui/page.tsx';
import styles from './campaign.module.css';

export const meta: Route.MetaFunction = ({ params }) => [{ title: `Campagne ${params.year} · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db } = services(context);
  if (!runsTheCampaign(requireActor(context, request))) throw refusal('Les campagnes sont conduites par l’équipe nationale.');
  const year = yearIn(params.year);
  const campaign = year === undefined ? undefined : await campaignOf(db, year);
  if (year === undefined || !campaign) throw refusal(`Aucune campagne ${params.year}.`, 404);
  const { kinds } = await registerCodes(db);
  const version = (await listVersions(db)).find((v) => v.year === campaign.questionnaireYear);
  const [covered, places, lines, nation, staffed] = [await coverage(db, year), await phases(db, year), await progressOf(db, year), await progressOf(db, year, { by: 'nation' }), await staffing(db, year)];
  const status = new Map(covered.map((c) => [`${c.territory} ${c.kind}`, c.status]));
  const people = new Map(staffed.map((s) => [s.code, s]));
  const ofTerritory = Map.groupBy(lines, (l) => l.territory);
  const steps = await Promise.all(CAMPAIGN_TRANSITIONS[campaign.state].map(async (to) => ({ to, missing: await missingBefore(db, campaign, to), reason: to === 'archived' || (to === 'control' && campaign.state !== 'closing') })));
  return {
    campaign, kinds, steps, nation, whole: wholeOf(nation, 'Ensemble'), versionState: version?.state ?? null, done: new URL(request.url).searchParams.get('fait'),
    released: places.filter((p) => p.state === 'analysis').length,
    editable: ['draft', 'preparation', 'questionnaire_validated'].includes(campaign.state), datesEditable: ['draft', 'preparation', 'questionnaire_validated', 'open', 'closing'].includes(campaign.state),
    territories: places.map((p) => {
      const own = ofTerritory.get(p.territory) ?? [];
      return {
        code: p.territory, name: p.name, phase: p.state, waiver: p.waiverReason, coverage: kinds.map(({ code, label }) => ({ kind: code, label, status: status.get(`${p.territory} ${code}`) ?? ('not_yet' as CoverageStatus) })),
        caf: people.get(p.territory)?.caf ?? null, federation: people.get(p.territory)?.federation ?? null, progress: own.length > 0 ? wholeOf(own, p.name) : null,
      };
    }),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db } = services(context);
  const actor = requireActor(context, request);
  if (!runsTheCampaign(actor)) throw refusal('Les campagnes sont conduites par l’équipe nationale.');
  const year = yearIn(params.year);
  if (year === undefined) throw refusal(`Aucune campagne ${params.year}.`, 404);
  const form = await readForm(request);
  const text = textsOf(form);
  const date = (name: string): string | null => (isIsoDate(text(name)) ? text(name) : null);
  const intent = text('intent');
  const run = async () => {
    switch (intent) {
      case 'move':
        return moveCampaign(db, actor, { year, to: text('to') as CampaignState, reason: text('reason') });
      case 'newcomers':
        return inviteNewcomers(db, actor, { year });
      case 'pages': {
        const released = (await phases(db, year)).filter((p) => p.state === 'analysis').map((p) => p.territory as string);
        const above = (await territoriesByLevel(db, 'region')).map((r) => r.code as string);
        // The nation and the régions are read from the same answers; one that has no release of its own yet is passed over.
        return publishTerritoryPages(db, actor, { year, territories: [...released, ...above, NATION], demonstration: services(context).demonstration, onProgress: breathe });
      }
      case 'dates':
        return setDates(db, actor, { year, opensOn: date('opensOn'), closesOn: date('closesOn') });
      case 'coverage':
        return setCoverage(db, actor, year, [...form].flatMap(([name, status]) => {
          const [word, territory = '', kind = ''] = name.split('.');
          return word === 'c' ? [{ territory, kind, status: coverageIn(status) }] : [];
        }));
      case 'cover-all': {
        const [kind = '', status = ''] = text('all').split('.');
        return setCoverage(db, actor, year, (await phases(db, year)).map((p) => ({ territory: p.territory, kind, status: coverageIn(status) })));
      }
      case 'waive':
        return waive(db, actor, year, form.getAll('territory').map(String), text('reason'));
      case 'questionnaire': {
        const campaign = await campaignOf(db, year);
        if (!campaign) throw refusal(`Aucune campagne ${year}.`, 404);
        const state = (await listVersions(db)).find((v) => v.year === campaign.questionnaireYear)?.state;
        const author = studioAuthor(actor);
        const proposed = state === 'draft' ? await moveVersion(db, author, campaign.questionnaireYear, 'proposed') : undefined;
        return proposed?.ok === false ? proposed : moveVersion(db, author, campaign.questionnaireYear, 'validated');
      }
      default:
        throw unknownAct();
    }
  };
  if (intent === 'move' && !CAMPAIGN_STATES.includes(text('to') as CampaignState)) throw refusal('Cette étape n’existe pas.', 400);
  const result = await run();
  if (result.ok) return redirect(`/national/campagnes/${year}?fait=${intent}`, 303);
  return { intent, to: text('to'), error: result.error.message, missing: 'missing' in result.error ? (result.error.missing as string[]) : [], reason: text('reason') };
}

function coverageIn(status: unknown): CoverageStatus {
  if (!Object.hasOwn(COVERAGE_LABELS, String(status))) throw refusal('Cette couverture n’existe pas : choisissez-la dans la liste.', 400);
  return status as CoverageStatus;
}

const DONE: { readonly [intent: string]: string } = {
  pages: 'Les pages publiques sont publiées ; celle d’un territoire dont le comité écrit ou vote attend sa plaquette.', newcomers: 'Les structures arrivées au répertoire depuis l’ouverture sont invitées.', move: 'La campagne a changé d’étape.', dates: 'Les dates sont enregistrées.', coverage: 'La couverture est enregistrée.', 'cover-all': 'La couverture est enregistrée.', waive: 'La dispense est enregistrée.', questionnaire: 'La validation du questionnaire est enregistrée.',
};

export default function CampaignPage({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  const { campaign } = d;
  const at = CAMPAIGN_STATES.indexOf(campaign.state);
  const rate = responseRate(d.whole);
  const unstaffed = d.territories.filter((t) => t.caf !== null && !(t.caf && t.federation) && !t.waiver);
  return (
    <Page
      title={`Campagne ${campaign.year}`} level="nation" crumbs={[{ label: 'Campagnes', to: '/national/campagnes' }, { label: String(campaign.year) }]}
      lead={`Données ${campaign.dataYear}. ${campaign.closesOn ? `Fin de saisie le ${formatDate(campaign.closesOn)}.` : 'Date de fin de saisie à fixer.'}`}
    >
      {!failed && d.done && DONE[d.done] && <Notice tone="good" alert><p>{DONE[d.done]}</p></Notice>}
      {failed && <Notice tone="bad" alert><p>{failed.error}</p>{failed.missing.length > 1 && <ul>{failed.missing.map((m) => <li key={m}>{m}</li>)}</ul>}</Notice>}
      <ol className={styles['steps']} aria-label="Étapes de la campagne">
        {CAMPAIGN_STATES.map((state, i) => <li key={state} className={i < at ? styles['past'] : i === at ? styles['now'] : undefined} aria-current={i === at ? 'step' : undefined}>{STATE_LABELS[state]}</li>)}
      </ol>

      <section aria-labelledby="suite" className={styles['next']}>
        <h2 id="suite">Étape suivante</h2>
        {d.steps.length === 0 && <p>La campagne est archivée : elle ne change plus.</p>}
        {d.steps.map((step) => (
          <div key={step.to} className="stack">
            {step.missing.length > 0 && (
              <Notice tone="warn" title={`Avant « ${STATE_LABELS[step.to]} »`}>
                <ul>{step.missing.slice(0, 8).map((m) => <li key={m}>{m}</li>)}</ul>
                {step.missing.length > 8 && <p>et {step.missing.length - 8} autres points.</p>}
              </Notice>
            )}
            <form method="post" className="row">
              <input type="hidden" name="intent" value="move" /><input type="hidden" name="to" value={step.to} />
              {step.reason && <input name="reason" size={34} aria-label={`Motif pour ${STATE_LABELS[step.to]}`} placeholder={step.to === 'archived' ? 'Comment les résultats ont été rendus' : 'Motif du retour'} required />}
              <button className={step.to === 'control' && step.reason ? 'button danger' : step.missing.length > 0 ? 'button quiet' : 'button'} disabled={step.missing.length > 0}>
                {step.reason && step.to === 'control' ? 'Revenir au contrôle' : campaign.state === 'closing' && step.to === 'open' ? 'Rouvrir la saisie' : MOVE_LABELS[step.to]}
              </button>
            </form>
          </div>
        ))}
        {(d.versionState === 'draft' || d.versionState === 'proposed') && (
          <form method="post"><button className="button quiet" name="intent" value="questionnaire">Enregistrer la validation du questionnaire {campaign.questionnaireYear} par le comité de pilotage</button></form>
        )}
        {d.released > 0 && (
          <form method="post" className="stack">
            <button className="button quiet" name="intent" value="pages">Publier les pages sans plaquette</button>
            <p className="small soft">{counted(d.released, 'territoire a', 'territoires ont')} ses chiffres sans page publique. Celui dont le comité écrit ou vote une plaquette attend la sienne.</p>
          </form>
        )}
        {campaign.state === 'open' && (
          <form method="post" className="stack">
            <button className="button quiet" name="intent" value="newcomers">Inviter les structures arrivées au répertoire</button>
            <p className="small soft">Celles qui étaient agréées au 31 décembre {campaign.dataYear} et que le répertoire a apprises depuis l’ouverture reçoivent le questionnaire. Les autres n’en reçoivent rien de nouveau.</p>
          </form>
        )}
      </section>

      {d.datesEditable && (
        <details>
          <summary>Dates de la saisie</summary>
          <form method="post" className="row">
            <Field id="opensOn" label="Ouverture">{(aria) => <input {...aria} type="date" name="opensOn" defaultValue={campaign.opensOn ?? ''} />}</Field>
            <Field id="closesOn" label="Fin">{(aria) => <input {...aria} type="date" name="closesOn" defaultValue={campaign.closesOn ?? ''} />}</Field>
            <button className="button quiet" name="intent" value="dates">Enregistrer les dates</button>
          </form>
        </details>
      )}

      {d.whole.approved > 0 && (
        <Section title="La nation" id="nation">
          <ul className={styles['facts']}>
            <li><strong>{formatNumber(d.whole.approved)}</strong> structures agréées</li>
            <li><strong>{formatNumber(d.whole.newlyApproved)}</strong> nouvellement agréées</li>
            <li><strong>{formatNumber(d.whole.solicited)}</strong> sollicitées</li>
            <li><strong>{formatNumber(d.whole.answered)}</strong> ont répondu</li>
            <li><strong>{formatNumber(d.whole.complete)}</strong> réponses complètes</li>
            <li><strong>{rate === undefined ? '–' : formatPercent(rate)}</strong> de réponses en nombre</li>
          </ul>
          <p className="small soft">{d.nation.map((l) => `${l.kind} : ${formatNumber(l.answered)} sur ${formatNumber(l.solicited)}`).join(' · ')}. Les territoires en test sont suivis à part. Le taux en équivalents temps plein se lit avec les chiffres diffusables de chaque territoire, une fois les données publiées.</p>
        </Section>
      )}

      <Section title="Territoires" id="territoires">
        {d.editable && unstaffed.length > 0 && (
          <Notice tone="warn" title={`${unstaffed.length} ${unstaffed.length > 1 ? 'territoires enquêtés n’ont' : 'territoire enquêté n’a'} pas ses deux correspondants`}>
            <form method="post" className="stack">
              <p>Accordez une dispense avec son motif, ou faites mandater la personne qui manque.</p>
              <details>
                <summary>Choisir les territoires</summary>
                <fieldset><legend className="visually-hidden">Territoires dispensés</legend>{unstaffed.map((t) => <label key={t.code} className="choice"><input type="checkbox" name="territory" value={t.code} defaultChecked /> {t.name} ({t.code})</label>)}</fieldset>
              </details>
              <Field id="dispense" label="Motif de la dispense">{(aria) => <input {...aria} name="reason" />}</Field>
              <button className="button quiet" name="intent" value="waive">Accorder la dispense</button>
            </form>
          </Notice>
        )}
        {d.editable && (
          <form method="post" className="row">
            <input type="hidden" name="intent" value="cover-all" />
            <label htmlFor="all">Pour tous les territoires à la fois</label>
            <select id="all" name="all">{d.kinds.flatMap((kind) => Object.entries(COVERAGE_LABELS).map(([status, label]) => <option key={kind.code + status} value={`${kind.code}.${status}`}>{kind.code} : {label}</option>))}</select>
            <button className="button quiet">Appliquer à tous</button>
          </form>
        )}
        <form method="post" className="stack">
          <TableFrame label="Territoires de la campagne">
            <table className={styles['grid']}>
              <thead>
                <tr>
                  <th scope="col">Territoire</th><th scope="col">Phase</th>{d.kinds.map((k) => <th key={k.code} scope="col"><abbr title={k.label}>{k.code}</abbr></th>)}<th scope="col">Correspondants</th>
                  <th scope="col" className="num">Agréées</th><th scope="col" className="num">Sollicitées</th><th scope="col" className="num">Ont répondu</th><th scope="col" className="num">Complètes</th><th scope="col">Taux</th>
                </tr>
              </thead>
              <tbody>{d.territories.map((t) => <TerritoryRow key={t.code} t={t} editable={d.editable} />)}</tbody>
              <tfoot>
                <tr>
                  <th scope="row">Ensemble, hors tests</th><td colSpan={d.kinds.length + 2} />
                  <Counts progress={d.editable ? null : d.whole} before={d.editable} />
                </tr>
              </tfoot>
            </table>
          </TableFrame>
          {d.editable && <button className="button" name="intent" value="coverage">Enregistrer la couverture</button>}
        </form>
      </Section>
    </Page>
  );
}

function TerritoryRow({ t, editable }: { t: Route.ComponentProps['loaderData']['territories'][number]; editable: boolean }) {
  return (
    <tr>
      <th scope="row">{t.code} {t.name}</th>
      <td><PhaseBadge state={t.phase} /></td>
      {t.coverage.map((c) => (
        <td key={c.kind}>
          {editable ? (
            <select name={`c.${t.code}.${c.kind}`} defaultValue={c.status} aria-label={`${c.label}, ${t.name}`}>{Object.entries(COVERAGE_LABELS).map(([value, label]) => <option key={value} value={value}>{label}</option>)}</select>
          ) : (
            <span className={c.status === 'not_yet' ? 'soft' : undefined}>{COVERAGE_LABELS[c.status]}</span>
          )}
        </td>
      ))}
      <td>
        {t.caf === null ? <span className="soft">–</span> : t.caf && t.federation ? 'Caf et fédération' : <span className={t.waiver ? 'soft' : styles['lack']} title={t.waiver ?? undefined}>{t.waiver ? 'dispense' : t.caf ? 'fédération manque' : t.federation ? 'Caf manque' : 'les deux manquent'}</span>}
      </td>
      <Counts progress={t.progress} before={editable} />
    </tr>
  );
}

function Counts({ progress: p, before }: { progress: Progress | null; before: boolean }) {
  if (!p) return <td colSpan={5} className="soft">{before ? 'comptées à l’ouverture' : 'aucune structure agréée'}</td>;
  return (
    <>
      <td className="num">{formatNumber(p.approved)}</td><td className="num">{formatNumber(p.solicited)}</td><td className="num">{formatNumber(p.answered)}</td><td className="num">{formatNumber(p.complete)}</td>
      <td>{p.solicited > 0 && <Meter value={p.answered} max={p.solicited} label={`${p.answered} sur ${p.solicited}`} />}</td>
    </>
  );
}
