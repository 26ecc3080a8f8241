/** What the generated files say, known without reading them: `question` or `question.row.column` -> value. Built from whole cents and exact fractions. */
export type Truth = { [target: string]: number | string };

/** Cents to euros, half away from zero. */
export const wholeEuros = (cents: number): number => (cents < 0 ? -Math.floor((-cents + 50) / 100) : Math.floor((cents + 50) / 100)) + 0;

/** A fraction of a full-time year in units of 10^-12, so that sums are exact before they are rounded. */
export const exactFte = (quotaHundredths: number, referenceHundredths: number, days: number, yearDays: number): bigint =>
  (BigInt(quotaHundredths) * BigInt(days) * 1_000_000_000_000n) / (BigInt(referenceHundredths) * BigInt(yearDays));

/** To the hundredth, half up. */
export const hundredths = (fte: bigint): number => Number((fte + 5_000_000_000n) / 10_000_000_000n) / 100;
