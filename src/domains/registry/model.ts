/** What the observatory is about: structures and those who run them, the territories that contain them, the institutions that stand behind. */
import type { InstitutionId, StructureId } from '../../kernel/identifier.ts';
import type { TerritoryCode } from '../../kernel/territory-code.ts';

export interface Territory {
  readonly code: TerritoryCode;
  /** `nation`, `region`, `department`, `epci`, `commune`, `area`: levels are data. */
  readonly level: string;
  readonly name: string;
  /** Every territory that contains it, itself last. */
  readonly ancestors: readonly TerritoryCode[];
  readonly population: number | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** The position is a neighbour's. */
  readonly positionApproximate: boolean;
  readonly geographyYear: number;
}

export type StructureStatus = 'active' | 'suspended' | 'closed' | 'merged';

export interface Contact {
  readonly phone?: string;
  readonly email?: string;
  readonly website?: string;
}

export interface ManagingBody {
  readonly id: string;
  readonly name: string;
  readonly siren: string | null;
  readonly communeCode: TerritoryCode | null;
}

/** What may be said of a structure from a day on. Null: not known. Codes are those of the questionnaire's rubric A and question B01. */
export interface StructureFacts {
  /** `CS`, `EVS`: kinds are data. */
  readonly kind: string;
  readonly name: string;
  readonly status: StructureStatus;
  /** `C62510` */
  readonly communeCode: TerritoryCode;
  readonly address: string | null;
  /** Decimal degrees; the register's own, null when only the commune is known. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly managingBodyId: string | null;
  readonly managementMode: string | null;
  readonly legalStatus: string | null;
  readonly firstApprovalYear: number | null;
  readonly territoryCharacter: string | null;
  readonly qpvStatus: string | null;
  readonly ruralZoning: string | null;
  readonly urbanRenewal: string | null;
  readonly urbanRenewalStage: string | null;
  /** Empty: not known; `['none']`: known to belong to none. */
  readonly networks: readonly string[];
  readonly contact: Contact;
  readonly openingHours: string | null;
}

export interface StructureVersion extends StructureFacts {
  readonly structureId: StructureId;
  readonly departmentCode: TerritoryCode;
  /** Inclusive. */
  readonly validFrom: string;
  /** Exclusive; null: still true. */
  readonly validTo: string | null;
  readonly source: string;
  readonly recordedAt: string;
}

/** `agc` animation globale et coordination, `acf` animation collective familles, `al` animation locale. */
export interface Approval {
  readonly kind: string;
  readonly startsOn: string;
  /** Inclusive; null: not known. */
  readonly endsOn: string | null;
}

export interface StructureIdentifier {
  /** `siret`, `caf`, `import`, `earlier` */
  readonly scheme: string;
  readonly value: string;
}

/** A structure as it stood on a day, with all that is needed to list, place and count it. */
export interface StructureRecord extends StructureVersion {
  readonly communeName: string;
  /** Territories that contain it: nation, region, département, EPCI, commune, areas. */
  readonly ancestors: readonly TerritoryCode[];
  readonly managingBody: ManagingBody | null;
  readonly approvals: readonly Approval[];
  readonly identifiers: readonly StructureIdentifier[];
  /** Where to draw it: its own position, else its commune's. */
  readonly position: { readonly latitude: number; readonly longitude: number; readonly of: 'structure' | 'commune' | 'neighbour' } | null;
  /** See `contributorKey`. */
  readonly contributorKey: string;
}

/** What happens to a structure approved (or not) in the data year: see `participationIn`. */
export type Participation = 'surveyed' | 'newly_approved' | 'not_approved';

export type Side = 'caf' | 'federation';
export interface Institution {
  readonly id: InstitutionId;
  /** caf, federation, union, association, collective, national_fund, national_federation, other */
  readonly kind: string;
  readonly side: Side | null;
  readonly name: string;
  readonly legalForm: string | null;
  readonly contact: Contact;
  /** The territory by which it was found. */
  readonly territoryCode: TerritoryCode;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export type ProposalState = 'open' | 'accepted' | 'refused' | 'withdrawn';
export interface ChangeProposal {
  readonly id: string;
  readonly structureId: StructureId;
  readonly structureName: string;
  readonly campaignYear: number;
  readonly dataYear: number;
  readonly questionKey: string;
  /** JSON values of the questionnaire: text, number, list of codes. */
  readonly registerValue: unknown;
  readonly proposedValue: unknown;
  readonly state: ProposalState;
  readonly createdAt: string;
  readonly decidedAt: string | null;
  readonly effectiveFrom: string | null;
  readonly reason: string | null;
}

/** How a structure followed another: several become one, one becomes several, one takes the place of another. */
export type SuccessionKind = 'merger' | 'split' | 'replacement';
