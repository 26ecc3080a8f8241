/**
 * The payroll declaration (déclaration sociale nominative, cahier technique NEODES): lines `S21.G00.40.001,'01092019'` -> contracts of the year.
 * Nominative: what is read here stays in the memory of the browser that reads it. Monthly declarations only; a later one of the same
 * establishment and month (cancel and replace) takes the place of the earlier.
 */
import { isIsoDate } from '../../kernel/french-date.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { type LineFault, SHOWN_FAULTS } from './model.ts';
import { linesOf, type NamedText } from './text.ts';

/** One contract as one monthly declaration tells it. Dates ISO. */
interface DeclaredContract {
  readonly establishment: string;
  readonly person: string;
  readonly sex: string;
  start: string;
  number: string;
  nature: string;
  scheme: string;
  profession: string;
  title: string;
  plannedEnd: string | undefined;
  reference: number | undefined;
  quota: number | undefined;
  mode: string;
  agreement: string;
  end: string | undefined;
}

export interface StaffContract {
  /** SIRET that declares it. */
  readonly establishment: string;
  /** Told apart by their number here, never named. */
  readonly person: number;
  readonly sex: 'woman' | 'man' | 'unknown';
  readonly start: string;
  readonly nature: string;
  readonly scheme: string;
  readonly profession: string;
  readonly title: string;
  readonly agreement: string;
  /** Last day, 31 December at most; undefined: goes on. */
  readonly end: string | undefined;
  /** Part of full time by month from 1 to 12, as declared that month; undefined: not told. */
  readonly share: ReadonlyMap<number, number | undefined>;
}
export interface DsnReading {
  readonly contracts: readonly StaffContract[];
  readonly establishments: readonly string[];
  /** Months of the year (1 to 12) that at least one declaration covers. */
  readonly months: readonly number[];
  /** Declarations kept, replaced or cancelled, of other kinds or years. */
  readonly declarations: { readonly kept: number; readonly replaced: number; readonly otherKind: number; readonly otherYear: number };
  /** Contracts that stopped being declared without an end: taken to end with their last declared month. */
  readonly vanished: number;
  readonly faults: readonly LineFault[];
  readonly faultCount: number;
}

interface Declaration {
  kind: string;
  type: string;
  fraction: string;
  order: number;
  /** `2025-03`. */
  month: string;
  siren: string;
  nic: string;
  rank: number;
  readonly contracts: DeclaredContract[];
}

const LINE = /^(S\d{2})\.(G\d{2})\.(\d{2})\.(\d{3}),'(.*)'\s*$/;
/** JJMMAAAA -> ISO. */
function isoDay(text: string): string | undefined {
  const iso = `${text.slice(4)}-${text.slice(2, 4)}-${text.slice(0, 2)}`;
  return /^\d{8}$/.test(text) && isIsoDate(iso) ? iso : undefined;
}
const quantity = (text: string): number | undefined => (/^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined);

/** Declarations of one file. Faults name the line and the heading, never the value. */
function declarationsOf(file: NamedText, fault: (line: number, message: string) => void): Declaration[] | undefined {
  const found: Declaration[] = [];
  let known = 0;
  let block = '';
  let rubric = '';
  let declaration: Declaration | undefined;
  let person = { nir: '', other: '', names: '', first: '', birth: '', sex: '' };
  let contract: DeclaredContract | undefined;
  let unreadable = 0;
  for (const [number, line] of linesOf(file.text)) {
    if (line.trim() === '') continue;
    const parts = LINE.exec(line);
    if (!parts) {
      unreadable++;
      if (known === 0 && unreadable > 5) return undefined;
      fault(number, 'ligne qui n’est pas de la forme « CODE,\'VALEUR\' » : non lue.');
      continue;
    }
    known++;
    const [, , , code = '', item = '', value = ''] = parts;
    const here = `${parts[1]}.${parts[2]}.${code}`;
    const begins = here !== block || item <= rubric;
    block = here;
    rubric = item;
    if (here === 'S20.G00.05') {
      if (begins) found.push((declaration = { kind: '', type: '01', fraction: '11', order: 0, month: '', siren: '', nic: '', rank: found.length, contracts: [] }));
      if (begins) contract = undefined;
      if (item === '001') declaration!.kind = value;
      else if (item === '002') declaration!.type = value;
      else if (item === '003') declaration!.fraction = value;
      else if (item === '004') declaration!.order = Number(value) || 0;
      else if (item === '005') declaration!.month = isoDay(value)?.slice(0, 7) ?? (fault(number, 'mois de la déclaration illisible (S20.G00.05.005).'), '');
      continue;
    }
    if (!declaration) continue;
    if (here === 'S21.G00.06' && item === '001') declaration.siren = value;
    else if (here === 'S21.G00.11' && item === '001') declaration.nic = value;
    else if (here === 'S21.G00.30') {
      if (begins) person = { nir: '', other: '', names: '', first: '', birth: '', sex: '' };
      if (begins) contract = undefined;
      if (item === '001') person.nir = value;
      else if (item === '002') person.names = value;
      else if (item === '004') person.first = value;
      else if (item === '005') person.sex = value;
      else if (item === '006') person.birth = value;
      else if (item === '020') person.other = value;
    } else if (here === 'S21.G00.40') {
      if (begins) {
        contract = {
          establishment: `${declaration.siren}${declaration.nic}`, person: person.nir || person.other || `${person.names}|${person.first}|${person.birth}`, sex: person.sex,
          start: '', number: '', nature: '', scheme: '99', profession: '', title: '', plannedEnd: undefined, reference: undefined, quota: undefined, mode: '', agreement: '', end: undefined,
        };
        declaration.contracts.push(contract);
      }
      readContract(contract!, item, value, (message) => fault(number, message));
    } else if (here === 'S21.G00.62' && item === '001' && contract) contract.end = isoDay(value) ?? (fault(number, 'date de fin de contrat illisible (S21.G00.62.001).'), undefined);
  }
  return known === 0 || found.length === 0 ? undefined : found;
}

function readContract(contract: DeclaredContract, item: string, value: string, fault: (message: string) => void): void {
  switch (item) {
    case '001':
      contract.start = isoDay(value) ?? (fault('date de début de contrat illisible (S21.G00.40.001).'), '');
      return;
    case '004':
      contract.profession = value.toLowerCase();
      return;
    case '006':
      contract.title = value;
      return;
    case '007':
      contract.nature = value;
      return;
    case '008':
      contract.scheme = value;
      return;
    case '009':
      contract.number = value;
      return;
    case '010':
      contract.plannedEnd = isoDay(value);
      return;
    case '012':
      contract.reference = quantity(value);
      return;
    case '013':
      contract.quota = quantity(value);
      return;
    case '014':
      contract.mode = value;
      return;
    case '017':
      contract.agreement = value.padStart(4, '0');
      return;
  }
}

/** Reads the declarations of a year, in any number of files. Refused: another kind of file, or no declaration of that year. */
export function readDsn(files: readonly NamedText[], year: number): Result<DsnReading> {
  const faults: LineFault[] = [];
  let faultCount = 0;
  const all: Declaration[] = [];
  for (const file of files) {
    const found = declarationsOf(file, (line, message) => {
      faultCount++;
      if (faults.length < SHOWN_FAULTS) faults.push({ file: file.name, line, message });
    });
    if (!found) return refuse({ code: 'not_a_dsn', message: `« ${file.name} » n’est pas une déclaration sociale nominative : on n’y trouve pas de lignes comme S20.G00.05.001,'01'. Exportez les fichiers DSN mensuels depuis votre logiciel de paie, ou demandez-les à votre prestataire.` });
    for (const declaration of found) all.push({ ...declaration, rank: all.length });
  }
  const monthly = all.filter((d) => d.kind === '01');
  const ofYear = monthly.filter((d) => d.month.startsWith(`${year}-`));
  if (ofYear.length === 0) return refuse({ code: 'no_declaration_of_the_year', message: `Aucune déclaration mensuelle de ${year} dans ces fichiers : choisissez les douze DSN mensuelles de ${year}.` });
  const latest = new Map<string, Declaration>();
  for (const declaration of ofYear) {
    const key = `${declaration.siren}${declaration.nic} ${declaration.fraction} ${declaration.month}`;
    const before = latest.get(key);
    if (!before || declaration.order > before.order || (declaration.order === before.order && declaration.rank > before.rank)) latest.set(key, declaration);
  }
  // 04 cancels, 05 replaces by nothing.
  const kept = [...latest.values()].filter((d) => d.type !== '04').map((d) => (d.type === '05' || d.type === '02' ? { ...d, contracts: [] } : d));
  const { contracts, vanished } = contractsOf(kept, year);
  return ok({
    contracts, vanished, faults, faultCount,
    establishments: [...new Set(kept.map((d) => `${d.siren}${d.nic}`))].toSorted(),
    months: [...new Set(kept.map((d) => Number(d.month.slice(5))))].toSorted((a, b) => a - b),
    declarations: { kept: kept.length, replaced: ofYear.length - kept.length, otherKind: all.length - monthly.length, otherYear: monthly.length - ofYear.length },
  });
}

const SEX: { readonly [code: string]: StaffContract['sex'] } = { '01': 'man', '02': 'woman' };

/** Part of full time: contract's quota over the reference of its category; full-time without figures is 1. */
const shareOf = (c: DeclaredContract): number | undefined => (c.reference && c.quota !== undefined ? c.quota / c.reference : c.mode === '10' ? 1 : undefined);

function contractsOf(declarations: readonly Declaration[], year: number): { contracts: StaffContract[]; vanished: number } {
  const people = new Map<string, number>();
  const told = new Map<string, { readonly month: number; readonly contract: DeclaredContract }[]>();
  const declaredMonths = new Map<string, number[]>();
  for (const declaration of declarations.toSorted((a, b) => (a.month < b.month ? -1 : 1))) {
    const month = Number(declaration.month.slice(5));
    const establishment = `${declaration.siren}${declaration.nic}`;
    declaredMonths.set(establishment, [...(declaredMonths.get(establishment) ?? []), month]);
    for (const contract of declaration.contracts) {
      if (contract.start === '') continue;
      if (!people.has(contract.person)) people.set(contract.person, people.size + 1);
      const key = `${establishment} ${contract.person} ${contract.number} ${contract.start}`;
      told.set(key, [...(told.get(key) ?? []), { month, contract }]);
    }
  }
  let vanished = 0;
  const contracts = [...told.values()].map((tellings): StaffContract => {
    const last = tellings.at(-1)!;
    const { contract } = last;
    const next = declaredMonths.get(contract.establishment)!.find((month) => month > last.month);
    const ended = tellings.map((t) => t.contract.end).findLast((end) => end !== undefined);
    const planned = contract.plannedEnd;
    let end = ended;
    if (end === undefined && next !== undefined) {
      const lastDay = endOfMonth(year, last.month);
      end = planned !== undefined && planned <= lastDay ? planned : lastDay;
      if (planned === undefined || planned > lastDay) vanished++;
    } else if (end === undefined && planned !== undefined) end = planned;
    return {
      establishment: contract.establishment, person: people.get(contract.person)!, sex: SEX[contract.sex] ?? 'unknown', start: contract.start, nature: contract.nature, scheme: contract.scheme,
      profession: contract.profession, title: contract.title, agreement: contract.agreement, end, share: new Map(tellings.map((t) => [t.month, shareOf(t.contract)])),
    };
  });
  return { contracts, vanished };
}

export const endOfMonth = (year: number, month: number): string => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
