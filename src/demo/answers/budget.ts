/** Rubric D: expenses by purpose, income by funder, all to the euro. */
import type { Chance } from '../random.ts';
import { FUNDERS, type Profile, type RegisterFacts, type Sheet } from './profile.ts';
import { oneColumn, shareOut } from './table.ts';

/** Ordinary share of each funder in the income, where it funds. */
const SHARES = { caf_ps: 0.24, caf_local: 0.07, commune: 0.38, epci: 0.05, department: 0.04, region: 0.02, state: 0.055, ars: 0.02, carsat: 0.012, msa: 0.01, eu: 0.025, foundations: 0.015, other_funders: 0.02, user_fees: 0.11, memberships: 0.008, other_own: 0.015, other: 0.01 };

export function budgetAnswers(random: Chance, register: RegisterFacts, profile: Profile, members: number): Sheet {
  const { expenses } = profile;
  const result = Math.round(expenses * Math.min(0.07, Math.max(-0.07, 0.002 + 0.022 * random.normal())));
  const income = expenses + result;
  const always = ['caf_ps', 'user_fees', 'other_own', ...(members > 0 ? ['memberships'] : [])];
  const sometimes = { caf_local: random.happens(0.85), other: random.happens(0.5) };
  const weights = Object.fromEntries(
    Object.entries(SHARES).map(([row, share]) => {
      const weight = share * random.spread(0.28);
      const active = always.includes(row) || sometimes[row as 'caf_local'] || (FUNDERS as readonly string[]).includes(row);
      return [row, active && (!(FUNDERS as readonly string[]).includes(row) || (profile.funders as readonly string[]).includes(row)) ? weight : 0];
    }),
  );
  const active = Object.keys(weights).filter((row) => weights[row]! > 0);
  const floor = Math.max(1, Math.min(200, Math.floor(income / 400)));
  const funders = shareOut(income, weights, Object.fromEntries(active.map((row) => [row, floor])), Object.fromEntries(Object.keys(weights).filter((row) => !active.includes(row)).map((row) => [row, 0])));
  const staffCosts = profile.headcount === 0 ? 0 : Math.round(expenses * Math.min(0.85, Math.max(0.4, 0.66 + 0.06 * random.normal())));
  const benefits = random.happens(0.35) ? cafBenefits(random, register, profile, funders['caf_ps']!) : undefined;
  return {
    expenses_total: expenses,
    income_total: income,
    expenses_by_purpose: oneColumn('amount', { steering: profile.steering, logistics: profile.logistics, activities: expenses - profile.steering - profile.logistics, unallocated: 0 }),
    staff_costs: staffCosts,
    income_by_funder: oneColumn('amount', funders),
    ...(benefits ? { caf_benefits: benefits } : {}),
    family_funding: profile.familyFunding.length > 0 ? profile.familyFunding : ['none'],
    in_kind: Math.round((expenses * random.between(0, 0.14)) / 100) * 100,
    net_result: result,
    investment: random.happens(0.6) ? Math.round((expenses * random.between(0.003, 0.05)) / 10) * 10 : 0,
    financial_outlook: random.weighted({ improving: 0.1, stable: 0.4, worsening: 0.33, threatened: 0.07, unknown: 0.1 }),
  };
}

/** Detail of the Caf's benefits, which adds up to the Caf line of the income. */
function cafBenefits(random: Chance, register: RegisterFacts, profile: Profile, total: number): Sheet[string] {
  const holds = (kind: string): boolean => register.approvals.some((a) => a.kind === kind);
  return oneColumn(
    'amount',
    shareOut(total, {
      agc: holds('agc') ? 0.42 : 0,
      acf: holds('acf') ? 0.12 : 0,
      al: holds('al') ? 0.6 : 0,
      alsh: profile.childhood === null ? 0 : 0.25 * random.spread(0.3),
      eaje: profile.earlyChildhood === null || register.kind === 'EVS' ? 0 : 0.14 * random.spread(0.3),
      clas: profile.familyFunding.includes('clas') ? 0.04 : 0,
      laep: profile.familyFunding.includes('laep') ? 0.03 : 0,
      youth: 0,
      other: 0.01,
    }),
  );
}
