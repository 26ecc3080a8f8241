/** From publishable figures to drawings, with the sentences around them: titles say the finding and are computed from the same figures. */
import type { PublishableFigure } from '../disclosure/index.ts';
import { type Chart, COLUMN } from '../../charts/chart.ts';
import type { Level } from '../../charts/palette.ts';
import { dotStrip } from '../../charts/dot-strip.ts';
import { pairedBars } from '../../charts/paired-bars.ts';
import { partsOfWhole } from '../../charts/parts-of-whole.ts';
import { sortedBars } from '../../charts/sorted-bars.ts';
import { waffle } from '../../charts/waffle.ts';
import { formatNumber, NBSP } from '../../kernel/french-number.ts';
import { noun } from './figure-reader.ts';
import type { Block } from './model.ts';
import { enumerate, lowerFirst, upperFirst } from './typography.ts';

export interface DrawingContext {
  readonly level: Level;
  readonly source: string;
}

/** Widths of a full page, half and third of it, in units of the drawing (0.79 point each in print). */
export const WIDTH = { full: 628, half: COLUMN, third: 190 } as const;

const sentence = (rows: readonly PublishableFigure[]): string => `${upperFirst(enumerate(rows.map((f) => `${lowerFirst(f.shortLabel)} ${f.text}`)))}.`;

const measure = (first: PublishableFigure, what: string): string =>
  first.base === null ? `${what}, ${first.year}` : `${what}, sur ${formatNumber(first.base)}${NBSP}${noun(first.kinds, first.base)}, ${first.year}`;

/** « Sorties et fêtes partout », « Sport d’abord : 27 centres sur 36 ». */
export function rankingFinding(rows: readonly PublishableFigure[]): string {
  const first = rows[0];
  if (!first) return '';
  const ties = rows.filter((f) => f.value === first.value);
  const names = ties.length > 3 ? `${ties.length} réponses` : enumerate(ties.map((f, n) => (n === 0 ? f.shortLabel : lowerFirst(f.shortLabel))));
  if (first.base !== null && first.unit !== 'percent' && first.value === first.base) return ties.length > 3 ? `${ties.length} réponses données par tous` : `${names} dans tous les ${noun(first.kinds)}`.replace('tous les structures', 'toutes les structures');
  if (first.unit === 'percent') return `${names}${NBSP}: ${first.text}`;
  return `${names} d’abord${NBSP}: ${first.text}${NBSP}${noun(first.kinds, first.value)}${first.base === null ? '' : `${NBSP}sur${NBSP}${formatNumber(first.base)}`}`;
}

export interface RankingWords {
  readonly id: string;
  /** Replaces the computed finding; receives the first rank and all of them. */
  readonly title?: string | ((first: PublishableFigure, rows: readonly PublishableFigure[]) => string);
  /** « Nombre de centres par type d’action ». */
  readonly measure: string;
  readonly columns: readonly [string, string];
  readonly width?: number;
  /** At most this many rows; the others stay in the table of figures, not in the drawing. */
  readonly limit?: number;
  /** `given`: ages and steps keep their order. */
  readonly order?: 'given';
}

const titleOf = (words: RankingWords, rows: readonly PublishableFigure[]): string | undefined => (typeof words.title === 'function' ? words.title(rows[0]!, rows) : words.title);

/** A ranked list of counts or shares on the track of their base. Empty when there is nothing to rank. */
export function ranking(context: DrawingContext, rows: readonly PublishableFigure[], words: RankingWords): Block[] {
  const ranked = rows.toSorted((a, b) => b.value - a.value).slice(0, words.limit ?? rows.length);
  const sorted = words.order === 'given' ? rows.filter((f) => ranked.includes(f)) : ranked;
  const first = sorted[0];
  if (!first) return [];
  const max = first.unit === 'percent' ? Math.max(first.value, 50) : (first.base ?? first.value);
  const chart = sortedBars({
    id: words.id,
    title: titleOf(words, ranked) ?? rankingFinding(ranked),
    subtitle: measure(first, words.measure),
    source: context.source,
    description: sentence(sorted),
    items: sorted.map((f) => ({ label: f.shortLabel, value: f.value, text: f.text })),
    max: Math.max(max, ...sorted.map((f) => f.value)),
    level: context.level,
    columns: words.columns,
    width: words.width,
    order: words.order,
  });
  return [{ kind: 'chart', chart }];
}

/** Shares of a whole, at most five parts: the smallest ones beyond are not drawn, a ranking does that better. */
export function parts(context: DrawingContext, rows: readonly PublishableFigure[], words: RankingWords): Block[] {
  const first = rows[0];
  const total = rows.reduce((sum, f) => sum + f.value, 0);
  // A part too narrow for its words, or too many parts: bars one under the other, in the same order.
  const narrow = rows.some((f) => (f.value / total) * (words.width ?? WIDTH.half) < 48);
  if (!first || rows.length > 5 || narrow) return ranking(context, rows, { ...words, order: 'given' });
  const largest = rows.toSorted((a, b) => b.value - a.value)[0]!;
  const chart = partsOfWhole({
    id: words.id,
    title: titleOf(words, rows) ?? `${largest.shortLabel}${NBSP}: ${largest.text}`,
    subtitle: measure(first, words.measure),
    source: context.source,
    description: sentence(rows),
    items: rows.map((f) => ({ label: f.shortLabel, value: f.value, text: f.text })),
    level: context.level,
    columns: words.columns,
    width: words.width,
  });
  return [{ kind: 'chart', chart }];
}

/** « 29 centres sur 36 »: one square each. Only for a count that has a base. */
export function shareOfCentres(context: DrawingContext, figure: PublishableFigure | undefined, words: { id: string; title: string; yes: string; no: string; width?: number }): Block[] {
  if (!figure || figure.base === null) return [];
  const chart = waffle({
    id: words.id,
    title: `${figure.text}${NBSP}${noun(figure.kinds, figure.value)} sur ${formatNumber(figure.base)} ${words.title}`,
    subtitle: `Un carré${NBSP}= ${figure.base > 120 ? '1' + NBSP + '%' : `un${noun(figure.kinds) === 'structures' ? 'e' : ''} ${noun(figure.kinds, 1)}`}, ${figure.year}`,
    source: context.source,
    description: `${figure.text} ${noun(figure.kinds, figure.value)} sur ${formatNumber(figure.base)} ${words.title}.`,
    count: figure.value,
    total: figure.base,
    level: context.level,
    columns: [words.yes, words.no],
    width: words.width,
  });
  return [{ kind: 'chart', chart }];
}

/** Quartiles and median on a strip: what replaces a minimum and a maximum. All three or nothing. */
export function quartiles(context: DrawingContext, figures: readonly (PublishableFigure | undefined)[], words: { id: string; title: (median: PublishableFigure) => string; measure: string; width?: number }): Block[] {
  const [q1, median, q3] = figures;
  if (!q1 || !median || !q3) return [];
  const each = noun(median.kinds);
  const chart = dotStrip({
    id: words.id,
    title: words.title(median),
    subtitle: measure(median, words.measure),
    source: context.source,
    description: `Un quart des ${each} sont sous ${q1.text}, la moitié sous ${median.text}, un quart au-dessus de ${q3.text}.`,
    level: context.level,
    marks: [{ label: 'un quart sous', value: q1.value, text: q1.text }, { label: 'la moitié sous', value: median.value, text: median.text }, { label: 'un quart au-dessus', value: q3.value, text: q3.text }],
    width: words.width,
  });
  return [{ kind: 'chart', chart }];
}

/** The same measures two years running. */
export function twoYears(
  context: DrawingContext,
  items: readonly { readonly label: string; readonly before: PublishableFigure | undefined; readonly now: PublishableFigure | undefined }[],
  words: { id: string; title: string; measure: string; head: string; width?: number },
): Block[] {
  const kept = items.filter((i) => i.now);
  const now = kept[0]?.now;
  if (!now) return [];
  const before = kept.find((i) => i.before)?.before;
  const years = before ? [before.year, now.year] : [now.year];
  const point = (f: PublishableFigure | undefined): { value: number; text: string } | null => (f ? { value: f.value, text: f.text } : null);
  const chart: Chart = pairedBars({
    id: words.id,
    title: words.title,
    subtitle: now.base === null ? words.measure : `${words.measure}, ${formatNumber(now.base)}${NBSP}${noun(now.kinds, now.base)}`,
    source: context.source,
    description: `${kept.map((i) => `${i.label}${NBSP}: ${i.now!.text} en ${now.year}${i.before ? `, ${i.before.text} en ${i.before.year}` : ''}`).join('\u00a0; ')}.`,
    years,
    items: kept.map((i) => ({ label: i.label, values: before ? [point(i.before), point(i.now)] : [point(i.now)] })),
    level: context.level,
    head: words.head,
    width: words.width,
  });
  return [{ kind: 'chart', chart }];
}
