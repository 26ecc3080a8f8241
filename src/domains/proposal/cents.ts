/** Amounts of an accounting export, in whole cents so that sums are exact. */
import { parseFrenchNumber } from '../../kernel/french-number.ts';

/** `1234,56`, `1234.56`, `1 234,5`, `-12`; an empty cell is 0; undefined when it is no amount, or has more than two decimals that are not zero. */
export function parseCents(text: string): number | undefined {
  const quick = /^(\d{1,12})(?:[.,](\d{2}))?$/.exec(text);
  if (quick) return Number(quick[1]) * 100 + Number(quick[2] ?? 0);
  const bare = text.trim();
  if (bare === '') return 0;
  const value = parseFrenchNumber(bare);
  if (value === undefined) return undefined;
  const cents = Math.round(value * 100);
  return Math.abs(value * 100 - cents) < 1e-4 ? cents : undefined;
}
