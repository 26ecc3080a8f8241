/** One bar cut in at most five parts, labelled in place: shares of a whole without a pie and without a legend. */
import { type Chart, type ChartWords, COLUMN, type Datum } from './chart.ts';
import { ACCENTS, INK, INK_SOFT, type Level } from './palette.ts';
import { drawing, element, label } from './svg.ts';
import { wrap } from './text-width.ts';

export interface PartsSpec extends ChartWords {
  /** In their natural order (ages, steps); at most five. */
  readonly items: readonly Datum[];
  readonly level: Level;
  readonly columns: readonly [string, string];
  readonly width?: number;
}

const BAR = 30;

/** Lengths follow the given values, so that printed shares that sum to 99 or 101 are not made to add up falsely. Throws above five parts. */
export function partsOfWhole(spec: PartsSpec): Chart {
  if (spec.items.length > 5) throw new Error(`parts-of-whole ${spec.id}: ${spec.items.length} parts, five at most`);
  const width = spec.width ?? COLUMN;
  const a = ACCENTS[spec.level];
  const fills = [a.strong, a.middle, a.light, a.pale, '#ffffff'];
  const total = spec.items.reduce((sum, i) => sum + i.value, 0) || 1;
  const parts: string[] = [];
  let x = 0;
  let lowest = 0;
  for (const [n, item] of spec.items.entries()) {
    const length = (item.value / total) * width;
    parts.push(element('rect', { x, y: 0, width: Math.max(0, length - 2), height: BAR, fill: fills[n]!, stroke: n > 2 ? a.light : undefined }));
    // A narrow part writes its words to the left of its end when it is the last one, so that nothing leaves the drawing.
    const last = n === spec.items.length - 1 && length < 60;
    const at = last ? x + length - 2 : x;
    const anchor = last ? 'end' : undefined;
    parts.push(label(at, BAR + 19, item.text, { 'font-size': 16, 'font-weight': 700, 'text-anchor': anchor, fill: INK }));
    const lines = wrap(item.label, 12, Math.max(length - 8, 56));
    for (const [k, line] of lines.entries()) parts.push(label(at, BAR + 35 + k * 14, line, { 'font-size': 12, 'text-anchor': anchor, fill: INK_SOFT }));
    lowest = Math.max(lowest, BAR + 39 + (lines.length - 1) * 14);
    x += length;
  }
  return {
    ...spec,
    width,
    height: lowest,
    svg: drawing({ ...spec, width, height: lowest }, ...parts),
    table: { columns: spec.columns, rows: spec.items.map((i) => [i.label, i.text]) },
  };
}
