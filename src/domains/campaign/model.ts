/** The yearly cycle: one national campaign, one phase per territory inside it, who is asked, how far they are. */
import type { StructureId } from '../../kernel/identifier.ts';
import type { TerritoryCode } from '../../kernel/territory-code.ts';

export const CAMPAIGN_STATES = [
  'draft', 'preparation', 'questionnaire_validated', 'open', 'closing', 'control', 'frozen', 'analysis', 'publication', 'archived',
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];
/** A territory goes through the same states, at its own pace within the national ones. */
export type PhaseState = CampaignState;

export type CoverageStatus = 'surveyed' | 'test' | 'not_yet';
export type Participation = 'solicited' | 'newly_approved' | 'opted_in' | 'not_covered';

export interface Campaign {
  /** Year in which it is held: its name. */
  readonly year: number;
  readonly state: CampaignState;
  readonly questionnaireYear: number;
  readonly opensOn: string | null;
  readonly closesOn: string | null;
  /** Days during which the other correspondent may object to a validation (D13). */
  readonly objectionDays: number;
  /** Main data year: the civil year that the answers describe. */
  readonly dataYear: number;
}

export interface Phase {
  readonly territory: TerritoryCode;
  readonly name: string;
  readonly state: PhaseState;
  readonly national: CampaignState;
  /** Last day of entry: the extension of the territory, else the national date. */
  readonly closesOn: string | null;
  readonly extensionReason: string | null;
  readonly waiverReason: string | null;
  readonly objectionDays: number;
}

export interface CoverageRow {
  readonly territory: TerritoryCode;
  readonly kind: string;
  readonly status: CoverageStatus;
}

export interface Participant {
  readonly structureId: StructureId;
  readonly territory: TerritoryCode;
  readonly kind: string;
  readonly status: Participation;
  readonly listed: boolean;
  /** Full-time equivalents of the year before, or null when not known. */
  readonly volumeFte: number | null;
}

/** Counts of one kind of structure in one territory (or a whole); by volume they are full-time equivalents of the year before (R59). */
export interface Progress {
  readonly territory: string;
  readonly name: string;
  readonly kind: string;
  /** null for a whole made of several territories. */
  readonly coverage: CoverageStatus | null;
  readonly approved: number;
  readonly newlyApproved: number;
  readonly solicited: number;
  readonly answered: number;
  readonly complete: number;
  readonly declined: number;
  readonly nonRespondent: number;
  readonly excluded: number;
  readonly byState: { readonly [responseState: string]: number };
  readonly volumeSolicited: number;
  readonly volumeAnswered: number;
  /** Solicited structures whose volume is known: the base of the rate by volume. */
  readonly volumeBase: number;
}
