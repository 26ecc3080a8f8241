/** A whole sheet of answers, from what the register knows and the year's profile. Pure and told again alike from the same seed. */
import type { Answer, Answers, AnswerValue, TableValue } from '../../domains/questionnaire/index.ts';
import type { Chance } from '../random.ts';
import { activityAnswers } from './activities.ts';
import { budgetAnswers } from './budget.ts';
import { partnershipAnswers } from './partnership.ts';
import type { Profile, RegisterFacts, Sheet } from './profile.ts';
import { staffAnswers } from './staff.ts';
import { userAnswers } from './users.ts';
import { governanceAnswers, volunteerAnswers } from './volunteers.ts';

/** The register's answers: confirmed as they stand. */
export function registerAnswers(random: Chance, register: RegisterFacts): Sheet {
  const main = register.approvals[0]!;
  return {
    structure_name: register.name,
    structure_type: register.kind,
    address: register.address,
    commune: register.commune,
    legal_status: register.legalStatus,
    ...(register.siret ? { siret: register.siret } : {}),
    first_approval_year: register.firstApprovalYear,
    approval_start: main.start,
    approval_end: main.end,
    approvals_held: register.approvals.map((a) => a.kind),
    networks_membership: register.networks.length > 0 ? register.networks : ['none'],
    territory_scope: register.character === 'rural' ? 'communes' : random.pick(['district', 'district', 'districts', 'commune']),
    territory_character: register.character,
    qpv_status: register.qpv,
    rural_zoning: register.ruralZoning,
    urban_renewal: register.urbanRenewal,
    ...(register.urbanRenewalStage ? { urban_renewal_stage: register.urbanRenewalStage } : {}),
    management_mode: register.managementMode,
  };
}

/** Every answer that the profile can give, for one data year, by question key. */
export function wholeSheet(random: Chance, register: RegisterFacts, profile: Profile): Sheet {
  const users = userAnswers(random.fork('users'), register, profile);
  const closing = random.fork('closing');
  return {
    ...registerAnswers(random.fork('register'), register),
    ...governanceAnswers(random.fork('governance'), register, profile),
    ...staffAnswers(random.fork('staff'), register, profile),
    ...volunteerAnswers(random.fork('volunteers'), profile),
    ...budgetAnswers(random.fork('budget'), register, profile, users.members),
    ...users,
    ...activityAnswers(random.fork('activities'), register, profile),
    ...partnershipAnswers(random.fork('partnership'), register, profile),
    entry_contributors: ['director', ...closing.sample(['team', 'executive', 'board', 'volunteers'], closing.integer(0, 2))],
    entry_minutes: closing.integer(8, 24) * 10,
    testimony_consent: closing.weighted({ yes: 0.3, contact: 0.45, no: 0.25 }),
    peer_comparison_consent: closing.weighted({ case_by_case: 0.7, no: 0.3 }),
  };
}

/** What a sheet holds in place of a value: the structure does not know, or is not concerned. */
export const UNKNOWN = '?unknown';
export const NOT_CONCERNED = '?not_concerned';

/** Keeps of a sheet what is asked (keys of the questionnaire for that kind, territory and data year), as answers. */
export function askedAnswers(sheet: Sheet, asked: readonly string[]): Answers {
  const answers: { [key: string]: Answer } = {};
  for (const key of asked) {
    const value = sheet[key];
    if (value === UNKNOWN) answers[key] = { state: 'unknown' };
    else if (value === NOT_CONCERNED) answers[key] = { state: 'not_concerned' };
    else if (value !== undefined) answers[key] = { state: 'value', value };
  }
  return answers;
}

/** A cell of a table that is known to be a number. */
export const cell = (value: AnswerValue | undefined, row: string, column: string): number => Number((value as TableValue)[row]?.[column] ?? 0);
