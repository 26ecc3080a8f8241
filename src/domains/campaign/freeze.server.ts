/**
 * A territory is frozen by two signatures, one of the Caf and one of the federation, by two different people (D13). The second one acts: validated
 * responses become frozen. Reopening takes both signatures again and a reason; what was released before stays.
 */
import { sql } from 'kysely';
import { namedWithSide, type Actor, type Side, territorySide } from '../access/index.ts';
import { writeJournal } from '../access/index.server.ts';
import { correspondentsOver, queueLetter } from '../notification/index.server.ts';
import { newId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { movePhases } from './commands.server.ts';
import { DEPARTMENTS } from './departments.server.ts';
import { type GuardRefusal, missing, onlyCorrespondent, reasonNeeded } from './errors.ts';
import { STATE_LABELS } from './labels.ts';
import type { PhaseState } from './model.ts';
import { campaignOf } from './queries.server.ts';
import { fillVolumes, freezeValidated, unsettled } from './response-rows.server.ts';
import { isFrozen, PHASE_BOUNDS, SETTLED_RESPONSES } from './transitions.ts';

export type SignaturePurpose = 'freeze' | 'reopen';
export interface SignatureRequest {
  readonly year: number;
  /** One territory, or several at once: the whole is refused when one cannot be signed. */
  readonly territories: readonly string[];
  readonly purpose?: SignaturePurpose;
  readonly reason?: string;
}
export interface Signed {
  readonly side: Side;
  /** Territories for which this signature was the second. */
  readonly acted: readonly string[];
}
export interface Signature {
  readonly territory: string;
  readonly side: Side;
  readonly purpose: SignaturePurpose;
  readonly reason: string | null;
  readonly name: string;
  readonly accountId: string;
  readonly signedAt: string;
  readonly spentAt: string | null;
}

interface Place { readonly code: string; readonly name: string; readonly ancestors: string[]; readonly state: PhaseState }
const json = (codes: readonly string[]) => sql`(select jsonb_array_elements_text(${JSON.stringify(codes)}::jsonb))`;

/** Signatures of a territory, or of the whole campaign, oldest first; those that have acted or were taken back carry `spentAt`. */
export async function signaturesOf(db: Db, year: number, territory?: string): Promise<Signature[]> {
  const { rows } = await sql<Signature>`
    select f.territory_code as territory, f.side, f.purpose, f.reason, a.display_name as name, f.account_id as "accountId", f.signed_at as "signedAt", f.spent_at as "spentAt"
    from campaign.freeze_signature f join access.account a on a.id = f.account_id
    where f.campaign_year = ${year} and (${territory ?? null}::text is null or f.territory_code = ${territory ?? null}) order by f.signed_at`.execute(db);
  return rows;
}

/** Signs the freeze (or the reopening) of territories for the side of the person. */
export async function signFreeze(db: Db, actor: Actor, request: SignatureRequest): Promise<Result<Signed, GuardRefusal>> {
  const purpose = request.purpose ?? 'freeze';
  const reason = request.reason?.trim() || null;
  if (purpose === 'reopen' && !reason) return refuse(reasonNeeded);
  return inTransaction(db, async (tx): Promise<Result<Signed, GuardRefusal>> => {
    const campaign = await campaignOf(tx, request.year);
    const { rows: places } = await sql<Place>`
      select t.territory_code as code, d.name, d.ancestors, t.state from campaign.territory_phase t join ${DEPARTMENTS} d on d.code = t.territory_code
      where t.campaign_year = ${request.year} and t.territory_code in ${json(request.territories)} order by 1 for update of t`.execute(tx);
    if (!campaign || places.length === 0) return refuse(onlyCorrespondent);
    const sides = new Set(places.map((place) => territorySide(actor, place.ancestors)));
    const side = [...sides][0];
    if (sides.size !== 1 || !side) return refuse(onlyCorrespondent);
    const lacks = purpose === 'freeze' ? await lacksBeforeFreeze(tx, request.year, campaign.state, places) : places.flatMap((p) => (isFrozen(p.state) && p.state !== 'archived' ? [] : [`${p.name} n’est pas gelé : il n’y a rien à rouvrir.`]));
    if (lacks.length > 0) return refuse(missing(lacks));

    const rows = places.map((place) => ({ id: newId(), territory: place.code }));
    const { rows: signed } = await sql<{ territory_code: string }>`
      insert into campaign.freeze_signature (id, campaign_year, territory_code, side, purpose, reason, account_id)
      select s.id, ${request.year}, s.territory, ${side}, ${purpose}, ${reason}, ${actor.accountId}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(id uuid, territory text)
      on conflict (campaign_year, territory_code, purpose, side) where spent_at is null do nothing returning territory_code`.execute(tx);
    const fresh = signed.map((row) => row.territory_code);
    const { rows: both } = await sql<{ territory_code: string }>`
      select territory_code from campaign.freeze_signature
      where campaign_year = ${request.year} and territory_code in ${json(fresh)} and purpose = ${purpose} and spent_at is null
      group by 1 having count(distinct side) = 2 and count(distinct account_id) = 2`.execute(tx);
    const acted = both.map((row) => row.territory_code).toSorted();
    if (acted.length > 0) await act(tx, request.year, campaign.dataYear, purpose, acted);
    for (const place of places.filter((p) => fresh.includes(p.code))) await tell(tx, actor, side, request.year, place, purpose, reason, acted.includes(place.code));
    return ok({ side, acted });
  });
}

/** Takes back one's own signature while the other side has not signed. */
export async function withdrawSignature(db: Db, actor: Actor, wanted: { readonly year: number; readonly territory: string; readonly purpose: SignaturePurpose }): Promise<Result<{ withdrawn: boolean }>> {
  return inTransaction(db, async (tx) => {
    const { numAffectedRows } = await sql`update campaign.freeze_signature set spent_at = now()
      where campaign_year = ${wanted.year} and territory_code = ${wanted.territory} and purpose = ${wanted.purpose} and account_id = ${actor.accountId} and spent_at is null`.execute(tx);
    const withdrawn = Number(numAffectedRows ?? 0) > 0;
    if (withdrawn) await writeJournal(tx, { accountId: actor.accountId, action: 'territory.withdraw_signature', campaignYear: wanted.year, territoryCode: wanted.territory, detail: { purpose: wanted.purpose } });
    return ok({ withdrawn });
  });
}

/** What a territory still lacks before its freeze can be signed: shown on its page, checked at each signature. */
export async function freezeLacks(db: Db, year: number, territory: string): Promise<string[]> {
  const campaign = await campaignOf(db, year);
  const { rows } = await sql<Place>`select t.territory_code as code, d.name, d.ancestors, t.state from campaign.territory_phase t
    join ${DEPARTMENTS} d on d.code = t.territory_code where t.campaign_year = ${year} and t.territory_code = ${territory}`.execute(db);
  return campaign ? lacksBeforeFreeze(db, year, campaign.state, rows) : [];
}

async function lacksBeforeFreeze(tx: Db, year: number, national: PhaseState, places: readonly Place[]): Promise<string[]> {
  const left = await unsettled(tx, year, places.map((p) => p.code), SETTLED_RESPONSES);
  return places.flatMap((place) => {
    if (place.state !== 'control') return [`${place.name} est en phase « ${STATE_LABELS[place.state]} » : on gèle un territoire en contrôle.`];
    if (!PHASE_BOUNDS[national].includes('frozen')) return [`La campagne nationale est encore en phase « ${STATE_LABELS[national]} » : le gel vient avec le contrôle national.`];
    const n = left.get(place.code) ?? 0;
    if (n === 0) return [];
    return [`${place.name}\u00a0: ${n === 1 ? '1 réponse reste' : `${n} réponses restent`} à valider, ou à compter comme refus, sans réponse ou écartée${n === 1 ? '' : 's'}.`];
  });
}

async function act(tx: Db, year: number, dataYear: number, purpose: SignaturePurpose, territories: readonly string[]): Promise<void> {
  if (purpose === 'freeze') {
    await freezeValidated(tx, year, territories);
    await movePhases(tx, year, ['control'], 'frozen', territories);
    await fillVolumes(tx, year, dataYear);
  } else await movePhases(tx, year, ['frozen', 'analysis', 'publication'], 'control', territories);
  await sql`update campaign.freeze_signature set spent_at = now()
    where campaign_year = ${year} and territory_code in ${json(territories)} and purpose = ${purpose} and spent_at is null`.execute(tx);
}

async function tell(tx: Db, actor: Actor, side: Side, year: number, place: Place, purpose: SignaturePurpose, reason: string | null, acted: boolean): Promise<void> {
  await writeJournal(tx, { accountId: actor.accountId, action: `territory.sign_${purpose}`, campaignYear: year, territoryCode: place.code, purpose: reason ?? undefined, detail: { side, acted } });
  const values = { year, territory: place.name, author: namedWithSide(actor.displayName, side), act: purpose === 'freeze' ? 'le gel' : 'la réouverture', reason: reason ?? '' };
  if (acted) await queueLetter(tx, { name: purpose === 'freeze' ? 'freeze' : 'reopening', topic: purpose === 'freeze' ? 'freeze' : 'reopening', values, campaignYear: year }, await correspondentsOver(tx, place.ancestors, undefined, actor.accountId));
  else await queueLetter(tx, { name: 'freeze-signature', topic: 'freeze_signature', values, campaignYear: year }, await correspondentsOver(tx, place.ancestors, side === 'caf' ? 'federation' : 'caf'));
}
