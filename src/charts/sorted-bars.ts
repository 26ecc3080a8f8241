/** Ranked list: the number, the label, and under it a bar on the track of the base. The first rank wears the strong colour. */
import { type Chart, type ChartWords, COLUMN, type Datum } from './chart.ts';
import { ACCENTS, GROUND, INK, type Level } from './palette.ts';
import { drawing, element, label } from './svg.ts';
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
  const parts: string[] = [];
  let y = 0;
  for (const item of items) {
    const lines = wrap(item.label, LABEL, room);
    parts.push(label(numbers, y + 14, item.text, { 'font-size': NUMBER, 'font-weight': 700, 'text-anchor': 'end', fill: INK }));
    for (const [n, line] of lines.entries()) parts.push(label(left, y + 13 + n * LEADING, line));
    y += lines.length * LEADING + 4;
    const length = spec.max > 0 ? (Math.max(0, Math.min(item.value, spec.max)) / spec.max) * room : 0;
    parts.push(element('rect', { x: left, y, width: room, height: BAR, fill: GROUND }));
    if (length > 0) parts.push(element('rect', { x: left, y, width: length, height: BAR, fill: item.value === top ? accent.strong : accent.middle }));
    y += BAR + 12;
  }
  const height = Math.max(1, y - 10);
  return {
    ...spec,
    width,
    height,
    svg: drawing({ ...spec, width, height }, ...parts),
    table: { columns: spec.columns, rows: items.map((i) => [i.label, i.text]) },
  };
}
