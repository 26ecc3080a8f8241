/**
 * Chance that can be told again: everything fictional is drawn from a seed, never from `Math.random`, so that the demonstration is the same
 * on every machine. Generator: sfc32 (C. Doty-Humphrey, PractRand), seeded by FNV-1a of a text.
 */
export interface Chance {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Normal deviate of mean 0 and standard deviation 1. */
  normal(): number;
  /** Log-normal of median 1: exp(sigma × normal). */
  spread(sigma: number): number;
  /** True with probability `p`. */
  happens(p: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** An item with probability proportional to its weight. */
  weighted<T extends string>(weights: { readonly [item in T]?: number }): T;
  shuffled<T>(items: readonly T[]): T[];
  /** `count` different items, in their first order. */
  sample<T>(items: readonly T[], count: number): T[];
  /** A generator of its own: what is drawn from it changes nothing elsewhere. */
  fork(label: string): Chance;
}

function hash(text: string, start: number): number {
  let h = start;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16_777_619);
  // final avalanche of MurmurHash3, so that near texts give far numbers
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function chance(seed: string): Chance {
  let a = hash(seed, 0x811c9dc5) | 0;
  let b = hash(seed, 0x1234567) | 0;
  let c = hash(seed, 0x9e3779b9) | 0;
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 8; i++) next();
  const self: Chance = {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    between: (low, high) => low + next() * (high - low),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    spread: (sigma) => Math.exp(sigma * self.normal()),
    happens: (p) => next() < p,
    pick: (items) => items[Math.floor(next() * items.length)]!,
    weighted: (weights) => {
      const entries = Object.entries(weights) as [never, number][];
      let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of entries) if ((rest -= weight) < 0) return item;
      return entries.at(-1)![0];
    },
    shuffled: (items) => {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i--) {
        const j = Math.floor(next() * (i + 1));
        [out[i], out[j]] = [out[j]!, out[i]!];
      }
      return out;
    },
    sample: (items, count) => {
      const kept = new Set(self.shuffled(items.map((_, i) => i)).slice(0, count));
      return items.filter((_, i) => kept.has(i));
    },
    fork: (label) => chance(`${seed}/${label}`),
  };
  return self;
}
