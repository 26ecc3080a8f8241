/** What a fictional structure is and did in a year: the quantities from which every table of its response is then made to agree. */
import type { AnswerValue } from '../../domains/questionnaire/index.ts';
import type { Chance } from '../random.ts';

export type Kind = 'CS' | 'EVS';

/** What the register knows of it (codes are those of the questionnaire, rubrics A and B). */
export interface RegisterFacts {
  readonly kind: Kind;
  readonly name: string;
  readonly address: string;
  /** Insee code of the commune. */
  readonly commune: string;
  readonly communeName: string;
  readonly department: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly bodyName: string;
  readonly bodySiren: string | null;
  readonly siret: string | null;
  readonly managementMode: 'association' | 'local_authority' | 'co_management' | 'caf' | 'ccas' | 'other';
  readonly legalStatus: 'association' | 'commune' | 'epci' | 'ccas' | 'caf' | 'mutual_foundation' | 'cooperative' | 'other';
  readonly firstApprovalYear: number;
  readonly approvals: readonly { readonly kind: 'agc' | 'acf' | 'al'; readonly start: string; readonly end: string }[];
  readonly networks: readonly string[];
  readonly character: 'urban' | 'periurban' | 'rural';
  readonly qpv: 'inside' | 'serving' | 'no';
  readonly ruralZoning: 'frr' | 'frr_plus' | 'no' | 'unknown';
  readonly urbanRenewal: 'yes' | 'no';
  readonly urbanRenewalStage: string | null;
  /** Lasting number in this register. */
  readonly identifier: string;
}

/** Urban renewal is drawn where a priority district is near. */
export function urbanRenewal(random: Chance, qpv: RegisterFacts['qpv']): Pick<RegisterFacts, 'urbanRenewal' | 'urbanRenewalStage'> {
  const stage = random.pick(['study', 'agreement', 'rehousing', 'works', 'works', 'delivery', 'completed']);
  return qpv !== 'no' && random.happens(0.4) ? { urbanRenewal: 'yes', urbanRenewalStage: stage } : { urbanRenewal: 'no', urbanRenewalStage: null };
}

/** Funders that a structure may have beside its Caf and its own income. */
export const FUNDERS = ['commune', 'epci', 'department', 'region', 'state', 'ars', 'carsat', 'msa', 'eu', 'foundations', 'other_funders'] as const;
export type Funder = (typeof FUNDERS)[number];

export interface Profile {
  readonly headcount: number;
  /** Full-time equivalents, in hundredths. */
  readonly fteCents: number;
  readonly trainingsInPlan: number;
  readonly trainingsOffPlan: number;
  readonly governanceVolunteers: number;
  readonly regularVolunteers: number;
  readonly occasionalVolunteers: number;
  /** Different persons, all roles together. */
  readonly volunteers: number;
  /** 12-17, 18-25, 26-59, 60 and more; adds up to `volunteers`. */
  readonly volunteerAges: readonly [number, number, number, number];
  readonly governanceHours: number;
  readonly activityHours: number;
  readonly trainedVolunteers: number;
  /** Euros. */
  readonly expenses: number;
  readonly steering: number;
  readonly logistics: number;
  readonly funders: readonly Funder[];
  readonly bodies: readonly string[];
  readonly renewed: boolean;
  readonly familyReferent: boolean;
  /** Persons reached; null = no action for them. */
  readonly earlyChildhood: number | null;
  readonly childhood: number | null;
  readonly preteens: number | null;
  readonly teens: number | null;
  readonly youngAdults: number | null;
  readonly seniors: number | null;
  readonly preteensActivities: readonly string[];
  readonly teensActivities: readonly string[];
  readonly youngAdultsThemes: readonly string[];
  readonly seniorsThemes: readonly string[];
  readonly familyActions: readonly string[];
  readonly familyFunding: readonly string[];
  readonly educationPartner: boolean;
}

/** Values by question key, before the questionnaire says which are asked. */
export type Sheet = Record<string, AnswerValue>;
