/**
 * Contracts of the year -> values of the rubric on staff. Headcount: persons with at least one day of contract in the year. Full-time equivalents:
 * for each month, part of full time × days of contract in the month, over the days of the year.
 */
import { formatNumber, roundHalfUp } from '../../kernel/french-number.ts';
import { placed } from './budget.ts';
import { type DsnReading, endOfMonth, type StaffContract } from './dsn.ts';
import { firstRow, type PayrollGuide } from './guides.ts';
import type { Choices, Derived, Place, Scope } from './model.ts';
import { plural, proposing, rowOptions } from './proposing.ts';
import { longestPrefix, plain, wordsOf } from './words.ts';

const MONTHS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const dayNumber = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
/** Days from `from` to `to`, both included; 0 when there is none. */
const daysBetween = (from: string, to: string): number => Math.max(0, dayNumber(to) - dayNumber(from) + 1);
const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/** Full-time equivalents of a contract over the year, unrounded; undefined when no month tells its working time. */
export function fteOf(contract: StaffContract, year: number): number | undefined {
  const told = [...contract.share].filter((entry): entry is [number, number] => entry[1] !== undefined);
  if (told.length === 0) return undefined;
  const yearDays = daysBetween(`${year}-01-01`, `${year}-12-31`);
  let weighted = 0;
  for (let month = 1; month <= 12; month++) {
    const days = daysBetween(later(contract.start, `${year}-${String(month).padStart(2, '0')}-01`), earlier(contract.end ?? '9999-12-31', endOfMonth(year, month)));
    const share = (told.findLast(([m]) => m <= month) ?? told[0]!)[1];
    weighted += share * days;
  }
  return weighted / yearDays;
}

interface Person {
  readonly contracts: readonly { readonly contract: StaffContract; readonly fte: number }[];
  readonly fte: number;
  readonly sex: StaffContract['sex'];
  /** Contract that began last in the year. */
  readonly last: StaffContract;
  /** Job held longest in working time. */
  readonly main: StaffContract;
}

const jobId = (c: StaffContract): string => `job:${c.profession} ${plain(c.title)}`.trim();

export function deriveStaff(reading: DsnReading, guide: PayrollGuide, choices: Choices, scope: Scope): Derived {
  const year = scope.dataYear;
  const out = proposing(scope);
  const establishments = reading.establishments.length > 1 ? reading.establishments.map((siret): Place => placed('establishment', `establishment:${siret}`, `Établissement ${siret}`, plural(new Set(reading.contracts.filter((c) => c.establishment === siret).map((c) => c.person)).size, 'personne'), choices, new Set(['in', 'out']), 'in')) : [];
  const outside = new Set(establishments.filter((p) => p.chosen === 'out').map((p) => p.id.slice('establishment:'.length)));
  const inYear = reading.contracts.filter((c) => !outside.has(c.establishment) && c.start <= `${year}-12-31` && (c.end ?? '9999') >= `${year}-01-01`);
  const employed = inYear.filter((c) => !guide.notEmployees.includes(c.nature));
  const missing = MONTHS.map((_, i) => i + 1).filter((month) => !reading.months.includes(month));
  const months = missing.map((month): Place => placed('month', `month:${month}`, `DSN de ${MONTHS[month - 1]}`, 'absente', choices, new Set(['none']), undefined));
  const absent = months.filter((p) => p.chosen === null);
  const people = peopleOf(employed, year);
  const untimed = employed.filter((c) => fteOf(c, year) === undefined).length;

  const warnings: string[] = [];
  if (reading.faultCount > 0) warnings.push(`${plural(reading.faultCount, 'ligne')} n’${reading.faultCount > 1 ? 'ont' : 'a'} pas pu être ${reading.faultCount > 1 ? 'lues' : 'lue'}.`);
  if (absent.length > 0) warnings.push(`Il manque les DSN de ${absent.map((p) => MONTHS[Number(p.id.slice(6)) - 1]).join(', ')} ${year} : rien n’est proposé tant que l’année n’est pas entière. Ajoutez ces fichiers, ou dites que personne n’était employé ces mois-là.`);
  if (untimed > 0) warnings.push(`${plural(untimed, 'contrat')} sans quotité de travail : les équivalents temps plein ne sont pas proposés.`);
  const natures = (wanted: string): number => new Set(inYear.filter((c) => c.nature === wanted).map((c) => c.person)).size;
  if (natures('29') > 0) warnings.push(`${plural(natures('29'), 'stagiaire')} avec gratification dans la paie, à compter parmi les stagiaires (et non les salariés).`);
  if (natures('89') > 0) warnings.push(`${plural(natures('89'), 'volontaire')} en service civique dans la paie, à compter à part (et non parmi les salariés).`);
  const remarks = [
    'Sans les personnes mises à disposition par un autre employeur : elles ne sont pas dans votre DSN.',
    ...(establishments.length > 0 ? [`${plural(reading.establishments.length - outside.size, 'établissement')} sur ${reading.establishments.length} compté${reading.establishments.length - outside.size > 1 ? 's' : ''}.`] : []),
    ...(reading.vanished > 0 ? [`${plural(reading.vanished, 'contrat')} sans fin déclarée, arrêté${reading.vanished > 1 ? 's' : ''} à la fin du dernier mois déclaré.`] : []),
    ...(reading.faultCount > 0 ? ['Des lignes n’ont pas pu être lues : ce nombre peut être partiel.'] : []),
  ];

  const contractTitle = firstRow(guide.contractTitles);
  const kindOf = (c: StaffContract): string => guide.schemes[c.scheme] ?? contractTitle(wordsOf(c.title)) ?? guide.natures[c.nature] ?? 'other';
  const functions = out.question('staff_by_function');
  const jobs = functions ? jobPlaces(people, guide, choices, new Set(functions.table?.rows.map((r) => r.code))) : [];
  const unplaced = jobs.filter((p) => p.chosen === null);
  if (unplaced.length > 0) warnings.push(`${plural(unplaced.length, 'emploi')} à classer : les salariés par fonction seront proposés ensuite.`);
  const functionOf = new Map(jobs.map((p) => [p.id, p.chosen]));

  if (absent.length === 0) {
    const fteHow = 'Pour chaque contrat et chaque mois : quotité du contrat / quotité de référence × jours de contrat, le tout divisé par les jours de l’année.';
    const total = (some: readonly Person[]): number => roundHalfUp(some.reduce((a, p) => a + p.fte, 0), 2);
    const timed = untimed === 0;
    out.put({ key: 'staff_headcount', value: people.length, remarks, parts: [], how: `Personnes ayant eu au moins un jour de contrat en ${year}, chacune comptée une fois (${plural(employed.length, 'contrat')}).` });
    if (timed) out.put({ key: 'staff_fte', value: total(people), remarks, parts: [], how: fteHow });
    const cells = (key: string, rowOf: (p: Person) => string | null | undefined, skip: readonly string[], told: string): void => {
      for (const row of out.question(key)?.table?.rows ?? []) {
        if (skip.includes(row.code)) continue;
        const here = people.filter((p) => rowOf(p) === row.code);
        out.put({ key, row: row.code, column: 'headcount', value: here.length, remarks, parts: [], how: here.length === 0 ? `Personne, ${told}.` : `${plural(here.length, 'personne')}, ${told}.` });
        if (timed) out.put({ key, row: row.code, column: 'fte', value: total(here), remarks, parts: [], how: `Tout le temps de ces personnes. ${fteHow}` });
      }
    };
    if (unplaced.length === 0) cells('staff_by_function', (p) => functionOf.get(jobId(p.main)), [], 'chacune dans l’emploi où elle a eu le plus de temps');
    cells('staff_by_contract', (p) => kindOf(p.last), guide.notInPayroll, 'chacune à son dernier contrat de l’année');
    if (people.every((p) => p.sex !== 'unknown')) out.put({ key: 'staff_women', value: people.filter((p) => p.sex === 'woman').length, remarks, parts: [], how: 'Personnes dont le sexe déclaré est féminin (S21.G00.30.005).' });
    agreement(people, guide, year, out);
    if (unplaced.length === 0 && timed) leaders(people, functionOf, year, out);
  }
  return {
    summary: [
      `${plural(reading.declarations.kept, 'déclaration mensuelle', 'déclarations mensuelles')} de ${year}, ${plural(people.length, 'personne')}, ${plural(employed.length, 'contrat')}`,
      ...(reading.declarations.replaced > 0 ? [`${plural(reading.declarations.replaced, 'déclaration remplacée ou annulée', 'déclarations remplacées ou annulées')}`] : []),
      ...(reading.declarations.otherKind + reading.declarations.otherYear > 0 ? [`${plural(reading.declarations.otherKind + reading.declarations.otherYear, 'déclaration')} d’un autre type ou d’une autre année, laissée${reading.declarations.otherKind + reading.declarations.otherYear > 1 ? 's' : ''} de côté`] : []),
    ],
    warnings, faults: reading.faults, faultCount: reading.faultCount, proposals: out.made, places: [...months, ...establishments, ...jobs],
    options: { job: rowOptions(functions), establishment: [{ code: 'in', label: 'Fait partie de ce centre' }, { code: 'out', label: 'N’en fait pas partie' }], month: [{ code: 'none', label: 'Personne n’était employé ce mois-là' }] },
  };
}

function peopleOf(contracts: readonly StaffContract[], year: number): Person[] {
  const byPerson = new Map<number, { contract: StaffContract; fte: number }[]>();
  for (const contract of contracts) byPerson.set(contract.person, [...(byPerson.get(contract.person) ?? []), { contract, fte: fteOf(contract, year) ?? 0 }]);
  return [...byPerson.values()].map((held) => {
    const timeIn = (id: string): number => held.filter((h) => jobId(h.contract) === id).reduce((a, h) => a + h.fte, 0);
    return {
      contracts: held,
      fte: held.reduce((a, h) => a + h.fte, 0),
      sex: held.find((h) => h.contract.sex !== 'unknown')?.contract.sex ?? 'unknown',
      last: held.reduce((a, b) => (b.contract.start >= a.contract.start ? b : a)).contract,
      main: held.reduce((a, b) => (timeIn(jobId(b.contract)) > timeIn(jobId(a.contract)) ? b : a)).contract,
    };
  });
}

function jobPlaces(people: readonly Person[], guide: PayrollGuide, choices: Choices, rows: ReadonlySet<string>): Place[] {
  const byTitle = firstRow(guide.jobs);
  const jobs = new Map<string, { readonly contract: StaffContract; count: number }>();
  for (const person of people) {
    const job = jobs.get(jobId(person.main)) ?? { contract: person.main, count: 0 };
    job.count++;
    jobs.set(jobId(person.main), job);
  }
  return [...jobs]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { contract, count }]) => placed('job', id, `${contract.title || 'Emploi sans libellé'}${contract.profession ? ` (PCS ${contract.profession})` : ''}`, plural(count, 'personne'), choices, rows, byTitle(wordsOf(contract.title)) ?? longestPrefix(guide.professions, contract.profession)));
}

/** The agreement of most employees present on 31 December. */
function agreement(people: readonly Person[], guide: PayrollGuide, year: number, out: ReturnType<typeof proposing>): void {
  const present = people.filter((p) => (p.last.end ?? '9999') >= `${year}-12-31`);
  const counts = new Map<string, number>();
  for (const p of present) counts.set(p.last.agreement, (counts.get(p.last.agreement) ?? 0) + 1);
  const [first, second] = [...counts].toSorted((a, b) => b[1] - a[1]);
  const code = first && first[1] !== second?.[1] ? guide.agreements[first[0]] : undefined;
  if (code) out.put({ key: 'collective_agreement', value: code, remarks: [], parts: [], how: `Convention IDCC ${first![0]}, celle de ${plural(first![1], 'salarié')} sur ${present.length} au 31 décembre.` });
}

/** Time of direction and of the family referent, and the director's seniority, where one person alone held the post. */
function leaders(people: readonly Person[], functionOf: ReadonlyMap<string, string | null>, year: number, out: ReturnType<typeof proposing>): void {
  const holding = (row: string): readonly Person[] => people.filter((p) => functionOf.get(jobId(p.main)) === row);
  const [director, ...others] = holding('direction');
  if (director && others.length === 0) {
    out.put({ key: 'director_fte', value: roundHalfUp(director.fte, 2), parts: [], how: `Temps de la seule personne classée en direction : ${formatNumber(director.fte, 2)} ETP.`, remarks: ['Retirez le temps passé pour d’autres structures.'] });
    if ((director.last.end ?? '9999') >= `${year}-12-31`) {
      const start = director.contracts.map((c) => c.contract.start).reduce(earlier);
      const years = year - Number(start.slice(0, 4));
      out.put({ key: 'director_seniority', value: years, parts: [], how: 'Années entières entre le début du contrat et le 31 décembre.', remarks: ['Vérifiez si cette personne tenait un autre poste au début de son contrat.'] });
    }
  }
  const referents = holding('family_referent');
  if (referents.length === 0) return;
  out.put({ key: 'family_referent', value: 'yes', parts: [], how: `${plural(referents.length, 'personne classée', 'personnes classées')} référent familles.`, remarks: [] });
  out.put({ key: 'family_referent_fte', value: roundHalfUp(referents.reduce((a, p) => a + p.fte, 0), 2), parts: [], how: 'Tout le temps des personnes classées référent familles.', remarks: ['Retirez le temps de leurs autres missions.'] });
}
