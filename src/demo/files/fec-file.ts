/**
 * An accounting export that follows the official format (article A47 A-1), of a fictional centre: balances carried forward, purchases, pay, grants,
 * credit notes, investment, a sale of an asset, in-kind contributions, and where asked the entry that closes the year. Told again alike from a seed.
 */
import type { Chance } from '../random.ts';
import { ANALYTIC_CODES, EXPENSES, INCOME, type ListedAccount, STAFF_NUMBERS } from './accounts-list.ts';
import { type Truth, wholeEuros } from './truth.ts';

export interface FecForm {
  readonly year: number;
  /** Lines of entries, about. */
  readonly lines: number;
  readonly separator: '\t' | '|';
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'iso-8859-15';
  /** `Debit` and `Credit`, or `Montant` and `Sens`. */
  readonly amounts: 'debit-credit' | 'sens-letters' | 'sens-signs';
  readonly decimal: ',' | '.';
  readonly lineEnd: '\r\n' | '\n';
  /** A nineteenth column with an analytic code on expenses. */
  readonly analytic: boolean;
  /** Ends with the entry that brings classes 6 and 7 to zero. */
  readonly closed: boolean;
}

const OFFICIAL = ['JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef', 'PieceDate', 'EcritureLib'];
const AFTER = ['EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise'];
const JOURNALS = { AN: 'À-nouveaux', AC: 'Achats', BQ: 'Banque', VE: 'Ventes', OD: 'Opérations diverses', SA: 'Salaires' } as const;
const SUPPLIERS = ['Énergie du Val Fictif', 'Papeterie Imaginaire', 'Transports Nulle-Part', 'Garage de l’Exemple', 'Épicerie Chimère', 'Travaux & Cie Fictive'];

interface Line {
  readonly account: string;
  readonly label: string;
  /** Debit positive. */
  readonly cents: number;
  readonly third?: string;
  readonly analytic?: string;
}

/** The bytes of the file and what it says. */
export function fecFile(random: Chance, form: FecForm): { readonly bytes: Uint8Array; readonly truth: Truth; readonly lines: number } {
  const rows: string[] = [];
  let entryNumber = 0;
  const balance = new Map<string, { label: string; cents: number }>();
  const purposes: { [row: string]: number } = { steering: 0, logistics: 0, activities: 0, unallocated: 0 };

  const entry = (journal: keyof typeof JOURNALS, day: string, words: string, lines: readonly Line[]): void => {
    entryNumber++;
    for (const line of lines) {
      rows.push(writeLine(form, journal, entryNumber, day, words, line));
      if (line.account < '6' || line.account >= '8' || journal === 'AN') continue;
      const total = balance.get(line.account) ?? { label: line.label, cents: 0 };
      total.cents += line.cents;
      balance.set(line.account, total);
      if (line.account.startsWith('6')) purposes[line.analytic ? ANALYTIC_CODES[line.analytic]! : 'unallocated']! += line.cents;
    }
  };
  const day = (): string => `${form.year}${String(random.integer(1, 12)).padStart(2, '0')}${String(random.integer(1, 28)).padStart(2, '0')}`;

  entry('AN', `${form.year}0101`, 'À nouveau', [
    { account: '215400', label: 'Matériel', cents: 4_512_345 }, { account: '281540', label: 'Amortissement du matériel', cents: -2_000_045 },
    { account: '512000', label: 'Banque', cents: 6_003_120 }, { account: '110000', label: 'Report à nouveau', cents: -8_515_420 },
  ]);
  // The result of the year before is put aside: no class 6 or 7.
  entry('OD', `${form.year}0630`, 'Affectation du résultat', [{ account: '120000', label: 'Résultat de l’exercice', cents: 150_000 }, { account: '110000', label: 'Report à nouveau', cents: -150_000 }]);

  const budgetLines = Math.max(60, Math.floor((form.lines - 40) / 2.4));
  const used = (list: readonly ListedAccount[]): readonly ListedAccount[] => list.filter((a) => a.always || random.happens(0.7));
  const codes = Object.keys(ANALYTIC_CODES);
  const write = (account: ListedAccount, count: number, expense: boolean, total: number): void => {
    for (let i = 0; i < count; i++) {
      const cents = Math.round((total * account.weight) / count * random.spread(0.6)) + random.integer(0, 99);
      const analytic = expense && form.analytic && random.happens(0.93) ? random.pick(codes) : undefined;
      if (!expense) {
        entry(account.number.startsWith('7') && random.happens(0.5) ? 'BQ' : 'VE', day(), account.label, [
          { account: account.number, label: account.label, cents: -cents }, random.happens(0.7) ? { account: '512000', label: 'Banque', cents } : { account: '467000', label: 'Débiteurs', cents, third: random.pick(SUPPLIERS) },
        ]);
      } else if (account.number.startsWith('64')) entry('SA', day(), 'Paie', [{ account: account.number, label: account.label, cents, ...(analytic ? { analytic } : {}) }, { account: '421000', label: 'Personnel', cents: -cents }]);
      else {
        const supplier = random.pick(SUPPLIERS);
        const split = Math.abs(cents) > 2000 && random.happens(0.4) ? Math.trunc(cents / 3) : 0;
        const own = { account: account.number, label: account.label, third: supplier, ...(analytic ? { analytic } : {}) };
        entry('AC', day(), `Facture ${i + 1} ${supplier}`, [{ ...own, cents: cents - split }, ...(split === 0 ? [] : [{ ...own, cents: split }]), { account: '401000', label: 'Fournisseurs', cents: -cents, third: supplier }]);
      }
    }
  };
  const scale = random.between(150_000, 900_000);
  const spread = (list: readonly ListedAccount[], expense: boolean): void => {
    const weights = list.reduce((a, b) => a + Math.sqrt(Math.abs(b.weight)), 0);
    for (const account of list) write(account, Math.max(1, Math.round((budgetLines / 2) * Math.sqrt(Math.abs(account.weight)) / weights)), expense, scale);
  };
  spread(used(EXPENSES), true);
  spread(used(INCOME), false);

  const truth: Truth = {};
  truth['investment'] = wholeEuros(investment(random, entry, day));
  const gift = random.happens(0.7) ? random.integer(100_000, 4_000_000) : 0;
  if (gift > 0) entry('OD', `${form.year}1231`, 'Bénévolat valorisé', [{ account: '864000', label: 'Personnel bénévole', cents: gift }, { account: '875000', label: 'Bénévolat', cents: -gift }]);
  truth['in_kind'] = wholeEuros(gift);

  const sum = (keep: (number: string) => boolean): number => [...balance].filter(([number]) => keep(number)).reduce((a, [, { cents }]) => a + cents, 0);
  const expenses = sum((n) => n.startsWith('6'));
  const income = -sum((n) => n.startsWith('7'));
  truth['expenses_total'] = wholeEuros(expenses);
  truth['income_total'] = wholeEuros(income);
  truth['net_result'] = wholeEuros(income) - wholeEuros(expenses);
  truth['staff_costs'] = wholeEuros(sum((n) => STAFF_NUMBERS.includes(n)));
  const rowsOfFunders = ['caf_ps', 'caf_local', 'commune', 'epci', 'department', 'region', 'state', 'ars', 'carsat', 'msa', 'eu', 'foundations', 'other_funders', 'user_fees', 'memberships', 'other_own', 'other'];
  for (const row of rowsOfFunders) truth[`income_by_funder.${row}.amount`] = wholeEuros(-sum((n) => (INCOME.find((a) => a.number === n)?.funder ?? (n.startsWith('77') ? 'other' : '')) === row));
  if (form.analytic) for (const [row, cents] of Object.entries(purposes)) truth[`expenses_by_purpose.${row}.amount`] = wholeEuros(cents);

  if (form.closed) {
    const closing = [...balance].map(([account, { label, cents }]) => ({ account, label, cents: -cents }));
    rows.push(...[...closing, { account: '120000', label: 'Résultat de l’exercice', cents: expenses - income }].map((line) => writeLine(form, 'OD', entryNumber + 1, `${form.year}1231`, 'Clôture de l’exercice', line)));
  }
  const header = [...OFFICIAL, ...(form.amounts === 'debit-credit' ? ['Debit', 'Credit'] : ['Montant', 'Sens']), ...AFTER, ...(form.analytic ? ['CodeAnalytique'] : [])].join(form.separator);
  return { bytes: encode([header, ...rows, ''].join(form.lineEnd), form.encoding), truth, lines: rows.length };
}

/** A purchase, work in progress that becomes an asset, a credit note, a sale: cents of the year's investment. */
function investment(random: Chance, entry: (journal: keyof typeof JOURNALS, day: string, words: string, lines: readonly Line[]) => void, day: () => string): number {
  if (random.happens(0.25)) return 0;
  const bought = random.integer(50_000, 900_000);
  entry('AC', day(), 'Achat de matériel', [{ account: '218300', label: 'Matériel informatique', cents: bought }, { account: '404000', label: 'Fournisseurs d’immobilisations', cents: -bought }]);
  const works = random.integer(50_000, 900_000);
  entry('AC', day(), 'Travaux', [{ account: '231000', label: 'Immobilisations en cours', cents: works }, { account: '404000', label: 'Fournisseurs d’immobilisations', cents: -works }]);
  entry('OD', day(), 'Mise en service', [{ account: '213500', label: 'Aménagements', cents: works }, { account: '231000', label: 'Immobilisations en cours', cents: -works }]);
  const credit = random.integer(1, 40_000);
  entry('AC', day(), 'Avoir sur matériel', [{ account: '218300', label: 'Matériel informatique', cents: -credit }, { account: '404000', label: 'Fournisseurs d’immobilisations', cents: credit }]);
  const sold = random.integer(10_000, 100_000);
  entry('OD', day(), 'Sortie du véhicule', [{ account: '675000', label: 'Valeur des éléments cédés', cents: sold }, { account: '281820', label: 'Amortissement du véhicule', cents: 55_500 }, { account: '218200', label: 'Véhicule', cents: -sold - 55_500 }]);
  entry('BQ', day(), 'Prix du véhicule', [{ account: '512000', label: 'Banque', cents: sold + 1 }, { account: '775000', label: 'Produits des cessions', cents: -sold - 1 }]);
  return bought + works - credit;
}

function writeLine(form: FecForm, journal: keyof typeof JOURNALS, entryNumber: number, day: string, words: string, line: Line): string {
  const amount = (cents: number): string => `${Math.floor(cents / 100)}${form.decimal}${String(cents % 100).padStart(2, '0')}`;
  const size = Math.abs(line.cents);
  const amounts =
    form.amounts === 'debit-credit' ? [line.cents >= 0 ? amount(size) : amount(0), line.cents < 0 ? amount(size) : amount(0)]
    : [amount(size), form.amounts === 'sens-letters' ? (line.cents >= 0 ? 'D' : 'C') : line.cents >= 0 ? '+1' : '-1'];
  return [
    journal, JOURNALS[journal], `${journal}${entryNumber}`, day, line.account, line.label, line.third ? `F${line.third.length}` : '', line.third ?? '', `P${entryNumber}`, day, words,
    ...amounts, '', '', day, '', '', ...(form.analytic ? [line.analytic ?? ''] : []),
  ].join(form.separator);
}

/** Latin-9 lacks the curly apostrophe: makers write the straight one. */
function encode(text: string, encoding: FecForm['encoding']): Uint8Array {
  if (encoding !== 'iso-8859-15') return new TextEncoder().encode(encoding === 'utf-8-bom' ? `\ufeff${text}` : text);
  return latin(text.replaceAll('’', "'"));
}

/** One byte per character; the few that differ between ISO-8859-1 and -15 are not used here. */
export const latin = (text: string): Uint8Array => Uint8Array.from(text, (sign) => (sign.codePointAt(0)! < 256 ? sign.codePointAt(0)! : 0x3f));
