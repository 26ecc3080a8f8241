/** Totals of accounts, and the places given to them -> values of the rubric on the budget (guide: classes 6 and 7 without 86 and 87). */
import { formatDate } from '../../kernel/french-date.ts';
import { formatEuro, roundHalfUp } from '../../kernel/french-number.ts';
import type { AccountTotal, FecReading } from './fec.ts';
import { type AccountsGuide, firstRow } from './guides.ts';
import type { Choices, Derived, Place, Scope } from './model.ts';
import { plural, proposing, rowOptions } from './proposing.ts';
import { beginsWithOne, longestPrefix, wordsOf } from './words.ts';

const euros = (cents: number): number => roundHalfUp(cents / 100);
const euroText = (cents: number): string => formatEuro(cents / 100, 2);
const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

/** Default place of an account of income among the rows of the question on funders. */
export function defaultFunder(guide: AccountsGuide): (account: { readonly number: string; readonly label: string }) => string | undefined {
  const rules = guide.funders.labels.map((rule) => ({ under: rule.under, row: firstRow([rule]) }));
  return ({ number, label }) => {
    const words = wordsOf(label);
    for (const { under, row } of rules) {
      const found = beginsWithOne(under, number) ? row(words) : undefined;
      if (found) return found;
    }
    return longestPrefix(guide.funders.accounts, number);
  };
}

export function deriveBudget(reading: FecReading, guide: AccountsGuide, choices: Choices, scope: Scope): Derived {
  const out = proposing(scope);
  const inKind = (a: AccountTotal): boolean => a.number.startsWith('8') || beginsWithOne([...guide.inKind.expense, ...guide.inKind.income], a.number);
  const expenses = reading.accounts.filter((a) => a.number.startsWith('6') && !inKind(a));
  const income = reading.accounts.filter((a) => a.number.startsWith('7') && !inKind(a));
  const warnings = warningsOf(reading, scope.dataYear);
  if ([...expenses, ...income].every((a) => a.cents === 0))
    return { summary: summaryOf(reading), warnings: ['Tous les comptes de charges et de produits sont à zéro : ce fichier est sans doute exporté après une clôture que l’on ne sait pas lire. Demandez un export avant clôture.'], faults: reading.faults, faultCount: reading.faultCount, places: [], options: {}, proposals: [] };
  const remarks = reading.faultCount > 0 ? [`${plural(reading.faultCount, 'ligne')} du fichier n’${reading.faultCount > 1 ? 'ont' : 'a'} pas pu être ${reading.faultCount > 1 ? 'lues' : 'lue'} : ce montant peut être partiel.`] : [];
  const ofAccounts = (accounts: readonly AccountTotal[], sign: 1 | -1) => ({
    value: euros(sign * sum(accounts.map((a) => a.cents))),
    lines: sum(accounts.map((a) => a.lines)),
    parts: accounts.filter((a) => a.cents !== 0).map((a) => ({ label: `${a.number} ${a.label}`.trim(), value: euroText(sign * a.cents) })),
  });

  const spent = ofAccounts(expenses, 1);
  out.put({
    key: 'expenses_total', value: spent.value, remarks,
    how: `Débits moins crédits des ${plural(expenses.length, 'compte')} de classe 6, sans les comptes 86, sur ${plural(spent.lines, 'ligne')}.`,
    parts: Object.entries(guide.natures).flatMap(([prefix, label]) => {
      const cents = sum(expenses.filter((a) => a.number.startsWith(prefix)).map((a) => a.cents));
      return cents === 0 ? [] : [{ label: `${prefix} ${label}`, value: euroText(cents) }];
    }),
  });
  const earned = ofAccounts(income, -1);
  out.put({ key: 'income_total', value: earned.value, remarks, parts: [], how: `Crédits moins débits des ${plural(income.length, 'compte')} de classe 7, sans les comptes 87, sur ${plural(earned.lines, 'ligne')}.` });
  out.put({ key: 'net_result', value: earned.value - spent.value, remarks, parts: [], how: 'Total des produits moins total des charges, tels que proposés ici.' });
  const staff = ofAccounts(expenses.filter((a) => beginsWithOne(guide.staff, a.number)), 1);
  out.put({ key: 'staff_costs', value: staff.value, remarks, parts: staff.parts, how: `Comptes ${guide.staff.join(', ')}, sur ${plural(staff.lines, 'ligne')}.` });
  const kind = { income: ofAccounts(reading.accounts.filter((a) => beginsWithOne(guide.inKind.income, a.number)), -1), expense: ofAccounts(reading.accounts.filter((a) => beginsWithOne(guide.inKind.expense, a.number)), 1) };
  out.put({
    key: 'in_kind', value: kind.income.value, parts: kind.income.parts,
    how: kind.income.lines === 0 ? 'Aucune écriture aux comptes 87 : rien n’est valorisé dans cette comptabilité.' : `Crédits moins débits des comptes 87, sur ${plural(kind.income.lines, 'ligne')}. Hors budget.`,
    remarks: kind.income.value === kind.expense.value ? remarks : [...remarks, `Les comptes 86 font ${formatEuro(kind.expense.value)} : ils devraient être égaux aux comptes 87.`],
  });
  out.put({
    key: 'investment', value: euros(reading.investment.cents), remarks, parts: [],
    how: reading.investment.lines === 0 ? `Aucune entrée de l’année aux comptes ${guide.investment.join(', ')}.` : `Entrées de l’année aux comptes ${guide.investment.join(', ')}, sans les reports à nouveau, les transferts ni les sorties, sur ${plural(reading.investment.lines, 'ligne')}.`,
  });

  const funderOf = defaultFunder(guide);
  const funders = out.question('income_by_funder');
  const rows = new Set(funders?.table?.rows.map((r) => r.code));
  const accountPlaces = funders ? income.filter((a) => a.cents !== 0 || a.lines > 0).map((a) => placed('account', `account:${a.number}`, `${a.number} ${a.label}`.trim(), euroText(-a.cents), choices, rows, funderOf(a))) : [];
  const unplaced = accountPlaces.filter((p) => p.chosen === null);
  if (funders && unplaced.length === 0)
    for (const row of funders.table!.rows) {
      const here = income.filter((_, i) => accountPlaces[i]!.chosen === row.code);
      const total = ofAccounts(here, -1);
      out.put({ key: funders.key, row: row.code, column: 'amount', value: total.value, parts: total.parts, remarks, how: here.length === 0 ? 'Aucun compte de produits n’est classé ici.' : `Crédits moins débits de ${plural(here.length, 'compte')}, sur ${plural(total.lines, 'ligne')}.` });
    }
  else if (unplaced.length > 0) warnings.push(`${plural(unplaced.length, 'compte')} de produits à classer : les produits par financeur seront proposés ensuite.`);

  const purposes = purposesOf(reading, guide, choices, expenses, out, remarks);
  return {
    summary: summaryOf(reading), warnings, faults: reading.faults, faultCount: reading.faultCount, proposals: out.made,
    places: [...accountPlaces, ...purposes],
    options: { account: rowOptions(funders), expense: rowOptions(out.question('expenses_by_purpose')), analytic: rowOptions(out.question('expenses_by_purpose')) },
  };
}

/** By purpose: the analytic code of the line, else the account, where either has a place; the rest is not allocated. Nothing placed: nothing proposed. */
function purposesOf(reading: FecReading, guide: AccountsGuide, choices: Choices, expenses: readonly AccountTotal[], out: ReturnType<typeof proposing>, remarks: readonly string[]): Place[] {
  const question = out.question('expenses_by_purpose');
  if (!question?.table) return [];
  const rows = new Set(question.table.rows.map((r) => r.code));
  const byCode = new Map<string, number>();
  for (const account of expenses) for (const [code, part] of account.byAnalytic) if (code !== '') byCode.set(code, (byCode.get(code) ?? 0) + part.cents);
  const purposeOf = firstRow(guide.purposes);
  const codes = [...byCode].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([code, cents]) => placed('analytic', `analytic:${code}`, code, euroText(cents), choices, rows, purposeOf(wordsOf(code))));
  const accounts = expenses.map((a) => placed('expense', `expense:${a.number}`, `${a.number} ${a.label}`.trim(), euroText(a.cents), choices, rows, undefined));
  const places = [...codes, ...accounts];
  if (places.some((p) => p.chosen !== null && p.chosen !== 'unallocated')) {
    const placeOf = new Map(places.map((p) => [p.id, p.chosen]));
    const totals = new Map<string, { cents: number; lines: number }>();
    for (const account of expenses)
      for (const [code, part] of account.byAnalytic) {
        const row = (code === '' ? null : placeOf.get(`analytic:${code}`)) ?? placeOf.get(`expense:${account.number}`) ?? 'unallocated';
        const total = totals.get(row) ?? { cents: 0, lines: 0 };
        totals.set(row, { cents: total.cents + part.cents, lines: total.lines + part.lines });
      }
    for (const row of question.table.rows) {
      const total = totals.get(row.code) ?? { cents: 0, lines: 0 };
      out.put({
        key: question.key, row: row.code, column: 'amount', value: euros(total.cents), parts: [], remarks,
        how: total.lines === 0 ? 'Aucune charge n’est classée ici.' : row.code === 'unallocated' ? `${plural(total.lines, 'ligne')} de charges dont ni le code analytique ni le compte n’est classé.` : `Charges classées ici par leur code analytique ou leur compte, sur ${plural(total.lines, 'ligne')}.`,
      });
    }
  }
  return places;
}

/** A place, with what the person chose, else what is known by default; a choice that the version no longer offers falls back. */
export function placed(kind: Place['kind'], id: string, label: string, weight: string, choices: Choices, allowed: ReadonlySet<string>, fallback: string | undefined): Place {
  const given = choices[id];
  if (given !== undefined && allowed.has(given)) return { id, kind, label, weight, chosen: given, by: 'person' };
  return { id, kind, label, weight, chosen: fallback !== undefined && allowed.has(fallback) ? fallback : null, by: fallback !== undefined && allowed.has(fallback) ? 'default' : null };
}

const summaryOf = (reading: FecReading): string[] => [
  `${plural(reading.lines, 'ligne d’écriture', 'lignes d’écriture')}, du ${formatDate(reading.from)} au ${formatDate(reading.to)}`,
  `${plural(reading.accounts.filter((a) => a.number.startsWith('6')).length, 'compte')} de charges, ${plural(reading.accounts.filter((a) => a.number.startsWith('7')).length, 'compte')} de produits${reading.analytic ? ', avec codes analytiques' : ''}`,
  ...(reading.leftOut.closing > 0 ? [`Écriture de clôture reconnue et laissée de côté (${plural(reading.leftOut.closing, 'ligne')})`] : []),
  ...(reading.leftOut.opening > 0 ? [`À-nouveaux laissés de côté (${plural(reading.leftOut.opening, 'ligne')} de charges ou de produits)`] : []),
];

function warningsOf(reading: FecReading, year: number): string[] {
  const warnings: string[] = [];
  if (reading.faultCount > 0) warnings.push(`${plural(reading.faultCount, 'ligne')} du fichier n’${reading.faultCount > 1 ? 'ont' : 'a'} pas pu être ${reading.faultCount > 1 ? 'lues' : 'lue'} : les montants proposés peuvent être partiels.`);
  if (reading.imbalance !== 0) warnings.push(`Les débits et les crédits du fichier diffèrent de ${euroText(Math.abs(reading.imbalance))} : il manque peut-être des lignes.`);
  if (reading.leftOut.otherYear > 0) warnings.push(`${plural(reading.leftOut.otherYear, 'ligne')} d’une autre année que ${year} laissées de côté : si votre exercice n’est pas l’année civile, ajoutez le fichier de l’autre exercice.`);
  if (reading.from.slice(0, 7) > `${year}-01` || reading.to.slice(0, 7) < `${year}-12`) warnings.push(`Les écritures vont du ${formatDate(reading.from)} au ${formatDate(reading.to)} : l’année ${year} n’est pas entière.`);
  return warnings;
}
