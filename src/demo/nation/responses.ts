/** The sheet of one structure for one campaign, and what N-1 was: the same draws each year, so that only quantities move. */
import type { RegisterFacts, Sheet } from '../answers/profile.ts';
import { NOT_CONCERNED, UNKNOWN, wholeSheet } from '../answers/response.ts';
import { type Chance, chance } from '../random.ts';
import { mistaken } from './mistakes.ts';
import { OFFERED_TO_FILL, type Planned, planResponse } from './plan.ts';
import { nationalProfile } from './profile.ts';
import { NATION_SEED } from './structures.ts';

export const ownChance = (register: RegisterFacts, seed = NATION_SEED): Chance => chance(`${seed}/${register.identifier}`);

const ISSUES = [
  'Nous avons hésité sur les bénévoles : une personne présente deux fois dans l’année est-elle régulière ?',
  'Le quotient familial n’est pas connu des adhérents qui ne relèvent pas de la Caf.',
  'Les partenaires de la commune comptent-ils pour un, ou service par service ?',
  'Nos locaux sont partagés : faut-il compter les passages des autres associations ?',
];

/** The right sheet of a data year, with what a structure honestly does not know or is not concerned by, and what it did not understand. */
export function nationalSheet(own: Chance, register: RegisterFacts, dataYear: number): Sheet {
  const sheet = wholeSheet(own.fork('answers'), register, nationalProfile(own.fork('profile'), register, dataYear));
  const frank = own.fork('frank');
  const doubt = own.fork(`doubt-${dataYear}`);
  if (frank.happens(0.05)) sheet['reception_visits'] = UNKNOWN;
  if (frank.happens(0.07)) sheet['parenting_participants'] = UNKNOWN;
  if (frank.happens(0.04)) sheet['volunteer_hours_activities'] = UNKNOWN;
  if (register.managementMode !== 'association' && sheet['general_meetings'] === 0) sheet['general_meetings'] = NOT_CONCERNED;
  if (doubt.happens(0.012)) sheet['interpretation_issue'] = doubt.pick(ISSUES);
  // Until 1 July 2024 the rural zoning was the ZRR.
  if (dataYear < 2024 && register.ruralZoning.startsWith('frr')) sheet['rural_zoning'] = 'zrr';
  return sheet;
}

export interface NationalResponse extends Planned {
  /** What is typed, mistake included; partial while entry goes on. */
  readonly sheet: Sheet;
}

/** A response to `campaign` (data year: the year before) in the state that is planned for it. */
export function nationalResponse(register: RegisterFacts, campaign: number, seed = NATION_SEED): NationalResponse {
  const own = ownChance(register, seed);
  const plan = planResponse(own.fork(`plan-${campaign}`), campaign, register);
  const right = nationalSheet(own, register, campaign - 1);
  const chanceOfMistake = own.fork(`mistake-${campaign}`);
  const sheet = plan.mistake ? mistaken(chanceOfMistake, plan.mistake, right, nationalSheet(own, register, campaign - 2)) : right;
  if (plan.state !== 'in_progress') return { ...plan, sheet };
  // Entry under way: the first part of the questionnaire, in its order.
  const part = register.identifier === OFFERED_TO_FILL ? 0.55 : chanceOfMistake.between(0.25, 0.98);
  const keys = Object.keys(sheet);
  return { ...plan, sheet: Object.fromEntries(Object.entries(sheet).slice(0, Math.ceil(keys.length * part))) };
}
