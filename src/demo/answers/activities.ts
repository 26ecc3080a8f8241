/** Rubric F and thematic modules: actions by age and the numbers that must go with them. */
import type { Chance } from '../random.ts';
import type { Profile, RegisterFacts, Sheet } from './profile.ts';

const yes = (reached: number | null): 'yes' | 'no' => (reached === null ? 'no' : 'yes');

export function activityAnswers(random: Chance, register: RegisterFacts, profile: Profile): Sheet {
  const sheet: Sheet = {
    early_childhood: yes(profile.earlyChildhood),
    childhood: yes(profile.childhood),
    preteens: yes(profile.preteens),
    teens: yes(profile.teens),
    young_adults: yes(profile.youngAdults),
    seniors: yes(profile.seniors),
    family_actions: profile.familyActions.length > 0 ? profile.familyActions : ['none'],
    alsh: leisureCentres(random, profile),
    activity_matrix: matrix(random, register, profile),
    clas_children: profile.familyFunding.includes('clas') ? random.integer(14, 70) : 0,
    parenting_participants: random.integer(12, 180),
    ...adults(random),
    ...modules(random),
  };
  if (profile.earlyChildhood !== null) sheet['early_childhood_children'] = profile.earlyChildhood;
  if (profile.childhood !== null) sheet['childhood_children'] = profile.childhood;
  if (profile.preteens !== null) Object.assign(sheet, { preteens_count: profile.preteens, preteens_activities: profile.preteensActivities });
  if (profile.teens !== null) Object.assign(sheet, { teens_count: profile.teens, teens_activities: profile.teensActivities });
  if (profile.youngAdults !== null) Object.assign(sheet, { young_adults_count: profile.youngAdults, young_adults_themes: profile.youngAdultsThemes });
  if (profile.seniors !== null) Object.assign(sheet, { seniors_count: profile.seniors, seniors_themes: profile.seniorsThemes });
  const sessions = random.integer(38, 120);
  const children = random.integer(40, 160);
  if (profile.familyActions.includes('laep')) sheet['laep_attendance'] = { laep: { sessions, children, adults: Math.round(children * random.between(0.7, 1)) } };
  const families = random.integer(3, 28);
  if (profile.familyActions.includes('holiday_projects')) sheet['holiday_families'] = families;
  return sheet;
}

/** Places, days and children go together: all or none, by age. */
function leisureCentres(random: Chance, profile: Profile): Sheet[string] {
  const row = (reached: number | null, share: number, open = true): { [column: string]: number } => {
    const days = random.integer(60, 150);
    const filling = random.between(2, 4.5);
    if (reached === null || !open) return { places: 0, days: 0, children: 0 };
    const children = Math.max(4, Math.round(reached * share));
    return { places: Math.max(2, Math.round(children / filling)), days, children };
  };
  return {
    under6: row(profile.childhood, 0.22),
    a6_11: row(profile.childhood, 0.5),
    a12_17: row(profile.preteens, 0.45, profile.preteensActivities.includes('alsh')),
  };
}

function matrix(random: Chance, register: RegisterFacts, profile: Profile): Sheet[string] {
  const row = (reached: number | null, most: number): { [column: string]: number } => {
    const drawn = { regular: random.integer(1, most), oneoff: random.integer(1, most + 2), projects: random.integer(1, 4) };
    return reached === null ? { regular: 0, oneoff: 0, projects: 0 } : drawn;
  };
  const most = register.kind === 'CS' ? 9 : 4;
  return {
    childhood: row(profile.childhood, most),
    youth: row(profile.preteens ?? profile.teens, most),
    family: row(1, most),
    adults: row(1, most + 3),
    seniors: row(profile.seniors, most),
  };
}

function adults(random: Chance): Sheet {
  const chosen = (['employment', 'health', 'language', 'culture', 'rights', 'housing', 'consumption'] as const).filter((_, i) => random.happens([0.5, 0.65, 0.45, 0.8, 0.7, 0.2, 0.35][i]!));
  const learners = random.integer(8, 80);
  const digital = random.happens(0.72);
  const supported = random.integer(15, 260);
  const means = random.sample(['counsellor', 'volunteers', 'public_space', 'devices', 'france_services'], random.integer(1, 3));
  return {
    adult_actions: chosen.length > 0 ? chosen : ['none'],
    asl_participants: chosen.includes('language') ? learners : 0,
    digital_actions: digital ? 'yes' : 'no',
    ...(digital ? { digital_supported: supported, digital_means: means } : {}),
  };
}

function modules(random: Chance): Sheet {
  const outreach = random.happens(0.62);
  const days = random.integer(4, 90);
  return {
    youth_led_projects: random.integer(0, 8),
    youth_ps: random.happens(0.3) ? 'yes' : 'no',
    youth_presence: random.sample(['space', 'street', 'school', 'online', 'mobile'], random.integer(1, 3)),
    ecology_actions: random.sample(['garden', 'repair', 'food', 'sharing', 'mobility', 'energy'], random.integer(1, 4)),
    outreach: outreach ? 'yes' : 'no',
    ...(outreach ? { outreach_days: days } : {}),
  };
}
