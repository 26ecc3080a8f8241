/**
 * The accounting export (fichier des écritures comptables, article A47 A-1 of the Livre des procédures fiscales): lines of entries -> one total
 * per account of classes 6 and 7, in cents. Balances carried forward and the entry that closes the year are told apart, so that nothing is
 * counted twice. Labels of entries and names of third parties are never kept.
 */
import { isIsoDate } from '../../kernel/french-date.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { parseCents } from './cents.ts';
import type { AccountsGuide } from './guides.ts';
import { type LineFault, SHOWN_FAULTS } from './model.ts';
import { linesOf, type NamedText } from './text.ts';
import { beginsWithOne, plain, wordsOf, wordTest } from './words.ts';

export interface AccountTotal {
  readonly number: string;
  readonly label: string;
  /** Debit less credit, in cents. */
  readonly cents: number;
  readonly lines: number;
  /** The same by analytic code, `''` for lines without one. */
  readonly byAnalytic: ReadonlyMap<string, { readonly cents: number; readonly lines: number }>;
}
export interface FecReading {
  /** Lines of entries read, all classes. */
  readonly lines: number;
  /** First and last date of the entries, ISO. */
  readonly from: string;
  readonly to: string;
  /** Accounts of classes 6, 7 and 8 for the data year, by number. */
  readonly accounts: readonly AccountTotal[];
  /** Bought or built in the year and written as fixed assets, in cents. */
  readonly investment: { readonly cents: number; readonly lines: number };
  readonly analytic: boolean;
  /** Lines of classes 6 and 7 left out, by reason. */
  readonly leftOut: { readonly closing: number; readonly opening: number; readonly otherYear: number };
  /** Debits less credits of all lines, in cents: 0 in a whole file. */
  readonly imbalance: number;
  readonly faults: readonly LineFault[];
  readonly faultCount: number;
}

const COLUMNS = { journal: 'journalcode', journalLabel: 'journallib', entry: 'ecriturenum', date: 'ecrituredate', account: 'comptenum', accountLabel: 'comptelib', debit: 'debit', credit: 'credit', amount: 'montant', sense: 'sens' } as const;
type Column = keyof typeof COLUMNS;
/** Columns that makers add after the official ones for the analytic code. */
const ANALYTIC = wordTest('analytique*|codeanalytique|analytic|section|sectionanalytique|codeana|compteanalytique|axe|axe1|activite|codeactivite');

interface Layout {
  readonly separator: string;
  readonly at: { readonly [column in Column]: number };
  readonly analytic: number;
  readonly width: number;
}

const notAFec = (name: string) =>
  refuse({ code: 'not_a_fec', message: `« ${name} » n’est pas un fichier des écritures comptables : sa première ligne ne porte pas les noms de colonnes attendus (JournalCode, EcritureDate, CompteNum, Debit, Credit…). Demandez à votre comptable « l’export FEC de l’exercice ».` });

function layoutOf(header: string): Layout | undefined {
  for (const separator of ['\t', '|', ';', ',']) {
    const names = header.split(separator).map((name) => plain(name).replaceAll(' ', ''));
    const at = Object.fromEntries(Object.entries(COLUMNS).map(([column, name]) => [column, names.indexOf(name)])) as { [column in Column]: number };
    const amounts = (at.debit >= 0 && at.credit >= 0) || (at.amount >= 0 && at.sense >= 0);
    if (at.account >= 0 && at.date >= 0 && amounts) return { separator, at, analytic: names.findIndex((name, i) => i > 12 && ANALYTIC([name])), width: names.length };
  }
  return undefined;
}

/** `20250131`, `2025-01-31`, `31/01/2025` -> ISO; undefined when it is no day. */
function isoDay(text: string): string | undefined {
  const iso = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : /^\d{2}\/\d{2}\/\d{4}$/.test(text) ? `${text.slice(6)}-${text.slice(3, 5)}-${text.slice(0, 2)}` : text;
  return isIsoDate(iso) ? iso : undefined;
}

/** What an entry (one EcritureNum of a journal) holds, to know closings and disposals. */
interface Entry {
  result: boolean;
  disposal: boolean;
  fixedAssets: number;
  fixedLines: number;
}
interface KeptLine {
  readonly entry: Entry;
  readonly account: number;
  readonly cents: number;
  readonly analytic: string;
}
interface Account {
  readonly number: string;
  readonly label: string;
}

/** Reads the exports of one or several exercises and keeps what belongs to `year`. Refused: a file of another kind, or without a line of that year. */
export function readFec(files: readonly NamedText[], year: number, guide: AccountsGuide): Result<FecReading> {
  const isOpening = wordTest(guide.openingJournals);
  const opening = new Map<string, boolean>();
  const entries = new Map<string, Entry>();
  const accounts: Account[] = [];
  const accountAt = new Map<string, number>();
  const kept: KeptLine[] = [];
  const faults: LineFault[] = [];
  let faultCount = 0;
  let lines = 0;
  let imbalance = 0;
  let analytic = false;
  let [from, to] = ['9999', ''];
  const leftOut = { closing: 0, opening: 0, otherYear: 0 };
  const days = new Map<string, string | undefined>();

  for (const [index, file] of files.entries()) {
    const all = linesOf(file.text);
    const first = all.next();
    const layout = first.done ? undefined : layoutOf(first.value[1]);
    if (!layout) return notAFec(file.name);
    const { at, separator } = layout;
    const fault = (line: number, message: string): void => {
      faultCount++;
      if (faults.length < SHOWN_FAULTS) faults.push({ file: file.name, line, message });
    };
    analytic ||= layout.analytic >= 0;
    for (const [number, line] of all) {
      if (line.trim() === '') continue;
      const cells = line.split(separator);
      const cell = (i: number): string => bare(cells[i] ?? '');
      const account = cell(at.account);
      if (cells.length < Math.min(layout.width, 13) || account === '') {
        fault(number, `${cells.length} colonnes lues au lieu de ${layout.width}, ou compte absent : ligne non comptée.`);
        continue;
      }
      const cents = amountOf(cell, at);
      if (cents === undefined) {
        fault(number, 'montant illisible : ligne non comptée.');
        continue;
      }
      const written = cell(at.date);
      if (!days.has(written)) days.set(written, isoDay(written));
      const day = days.get(written);
      if (day === undefined) {
        fault(number, 'date d’écriture illisible (AAAAMMJJ attendu) : ligne non comptée.');
        continue;
      }
      lines++;
      imbalance += cents;
      if (day < from) from = day;
      if (day > to) to = day;
      const journal = `${cell(at.journal)} ${at.journalLabel >= 0 ? cell(at.journalLabel) : ''}`;
      if (!opening.has(journal)) opening.set(journal, isOpening(wordsOf(journal)));
      const budget = account.startsWith('6') || account.startsWith('7') || account.startsWith('8');
      if (opening.get(journal)) {
        if (budget) leftOut.opening++;
        continue;
      }
      const key = `${index} ${journal} ${cell(at.entry)}${at.entry < 0 || cell(at.entry) === '' ? written : ''}`;
      let entry = entries.get(key);
      if (!entry) entries.set(key, (entry = { result: false, disposal: false, fixedAssets: 0, fixedLines: 0 }));
      if (beginsWithOne(guide.result, account)) entry.result = true;
      if (beginsWithOne(guide.disposal, account)) entry.disposal = true;
      const ofYear = day.startsWith(`${year}-`);
      if (ofYear && beginsWithOne(guide.investment, account)) {
        entry.fixedAssets += cents;
        entry.fixedLines++;
      }
      if (!budget) continue;
      if (!ofYear) {
        leftOut.otherYear++;
        continue;
      }
      let place = accountAt.get(account);
      if (place === undefined) {
        accountAt.set(account, (place = accounts.length));
        accounts.push({ number: account, label: at.accountLabel >= 0 ? cell(at.accountLabel) : '' });
      }
      kept.push({ entry, account: place, cents, analytic: layout.analytic >= 0 ? cell(layout.analytic) : '' });
    }
  }
  if (kept.length === 0)
    return refuse({
      code: 'no_line_of_the_year',
      message: lines === 0 ? 'Ce fichier ne contient aucune écriture lisible : demandez un nouvel export à votre comptable.' : `Ces écritures vont du ${french(from)} au ${french(to)} : aucune charge ni aucun produit de ${year}. Choisissez le fichier de l’exercice ${year}.`,
    });

  const totals = accounts.map((account) => ({ ...account, cents: 0, lines: 0, byAnalytic: new Map<string, { cents: number; lines: number }>() }));
  for (const line of kept) {
    const total = totals[line.account]!;
    // An entry that brings accounts 6 and 7 to the result closes the year: counting it would bring everything back to zero.
    if (line.entry.result && !total.number.startsWith('8')) {
      leftOut.closing++;
      continue;
    }
    total.cents += line.cents;
    total.lines++;
    const part = total.byAnalytic.get(line.analytic) ?? { cents: 0, lines: 0 };
    part.cents += line.cents;
    part.lines++;
    total.byAnalytic.set(line.analytic, part);
  }
  let investment = 0;
  let fixedLines = 0;
  for (const entry of entries.values()) {
    // In an entry that takes an asset out, only what is bought counts; elsewhere a negative amount is a credit note, a transfer comes to 0.
    const bought = entry.disposal ? Math.max(0, entry.fixedAssets) : entry.fixedAssets;
    if (bought === 0) continue;
    investment += bought;
    fixedLines += entry.fixedLines;
  }
  return ok({
    lines, from, to, analytic, leftOut, imbalance, faults, faultCount,
    accounts: totals.filter((a) => a.lines > 0).toSorted((a, b) => (a.number < b.number ? -1 : 1)),
    investment: { cents: investment, lines: fixedLines },
  });
}

const french = (iso: string): string => iso.split('-').reverse().join('/');
const bare = (cell: string): string => {
  const text = cell.trim();
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).trim() : text;
};

/** Debit less credit in cents. With `Sens`: D or +1 adds, C or -1 takes away. */
function amountOf(cell: (i: number) => string, at: Layout['at']): number | undefined {
  if (at.debit >= 0 && at.credit >= 0) {
    const debit = parseCents(cell(at.debit));
    const credit = parseCents(cell(at.credit));
    return debit === undefined || credit === undefined ? undefined : debit - credit;
  }
  const amount = parseCents(cell(at.amount));
  const sense = cell(at.sense).toUpperCase();
  if (amount === undefined) return undefined;
  if (sense === 'D' || sense === '+1' || sense === '1' || sense === '+') return amount;
  return sense === 'C' || sense === '-1' || sense === '-' ? -amount : undefined;
}
