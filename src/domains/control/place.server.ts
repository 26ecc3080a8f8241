/** Who acts on which response, asked once at the beginning of each command: the row is locked until the end of the transaction. */
import { sql } from 'kysely';
import { type Actor, correspondentSide, mayEnter, type Side } from '../access/index.ts';
import { inControl, type PhaseState } from '../campaign/index.ts';
import { type ResponseState, stateLabel } from '../entry/index.ts';
import type { StructureId } from '../../kernel/identifier.ts';
import { refuse, ok, type Refusal, type Result } from '../../kernel/result.ts';
import type { Db } from '../../platform/database.server.ts';
import { notInControl, notYourStructure, notYourTerritory, unknownResponse, wrongState } from './errors.ts';

export interface ResponsePlace {
  readonly id: string;
  readonly year: number;
  readonly structureId: StructureId;
  readonly structure: string;
  readonly kind: string;
  readonly territory: string;
  readonly ancestors: readonly string[];
  readonly state: ResponseState;
  readonly phase: PhaseState;
  readonly openHard: number;
  readonly validatedAt: string | null;
  readonly validatedSide: Side | null;
  readonly objectionDays: number;
}

/** The places of responses, locked for update when `lock` (inside a transaction). In the order of their ids. */
export async function placesOf(tx: Db, responseIds: readonly string[], lock = true): Promise<ResponsePlace[]> {
  const ids = sql`(select (jsonb_array_elements_text(${JSON.stringify(responseIds)}::jsonb))::uuid)`;
  // The phase first, as the freeze does: a territory is not frozen between what is checked here and what is written.
  if (lock)
    await sql`select 1 from campaign.territory_phase t where (t.campaign_year, t.territory_code) in (select campaign_year, territory_code from entry.response where id in ${ids})
      order by t.campaign_year, t.territory_code for share of t`.execute(tx);
  const { rows } = await sql<ResponsePlace>`
    select r.id, r.campaign_year as year, r.structure_id as "structureId", s.name as structure, r.structure_kind as kind, r.territory_code as territory,
      coalesce(g.ancestors, array['FR', r.territory_code]) as ancestors, r.state, t.state as phase, r.open_hard as "openHard",
      r.validated_at as "validatedAt", r.validated_side as "validatedSide", c.objection_days as "objectionDays"
    from entry.response r
    join campaign.campaign c on c.year = r.campaign_year
    join campaign.territory_phase t on t.campaign_year = r.campaign_year and t.territory_code = r.territory_code
    join registry.current_structure s on s.structure_id = r.structure_id
    left join lateral (select ancestors from registry.territory where code = r.territory_code order by geography_year desc limit 1) g on true
    where r.id in ${ids}
    order by r.id ${lock ? sql`for update of r` : sql``}`.execute(tx);
  return rows;
}

export interface Review {
  readonly place: ResponsePlace;
  readonly side: Side;
}

/** The response as its correspondent may act on it: of the right territory, in control, in one of the states given. */
export async function reviewing(tx: Db, actor: Actor, responseId: string, states: readonly ResponseState[]): Promise<Result<Review, Refusal>> {
  const [place] = await placesOf(tx, [responseId]);
  if (!place) return refuse(unknownResponse);
  const side = correspondentSide(actor, place);
  if (!side) return refuse(notYourTerritory);
  if (!inControl(place.phase)) return refuse(notInControl);
  return states.includes(place.state) ? ok({ place, side }) : refuse(wrongState(stateLabel(place.state)));
}

/** The response as the people of its structure may act on it. */
export async function answering(tx: Db, actor: Actor, responseId: string, states: readonly ResponseState[]): Promise<Result<ResponsePlace, Refusal>> {
  const [place] = await placesOf(tx, [responseId]);
  if (!place) return refuse(unknownResponse);
  if (!mayEnter(actor, place.structureId)) return refuse(notYourStructure);
  return states.includes(place.state) ? ok(place) : refuse(wrongState(stateLabel(place.state)));
}

export const otherSide = (side: Side): Side => (side === 'caf' ? 'federation' : 'caf');
