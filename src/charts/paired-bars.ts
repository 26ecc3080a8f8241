/** Two years side by side for a few categories: the recent one strong, the earlier one pale, each with its number at its end. */
import { type Chart, type ChartWords, COLUMN } from './chart.ts';
import { ACCENTS, INK, INK_SOFT, type Level } from './palette.ts';
import { drawing, element, label } from './svg.ts';
import { textWidth, wrap } from './text-width.ts';

export interface PairedItem {
  readonly label: string;
  /** One entry per year, in the order of `years`; null = not available. */
  readonly values: readonly ({ readonly value: number; readonly text: string } | null)[];
}

export interface PairedBarsSpec extends ChartWords {
  /** Oldest first. */
  readonly years: readonly number[];
  readonly items: readonly PairedItem[];
  readonly level: Level;
  /** Head of the first column of the table. */
  readonly head: string;
  readonly width?: number;
}

const BAR = 15;

export function pairedBars(spec: PairedBarsSpec): Chart {
  const width = spec.width ?? COLUMN;
  const accent = ACCENTS[spec.level];
  const all = spec.items.flatMap((i) => i.values.flatMap((v) => (v ? [v] : [])));
  const max = Math.max(1e-9, ...all.map((v) => v.value));
  const left = 36;
  const numbers = Math.max(0, ...all.map((v) => textWidth(v.text, 14, true))) + 8;
  const room = width - left - numbers;
  const newest = Math.max(...spec.years);
  const parts: string[] = [];
  let y = 0;
  for (const item of spec.items) {
    for (const line of wrap(item.label, 14, width, true)) {
      parts.push(label(0, y + 13, line, { 'font-size': 14, 'font-weight': 600 }));
      y += 18;
    }
    y += 2;
    for (const [n, year] of spec.years.entries()) {
      const point = item.values[n];
      if (!point) continue;
      const recent = year === newest;
      const length = Math.max(1, (point.value / max) * room);
      parts.push(
        label(0, y + 12, String(year), { 'font-size': 12, fill: recent ? INK : INK_SOFT, 'font-weight': recent ? 600 : undefined }),
        element('rect', { x: left, y, width: length, height: BAR, fill: recent ? accent.strong : accent.light }),
        label(left + length + 6, y + 12, point.text, { 'font-size': 14, 'font-weight': recent ? 700 : 400, fill: recent ? INK : INK_SOFT }),
      );
      y += BAR + 3;
    }
    y += 9;
  }
  const height = Math.max(1, y - 10);
  return {
    ...spec,
    width,
    height,
    svg: drawing({ ...spec, width, height }, ...parts),
    table: { columns: [spec.head, ...spec.years.map(String)], rows: spec.items.map((i) => [i.label, ...spec.years.map((_, n) => i.values[n]?.text ?? '–')]) },
  };
}
