/** Who: a person signed in, and the dated mandates that say what for. */
import type { AccountId, InstitutionId, StructureId } from '../../kernel/identifier.ts';
import type { TerritoryCode } from '../../kernel/territory-code.ts';

export type Role =
  | 'director'
  | 'contributor'
  | 'managing_body_agent'
  | 'caf_correspondent'
  | 'federation_correspondent'
  | 'data_steward'
  | 'committee_member'
  | 'guest'
  | 'regional_representative'
  | 'technical_committee'
  | 'statistician'
  | 'project_office';

/** The two institutions of the parity (R17). */
export type Side = 'caf' | 'federation';

/** Of a direction: which of the two people named answers first (R37). */
export type Duty = 'in_charge' | 'substitute';

export interface Mandate {
  readonly role: Role;
  /** Exactly one of the three scopes is set. */
  readonly structureId: StructureId | null;
  readonly territoryCode: TerritoryCode | null;
  /** Only of a managing body's agent. */
  readonly managingBodyId?: string | null;
  readonly institutionId: InstitutionId | null;
  /** Side of the mandating institution. */
  readonly side: Side | null;
  /** Only of a direction that was named. */
  readonly duty?: Duty | null;
}

/** What a link opens of one response: some rubrics, until a day (docs/guides/hands.md). */
export interface Part {
  readonly linkId: string;
  readonly structureId: StructureId;
  readonly campaignYear: number;
  readonly rubrics: readonly string[];
  readonly dataYears: readonly number[];
  /** Keys of the questions of those rubrics. */
  readonly keys: readonly string[];
  /** ISO day, included. */
  readonly lastDay: string;
}

export interface Actor {
  readonly accountId: AccountId;
  readonly displayName: string;
  readonly email: string;
  readonly persona: string | null;
  /** Mandates active today. */
  readonly mandates: readonly Mandate[];
  readonly charterAccepted: boolean;
  /** Of a guest who came by a link; such a person has no mandate. */
  readonly part?: Part | null;
}

/** A structure as the rules of access see it: itself and every territory that contains it. */
export interface StructurePlace {
  readonly structureId: StructureId;
  /** `['FR','R32','62','E…','C…']` */
  readonly ancestors: readonly string[];
}
