/** Position in a group: a strip from the lowest to the highest decile drawn, its quartiles and median marked, one's own place above it. */
import { type Chart, type ChartWords, COLUMN, type Datum } from './chart.ts';
import { ACCENTS, GROUND, INK, INK_SOFT, type Level } from './palette.ts';
import { drawing, element, label } from './svg.ts';
import { textWidth } from './text-width.ts';

export interface StripSpec extends ChartWords {
  readonly level: Level;
  /** Quantiles that disclosure let through, in rising order, each with its words (« médiane », « un quart sous »). Never a minimum or maximum. */
  readonly marks: readonly Datum[];
  readonly own?: Datum;
  readonly width?: number;
}

export function dotStrip(spec: StripSpec): Chart {
  const width = spec.width ?? COLUMN;
  const accent = ACCENTS[spec.level];
  const values = [...spec.marks, ...(spec.own ? [spec.own] : [])].map((m) => m.value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = 34;
  const at = (value: number): number => (high === low ? width / 2 : pad + ((value - low) / (high - low)) * (width - 2 * pad));
  const y = spec.own ? 40 : 10;
  let rows = 0;
  const parts = [element('rect', { x: 0, y: y - 5, width, height: 10, rx: 5, fill: GROUND })];
  const first = spec.marks[0];
  const last = spec.marks.at(-1);
  if (first && last) parts.push(element('rect', { x: at(first.value), y: y - 5, width: Math.max(1, at(last.value) - at(first.value)), height: 10, fill: accent.light }));
  let free = -Infinity;
  let row = 0;
  for (const mark of spec.marks) {
    const half = Math.max(textWidth(mark.text, 13, true), textWidth(mark.label, 12)) / 2;
    const x = Math.min(Math.max(at(mark.value), half), width - half);
    row = x - half < free ? row + 1 : 0;
    rows = Math.max(rows, row);
    free = x + half + 6;
    parts.push(
      element('rect', { x: at(mark.value) - 1, y: y - 8, width: 2, height: 16 + row * 30, fill: accent.strong }),
      label(x, y + 24 + row * 30, mark.text, { 'font-weight': 700, 'text-anchor': 'middle' }),
      label(x, y + 38 + row * 30, mark.label, { 'font-size': 12, 'text-anchor': 'middle', fill: INK_SOFT }),
    );
  }
  if (spec.own) {
    const words = `${spec.own.label} : ${spec.own.text}`;
    const half = textWidth(words, 13, true) / 2;
    const x = Math.min(Math.max(at(spec.own.value), half), width - half);
    parts.push(element('circle', { cx: at(spec.own.value), cy: y, r: 7, fill: INK, stroke: '#ffffff', 'stroke-width': 2 }), label(x, y - 16, words, { 'font-weight': 700, 'text-anchor': 'middle' }));
  }
  const height = y + 44 + rows * 30;
  return {
    ...spec,
    width,
    height,
    svg: drawing({ ...spec, width, height }, ...parts),
    table: { columns: ['Repère', 'Valeur'], rows: [...spec.marks, ...(spec.own ? [spec.own] : [])].map((m) => [m.label, m.text]) },
  };
}
