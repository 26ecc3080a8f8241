/** The sheet of one structure for one campaign, and what N-1 was: the same draws each year, so that only quantities move. */
import type { RegisterFacts, Sheet } from '../answers/profile.ts';
import { wholeSheet } from '../answers/response.ts';
import { type Chance, chance } from '../random.ts';
import { mistaken } from './mistakes.ts';
import { OFFERED_TO_FILL, type Planned, planResponse } from './plan.ts';
import { nationalProfile } from './profile.ts';
import { NATION_SEED } from './structures.ts';

export const ownChance = (register: RegisterFacts, seed = NATION_SEED): Chance => chance(`${seed}/${register.identifier}`);

/** The right sheet of a data year. Until 1 July 2024 the rural zoning was the ZRR. */
export function nationalSheet(own: Chance, register: RegisterFacts, dataYear: number): Sheet {
  const sheet = wholeSheet(own.fork('answers'), register, nationalProfile(own.fork('profile'), register, dataYear));
  return dataYear < 2024 && register.ruralZoning.startsWith('frr') ? { ...sheet, rural_zoning: 'zrr' } : sheet;
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
