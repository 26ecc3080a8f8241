/** Rubric C, staff: by function, by contract, direction, family referent, training. */
import type { Chance } from '../random.ts';
import type { Profile, RegisterFacts, Sheet } from './profile.ts';
import { staffTable } from './table.ts';

const TIME = { direction: 0.97, reception_admin: 0.75, accounting: 0.65, family_referent: 0.92, animation: 0.42, early_childhood: 0.7, technical: 0.4, other: 0.4 };
const CONTRACT_TIME = { cdi: 0.75, cdii: 0.35, cdd: 0.42, subsidised: 0.62, apprentices: 0.95, cee: 0.07, civil_servants: 0.85, seconded: 0.7, other: 0.35 };

const AGREEMENT = { association: 'alisfa', local_authority: 'public', co_management: 'alisfa', caf: 'ucanss', ccas: 'public', other: 'other' } as const;

/** Weights of contracts: public employers have civil servants, associations open-ended contracts. */
function contracts(random: Chance, register: RegisterFacts): { [row: string]: number } {
  const publicBody = register.managementMode === 'local_authority' || register.managementMode === 'ccas';
  const base = publicBody
    ? { cdi: 0.06, cdii: 0, cdd: 0.3, subsidised: 0.06, apprentices: 0.02, cee: 0.16, civil_servants: 0.4, seconded: 0, other: 0 }
    : { cdi: 0.5, cdii: 0.03, cdd: 0.19, subsidised: 0.1, apprentices: 0.02, cee: 0.16, civil_servants: 0, seconded: register.managementMode === 'co_management' ? 0.08 : 0, other: 0 };
  return Object.fromEntries(Object.entries(base).map(([row, weight]) => [row, weight * random.spread(0.25)]));
}

export function staffAnswers(random: Chance, register: RegisterFacts, profile: Profile): Sheet {
  const { headcount: h, fteCents } = profile;
  const weights = {
    direction: h >= 30 ? 2 : 1,
    reception_admin: 0.09 * h * random.spread(0.2),
    accounting: 0.04 * h * random.spread(0.2),
    family_referent: profile.familyReferent ? 1 : 0,
    animation: 0.52 * h * random.spread(0.15),
    early_childhood: profile.earlyChildhood === null ? 0 : 0.17 * h * random.spread(0.3),
    technical: 0.1 * h * random.spread(0.25),
    other: 0.015 * h,
  };
  const referent = profile.familyReferent && h >= 2 && register.kind === 'CS';
  const byFunction = staffTable(h, fteCents, weights, TIME, { direction: Math.min(1, h), family_referent: referent ? 1 : 0 });
  const byContract = staffTable(h, fteCents, contracts(random, register), CONTRACT_TIME);
  // Direction and referent give at most the time of their row, by steps of a twentieth.
  const steps = (time: number, most: number): number => Math.min(most, Math.max(1, Math.floor(time * 20 + 1e-9)) / 20);
  const vacant = register.kind === 'CS' && random.happens(0.04);
  const sheet: Sheet = {
    staff_headcount: h,
    staff_fte: fteCents / 100,
    staff_by_function: byFunction,
    staff_by_contract: byContract,
    staff_women: Math.round(h * Math.min(0.95, Math.max(0.45, 0.72 + 0.07 * random.normal()))),
    collective_agreement: register.kind === 'CS' && register.managementMode === 'association' && random.happens(0.06) ? 'eclat' : AGREEMENT[register.managementMode],
    civic_service: random.happens(0.55) ? random.integer(1, 4) : 0,
    interns: random.integer(0, Math.max(2, Math.round(h / 5))),
    director_fte: h === 0 ? 0 : steps(byFunction['direction']!['fte']!, 1),
    director_qualification: vacant ? 'vacant' : random.weighted({ level_8_7: 0.18, level_6: 0.52, level_5: 0.2, level_4: 0.08, level_3: 0.02 }),
    family_referent: profile.familyReferent ? 'yes' : 'no',
    trainings_in_plan: profile.trainingsInPlan,
    trainings_off_plan: profile.trainingsOffPlan,
  };
  const seniority = Math.floor(Math.abs(random.normal()) * 7);
  if (!vacant) sheet['director_seniority'] = seniority;
  const qualification = random.weighted({ social_work: 0.6, other_level5: 0.25, in_training: 0.1, below: 0.05 });
  if (profile.familyReferent) {
    sheet['family_referent_fte'] = steps(byFunction['family_referent']!['fte']!, 1);
    sheet['family_referent_qualification'] = qualification;
  }
  return sheet;
}
