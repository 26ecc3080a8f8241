/** The freeze of a territory: what is still missing, and two signatures side by side, one of each institution. */
import { redirect } from 'react-router';
import type { Route } from './+types/freeze';
import { freezeLacks, progressOf, signaturesOf, signFreeze, type SignaturePurpose, withdrawSignature } from '../../domains/campaign/index.server.ts';
import { inControl, isFrozen, wholeOf } from '../../domains/campaign/index.ts';
import { type ResponseState, stateLabel } from '../../domains/entry/index.ts';
import { formatDate } from '../../kernel/french-date.ts';
import { formatNumber } from '../../kernel/french-number.ts';
import { ofTerritory, theTerritory } from '../../kernel/french-words.ts';
import { Field, Notice, Page } from '../ui/page.tsx';
import { readForm, unknownAct } from '../form-values.ts';
import { followedTerritory } from './followed-territory.server.ts';
import styles from './freeze.module.css';
import { PhaseBadge } from './state-badge.tsx';

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: `Gel de ${loaderData?.phase.name ?? ''} · SENACS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { db, year, phase, side } = await followedTerritory(context, request, params);
  const signatures = await signaturesOf(db, year, params.territory);
  const purpose: SignaturePurpose = isFrozen(phase.state) ? 'reopen' : 'freeze';
  const live = signatures.filter((s) => s.spentAt === null && s.purpose === purpose);
  // The pair that froze: the last two spent at the same moment.
  const spent = signatures.filter((s) => s.purpose === 'freeze' && s.spentAt !== null).toSorted((a, b) => b.spentAt!.localeCompare(a.spentAt!));
  const frozenBy = spent.filter((s) => s.spentAt === spent[0]?.spentAt);
  return {
    year, phase, side, purpose, live, frozenBy: frozenBy.length === 2 ? frozenBy : [], lacks: purpose === 'freeze' ? await freezeLacks(db, year, params.territory) : [],
    byState: wholeOf(await progressOf(db, year, { territory: params.territory }), phase.name).byState, done: new URL(request.url).searchParams.get('fait'),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const { db, actor, year } = await followedTerritory(context, request, params);
  const form = await readForm(request);
  const purpose = PURPOSES.find((p) => p === form.get('purpose'));
  if (!purpose || !['sign', 'withdraw'].includes(String(form.get('intent')))) throw unknownAct();
  const reason = String(form.get('reason') ?? '');
  if (form.get('intent') === 'withdraw') {
    await withdrawSignature(db, actor, { year, territory: params.territory, purpose });
    return redirect(`${new URL(request.url).pathname}?fait=retiree`, 303);
  }
  const result = await signFreeze(db, actor, { year, territories: [params.territory], purpose, reason });
  if (result.ok) return redirect(`${new URL(request.url).pathname}?fait=${result.value.acted.length > 0 ? (purpose === 'freeze' ? 'gele' : 'rouvert') : 'signee'}`, 303);
  return { error: result.error.message, missing: result.error.missing ?? [], reason };
}

const PURPOSES: readonly SignaturePurpose[] = ['freeze', 'reopen'];
const DONE: { readonly [word: string]: string } = {
  signee: 'Votre signature est notée ; l’autre institution est prévenue.', retiree: 'Votre signature est retirée.', gele: 'Les deux signatures sont réunies : le territoire est gelé.', rouvert: 'Les deux signatures sont réunies : le territoire est rouvert au contrôle.',
};
const SIDES = [{ side: 'caf' as const, name: 'Caisse d’allocations familiales' }, { side: 'federation' as const, name: 'Fédération des centres sociaux' }];

export default function Freeze({ loaderData: d, actionData: failed }: Route.ComponentProps) {
  const frozen = isFrozen(d.phase.state);
  const mine = d.live.find((s) => s.side === d.side);
  const asked = d.live.find((s) => s.side !== d.side);
  return (
    <Page
      title={frozen ? `Gel ${ofTerritory({ name: d.phase.name, level: 'department' })}, signé` : `Geler ${theTerritory({ name: d.phase.name, level: 'department' })}`} narrow level="department"
      crumbs={[{ label: 'Suivi', to: `/suivi?annee=${d.year}` }, { label: `${d.phase.name}, campagne ${d.year}`, to: `/suivi/${d.phase.territory}/${d.year}` }, { label: 'Gel' }]}
      lead={frozen ? 'Les réponses validées sont fixées : tableaux, plaquette et page publique se font à partir d’elles.' : 'Le gel fixe les réponses validées. Il demande deux signatures, une de chaque institution.'}
    >
      {!failed && d.done && DONE[d.done] && <Notice tone="good" alert><p>{DONE[d.done]}</p></Notice>}
      {failed && <Notice tone="bad" alert><p>{failed.error}</p>{failed.missing.length > 1 && <ul>{failed.missing.map((m: string) => <li key={m}>{m}</li>)}</ul>}</Notice>}
      <p><PhaseBadge state={d.phase.state} /></p>
      <section aria-labelledby="etats">
        <h2 id="etats">Où en sont les réponses</h2>
        <table className="table">
          <thead><tr><th scope="col">État</th><th scope="col" className="num">Réponses</th></tr></thead>
          <tbody>{Object.entries(d.byState).toSorted((a, b) => b[1] - a[1]).map(([state, n]) => <tr key={state}><td>{stateLabel(state as ResponseState)}</td><td className="num">{formatNumber(n)}</td></tr>)}</tbody>
        </table>
      </section>
      {!frozen && d.lacks.length > 0 && <Notice tone="warn" title="Avant de signer"><ul>{d.lacks.map((l) => <li key={l}>{l}</li>)}</ul><p><a href={`/suivi/${d.phase.territory}/${d.year}?etat=a-lire`}>Voir les réponses à lire</a></p></Notice>}
      <section aria-labelledby="signatures">
        <h2 id="signatures">{frozen && d.live.length > 0 ? 'Réouverture demandée' : 'Signatures'}</h2>
        <div className={styles['pair']}>
          {SIDES.map(({ side, name }) => {
            const signed = d.live.find((s) => s.side === side) ?? (frozen && d.live.length === 0 ? d.frozenBy.find((s) => s.side === side) : undefined);
            return (
              <div key={side} className={signed ? styles['signed'] : styles['waiting']}>
                <h3>{name}</h3>
                {signed ? <p><strong className={styles['hand']}>{signed.name}</strong>le {formatDate(signed.signedAt)}</p> : <p className="soft">{side === d.side ? 'À vous de signer' : 'Signature attendue'}</p>}
                {signed?.reason && <p className="small">« {signed.reason} »</p>}
              </div>
            );
          })}
        </div>
      </section>
      {mine ? (
        <form method="post"><input type="hidden" name="purpose" value={d.purpose} /><button className="button quiet" name="intent" value="withdraw">Retirer ma signature</button></form>
      ) : frozen ? (
        d.phase.state !== 'archived' && (
          <details open={asked !== undefined || failed !== undefined}>
            <summary>Rouvrir le territoire au contrôle</summary>
            <form method="post" className="stack">
              <p>Une erreur à corriger après le gel demande les deux signatures. Ce qui est publié reste publié ; les corrections donneront une nouvelle version.</p>
              <input type="hidden" name="purpose" value="reopen" />
              <Field id="motif" label="Motif de la réouverture">{(aria) => <input {...aria} name="reason" defaultValue={failed?.reason ?? asked?.reason ?? ''} />}</Field>
              <button className="button danger" name="intent" value="sign">Signer la réouverture</button>
            </form>
          </details>
        )
      ) : (
        inControl(d.phase.state) && (
          <form method="post" className="stack">
            <input type="hidden" name="purpose" value="freeze" />
            <p>En signant, vous attestez que le contrôle de ce territoire est terminé pour votre institution.</p>
            <button className="button" name="intent" value="sign" disabled={d.lacks.length > 0}>Signer pour la {d.side === 'caf' ? 'Caf' : 'fédération'}</button>
          </form>
        )
      )}
    </Page>
  );
}
