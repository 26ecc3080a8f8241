/** Quantile of sorted values, R type 7: linear between the order statistics at (n − 1) p (Hyndman and Fan, 1996). Empty: NaN. */
export function quantile7(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const h = (n - 1) * p;
  const below = Math.floor(h);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, n - 1)]!;
  return low + (h - below) * (high - low);
}
