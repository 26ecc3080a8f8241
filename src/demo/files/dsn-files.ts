/**
 * Twelve monthly payroll declarations (DSN, cahier technique NEODES) of a fictional centre, with what they say. Numbers of social security are
 * impossible on purpose (month 99): nobody bears them. Among them: contracts that follow one another, a working time that changes, holiday
 * contracts, an apprentice, an intern who is no employee, a declaration that is cancelled and replaced.
 */
import type { Chance } from '../random.ts';
import { fictionalSiren } from '../fictional-siren.ts';
import { latin } from './fec-file.ts';
import { exactFte, hundredths, type Truth } from './truth.ts';

interface Job {
  readonly title: string;
  readonly profession: string;
  readonly row: string;
}
const JOBS: { readonly [name: string]: Job } = {
  director: { title: 'Directrice', profession: '435a', row: 'direction' },
  reception: { title: 'Chargé d’accueil', profession: '541a', row: 'reception_admin' },
  secretary: { title: 'Assistante de direction', profession: '461f', row: 'reception_admin' },
  accountant: { title: 'Comptable', profession: '543a', row: 'accounting' },
  family: { title: 'Référente familles', profession: '434c', row: 'family_referent' },
  leader: { title: 'Animatrice enfance', profession: '435b', row: 'animation' },
  centre: { title: 'Directeur ALSH', profession: '435a', row: 'animation' },
  nursery: { title: 'Éducatrice de jeunes enfants', profession: '434g', row: 'early_childhood' },
  auxiliary: { title: 'Auxiliaire de puériculture', profession: '526c', row: 'early_childhood' },
  cleaner: { title: 'Agent d’entretien', profession: '684a', row: 'technical' },
};
const KINDS = {
  cdi: { nature: '01', scheme: '99' }, cdii: { nature: '07', scheme: '99' }, cdd: { nature: '02', scheme: '99' }, subsidised: { nature: '02', scheme: '41' }, apprentices: { nature: '02', scheme: '65' },
  cee: { nature: '60', scheme: '99' },
} as const;
type Kind = keyof typeof KINDS;
export const FUNCTION_ROWS = ['direction', 'reception_admin', 'accounting', 'family_referent', 'animation', 'early_childhood', 'technical', 'other'];
export const CONTRACT_ROWS = ['cdi', 'cdii', 'cdd', 'subsidised', 'apprentices', 'cee', 'civil_servants', 'other'];

interface Contract {
  readonly kind: Kind | 'intern';
  /** Days of the year from 0, or negative for an earlier year, to the last one included; undefined: goes on. */
  readonly start: string;
  readonly end: string | undefined;
  /** Hundredths of the monthly reference by month from 1. */
  readonly quota: (month: number) => number;
  readonly number: string;
}
interface Employee {
  readonly nir: string;
  readonly woman: boolean;
  readonly job: Job;
  readonly contracts: readonly Contract[];
}

const REFERENCE = 15_167;
const iso = (year: number, month: number, day: number): string => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
const lastDay = (year: number, month: number): string => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
const dsnDay = (day: string): string => `${day.slice(8)}${day.slice(5, 7)}${day.slice(0, 4)}`;
const days = (from: string, to: string): number => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1);

export function dsnFiles(random: Chance, form: { readonly year: number; readonly employees: number }): { readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]; readonly truth: Truth } {
  const { year } = form;
  const staff = employees(random, year, form.employees);
  const siren = fictionalSiren(random.integer(1, 9999));
  const files = Array.from({ length: 12 }, (_, i) => {
    const month = i + 1;
    const declare = (order: number, type: string, people: readonly Employee[]): string[] => declaration(siren, year, month, order, type, people);
    // In March a first sending held somebody too many; it is cancelled and replaced.
    const lines = month === 3 ? [...declare(1, '01', [...staff, wrongPerson(year)]), ...declare(2, '03', staff)] : declare(1, '01', staff);
    return { name: `DSN_${year}${String(month).padStart(2, '0')}.dsn`, bytes: latin(`${["S10.G00.00.001,'Paie Fictive'", "S10.G00.00.002,'Éditeur fictif'", "S10.G00.00.003,'1.0'", "S10.G00.00.006,'P25V01'", ...lines].join('\r\n')}\r\n`) };
  });
  return { files, truth: truthOf(staff, year) };
}

function employees(random: Chance, year: number, count: number): Employee[] {
  const one = (index: number, job: Job, contracts: readonly Omit<Contract, 'number'>[]): Employee => ({
    nir: `${random.happens(0.72) ? 2 : 1}${String(60 + (index % 40)).padStart(2, '0')}99${String(index).padStart(8, '0')}`,
    woman: false, job, contracts: contracts.map((c, i) => ({ ...c, number: `C${String(index).padStart(4, '0')}${i}` })),
  });
  const part = (share: number): number => Math.round(REFERENCE * share);
  const always = (share: number) => (): number => part(share);
  const before = (): string => iso(year - random.integer(1, 15), random.integer(1, 12), random.integer(1, 28));
  const list: Employee[] = [one(1, JOBS['director']!, [{ kind: 'cdi', start: before(), end: undefined, quota: always(1) }]), one(2, JOBS['family']!, [{ kind: 'cdi', start: before(), end: undefined, quota: always(random.pick([1, 0.8])) }])];
  const others = ['reception', 'secretary', 'accountant', 'leader', 'leader', 'leader', 'centre', 'nursery', 'auxiliary', 'cleaner'];
  while (list.length < count) {
    const index = list.length + 1;
    const job = JOBS[random.pick(others)]!;
    const share = random.pick([1, 0.8, 0.5, 0.5, 0.28, 0.6571]);
    const kind = random.weighted({ cdi: 0.45, cdii: 0.08, cdd: 0.17, subsidised: 0.1, apprentices: 0.05, changing: 0.1, following: 0.05 });
    const [startMonth, startDay, span] = [random.integer(1, 8), random.integer(1, 28), random.integer(0, 3)];
    const short = { start: iso(year, startMonth, startDay), end: lastDay(year, startMonth + span) };
    if (kind === 'cdd' || kind === 'subsidised' || kind === 'apprentices') list.push(one(index, job, [{ kind, ...short, quota: always(share) }]));
    else if (kind === 'changing') {
      const from = random.integer(2, 11);
      list.push(one(index, job, [{ kind: 'cdi', start: before(), end: undefined, quota: (month) => part(month < from ? share : 1) }]));
    } else if (kind === 'following') list.push(one(index, job, [{ kind: 'cdd', ...short, quota: always(share) }, { kind: 'cdi', start: iso(year, startMonth + span + 1, 1), end: undefined, quota: always(1) }]));
    else list.push(one(index, job, [{ kind, start: before(), end: random.happens(0.15) ? iso(year, random.integer(1, 12), random.integer(1, 28)) : undefined, quota: always(share) }]));
  }
  for (let i = 0; i < Math.round(count / 4); i++) list.push(one(1000 + i, JOBS['leader']!, [{ kind: 'cee', start: iso(year, 7, 8), end: iso(year, 7, random.integer(12, 31)), quota: always(1) }]));
  list.push(one(2000, JOBS['leader']!, [{ kind: 'intern', start: iso(year, 2, 1), end: iso(year, 6, 30), quota: always(1) }]));
  return list.map((e) => ({ ...e, woman: e.nir.startsWith('2') }));
}

const wrongPerson = (year: number): Employee => ({ nir: '199990000009999', woman: false, job: JOBS['cleaner']!, contracts: [{ kind: 'cdd', start: iso(year, 3, 1), end: iso(year, 3, 31), quota: () => REFERENCE, number: 'C9999' }] });

/** One monthly declaration: those under contract in the month. */
function declaration(siren: string, year: number, month: number, order: number, type: string, staff: readonly Employee[]): string[] {
  const first = iso(year, month, 1);
  const last = lastDay(year, month);
  const lines = [
    "S20.G00.05.001,'01'", `S20.G00.05.002,'${type}'`, "S20.G00.05.003,'11'", `S20.G00.05.004,'${order}'`, `S20.G00.05.005,'${dsnDay(first)}'`, `S20.G00.05.006,'${dsnDay(last)}'`, "S20.G00.05.007,'01'",
    `S21.G00.06.001,'${siren}'`, "S21.G00.06.002,'00017'", `S21.G00.11.001,'00017'`, "S21.G00.11.002,'8899B'",
  ];
  for (const employee of staff) {
    const here = employee.contracts.filter((c) => c.start <= last && (c.end ?? '9999') >= first);
    if (here.length === 0) continue;
    lines.push(`S21.G00.30.001,'${employee.nir.slice(0, 13)}'`, "S21.G00.30.002,'FICTIF'", `S21.G00.30.004,'Personne ${employee.nir.slice(5)}'`, `S21.G00.30.005,'${employee.woman ? '02' : '01'}'`, "S21.G00.30.006,'01011980'");
    for (const contract of here) {
      const { nature, scheme } = contract.kind === 'intern' ? { nature: '29', scheme: '99' } : KINDS[contract.kind];
      lines.push(
        `S21.G00.40.001,'${dsnDay(contract.start)}'`, "S21.G00.40.002,'06'", `S21.G00.40.004,'${employee.job.profession}'`, `S21.G00.40.006,'${employee.job.title.replaceAll('’', "'")}'`, `S21.G00.40.007,'${nature}'`, `S21.G00.40.008,'${scheme}'`,
        `S21.G00.40.009,'${contract.number}'`, ...(contract.end ? [`S21.G00.40.010,'${dsnDay(contract.end)}'`] : []), "S21.G00.40.011,'10'", `S21.G00.40.012,'${quantity(REFERENCE)}'`, `S21.G00.40.013,'${quantity(contract.quota(month))}'`,
        `S21.G00.40.014,'${contract.quota(month) === REFERENCE ? '10' : '20'}'`, "S21.G00.40.017,'1261'",
      );
      if (contract.end && contract.end <= last) lines.push(`S21.G00.62.001,'${dsnDay(contract.end)}'`, "S21.G00.62.002,'031'");
      lines.push("S21.G00.50.001,'" + dsnDay(last) + "'");
    }
  }
  return lines;
}
const quantity = (hundredthsOf: number): string => `${Math.floor(hundredthsOf / 100)}.${String(hundredthsOf % 100).padStart(2, '0')}`;

function truthOf(staff: readonly Employee[], year: number): Truth {
  const yearDays = days(iso(year, 1, 1), iso(year, 12, 31));
  const paid = staff.filter((e) => e.contracts[0]!.kind !== 'intern');
  const fte = (e: Employee): bigint =>
    e.contracts.reduce((sum, c) => {
      for (let month = 1; month <= 12; month++) {
        const from = [c.start, iso(year, month, 1)].toSorted()[1]!;
        const to = [c.end ?? '9999', lastDay(year, month)].toSorted()[0]!;
        sum += exactFte(c.quota(month), REFERENCE, days(from, to), yearDays);
      }
      return sum;
    }, 0n);
  const total = (some: readonly Employee[]): number => hundredths(some.reduce((sum, e) => sum + fte(e), 0n));
  const truth: Truth = { staff_headcount: paid.length, staff_fte: total(paid), staff_women: paid.filter((e) => e.woman).length, collective_agreement: 'alisfa', family_referent: 'yes' };
  for (const row of FUNCTION_ROWS) {
    const here = paid.filter((e) => e.job.row === row);
    truth[`staff_by_function.${row}.headcount`] = here.length;
    truth[`staff_by_function.${row}.fte`] = total(here);
  }
  for (const row of CONTRACT_ROWS) {
    const here = paid.filter((e) => e.contracts.at(-1)!.kind === row);
    truth[`staff_by_contract.${row}.headcount`] = here.length;
    truth[`staff_by_contract.${row}.fte`] = total(here);
  }
  const [director, referent] = paid;
  truth['director_fte'] = total([director!]);
  truth['director_seniority'] = year - Number(director!.contracts[0]!.start.slice(0, 4));
  truth['family_referent_fte'] = total([referent!]);
  return truth;
}
