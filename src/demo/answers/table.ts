/** Tables with exact totals. */
import { apportion } from '../apportion.ts';

type Cells = { [row: string]: { [column: string]: number } };

/** Shares `total` between named rows in proportion to their weights (sum exact); `min` and `max` by row. */
export function shareOut(
  total: number,
  weights: { readonly [row: string]: number },
  min: { readonly [row: string]: number } = {},
  max: { readonly [row: string]: number } = {},
): { [row: string]: number } {
  const rows = Object.keys(weights);
  const parts = apportion(total, rows.map((r) => weights[r]!), {
    min: rows.map((r) => min[r] ?? 0),
    max: rows.map((r) => max[r] ?? Number.MAX_SAFE_INTEGER),
  });
  return Object.fromEntries(rows.map((r, i) => [r, parts[i]!]));
}

/** One column named `column`. */
export const oneColumn = (column: string, values: { readonly [row: string]: number }): Cells =>
  Object.fromEntries(Object.entries(values).map(([row, n]) => [row, { [column]: n }]));

/** Staff table: persons by row and full-time equivalents (given in hundredths) that never exceed them. */
export function staffTable(headcount: number, fteCents: number, weights: { readonly [row: string]: number }, intensity: { readonly [row: string]: number }, least: { readonly [row: string]: number } = {}): Cells {
  const heads = shareOut(headcount, weights, least);
  const full = Object.fromEntries(Object.entries(heads).map(([row, n]) => [row, n * 100]));
  const time = shareOut(fteCents, Object.fromEntries(Object.entries(heads).map(([row, n]) => [row, n * (intensity[row] ?? 0.5)])), {}, full);
  return Object.fromEntries(Object.keys(weights).map((row) => [row, { headcount: heads[row]!, fte: time[row]! / 100 }]));
}
