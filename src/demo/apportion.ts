/**
 * Sharing a whole exactly: whole parts, proportional to weights as nearly as their bounds allow, whose sum is the total to the unit
 * (largest remainders, after filling what a bound stops).
 */
export interface Bounds {
  /** Least part, one for all or one each. 0 by default. */
  readonly min?: number | readonly number[];
  /** Greatest part, one for all or one each. Unbounded by default. */
  readonly max?: number | readonly number[];
}

const at = (bound: number | readonly number[] | undefined, i: number, fallback: number): number =>
  bound === undefined ? fallback : typeof bound === 'number' ? bound : (bound[i] ?? fallback);

/**
 * Parts of `total` (a whole number), one per weight (≥ 0). Throws when the bounds leave no solution. Parts of weight 0 get their minimum
 * unless the others are all full.
 */
export function apportion(total: number, weights: readonly number[], bounds: Bounds = {}): number[] {
  const n = weights.length;
  const low = weights.map((_, i) => Math.ceil(at(bounds.min, i, 0)));
  const high = weights.map((_, i) => Math.floor(at(bounds.max, i, Number.MAX_SAFE_INTEGER)));
  const least = low.reduce((a, b) => a + b, 0);
  const most = high.reduce((a, b) => a + b, 0);
  if (least > total || most < total || low.some((l, i) => l > high[i]!)) {
    throw new RangeError(`cannot share ${total} in ${n} parts: bounds allow ${least} to ${most}`);
  }
  // Level: the common rate at which parts, held between their bounds, add up to the total. Found by halving.
  const sumAt = (rate: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Math.min(high[i]!, Math.max(low[i]!, rate * weights[i]!));
    return sum;
  };
  let under = 0;
  let over = 1;
  while (sumAt(over) < total && over < 1e15) over *= 4;
  for (let step = 0; step < 80; step++) {
    const middle = (under + over) / 2;
    if (sumAt(middle) < total) under = middle;
    else over = middle;
  }
  const exact = weights.map((w, i) => Math.min(high[i]!, Math.max(low[i]!, over * w)));
  const parts = exact.map((x) => Math.floor(x + 1e-9));
  let rest = total - parts.reduce((a, b) => a + b, 0);
  const order = exact.map((x, i) => ({ i, remainder: x - parts[i]! })).sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  while (rest !== 0) {
    let moved = false;
    for (const { i } of rest > 0 ? order : [...order].reverse()) {
      if (rest > 0 && parts[i]! < high[i]! && (weights[i]! > 0 || exact.every((_, j) => weights[j]! === 0 || parts[j]! >= high[j]!))) {
        parts[i]!++;
        rest--;
        moved = true;
      } else if (rest < 0 && parts[i]! > low[i]!) {
        parts[i]!--;
        rest++;
        moved = true;
      }
      if (rest === 0) break;
    }
    if (!moved) throw new RangeError(`cannot share ${total} exactly`);
  }
  return parts;
}
