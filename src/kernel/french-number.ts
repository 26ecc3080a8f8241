/** Numbers as French readers write and read them (Lexique des règles typographiques, Imprimerie nationale). */

/** Narrow no-break space between groups of three digits. */
export const NNBSP = '\u202f';
/** No-break space before a unit. */
export const NBSP = '\u00a0';

/**
 * Reads `1 234,5`, `1234.5`, `12 %`, `1 200 €`, `-3`: spaces of every kind separate groups, a comma or a point the decimals.
 * `1.234.567` (several points) is read as groups; `1.234,5` too. Returns undefined when it is not one number. The unit signs % and € are dropped.
 */
export function parseFrenchNumber(text: string): number | undefined {
  let s = text.replace(/[\s\u00a0\u202f\u2009']/g, '').replace(/(%|€|EUR)$/i, '').replace(/^\u2212/, '-');
  if (s === '') return undefined;
  if (s.includes(',')) {
    if (s.indexOf(',') !== s.lastIndexOf(',')) return undefined;
    const [whole = ''] = s.split(',');
    if (whole.includes('.') && !/^-?\d{1,3}(\.\d{3})+$/.test(whole)) return undefined;
    s = s.replaceAll('.', '').replace(',', '.');
  } else if ((s.match(/\./g) ?? []).length > 1) {
    if (!/^-?\d{1,3}(\.\d{3})+$/.test(s)) return undefined;
    s = s.replaceAll('.', '');
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(s)) return undefined;
  const value = Number(s);
  return Number.isFinite(value) ? value : undefined;
}

/** Rounds half up, away from zero, to `decimals` places, on the decimal writing of the number (so that 1.005 gives 1.01). */
export function roundHalfUp(value: number, decimals = 0): number {
  if (!Number.isFinite(value)) return value;
  const sign = value < 0 ? -1 : 1;
  const shifted = Number(`${Math.abs(value).toPrecision(15)}`);
  const [mantissa, exponent = '0'] = shifted.toString().split('e');
  const rounded = Math.round(Number(`${mantissa}e${Number(exponent) + decimals}`));
  const [m2, e2 = '0'] = rounded.toString().split('e');
  const result = Number(`${m2}e${Number(e2) - decimals}`);
  return result === 0 ? 0 : sign * result;
}

/** `1 437`, `17,5`, `−3`: at most `decimals` decimals (trailing zeros dropped unless `fixed`). */
export function formatNumber(value: number, decimals = 0, fixed = false): string {
  const rounded = roundHalfUp(value, decimals);
  const [whole = '0', fraction = ''] = Math.abs(rounded).toFixed(decimals).split('.');
  const kept = fixed ? fraction : fraction.replace(/0+$/, '');
  const groups = whole.replace(/\B(?=(\d{3})+(?!\d))/g, NNBSP);
  return `${rounded < 0 ? '\u2212' : ''}${groups}${kept ? `,${kept}` : ''}`;
}

/** `31 907 084 €`. */
export const formatEuro = (value: number, decimals = 0): string => `${formatNumber(value, decimals, decimals > 0)}${NBSP}€`;
/** `17,5 %` from 17.5. */
export const formatPercent = (value: number, decimals = 0): string => `${formatNumber(value, decimals)}${NBSP}%`;

/** `123,5 millions`, `1,5 milliard`, `12 milliards`: a million and more, to one decimal; French begins the plural at two. Smaller numbers are written whole. */
export function formatLarge(value: number): string {
  const size = Math.abs(value);
  // What rounds to a thousand millions is a milliard.
  const [unit, word] = roundHalfUp(size / 1e6, 1) >= 1000 ? [1e9, 'milliard'] : [1e6, 'million'];
  if (size < 1e6) return formatNumber(value);
  const rounded = roundHalfUp(value / unit, 1);
  return `${formatNumber(rounded, 1)}${NBSP}${word}${Math.abs(rounded) >= 2 ? 's' : ''}`;
}
