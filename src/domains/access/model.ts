/** Who: a person signed in, and the dated mandates that say what for. */
import type { AccountId, InstitutionId, StructureId } from '../../kernel/identifier.ts';
import type { TerritoryCode } from '../../kernel/territory-code.ts';

export type Role =
  | 'director'
  | 'contributor'
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

export interface Mandate {
  readonly role: Role;
  /** Exactly one of the two scopes is set. */
  readonly structureId: StructureId | null;
  readonly territoryCode: TerritoryCode | null;
  readonly institutionId: InstitutionId | null;
  /** Side of the mandating institution. */
  readonly side: Side | null;
}

export interface Actor {
  readonly accountId: AccountId;
  readonly displayName: string;
  readonly email: string;
  readonly persona: string | null;
  /** Mandates active today. */
  readonly mandates: readonly Mandate[];
  readonly charterAccepted: boolean;
}

/** A structure as the rules of access see it: itself and every territory that contains it. */
export interface StructurePlace {
  readonly structureId: StructureId;
  /** `['FR','R32','62','E…','C…']` */
  readonly ancestors: readonly string[];
}
