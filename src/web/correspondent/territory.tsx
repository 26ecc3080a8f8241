/** The structures of one territory: a dense list with its filters, and beside it what is known of one of them (never its values: reading them is another page, journalled). */
import { redirect } from 'react-router';
import type { Route } from './+types/territory';
import { ROLE_LABELS } from '../../domains/access/index.ts';
import { extendTerritory, moveTerritory, progressOf, remind } from '../../domains/campaign/index.server.ts';
import { acceptsEntry, followedVolumeRate, inControl, PARTICIPATION_LABELS, type Participation, responseRate, valuesReadable, wholeOf } from '../../domains/campaign/index.ts';
import { followedStructures, type FollowedStructure, glance, type Glance } from '../../domains/control/index.server.ts';
import { type CompiledVersion, SEVERITY_LABELS } from '../../domains/questionnaire/index.ts';
import { stateLabel } from '../../domains/entry/index.ts';
import { openInquiryCounts } from '../../domains/entry/index.server.ts';
import { ruleWords } from '../../domains/questionnaire/index.ts';
import { loadVersion } from '../../domains/questionnaire/index.server.ts';
import { formatDate, formatShortDate, isIsoDate } from '../../kernel/french-date.ts';
import { formatNumber, formatPercent } from '../../kernel/french-number.ts';
import { readForm, unknownAct } from '../form-values.ts';
import { Badge, Empty, Field, Meter, Notice, Page } from '../ui/page.tsx';
import { followedTerritory } from './followed-territory.server.ts';
import { GROUPS, ORDERS, selectStructures } from './list-filter.ts';
import { plural } from './reading.ts';
import { PhaseBadge, ResponseBadge } from './state-badge.tsx';
import styles from './territory.module.css';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `${loaderData?.phase.name ?? 'Territoire'} ${loaderData?.year ?? ''} · Suivi · SENACS` }];

/** Questions named beside a finding; a rule that reads more speaks of the whole and names none. */
const MOST_CODES = 4;

function codesRead(compiled: CompiledVersion | null, ruleId: string): string {
  const reads = compiled?.ruleById.get(ruleId)?.reads ?? [];
  return reads.length > MOST_CODES ? '' : reads.flatMap((key) => compiled?.questions.get(key)?.code ?? []).join(', ');
}

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, year, phase, campaign, side } = await followedTerritory(context, request, params);
  const search = new URL(request.url).searchParams;
  const wanted = { group: search.get('etat') ?? 'toutes', search: search.get('q') ?? '', order: search.get('tri') ?? 'nom' };
  const all = await followedStructures(db, year, params.territory);
  const whole = wholeOf(await progressOf(db, year, { territory: params.territory }), phase.name);
  const seen = all.find((s) => s.structureId === search.get('voir'));
  let beside: { structure: FollowedStructure; glance: Glance | null; findings: { severity: 'hard' | 'soft' | 'info'; message: string; state: string; codes: string }[] } | null = null;
  if (seen) {
    const found = seen.responseId ? await glance(db, seen.responseId) : null;
    const compiled = found && found.findings.length > 0 ? await loadVersion(db, campaign.questionnaireYear) : null;
    beside = {
      structure: seen, glance: found,
      findings: (found?.findings ?? []).map((f) => ({ severity: f.severity, state: f.state, message: ruleWords(compiled?.ruleById.get(f.ruleId)?.rule.message ?? f.ruleId, f.dataYear), codes: codesRead(compiled, f.ruleId) })),
    };
  }
  return {
    year, phase, side, wanted, beside, whole, readable: valuesReadable(phase.state), questions: (await openInquiryCounts(db, year, [params.territory]))[params.territory] ?? 0, done: search.get('fait'),
    counts: Object.fromEntries(GROUPS.map((g) => [g.word, all.filter(g.holds).length])), total: all.length, structures: selectStructures(all, wanted),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, year } = await followedTerritory(context, request, params);
  const form = await readForm(request);
  const intent = form.get('intent');
  const typed = { closesOn: String(form.get('closesOn') ?? ''), reason: String(form.get('reason') ?? '') };
  const back = (done: string) => redirect(`/suivi/${params.territory}/${year}?fait=${encodeURIComponent(done)}`, 303);
  const failed = (error: string, missing: readonly string[] = []) => ({ intent, error, missing, ...typed });
  switch (intent) {
    case 'remind': {
      const result = await remind(db, actor, { year, territory: params.territory });
      return result.ok ? back(`${plural(result.value.letters, 'lettre de relance partie', 'lettres de relance parties')}.`) : failed(result.error.message);
    }
    case 'extend': {
      if (!isIsoDate(typed.closesOn)) return failed('Choisissez la nouvelle date de fin de saisie.');
      const result = await extendTerritory(db, actor, { year, territory: params.territory, closesOn: typed.closesOn, reason: typed.reason });
      return result.ok ? back(`La saisie est prolongée jusqu’au ${formatDate(result.value.closesOn)} ; les structures attendues sont prévenues.`) : failed(result.error.message);
    }
    case 'control': {
      const result = await moveTerritory(db, actor, { year, territory: params.territory, to: 'control' });
      return result.ok ? back('Le contrôle a commencé.') : failed(result.error.message, result.error.missing);
    }
    default:
      throw unknownAct();
  }
}

function Signals(props: { hard: number; soft: number; info: number }) {
  if (props.hard + props.soft + props.info === 0) return <span className="soft small">aucun</span>;
  return (
    <span className={styles['signals']}>
      {props.hard > 0 && <Badge tone="bad">{plural(props.hard, 'impossible', 'impossibles')}</Badge>}
      {props.soft > 0 && <Badge tone="warn">{props.soft} à expliquer</Badge>}
      {props.info > 0 && <Badge>{props.info} à regarder</Badge>}
    </span>
  );
}

export default function Territory({ loaderData, actionData }: Route.ComponentProps) {
  const { year, phase, wanted, beside, whole, structures, counts, total, readable, questions, done } = loaderData;
  const here = `/suivi/${phase.territory}/${year}`;
  const address = (change: { [name: string]: string | null }): string => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ etat: wanted.group, q: wanted.search, tri: wanted.order, ...change })) if (value && value !== 'toutes' && value !== 'nom') query.set(name, value);
    return query.size > 0 ? `${here}?${query}` : here;
  };
  const rate = responseRate(whole);
  const byVolume = followedVolumeRate(whole, phase.state);
  return (
    <Page
      title={phase.name} level="department" crumbs={[{ label: 'Suivi', to: `/suivi?annee=${year}` }, { label: `${phase.name}, campagne ${year}` }]}
      lead={
        <>
          <PhaseBadge state={phase.state} /> {acceptsEntry(phase.state) && phase.closesOn && `saisie jusqu’au ${formatDate(phase.closesOn)}`}
          {phase.extensionReason && acceptsEntry(phase.state) && ` (prolongée : ${phase.extensionReason})`}
        </>
      }
    >
      {!actionData?.error && done && <Notice tone="good" alert><p>{done}</p></Notice>}
      {actionData?.error && (
        <Notice tone="bad" alert>
          <p>{actionData.error}</p>
          {actionData.missing.length > 1 && <ul>{actionData.missing.map((m: string) => <li key={m}>{m}</li>)}</ul>}
        </Notice>
      )}
      <ul className={styles['facts']}>
        <li><strong>{formatNumber(whole.approved)}</strong> agréées{whole.newlyApproved > 0 && <span className="soft small">, dont {plural(whole.newlyApproved, 'nouvelle', 'nouvelles')}</span>}</li>
        <li><strong>{formatNumber(whole.solicited)}</strong> sollicitées</li>
        <li><strong>{formatNumber(whole.answered)}</strong> ont répondu{rate !== undefined && <span className="soft small"> ({formatPercent(rate)}{byVolume !== undefined && `, ${formatPercent(byVolume)} en ETP`})</span>}</li>
        <li><strong>{formatNumber(whole.complete)}</strong> réponses complètes</li>
      </ul>
      <div className="row">
        {(inControl(phase.state) || !acceptsEntry(phase.state)) && <a className="button quiet" href={`${here}/gel`}>{inControl(phase.state) ? 'Signer le gel' : 'Gel et signatures'}</a>}
        <a href={`/repertoire/${phase.territory}`}>Répertoire du territoire</a>
        <a href={`${here}/questions`}>{questions > 0 ? `Questions des centres : ${questions} à traiter` : 'Questions des centres'}</a>
        <a href={`${here}/sessions`}>Sessions collectives</a>
        {acceptsEntry(phase.state) && (
          <>
            <form method="post"><button className="button quiet" name="intent" value="remind">Relancer les structures attendues</button></form>
            <form method="post"><button className="button quiet" name="intent" value="control">Commencer le contrôle</button></form>
          </>
        )}
      </div>
      {acceptsEntry(phase.state) && (
        <details className={styles['extend']} open={actionData?.intent === 'extend'}>
          <summary>Prolonger la saisie</summary>
          <form method="post" className="stack">
            <Field id="closesOn" label="Nouvelle date de fin" help={phase.closesOn ? `Après le ${formatDate(phase.closesOn)}.` : undefined}>
              {(aria) => <input {...aria} type="date" name="closesOn" min={phase.closesOn ?? undefined} required defaultValue={actionData?.closesOn ?? ''} />}
            </Field>
            <Field id="reason" label="Pourquoi" help="Ce motif est conservé, et dit aux structures attendues.">
              {(aria) => <input {...aria} name="reason" required maxLength={300} defaultValue={actionData?.reason ?? ''} />}
            </Field>
            <p><button className="button quiet" name="intent" value="extend">Prolonger la saisie</button></p>
          </form>
        </details>
      )}

      <nav aria-label="Filtrer par état">
        <ul className={styles['chips']}>
          {GROUPS.map((g) => (
            <li key={g.word}>
              <a href={address({ etat: g.word, voir: null })} aria-current={wanted.group === g.word ? 'true' : undefined}>
                {g.label} <span>{counts[g.word]}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form method="get" className={styles['search']} role="search">
        {wanted.group !== 'toutes' && <input type="hidden" name="etat" value={wanted.group} />}
        <Field id="q" label="Chercher une structure ou une commune">{(aria) => <input {...aria} name="q" type="search" defaultValue={wanted.search} accessKey="f" />}</Field>
        <Field id="tri" label="Ranger par">
          {(aria) => <select {...aria} name="tri" defaultValue={wanted.order}>{ORDERS.map((o) => <option key={o.word} value={o.word}>{o.label}</option>)}</select>}
        </Field>
        <button className="button quiet">Afficher</button>
      </form>

      <div className={`${styles['layout']} ${beside ? styles['beside'] : ''}`}>
        <div>
          <p className="soft small" role="status">{plural(structures.length, 'structure', 'structures')}{structures.length < total && ` sur ${total}`}</p>
          {structures.length === 0 ? (
            <Empty>
              <p>{total === 0 ? 'Aucune structure agréée de ce territoire ne participe à cette campagne.' : 'Aucune structure ne correspond.'}</p>
              {total > 0 && <p><a href={here}>Voir toutes les structures</a></p>}
            </Empty>
          ) : (
            <table className={styles['list']} aria-label="Structures du territoire">
              <thead>
                <tr><th scope="col">Structure</th><th scope="col">Commune</th><th scope="col">État</th><th scope="col">Avancement</th><th scope="col">Signalements ouverts</th><th scope="col">Dernière activité</th></tr>
              </thead>
              <tbody>
                {structures.map((s) => (
                  <tr key={s.structureId} aria-current={beside?.structure.structureId === s.structureId ? 'true' : undefined}>
                    <th scope="row">
                      <a href={`${address({ voir: s.structureId })}#apercu`}>{s.name}</a>
                      {s.kind !== 'CS' && <span className="small soft"> {s.kind}</span>}
                    </th>
                    <td className="small soft">{s.commune ?? 'inconnue'}</td>
                    <td>
                      <ResponseBadge state={s.state} />
                      {s.pointsPending > 0 && <div className="small soft">{plural(s.pointsPending, 'question attend', 'questions attendent')} la structure</div>}
                      {s.exclusionProposedBy && <div className="small soft">retrait proposé par la {s.exclusionProposedBy === 'caf' ? 'Caf' : 'fédération'}</div>}
                      {s.disputed > 0 && <div className="small soft">{plural(s.disputed, 'valeur en désaccord', 'valeurs en désaccord')}</div>}
                    </td>
                    <td>{s.responseId && s.required > 0 ? <Meter value={s.answered} max={s.required} label={`${s.answered} questions sur ${s.required}`} /> : <span className="soft small">{s.responseId ? 'pas commencée' : PARTICIPATION_LABELS[s.participation as Participation]}</span>}</td>
                    <td data-label="Signalements"><Signals hard={s.openHard} soft={s.openSoft} info={s.openInfo} /></td>
                    <td className="small" data-label="Dernière activité">{s.lastActivity ? <time dateTime={s.lastActivity}>{formatShortDate(s.lastActivity)}</time> : <span className="soft">–</span>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
        {beside && <Panel beside={beside} here={here} readable={readable} entry={acceptsEntry(phase.state)} close={address({ voir: null })} />}
      </div>
    </Page>
  );
}

function Panel(props: { beside: NonNullable<Route.ComponentProps['loaderData']['beside']>; here: string; readable: boolean; entry: boolean; close: string }) {
  const { structure: s, glance: g, findings } = props.beside;
  return (
    <aside className={styles['panel']} id="apercu" aria-labelledby="apercu-titre">
      <div>
        <h2 id="apercu-titre">{s.name}</h2>
        <p className="soft">{s.kind} · {s.commune}</p>
      </div>
      <div className="row"><ResponseBadge state={s.state} /> {s.stateReason && <span className="small soft">{s.stateReason}</span>}</div>
      {s.responseId ? (
        <div className="row">
          {props.readable && s.state !== 'not_started' && s.completeness !== 'none' && <a className="button" href={`${props.here}/${s.responseId}`}>Lire la réponse</a>}
          {props.entry && (s.state === 'not_started' || s.state === 'in_progress') && <a className="button quiet" href={`/centre/${s.responseId}`}>Saisir pour son compte</a>}
          {props.readable && (s.state === 'not_started' || s.completeness === 'none') && <a className="button quiet" href={`${props.here}/${s.responseId}`}>Ouvrir le dossier</a>}
        </div>
      ) : (
        <p>{PARTICIPATION_LABELS[s.participation as Participation]} : comptée et saluée, sans questionnaire cette année.</p>
      )}
      {findings.length > 0 && (
        <div className="stack">
          <h3>Signalements</h3>
          <ul>
            {findings.slice(0, 8).map((f, i) => (
              <li key={i} className="small"><strong>{SEVERITY_LABELS[f.severity]}</strong>{f.state === 'justified' && ' (expliqué)'} : {f.message}{f.codes && <span className="soft"> ({f.codes})</span>}</li>
            ))}
          </ul>
          {findings.length > 8 && <p className="small soft">et {plural(findings.length - 8, 'autre', 'autres')}</p>}
        </div>
      )}
      {g && g.people.length > 0 && (
        <div className="stack">
          <h3>À qui écrire</h3>
          <ul>{g.people.map((p) => <li key={p.email} className="small">{p.name}, {ROLE_LABELS[p.role as keyof typeof ROLE_LABELS]}<br /><a href={`mailto:${p.email}`}>{p.email}</a></li>)}</ul>
          {s.responseId && <p className="small"><a href={`${props.here}/${s.responseId}/personnes`}>Une boîte est perdue</a></p>}
        </div>
      )}
      {g && g.changes.length > 0 && (
        <div className="stack">
          <h3>Ce qui s’est passé</h3>
          <ul>{g.changes.map((c, i) => <li key={i} className="small">{formatShortDate(c.at)} : {stateLabel(c.to as never)}{c.by && `, par ${c.by}`}{c.reason && ` (${c.reason})`}</li>)}</ul>
        </div>
      )}
      <p><a href={props.close} className="small">Fermer l’aperçu</a></p>
    </aside>
  );
}
