/** One square per centre: « 29 centres sur 36 » is seen before it is read. Above 120, a hundred squares stand for the whole. */
import { type Chart, type ChartWords, COLUMN } from './chart.ts';
import { ACCENTS, type Level } from './palette.ts';
import { drawing, element } from './svg.ts';

export interface WaffleSpec extends ChartWords {
  readonly count: number;
  readonly total: number;
  readonly level: Level;
  /** What is counted and the rest: « avec partenariat », « sans partenariat ». */
  readonly columns: readonly [string, string];
  readonly width?: number;
}

const LARGEST = 120;

/** `count` of `total` squares filled, by rows of 12 (20 above 60). Throws when the count exceeds the total: figures are wrong, not the drawing. */
export function waffle(spec: WaffleSpec): Chart {
  if (spec.count > spec.total || spec.count < 0) throw new Error(`waffle ${spec.id}: ${spec.count} of ${spec.total}`);
  const width = spec.width ?? COLUMN;
  const squares = spec.total > LARGEST ? 100 : spec.total;
  const filled = spec.total > LARGEST ? Math.round((spec.count / spec.total) * 100) : spec.count;
  const perRow = squares > 60 ? 20 : 12;
  const step = width / perRow;
  const side = Math.min(step * 0.84, 24);
  const pitch = Math.min(step, side / 0.84);
  const rows = Math.max(1, Math.ceil(squares / perRow));
  const accent = ACCENTS[spec.level];
  const size = Math.round(side * 10) / 10;
  const square = (n: number): string => `M${Math.round((n % perRow) * pitch * 10) / 10} ${Math.round(Math.floor(n / perRow) * pitch * 10) / 10}h${size}v${size}h-${size}z`;
  const path = (from: number, to: number): string => Array.from({ length: to - from }, (_, k) => square(from + k)).join('');
  const cells = [
    ...(filled > 0 ? [element('path', { d: path(0, filled), fill: accent.strong })] : []),
    ...(filled < squares ? [element('path', { d: path(filled, squares), fill: accent.pale, stroke: accent.light })] : []),
  ];
  const height = rows * pitch - (pitch - side) + 1;
  return {
    ...spec,
    width,
    height,
    svg: drawing({ ...spec, width, height }, ...cells),
    table: { columns: ['', 'Centres'], rows: [[spec.columns[0], String(spec.count)], [spec.columns[1], String(spec.total - spec.count)]] },
  };
}
