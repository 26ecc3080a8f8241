/** In which state each fictional response stands, campaign by campaign, and with which mistake. Pure. */
import type { ResponseState } from '../../domains/entry/index.ts';
import type { Chance } from '../random.ts';
import { BLOCKING, type Mistake, SENDABLE } from './mistakes.ts';

export const NATIONAL_CAMPAIGNS = [2024, 2025, 2026] as const;
export type NationalCampaign = (typeof NATIONAL_CAMPAIGNS)[number];
/** The campaign in control; those before it are closed. */
export const RUNNING: NationalCampaign = 2026;

/** How far a département is in the running campaign. */
export type Pace = 'control' | 'extended' | 'frozen';
const EXTENDED = ['48', '2B', '973', '976'];
const FROZEN = ['05', '15', '43', '61', '90'];
export const paceOf = (department: string): Pace => (EXTENDED.includes(department) ? 'extended' : FROZEN.includes(department) ? 'frozen' : 'control');
export const EXTENDED_DEPARTMENTS = EXTENDED;
export const FROZEN_DEPARTMENTS = FROZEN;

export interface Planned {
  readonly state: ResponseState;
  readonly mistake: Mistake | null;
}

const CLOSED = { frozen: 0.885, non_respondent: 0.08, declined: 0.025, excluded: 0.01 };
const CONTROL = { validated: 0.5, submitted: 0.2, under_review: 0.1, correction_requested: 0.07, resubmitted: 0.01, declined: 0.02, non_respondent: 0.08, in_progress: 0.012, excluded: 0.008 };
const ENTRY = { not_started: 0.16, in_progress: 0.36, submitted: 0.36, submitted_by_third_party: 0.08, declined: 0.04 };

/** The response that whoever takes the director or the contributor goes on filling. */
export const OFFERED_TO_FILL = 'DEMO-62-CS-004';
/** Two centres whose director anyone can be: one still typing, one asked for a correction. */
const OFFERED: { readonly [identifier: string]: Planned } = {
  [OFFERED_TO_FILL]: { state: 'in_progress', mistake: null },
  'DEMO-62-CS-005': { state: 'correction_requested', mistake: 'factor_ten' },
};

/** `random` belongs to the structure and the campaign. */
export function planResponse(random: Chance, campaign: number, register: { readonly department: string; readonly identifier: string }): Planned {
  const { department, identifier } = register;
  if (OFFERED[identifier]) return campaign === RUNNING ? OFFERED[identifier] : { state: 'frozen', mistake: null };
  const pace = paceOf(department);
  const state: ResponseState =
    campaign !== RUNNING || pace === 'frozen' ? random.weighted(CLOSED) : random.weighted(pace === 'extended' ? ENTRY : CONTROL);
  return { state, mistake: campaign === RUNNING && pace !== 'frozen' ? mistakeIn(random, state) : null };
}

function mistakeIn(random: Chance, state: ResponseState): Mistake | null {
  switch (state) {
    case 'in_progress':
      return random.happens(0.5) ? random.pick(BLOCKING) : null;
    case 'correction_requested':
      return random.happens(0.85) ? random.pick(SENDABLE) : null;
    case 'submitted':
    case 'under_review':
      return random.happens(0.09) ? random.pick(SENDABLE) : null;
    default:
      return null;
  }
}

