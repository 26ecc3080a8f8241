/**
 * The départements in classes or states: metropolitan France in its official projection (Lambert 93: conic conformal, parallels 44° and 49°,
 * meridian 3° E), overseas départements in a row of frames of their own. Each class has its fill and, below, its words and its number of départements.
 */
import { type GeoProjection, geoConicConformal, geoMercator, geoPath } from 'd3-geo';
import type { MultiPolygon, Polygon } from 'geojson';
import type { Chart, ChartWords } from './chart.ts';
import { ACCENTS, INK, INK_SOFT, LINE } from './palette.ts';
import { drawing, element, group, label } from './svg.ts';
import { textWidth } from './text-width.ts';

export interface MapTerritory {
  /** `62`, `2A`, `974`. */
  readonly code: string;
  readonly name: string;
  readonly geometry: Polygon | MultiPolygon;
  /** Index into `classes`; null = no data, left white. */
  readonly class: number | null;
  /** What the table says of it. */
  readonly text: string;
  /** Page of the territory, when there is one: its shape becomes a link on screen. */
  readonly href?: string;
}

export interface NationalMapSpec extends ChartWords {
  readonly territories: readonly MapTerritory[];
  /** From most to least; at most five. */
  readonly classes: readonly string[];
  readonly none: string;
  readonly column: string;
  readonly width?: number;
  /** The page writes the legend itself, in letters that do not shrink with the drawing. */
  readonly legendApart?: boolean;
}

export interface NationalMap extends Chart {
  readonly legend: readonly { readonly text: string; readonly fill: string }[];
}

const OVERSEAS: { readonly [code: string]: string } = { 971: 'Guadeloupe', 972: 'Martinique', 973: 'Guyane', 974: 'La Réunion', 976: 'Mayotte' };
const isOverseas = (code: string): boolean => code.length === 3;

export function nationalMap(spec: NationalMapSpec): NationalMap {
  const width = spec.width ?? 520;
  const a = ACCENTS.nation;
  const fills = [a.strong, a.middle, a.light, a.pale, '#f3f5fa'];
  const mainland = spec.territories.filter((t) => !isOverseas(t.code));
  const overseas = spec.territories.filter((t) => isOverseas(t.code)).toSorted((x, y) => x.code.localeCompare(y.code));
  const mainHeight = width * 0.97;
  const whole = { type: 'FeatureCollection' as const, features: mainland.map((t) => ({ type: 'Feature' as const, properties: {}, geometry: t.geometry })) };
  const lambert = geoConicConformal().parallels([44, 49]).rotate([-3, 0]).fitExtent([[2, 2], [width - 2, mainHeight - 2]], whole);

  const shape = (t: MapTerritory, projection: GeoProjection): string => {
    const d = geoPath(projection).digits(1)(t.geometry) ?? '';
    const drawn = element('path', { d, fill: t.class === null ? '#ffffff' : fills[t.class]! });
    return t.href ? element('a', { href: t.href, 'aria-label': `${t.name} : ${t.text}` }, drawn) : drawn;
  };
  const edge = { stroke: LINE, 'stroke-width': 0.7, 'stroke-linejoin': 'round' };
  const parts = [group(edge, mainland.map((t) => shape(t, lambert)))];
  const side = (width - 4 * 6) / 5;
  let y = mainHeight + 8;
  if (overseas.length > 0) {
    for (const [n, t] of overseas.entries()) {
      const x = n * (side + 6);
      const frame = geoMercator().fitExtent([[x + 8, y + 8], [x + side - 8, y + side * 0.72 - 8]], { type: 'Feature', properties: {}, geometry: t.geometry });
      parts.push(
        element('rect', { x: x + 0.5, y, width: side - 1, height: side * 0.72, fill: 'none', stroke: LINE }),
        group(edge, [shape(t, frame)]),
        label(x + side / 2, y + side * 0.72 + 14, OVERSEAS[t.code] ?? t.name, { 'font-size': width < 400 ? 9.5 : 12, 'text-anchor': 'middle', fill: INK_SOFT }),
      );
    }
    y += side * 0.72 + 28;
  }
  // Legend: one line per class, wrapped when it would leave the drawing.
  let x = 0;
  const without = spec.territories.filter((t) => t.class === null).length;
  const words = [...spec.classes.map((c, n) => ({ text: `${c} (${spec.territories.filter((t) => t.class === n).length})`, fill: fills[n]! })).filter((w) => !w.text.startsWith(' ')), ...(without > 0 ? [{ text: `${spec.none} (${without})`, fill: '#ffffff' }] : [])];
  for (const w of spec.legendApart ? [] : words) {
    const long = 22 + textWidth(w.text, 13) + 22;
    if (x > 0 && x + long - 22 > width) {
      x = 0;
      y += 22;
    }
    parts.push(element('rect', { x, y, width: 14, height: 14, fill: w.fill, stroke: INK_SOFT, 'stroke-width': 0.6 }), label(x + 20, y + 11.5, w.text, { fill: INK }));
    x += long;
  }
  const height = spec.legendApart ? y - 4 : y + 20;
  const linked = spec.territories.some((t) => t.href);
  const svg = drawing({ ...spec, width, height }, ...parts);
  return {
    ...spec,
    width,
    height,
    legend: words,
    // A drawing with links is a group of things to reach, not one image.
    svg: linked ? svg.replace('role="img"', 'role="group"') : svg,
    table: { columns: ['Département', spec.column], rows: spec.territories.toSorted((p, q) => p.code.localeCompare(q.code)).map((t) => [`${t.name} (${t.code})`, t.text]) },
  };
}
