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
  // First and last words lean outwards, those between stand above, one's own place above them: whatever the values, nothing meets.
  const pad = 12 + Math.max(30, ...[spec.marks[0], spec.marks.at(-1)].map((m) => (m ? Math.max(textWidth(m.label, 12), textWidth(m.text, 14, true)) : 0)));
  const at = (value: number): number => (high === low ? width / 2 : pad + ((value - low) / (high - low)) * (width - 2 * pad));
  const between = spec.marks.slice(1, -1);
  const y = (between.length > 0 ? 42 : 10) + (spec.own ? 30 : 0);
  const parts = [element('rect', { x: 0, y: y - 5, width, height: 10, rx: 5, fill: GROUND })];
  const first = spec.marks[0];
  const last = spec.marks.at(-1);
  if (first && last) parts.push(element('rect', { x: at(first.value), y: y - 5, width: Math.max(1, at(last.value) - at(first.value)), height: 10, fill: accent.light }));
  const words = (mark: Datum, x: number, top: number, anchor: string): string[] => [
    label(x, top, mark.text, { 'font-size': 14, 'font-weight': 700, 'text-anchor': anchor }),
    label(x, top + 14, mark.label, { 'font-size': 12, 'text-anchor': anchor, fill: INK_SOFT }),
  ];
  for (const mark of spec.marks) parts.push(element('rect', { x: at(mark.value) - 1, y: y - 8, width: 2, height: 16, fill: accent.strong }));
  if (first) parts.push(...words(first, at(first.value) + 1, y + 24, last && last !== first ? 'end' : 'middle'));
  if (last && last !== first) parts.push(...words(last, at(last.value) - 1, y + 24, 'start'));
  for (const mark of between) parts.push(...words(mark, at(mark.value), y - 27, 'middle'));
  if (spec.own) {
    const text = `${spec.own.label} : ${spec.own.text}`;
    const half = textWidth(text, 13, true) / 2;
    const x = Math.min(Math.max(at(spec.own.value), half), width - half);
    parts.push(element('circle', { cx: at(spec.own.value), cy: y, r: 7, fill: INK, stroke: '#ffffff', 'stroke-width': 2 }), label(x, 13, text, { 'font-weight': 700, 'text-anchor': 'middle' }));
  }
  const height = y + 42;
  return {
    ...spec,
    width,
    height,
    svg: drawing({ ...spec, width, height }, ...parts),
    table: { columns: ['Repère', 'Valeur'], rows: [...spec.marks, ...(spec.own ? [spec.own] : [])].map((m) => [m.label, m.text]) },
  };
}
