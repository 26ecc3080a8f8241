/** Ranked list: the number, the label, and under it a bar on the track of the base. The first rank wears the strong colour. */
import { type Chart, type ChartWords, COLUMN, type Datum } from './chart.ts';
import { ACCENTS, GROUND, type Level } from './palette.ts';
import { drawing, element, group, label } from './svg.ts';
import { textWidth, wrap } from './text-width.ts';

export interface SortedBarsSpec extends ChartWords {
  readonly items: readonly Datum[];
  /** End of the track: the base of a count, 100 for shares, or the largest value. */
  readonly max: number;
  readonly level: Level;
  readonly columns: readonly [string, string];
  readonly width?: number;
  /** `given` keeps an editorial order. */
  readonly order?: 'value' | 'given';
}

const LABEL = 13;
const NUMBER = 16;
const LEADING = 16;
const BAR = 7;

/** Ties keep the order in which they came (that of the questionnaire). Negative values are drawn as empty bars. */
export function sortedBars(spec: SortedBarsSpec): Chart {
  const width = spec.width ?? COLUMN;
  const accent = ACCENTS[spec.level];
  const items = spec.order === 'given' ? spec.items : spec.items.toSorted((a, b) => b.value - a.value);
  const numbers = Math.ceil(Math.max(22, ...items.map((i) => textWidth(i.text, NUMBER, true))));
  const left = numbers + 10;
  const room = width - left;
  const top = Math.max(0, ...items.map((i) => i.value));
  const numerals: string[] = [];
  const words: string[] = [];
  const tracks: string[] = [];
  const bars: { readonly first: string[]; readonly others: string[] } = { first: [], others: [] };
  let y = 0;
  for (const item of items) {
    const lines = wrap(item.label, LABEL, room);
    numerals.push(label(numbers, y + 14, item.text));
    for (const [n, line] of lines.entries()) words.push(label(left, y + 13 + n * LEADING, line));
    y += lines.length * LEADING + 4;
    const length = spec.max > 0 ? (Math.max(0, Math.min(item.value, spec.max)) / spec.max) * room : 0;
    tracks.push(`M${left} ${y}h${room}v${BAR}h-${room}z`);
    if (length > 0) (item.value === top ? bars.first : bars.others).push(`M${left} ${y}h${Math.round(length * 10) / 10}v${BAR}H${left}z`);
    y += BAR + 10.5;
  }
  const height = Math.max(1, y - 9);
  return {
    ...spec,
    width,
    height,
    svg: drawing(
      { ...spec, width, height },
      group({ 'font-size': NUMBER, 'font-weight': 700, 'text-anchor': 'end' }, numerals),
      ...words,
      ...([[tracks, GROUND], [bars.others, accent.middle], [bars.first, accent.strong]] as const).flatMap(([d, fill]) => (d.length === 0 ? [] : [element('path', { d: d.join(''), fill })])),
    ),
    table: { columns: spec.columns, rows: items.map((i) => [i.label, i.text]) },
  };
}
