/** Rubric E: opening, users told once each, by age, sex, family quotient and residence. */
import type { Chance } from '../random.ts';
import type { Profile, RegisterFacts, Sheet } from './profile.ts';
import { oneColumn, shareOut } from './table.ts';

/** Users of a band: those reached by its actions, or the few who come without any. */
const band = (random: Chance, reached: number | null, part: number): number => {
  const few = random.integer(0, 9);
  const more = random.between(0, 0.08);
  return reached === null ? few : Math.ceil(reached * (part + more));
};

export function userAnswers(random: Chance, register: RegisterFacts, profile: Profile): Sheet & { readonly members: number; readonly unique_users: number } {
  const ages: { [row: string]: number } = {
    a0_3: band(random, profile.earlyChildhood, 1),
    a4_10: band(random, profile.childhood, 1),
    a11_14: band(random, profile.preteens, 1),
    a15_17: band(random, profile.teens, 1),
    a18_25: band(random, profile.youngAdults, 0.8),
  };
  const young = Object.values(ages).reduce((a, b) => a + b, 0);
  ages['a26_59'] = Math.ceil((young * 0.45 + (register.kind === 'CS' ? 60 : 25)) * random.spread(0.25));
  ages['a60_plus'] = band(random, profile.seniors, 1);
  ages['unknown'] = Math.round((young + ages['a26_59']) * random.between(0, 0.05));
  let users = Object.values(ages).reduce((a, b) => a + b, 0);
  const added = [profile.earlyChildhood, profile.childhood, profile.preteens, profile.teens, profile.youngAdults, profile.seniors].reduce((a: number, b) => a + (b ?? 0), 0);
  if (users === added) {
    ages['a26_59']++;
    users++;
  }
  const noise = (share: number): number => share * random.spread(0.2);
  const members = Math.round(users * random.between(0.55, 0.95));
  return {
    opening_days: random.pick([5, 5, 5.5, 5.5, 6]),
    opening_hours: random.integer(register.kind === 'CS' ? 66 : 36, register.kind === 'CS' ? 96 : 70) / 2,
    opening_weeks: random.integer(44, 51),
    reception_visits: Math.round((users * random.between(7, 22)) / 10) * 10 + users,
    unique_users: users,
    members,
    users_by_age: oneColumn('count', ages),
    users_by_gender: oneColumn('count', shareOut(users, { women: noise(0.57), men: noise(0.42), unknown: noise(0.01) })),
    users_by_qf: oneColumn('count', shareOut(users, { q0_400: noise(0.26), q401_700: noise(0.24), q701_1000: noise(0.17), q1001_1500: noise(0.1), q1501_plus: noise(0.05), unknown: noise(0.16) })),
    users_by_residence: oneColumn('count', shareOut(users, { own_area: noise(0.6), same_commune: noise(0.24), other_commune: noise(0.13), unknown: noise(0.02) })),
    hosted_associations: random.integer(2, 22),
  };
}
