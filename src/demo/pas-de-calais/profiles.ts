/**
 * Fictional years 2016 and 2015 of the 36 answering centres, such that together they give every number of the reference brochure.
 * Each centre is drawn around a size of its own; totals are then shared exactly (largest remainder), counts are dealt out to centres.
 */
import { allot } from '../allotment.ts';
import { apportion } from '../apportion.ts';
import type { Funder, Profile } from '../answers/profile.ts';
import type { Chance } from '../random.ts';
import { type Centre, type Fact, numberOfFact } from './source.ts';

export interface TwoYears {
  readonly 2016: Profile;
  readonly 2015: Profile;
}

const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Profiles by position in `centres` (all of them respond). */
export function referenceProfiles(random: Chance, centres: readonly Centre[], facts: readonly Fact[]): TwoYears[] {
  const n = centres.length;
  const all = indices(n);
  const fact = (id: string): number => numberOfFact(facts, id);
  /** A count per option, read from facts `prefix.option`. */
  const counts = <O extends string>(prefix: string, options: readonly O[]): { [option in O]: number } =>
    Object.fromEntries(options.map((o) => [o, fact(`${prefix}.${o}`)])) as never;
  const size = all.map(() => random.spread(0.55));
  const jitter = (values: readonly number[], sigma: number): number[] => values.map((v) => v * random.spread(sigma));

  const staff = staffOf(random, size, fact);
  const money = budgets(random, staff.fte, fact);
  const volunteers = volunteersOf(random, centres, size, fact);
  const trainedIn2015 = random.sample(all, fact('volunteers.training_centres'));
  const trained2015 = spreadOver(random, all, trainedIn2015, fact('volunteers.trained'), 4, volunteers.map((v) => v[2015].volunteers));
  const trained2016 = spreadOver(random, all, random.sample(all, 13), 151, 4, volunteers.map((v) => v[2016].volunteers));
  const inPlan2015 = apportion(fact('training.in_plan'), jitter(staff.headcount, 0.5));
  const offPlan2015 = apportion(fact('training.off_plan'), jitter(staff.headcount, 0.9));
  const inPlan2016 = apportion(184, jitter(staff.headcount, 0.5));
  const offPlan2016 = apportion(53, jitter(staff.headcount, 0.9));

  // Who acts for whom, and how many persons: the counts of the brochure, dealt out.
  const reach = (share: number, centresActing: number, persons: number, least: number): (number | null)[] => {
    const acting = random.sample(all, centresActing);
    return spreadOver(random, all, acting, persons, least, size.map((s) => Math.ceil(s * persons * share)), size).map((x, i) => (acting.includes(i) ? x : null));
  };
  const early = Math.round((fact('age.early_childhood.share') / 100) * n);
  const earlyChildhood = reach(0.3, early, fact('age.early_childhood.children'), 12);
  const childhood = reach(0.2, fact('age.childhood.centres'), fact('age.childhood.children'), 40);
  const preteens = reach(0.2, fact('youth.preteens.centres'), fact('youth.preteens.count'), 15);
  const teens = reach(0.2, fact('youth.teens.centres'), fact('youth.teens.count'), 8);
  const youngAdults = reach(0.2, fact('youth.young_adults.centres'), fact('youth.young_adults.count'), 8);
  // « Près de 4 000 » : a little less.
  const seniors = reach(0.2, fact('senior.centres'), fact('senior.persons') - random.integer(12, 60), 15);
  const acting = (reached: readonly (number | null)[]): number[] => all.filter((i) => reached[i] !== null);

  const laep = all.filter((i) => centres[i]!.laep);
  const schoolSupport = random.sample(all, fact('family.action.school_support'));
  const familyActions = allot(random, all, counts('family.action', ['outings', 'festive_events', 'family_leisure', 'intergenerational', 'parent_child_welcome', 'interfamily_actions', 'holiday_projects', 'exchange_groups', 'school_support', 'laep']), { laep, school_support: schoolSupport });
  const clas = random.sample(schoolSupport, fact('family.funding.clas'));
  const reaap = random.sample(all, fact('family.funding.reaap'));
  const preteensActivities = allot(random, acting(preteens), counts('youth.preteens.activity', ['sport', 'culture', 'own_projects', 'alsh', 'school_support', 'street', 'local_events', 'holidays']));
  const teensActivities = allot(random, acting(teens), counts('youth.teens.activity', ['sport', 'culture', 'own_projects', 'street', 'local_events', 'individual_support', 'licensed_youth_scheme']));
  const youngAdultsThemes = allot(random, acting(youngAdults), counts('youth.young_adults.theme', ['citizenship', 'career', 'mobility', 'rights_information', 'studies', 'parent_child', 'free_time', 'digital_life', 'housing']));
  const seniorsThemes = allot(random, acting(seniors), counts('senior.theme', ['intergenerational_links', 'health_prevention', 'isolation', 'young_retirees']));
  const education = random.sample(all, fact('partnership.education.centres'));
  const bodies = bodiesOf(random, centres, counts('governance.body', ['board', 'executive', 'user_council', 'thematic_commissions', 'house_council', 'activity_committee', 'management_committee']));
  const renewed2016 = random.sample(all, fact('project.rewritten_2016'));
  const renewed2015 = random.sample(all.filter((i) => !renewed2016.includes(i)), fact('project.rewritten_2015'));
  const funders = fundersOf(random, all, fact);

  return all.map((i) => {
    const shared = {
      bodies: bodies.get(i)!,
      familyReferent: centres[i]!.acf,
      earlyChildhood: earlyChildhood[i]!,
      childhood: childhood[i]!,
      preteens: preteens[i]!,
      teens: teens[i]!,
      youngAdults: youngAdults[i]!,
      seniors: seniors[i]!,
      preteensActivities: preteensActivities.get(i) ?? [],
      teensActivities: teensActivities.get(i) ?? [],
      youngAdultsThemes: youngAdultsThemes.get(i) ?? [],
      seniorsThemes: seniorsThemes.get(i) ?? [],
      familyActions: familyActions.get(i)!,
      familyFunding: [...(reaap.includes(i) ? ['reaap'] : []), ...(clas.includes(i) ? ['clas'] : []), ...(laep.includes(i) ? ['laep'] : [])],
      educationPartner: education.includes(i),
    };
    return {
      2016: { ...shared, ...staff.years[i]![2016], ...money[i]![2016], ...volunteers[i]![2016], trainedVolunteers: trained2016[i]!, trainingsInPlan: inPlan2016[i]!, trainingsOffPlan: offPlan2016[i]!, funders: funders[2016].get(i)!, renewed: renewed2016.includes(i) },
      2015: { ...shared, ...staff.years[i]![2015], ...money[i]![2015], ...volunteers[i]![2015], trainedVolunteers: trained2015[i]!, trainingsInPlan: inPlan2015[i]!, trainingsOffPlan: offPlan2015[i]!, funders: funders[2015].get(i)!, renewed: renewed2015.includes(i) },
    };
  });
}

/** Shares `total` among the chosen members; the others get 0. */
function spreadOver(random: Chance, all: readonly number[], chosen: readonly number[], total: number, least: number, most: readonly number[], size?: readonly number[]): number[] {
  const parts = apportion(total, chosen.map((i) => (size?.[i] ?? 1) * random.spread(0.35)), { min: least, max: chosen.map((i) => Math.max(most[i]!, least)) });
  return all.map((i) => (chosen.includes(i) ? parts[chosen.indexOf(i)]! : 0));
}

/** Persons and full-time equivalents: exact totals of 2016, one centre at the minimum and one at the maximum; 2015 near it. */
function staffOf(random: Chance, size: readonly number[], fact: (id: string) => number) {
  const all = indices(size.length);
  const low = fact('staff.fte_min') * 100;
  const high = fact('staff.fte_max') * 100;
  const order = [...all].sort((a, b) => size[a]! - size[b]!);
  const smallest = order[0]!;
  const largest = order.at(-1)!;
  const fte = apportion(fact('staff.fte') * 100, size, {
    min: all.map((i) => (i === largest ? high : low)),
    max: all.map((i) => (i === smallest ? low : i === largest ? high : high / 2)),
  });
  const headcount = apportion(fact('staff.headcount'), fte.map((f) => f * random.spread(0.18)), { min: fte.map((f) => Math.ceil(f / 100) + 2), max: fte.map((f) => Math.ceil((f / 100) * 3) + 6) });
  const years = all.map((i) => {
    const growth = 1 + Math.max(-0.1, Math.min(0.1, 0.005 + 0.045 * random.normal()));
    const fteCents = Math.round(fte[i]! / growth);
    return { 2016: { headcount: headcount[i]!, fteCents: fte[i]! }, 2015: { headcount: Math.max(Math.ceil(fteCents / 100) + 2, Math.round(headcount[i]! / (growth * (1 + 0.03 * random.normal())))), fteCents } };
  });
  return { fte, headcount, years };
}

/** Budgets of both years with exact totals, and expenses by purpose with exact shares. */
function budgets(random: Chance, fteCents: readonly number[], fact: (id: string) => number) {
  const perFte = fact('budget.total_2016') / fact('staff.fte');
  const expenses2016 = apportion(fact('budget.total_2016'), fteCents.map((f) => f * random.spread(0.16)), { min: fteCents.map((f) => (f / 100) * perFte * 0.6), max: fteCents.map((f) => (f / 100) * perFte * 1.7) });
  const expenses2015 = apportion(fact('budget.total_2015'), expenses2016.map((e) => e * random.spread(0.05)), { min: expenses2016.map((e) => e * 0.86), max: expenses2016.map((e) => e * 1.16) });
  const purposes = (expenses: readonly number[], year: number): { steering: number[]; logistics: number[] } => {
    const share = (id: string, low: number, high: number): number[] => {
      const percent = fact(`expenses.${id}_${year}`);
      return apportion(Math.round((sum(expenses) * percent) / 100), expenses.map((e) => e * random.spread(0.18)), { min: expenses.map((e) => e * low), max: expenses.map((e) => e * high) });
    };
    return { steering: share('steering', 0.09, 0.32), logistics: share('logistics', 0.07, 0.28) };
  };
  const split = { 2016: purposes(expenses2016, 2016), 2015: purposes(expenses2015, 2015) };
  return expenses2016.map((_, i) => ({
    2016: { expenses: expenses2016[i]!, steering: split[2016].steering[i]!, logistics: split[2016].logistics[i]! },
    2015: { expenses: expenses2015[i]!, steering: split[2015].steering[i]!, logistics: split[2015].logistics[i]! },
  }));
}

/** Volunteers: governance of 2015 and activities of 2016 give the printed means, ages of 2016 the printed shares. */
function volunteersOf(random: Chance, centres: readonly Centre[], size: readonly number[], fact: (id: string) => number) {
  const n = centres.length;
  const all = indices(n);
  const damped = size.map((s) => Math.sqrt(s));
  const weights = (factor: (c: Centre) => number): number[] => all.map((i) => damped[i]! * factor(centres[i]!) * random.spread(0.25));
  const governance2015 = apportion(fact('volunteers.governance_mean') * n, weights((c) => (c.managementMode === 'association' ? 1.2 : 0.8)), { min: 6, max: 60 });
  const activity2016 = apportion(fact('volunteers.activity_mean') * n, weights(() => 1), { min: 10, max: 110 });
  const drift = (value: number, least: number): number => Math.max(least, Math.round(value * (1 + Math.max(-0.15, Math.min(0.15, 0.06 * random.normal())))));
  const governance = { 2015: governance2015, 2016: governance2015.map((g) => drift(g, 5)) };
  const activity = { 2015: activity2016.map((a) => drift(a, 8)), 2016: activity2016 };
  const hoursGovernance2015 = apportion(fact('volunteers.governance_hours_mean') * n, governance2015.map((g) => g * random.spread(0.3)), { min: governance2015.map((g) => g * 6), max: governance2015.map((g) => g * 90) });
  const hoursActivity2016 = apportion(fact('volunteers.activity_hours_mean') * n, activity2016.map((a) => a * random.spread(0.3)), { min: activity2016.map((a) => a * 10), max: activity2016.map((a) => a * 180) });
  const hoursGovernance = { 2015: hoursGovernance2015, 2016: hoursGovernance2015.map((h) => drift(h, 20)) };
  const hoursActivity = { 2015: hoursActivity2016.map((h) => drift(h, 50)), 2016: hoursActivity2016 };
  // Persons who have both roles: about one in six of the smaller group; 2016 adds up to a multiple of 100, so that shares of ages come out exactly.
  const both = (year: 2015 | 2016): number[] => all.map((i) => Math.round(Math.min(governance[year][i]!, activity[year][i]!) * random.between(0.1, 0.4)));
  const overlap = { 2015: both(2015), 2016: both(2016) };
  const gross = sum(governance[2016]) + sum(activity[2016]);
  const total = Math.round((gross - sum(overlap[2016])) / 100) * 100;
  overlap[2016] = apportion(gross - total, overlap[2016].map((o) => o + 0.5), { max: all.map((i) => Math.min(governance[2016][i]!, activity[2016][i]!)) });
  const shares = ['12_17', '18_25', 'adults', '60_plus'].map((age) => fact(`volunteers.age.${age}`) / 100);
  const year = (y: 2015 | 2016) => {
    const volunteers = all.map((i) => governance[y][i]! + activity[y][i]! - overlap[y][i]!);
    const ages = exactAges(random, volunteers, shares);
    return all.map((i) => {
      const regularVolunteers = Math.max(2, Math.min(activity[y][i]! - 2, Math.round(activity[y][i]! * random.between(0.45, 0.7))));
      return {
        governanceVolunteers: governance[y][i]!,
        regularVolunteers,
        occasionalVolunteers: activity[y][i]! - regularVolunteers,
        volunteers: volunteers[i]!,
        volunteerAges: ages[i]!,
        governanceHours: hoursGovernance[y][i]!,
        activityHours: hoursActivity[y][i]!,
      };
    });
  };
  const years = { 2016: year(2016), 2015: year(2015) };
  return all.map((i) => ({ 2016: years[2016][i]!, 2015: years[2015][i]! }));
}

/** Ages with exact margins both ways: each centre's volunteers, and each band's share of all; band after band, out of what is left. */
function exactAges(random: Chance, volunteers: readonly number[], shares: readonly number[]): [number, number, number, number][] {
  const left = [...volunteers];
  const total = sum(volunteers);
  const columns = shares.slice(0, 3).map((share) => {
    const part = apportion(Math.round(total * share), left.map((l) => l * random.spread(0.2)), { max: left.map((l, i) => Math.min(l, Math.ceil(volunteers[i]! * share * 1.8))) });
    part.forEach((p, i) => (left[i] = left[i]! - p));
    return part;
  });
  return volunteers.map((_, i) => [columns[0]![i]!, columns[1]![i]!, columns[2]![i]!, left[i]!]);
}

/** Bodies: every association has its board (and all executives have one); public centres that lack one have another body. */
function bodiesOf(random: Chance, centres: readonly Centre[], counts: { readonly [body: string]: number }): Map<number, string[]> {
  const all = indices(centres.length);
  const associations = all.filter((i) => centres[i]!.managementMode === 'association');
  const others = [...all.filter((i) => ['co_management', 'ccas', 'caf'].includes(centres[i]!.managementMode)), ...all.filter((i) => centres[i]!.managementMode === 'local_authority')];
  const board = [...associations, ...others.slice(0, counts['board']! - associations.length)];
  const executive = random.sample(board, counts['executive']!);
  const boardless = all.filter((i) => !board.includes(i));
  // Those without a board have at least a council of users or of the house.
  return allot(random, all, counts, { board, executive, user_council: boardless.slice(0, counts['user_council']!) });
}

/** Funders of 2015 as counted by the brochure; in 2016 a few small ones come or go. The one centre without commune has its community. */
function fundersOf(random: Chance, all: readonly number[], fact: (id: string) => number): { readonly [year in 2015 | 2016]: Map<number, Funder[]> } {
  const external = ['commune', 'state', 'ars', 'department', 'epci', 'region', 'carsat', 'eu', 'msa'] as const;
  const without = random.sample(all, all.length - fact('funders.commune'));
  const commune = all.filter((i) => !without.includes(i));
  const dealt = allot(random, all, Object.fromEntries(external.map((f) => [f, fact(`funders.${f}`)])) as { [f in (typeof external)[number]]: number }, { commune, epci: without });
  const others = new Map(all.map((i) => [i, random.sample(['foundations', 'other_funders'] as const, random.integer(0, 2))]));
  const in2015 = new Map(all.map((i): [number, Funder[]] => [i, [...dealt.get(i)!, ...others.get(i)!]]));
  const movable = ['region', 'department', 'ars', 'foundations'] as const;
  const in2016 = new Map(
    all.map((i): [number, Funder[]] => {
      const before = in2015.get(i)!;
      if (!random.happens(0.3)) return [i, before];
      const mover = random.pick(movable);
      return [i, before.includes(mover) ? before.filter((f) => f !== mover) : [...before, mover]];
    }),
  );
  return { 2015: in2015, 2016: in2016 };
}
