/**
 * The fictional national register: about 2,380 social centres and 1,690 spaces of social life (orders of magnitude of 2024), spread over the
 * départements by population, in real communes. Pure: territories in, structures out, alike from the same seed.
 */
import { type RegisterFacts, urbanRenewal } from '../answers/profile.ts';
import { apportion } from '../apportion.ts';
import { fictionalSiren, fictionalSiret } from '../fictional-siren.ts';
import { type Chance, chance } from '../random.ts';
import { associationName, ofCommune, STREETS, structureName } from './names.ts';

export const NATION_SEED = 'senacs-nation';
export const SOCIAL_CENTRES = 2380;
export const LIFE_SPACES = 1690;

export interface Commune {
  readonly insee: string;
  readonly name: string;
  readonly department: string;
  readonly epciName?: string;
  readonly population: number;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

export interface Department {
  readonly code: string;
  readonly name: string;
  readonly population: number;
}

export type NationalStructure = RegisterFacts & { readonly bodyCommune: string };

/** Approved for the first time in 2025, whatever chance says: the one whose director anyone can be, in a département still entering, and one of Pas-de-Calais. */
export const GREETED: readonly string[] = ['DEMO-48-EVS-001N', 'DEMO-62-EVS-001N'];

const MODES = { association: 0.63, local_authority: 0.23, ccas: 0.06, co_management: 0.045, caf: 0.03 } as const;

/** Structures per département: by population, evened out (small ones have more per head), at least one or two. */
export function countsByDepartment(random: Chance, departments: readonly Department[]): Map<string, { readonly CS: number; readonly EVS: number }> {
  const centres = apportion(SOCIAL_CENTRES, departments.map((d) => d.population ** 0.92 * random.spread(0.28)), { min: 3 });
  const spaces = apportion(LIFE_SPACES, departments.map((d) => d.population ** 0.7 * random.spread(0.35)), { min: 2 });
  return new Map(departments.map((d, i) => [d.code, { CS: centres[i]!, EVS: spaces[i]! }]));
}

/**
 * The national register. `existing` are structures already in the register (Pas-de-Calais), counted in their département and not made again.
 * `lastDataYear`: structures newly approved in that year are part of the whole (they are greeted, not asked).
 */
export function nationalStructures(departments: readonly Department[], communes: readonly Commune[], existing: ReadonlyMap<string, { readonly CS: number; readonly EVS: number }>, seed = NATION_SEED): NationalStructure[] {
  const random = chance(seed);
  const counts = countsByDepartment(random.fork('counts'), departments);
  const byDepartment = Map.groupBy(communes, (c) => c.department);
  let bodyNumber = 0;
  const nextSiren = (): string => {
    bodyNumber++;
    // 6200 to 6299 belong to the reference register
    if (bodyNumber === 6200) bodyNumber = 6300;
    return fictionalSiren(bodyNumber);
  };
  return departments.flatMap((department) => {
    const local = random.fork(department.code);
    const count = counts.get(department.code)!;
    const there = existing.get(department.code) ?? { CS: 0, EVS: 0 };
    return departmentStructures(local, department, byDepartment.get(department.code) ?? [], { CS: Math.max(0, count.CS - there.CS), EVS: Math.max(0, count.EVS - there.EVS), late: there.CS > 0 }, nextSiren);
  });
}

/** Four years from January or from July: in force on the last day of every year that the national campaigns ask, and while they run. */
export const approvalFrom = (year: number, midYear: boolean): { readonly start: string; readonly end: string } =>
  midYear ? { start: `${year}-07-01`, end: `${year + 4}-06-30` } : { start: `${year}-01-01`, end: `${year + 3}-12-31` };

/** `late`: approved since the reference campaign only, for the register of that year is known to be whole. */
function departmentStructures(random: Chance, department: Department, communes: readonly Commune[], counts: { readonly CS: number; readonly EVS: number; readonly late: boolean }, nextSiren: () => string): NationalStructure[] {
  const placed = [
    ...place(random.fork('centres'), communes, counts.CS, (p) => (p < 1000 ? 0 : p < 3500 ? p : p ** 1.04)).map((commune) => ({ kind: 'CS' as const, commune })),
    ...place(random.fork('spaces'), communes, counts.EVS, (p) => (p < 300 ? 0 : Math.min(p, 9000) ** 0.75)).map((commune) => ({ kind: 'EVS' as const, commune })),
  ];
  const bodies = new Map<string, { readonly name: string; readonly siren: string; establishments: number }>();
  const names = new Map<string, Set<string>>();
  const body = (key: string, name: () => string): { readonly name: string; readonly siren: string; establishments: number } => {
    if (!bodies.has(key)) bodies.set(key, { name: name(), siren: nextSiren(), establishments: 0 });
    return bodies.get(key)!;
  };
  const rank = { CS: 0, EVS: 0 };
  return placed.map(({ kind, commune }, position) => {
    const own = random.fork(`${kind}-${++rank[kind]}`);
    const mode = kind === 'EVS' ? own.weighted({ association: 0.8, local_authority: 0.14, ccas: 0.03, co_management: 0.02 }) : own.weighted(MODES);
    const taken = names.get(commune.insee) ?? new Set<string>();
    names.set(commune.insee, taken);
    // One association in five runs several structures of its commune.
    const shared = own.happens(0.2);
    const manager =
      mode === 'caf' ? body('caf', () => `Caf (${department.name})`)
      : mode === 'ccas' ? body(`ccas-${commune.insee}`, () => `Centre communal d’action sociale ${ofCommune(commune.name)}`)
      : mode === 'local_authority' ? body(`commune-${commune.insee}`, () => `Commune ${ofCommune(commune.name)}`)
      : body(shared ? `association-${commune.insee}` : `association-${position}`, () => `${associationName(own)} ${ofCommune(commune.name)}`);
    // Several structures of one commune do not stand on one point: a large commune spreads over some kilometres.
    const spread = 0.011 * Math.min(4, Math.max(0.5, Math.sqrt(commune.population / 30_000)));
    const around = own.between(-1, 1) * spread;
    const character = commune.population >= 15_000 ? 'urban' : commune.population >= 3500 ? (own.happens(0.5) ? 'periurban' : 'urban') : 'rural';
    const qpv = character === 'rural' ? 'no' : own.weighted(commune.population >= 15_000 ? { inside: 0.5, serving: 0.2, no: 0.3 } : { inside: 0.12, serving: 0.13, no: 0.75 });
    const first = own.integer(kind === 'CS' ? (counts.late ? 2018 : 1965) : (counts.late ? 2018 : 2008), kind === 'CS' ? 2023 : 2024);
    const identifier = `DEMO-${department.code}-${kind}-${String(rank[kind]).padStart(3, '0')}N`;
    const newcomer = own.happens(kind === 'CS' ? 0.006 : 0.02) || GREETED.includes(identifier);
    const firstApprovalYear = newcomer ? 2025 : first;
    const period = approvalFrom(Math.max(firstApprovalYear, 2023), own.integer(0, 1) === 1);
    return {
      kind,
      name: structureName(own, kind, taken),
      address: `${own.integer(1, 120)} ${own.pick(STREETS)}`,
      commune: commune.insee,
      communeName: commune.name,
      department: department.code,
      ...(commune.latitude === null || commune.longitude === null ? {} : { latitude: commune.latitude + 0.7 * around, longitude: commune.longitude + own.between(-1, 1) * spread }),
      bodyName: manager.name,
      bodySiren: manager.siren,
      bodyCommune: commune.insee,
      siret: fictionalSiret(manager.siren, ++manager.establishments),
      managementMode: mode,
      legalStatus: mode === 'local_authority' ? 'commune' : mode === 'co_management' ? 'association' : mode,
      firstApprovalYear,
      approvals: kind === 'EVS' ? [{ kind: 'al', ...period }] : [{ kind: 'agc', ...period }, ...(own.happens(0.82) ? [{ kind: 'acf' as const, ...period }] : [])],
      networks: mode === 'association' && own.happens(kind === 'CS' ? 0.82 : 0.3) ? ['fcsf'] : own.happens(0.15) ? [own.pick(['leo_lagrange', 'ligue', 'familles_rurales', 'mjc', 'ifac'])] : [],
      character,
      qpv,
      ruralZoning: character === 'rural' && commune.population < 3000 && own.happens(0.5) ? 'frr' : 'no',
      ...urbanRenewal(own.fork('renewal'), qpv),
      identifier,
    };
  });
}

/** Communes of `count` structures, by systematic drawing: several in a large one, in proportion to `weight(population)`. */
function place(random: Chance, communes: readonly Commune[], count: number, weight: (population: number) => number): Commune[] {
  const weights = communes.map((c) => weight(c.population));
  const step = weights.reduce((a, b) => a + b, 0) / count;
  const chosen: Commune[] = [];
  let next = random.next() * step;
  let reached = 0;
  communes.forEach((commune, i) => {
    reached += weights[i]!;
    for (; next < reached && chosen.length < count; next += step) chosen.push(commune);
  });
  while (communes.length > 0 && chosen.length < count) chosen.push(communes.at(-1)!);
  return chosen;
}
