/** The reference brochure's facts, and how a recomputed figure agrees with a printed one. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatNumber } from '../../src/kernel/french-number.ts';
import type { TableRow } from '../../src/domains/statistics/index.ts';
import type { Centre, Fact, FactFile } from '../../src/demo/pas-de-calais/source.ts';

const folder = path.resolve(import.meta.dirname, '../../content/demonstration/pas-de-calais-2017');
const read = <T>(name: string): T => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as T;

export const factFile = (): FactFile => read<FactFile>('facts.json');
export const centres = (): Centre[] => read<Centre[]>('centres.json');

/** Facts that our figures must give: those of the département that come from answers, register or institutions; lost ones have no value. */
export const expectedFacts = (file: FactFile): Fact[] =>
  file.facts.filter((fact) => fact.territory === '62' && ['survey', 'derived', 'register', 'caf_admin'].includes(fact.origin));

/** Year printed beside a fact; unprinted means 2016, except trainings off plan, which stand beside those of 2015. */
export const printedYear = (fact: Fact): number => fact.year ?? (fact.id === 'training.off_plan' ? 2015 : 2016);

/** Why the row does not agree with the fact; undefined when it does. */
export function disagreement(fact: Fact, row: TableRow | undefined, truncated: readonly string[]): string | undefined {
  if (!row) return `${fact.id} is not in the table`;
  const says = (what: string): string => `${fact.id}: ${what}`;
  if (fact.value === null) return row.value === null && row.origin === 'lost' ? undefined : says(`lost in the print, yet ${JSON.stringify(row.value)} computed`);
  if (typeof fact.value !== 'number' || typeof row.value !== 'number' || row.rounded === null) return says(`${JSON.stringify(fact.value)} printed, ${JSON.stringify(row.value)} computed`);
  if (row.year !== printedYear(fact)) return says(`year ${printedYear(fact)} printed, ${row.year} computed`);
  if (fact.base_n !== null && row.base !== fact.base_n) return says(`base ${fact.base_n} printed, ${row.base} computed`);
  // the print cuts off the decimals of these three in place of rounding
  if (truncated.includes(fact.id)) return Math.abs(fact.value - row.value) < 1 && Math.trunc(row.value) === fact.value ? undefined : says(`${fact.value} truncated, ${row.value} computed`);
  // « près de 4 000 »: under it, by less than one in fifty, and said in the same words
  if (fact.kind === 'approx') {
    const near = row.value < fact.value && row.value > fact.value * 0.98 && row.text === `près de\u00a0${formatNumber(fact.value)}`;
    return near ? undefined : says(`near ${fact.value} printed, ${row.value} computed (${row.text})`);
  }
  // « plus de »: above it, and still nearer to it than to the next hundred
  if (fact.kind === 'at_least') return row.value > fact.value && row.value < fact.value + 100 ? undefined : says(`more than ${fact.value} printed, ${row.value} computed`);
  return row.rounded === fact.value ? undefined : says(`${fact.value} printed, ${row.value} computed, rounded to ${row.rounded}`);
}
