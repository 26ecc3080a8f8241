/**
 * Fictional years of one structure: a size drawn once, then a path from year to year (small steps), so that N-1 is always near. National orders
 * of magnitude of social centres: 26 employees, 55 activity volunteers, 25 in the bodies; life spaces are given about a quarter of that (no
 * published figure).
 */
import { FUNDERS, type Funder, type Profile, type RegisterFacts } from '../answers/profile.ts';
import { shareOut } from '../answers/table.ts';
import type { Chance } from '../random.ts';

const FIRST_YEAR = 2022;

/** Growth of each year since the first, held within ±12 %, and the same however it is asked. */
function growth(random: Chance, year: number): number {
  let size = 1;
  for (let y = FIRST_YEAR + 1; y <= year; y++) size *= 1 + Math.max(-0.12, Math.min(0.12, 0.012 + 0.045 * random.fork(`${y}`).normal()));
  return size;
}

const FUNDER_PRESENCE: { readonly [funder in Funder]: number } = { commune: 0.96, epci: 0.45, department: 0.62, region: 0.3, state: 0.72, ars: 0.3, carsat: 0.35, msa: 0.18, eu: 0.08, foundations: 0.28, other_funders: 0.35 };
const FAMILY = { outings: 0.93, festive_events: 0.9, family_leisure: 0.85, intergenerational: 0.75, parent_child_welcome: 0.7, interfamily_actions: 0.66, holiday_projects: 0.52, exchange_groups: 0.6, school_support: 0.72, laep: 0.16 };
const PRETEENS = { sport: 0.75, culture: 0.75, own_projects: 0.6, alsh: 0.68, school_support: 0.55, street: 0.35, local_events: 0.45, holidays: 0.4 };
const TEENS = { sport: 0.75, culture: 0.7, own_projects: 0.7, street: 0.4, local_events: 0.5, individual_support: 0.5, licensed_youth_scheme: 0.15 };
const YOUNG_ADULTS = { citizenship: 0.65, career: 0.65, mobility: 0.45, rights_information: 0.5, studies: 0.35, parent_child: 0.3, free_time: 0.4, digital_life: 0.3, housing: 0.2 };
const SENIORS = { intergenerational_links: 0.8, health_prevention: 0.75, isolation: 0.75, young_retirees: 0.4 };

const chosen = (random: Chance, presence: { readonly [option: string]: number }, factor = 1): string[] => {
  const kept = Object.keys(presence).filter((option) => random.happens(Math.min(0.98, presence[option]! * factor)));
  return kept.length > 0 ? kept : [Object.keys(presence)[0]!];
};

/** The structure's year, from its own generator (`random` must be the same for every year). */
export function nationalProfile(random: Chance, register: RegisterFacts, year: number): Profile {
  const centre = register.kind === 'CS';
  const traits = random.fork('traits');
  const size = traits.spread(centre ? 0.55 : 0.6);
  const factor = growth(random.fork('growth'), year);
  const wobble = random.fork(`year-${year}`);
  const around = (base: number, least: number, sigma = 0.04): number => Math.max(least, Math.round(base * factor * (1 + Math.max(-0.1, Math.min(0.1, sigma * wobble.normal())))));

  const staffless = !centre && traits.happens(0.06);
  const fteCents = staffless ? 0 : Math.max(centre ? 250 : 40, Math.round((centre ? 1080 : 210) * size * factor));
  const perFte = traits.between(1.75, 2.7);
  const headcount = staffless ? 0 : Math.max(Math.ceil(fteCents / 100) + 1, Math.round((fteCents / 100) * perFte));
  const expenses = staffless ? around(16_000 * size, 4000) : Math.round((fteCents / 100) * 48_500 * traits.between(0.82, 1.25) * (1 + Math.max(-0.06, Math.min(0.06, 0.025 * wobble.normal()))));
  const share = (mean: number): number => Math.round(expenses * mean * (1 + 0.12 * wobble.between(-1, 1)));
  const steering = share(traits.between(0.13, 0.21));
  const logistics = share(traits.between(0.12, 0.2));

  const governanceVolunteers = around((centre ? 21 : 11) * traits.spread(0.4), register.managementMode === 'association' ? 5 : 2);
  const activity = around((centre ? 48 : 24) * traits.spread(0.5), 6);
  const regularVolunteers = Math.max(2, Math.min(activity - 2, Math.round(activity * traits.between(0.4, 0.7))));
  const both = Math.round(Math.min(governanceVolunteers, activity) * traits.between(0.1, 0.5));
  const volunteers = governanceVolunteers + activity - both;
  const ages = shareOut(volunteers, { a: 0.07 * traits.spread(0.4), b: 0.12 * traits.spread(0.3), c: 0.42, d: 0.39 * traits.spread(0.2) });

  const reach = (presence: number, base: number, least: number): number | null => {
    const present = traits.happens(presence);
    const drawn = traits.spread(0.45);
    return present ? around(base * Math.sqrt(size) * drawn, least) : null;
  };
  const scale = centre ? 1 : 0.35;
  const earlyChildhood = reach(centre ? 0.5 : 0.2, 58 * scale, 6);
  const childhood = reach(centre ? 0.95 : 0.72, 215 * scale, 12);
  const preteens = reach(centre ? 0.9 : 0.62, 75 * scale, 6);
  const teens = reach(centre ? 0.78 : 0.4, 45 * scale, 4);
  const youngAdults = reach(centre ? 0.68 : 0.35, 48 * scale, 4);
  const seniors = reach(centre ? 0.9 : 0.75, 95 * scale, 8);

  const familyActions = chosen(traits, FAMILY, centre ? 1 : 0.7);
  const funding = { reaap: traits.happens(centre ? 0.8 : 0.5), clas: traits.happens(0.75), other: traits.happens(0.3) };
  const boards = register.managementMode === 'association' || traits.happens(0.25);
  const circles = ['user_council', 'thematic_commissions', 'house_council', 'activity_committee'].filter((_, i) => traits.happens([0.35, 0.4, 0.12, 0.08][i]!));
  const bodies = boards ? ['board', ...(traits.happens(0.75) ? ['executive'] : []), ...circles] : circles.length > 0 ? circles : ['user_council'];
  const funders = FUNDERS.filter((f) => traits.happens(f === 'commune' ? 0.96 : FUNDER_PRESENCE[f] * (centre ? 1 : 0.6)));
  return {
    headcount,
    fteCents: Math.min(fteCents, headcount * 100),
    trainingsInPlan: around(headcount * 0.16, 0, 0.3),
    trainingsOffPlan: around(headcount * 0.04, 0, 0.3),
    governanceVolunteers,
    regularVolunteers,
    occasionalVolunteers: activity - regularVolunteers,
    volunteers,
    volunteerAges: [ages['a']!, ages['b']!, ages['c']!, ages['d']!],
    governanceHours: around(governanceVolunteers * traits.between(12, 45), 10),
    activityHours: around(activity * traits.between(25, 75), 30),
    trainedVolunteers: traits.happens(0.4) ? Math.min(volunteers, around(8, 1, 0.2)) : 0,
    expenses,
    steering,
    logistics,
    funders: funders.includes('commune') || funders.includes('epci') ? funders : ['commune', ...funders],
    bodies,
    renewed: wobble.happens(0.25),
    familyReferent: register.approvals.some((a) => a.kind === 'acf'),
    earlyChildhood,
    childhood,
    preteens,
    teens,
    youngAdults,
    seniors,
    preteensActivities: preteens === null ? [] : chosen(traits, PRETEENS),
    teensActivities: teens === null ? [] : chosen(traits, TEENS),
    youngAdultsThemes: youngAdults === null ? [] : chosen(traits, YOUNG_ADULTS),
    seniorsThemes: seniors === null ? [] : chosen(traits, SENIORS),
    familyActions,
    familyFunding: [
      ...(funding.reaap ? ['reaap'] : []),
      ...(funding.clas && familyActions.includes('school_support') ? ['clas'] : []),
      ...(familyActions.includes('laep') ? ['laep'] : []),
      ...(funding.other ? ['other'] : []),
    ],
    educationPartner: traits.happens(0.75),
  };
}
