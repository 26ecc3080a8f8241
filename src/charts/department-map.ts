/**
 * The approved structures of a territory on its outline: one symbol per structure (disc: centre social, square: espace de vie sociale),
 * gathered on their commune, names of communes kept apart. Register facts only, which are public.
 */
import { geoMercator, geoPath } from 'd3-geo';
import type { Geometry, MultiPolygon, Polygon } from 'geojson';
import type { Chart, ChartTable, ChartWords } from './chart.ts';
import { placeLabels, type Box } from './label-placement.ts';
import { ACCENTS, INK_SOFT, type Level, LINE } from './palette.ts';
import { drawing, element, group, label } from './svg.ts';
import { textWidth } from './text-width.ts';

export interface MapStructure {
  readonly name: string;
  readonly commune: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly kind: 'CS' | 'EVS' | (string & {});
  /** Approved in the data year, greeted, not yet surveyed. */
  readonly isNew?: boolean;
}

export interface DepartmentMapSpec extends ChartWords {
  readonly outline: Polygon | MultiPolygon;
  /** Territories around, drawn faintly. */
  readonly neighbours?: readonly Geometry[];
  readonly structures: readonly MapStructure[];
  readonly level: Level;
  /** Words of the legend, given only for kinds that appear. */
  readonly kindLabels: { readonly [kind: string]: string };
  readonly width?: number;
  /** Largest height; the outline decides below it. */
  readonly maxHeight?: number;
}

interface Dot {
  readonly structure: MapStructure;
  readonly home: readonly [number, number];
  x: number;
  y: number;
}

/** Largest radius of a symbol. */
const LARGEST = 5;

/** Symbols shrink when there are many for the room, so that a crowd keeps its place on the land. */
const radiusFor = (room: number, count: number): number => Math.max(1.8, Math.min(LARGEST, 0.2 * Math.sqrt(room / Math.max(count, 1))));

/**
 * Symbols that would cover each other step aside, each held by its own place: a few rounds of pushing apart, always in the same order, so that
 * the same register gives the same drawing.
 */
function stepAside(dots: readonly Dot[], radius: number): void {
  const apart = radius * 2 + 1.2;
  for (const [n, dot] of dots.entries()) {
    // Structures on the very same point leave it in different directions (golden angle).
    dot.x += Math.cos(n * 2.39996) * 0.5;
    dot.y += Math.sin(n * 2.39996) * 0.5;
  }
  for (let round = 0; round < 120; round++) {
    for (let i = 0; i < dots.length; i++) {
      const a = dots[i]!;
      for (let j = i + 1; j < dots.length; j++) {
        const b = dots[j]!;
        const dx = b.x - a.x;
        const dy = b.y - a.y;
        const distance = Math.hypot(dx, dy) || 0.01;
        if (distance >= apart) continue;
        const push = (apart - distance) / 2 / distance;
        a.x -= dx * push;
        a.y -= dy * push;
        b.x += dx * push;
        b.y += dy * push;
      }
      if (round < 100) {
        a.x += (a.home[0] - a.x) * 0.02;
        a.y += (a.home[1] - a.y) * 0.02;
      }
    }
  }
}

/** Above this many structures the table counts by commune; the register lists them one by one. */
const LISTED = 150;

function byCommune(communes: readonly { readonly commune: string; readonly count: number }[]): ChartTable {
  const sorted = communes.toSorted((a, b) => b.count - a.count || a.commune.localeCompare(b.commune, 'fr'));
  const shown = sorted.slice(0, 40);
  const rest = sorted.slice(40);
  return {
    columns: ['Commune', 'Structures'],
    rows: [...shown.map((c) => [c.commune, String(c.count)]), ...(rest.length > 0 ? [[`${rest.length} autres communes`, String(rest.reduce((sum, c) => sum + c.count, 0))]] : [])],
  };
}

function symbol(x: number, y: number, structure: MapStructure, radius: number): string {
  return structure.kind === 'EVS'
    ? element('rect', { x: x - radius * 0.86, y: y - radius * 0.86, width: radius * 1.72, height: radius * 1.72 })
    : element('circle', { cx: x, cy: y, r: structure.isNew ? radius * 0.88 : radius });
}

/** Structures without coordinates must be given those of their commune by the caller. */
export function departmentMap(spec: DepartmentMapSpec): Chart {
  const width = spec.width ?? 700;
  const accent = ACCENTS[spec.level];
  const margin = 16;
  const shape = { type: 'Feature' as const, properties: {}, geometry: spec.outline };
  const probe = geoMercator().fitWidth(width - 2 * margin, shape);
  const [[, top], [, bottom]] = geoPath(probe).bounds(shape);
  const inner = Math.min(bottom - top, (spec.maxHeight ?? 560) - 2 * margin);
  const legendTop = inner + 2 * margin + 6;
  const projection = geoMercator().fitExtent([[margin, margin], [width - margin, margin + inner]], shape).clipExtent([[0, 0], [width, inner + 2 * margin]]);
  const path = geoPath(projection).digits(1);

  const dots: Dot[] = spec.structures.flatMap((structure) => {
    const point = projection([structure.longitude, structure.latitude]);
    return point ? [{ structure, home: point, x: point[0], y: point[1] }] : [];
  });
  const radius = radiusFor(path.area(shape), dots.length);
  stepAside(dots, radius);
  const ordered = [...Map.groupBy(dots, (d) => d.structure.commune)].map(([commune, own]) => {
    const x = own.reduce((sum, d) => sum + d.x, 0) / own.length;
    const y = own.reduce((sum, d) => sum + d.y, 0) / own.length;
    return { commune, x, y, count: own.length, radius: radius + Math.max(...own.map((d) => Math.hypot(d.x - x, d.y - y))) };
  });
  const size = ordered.length > 90 ? 9.5 : ordered.length > 45 ? 11 : 12.5;
  const obstacles: Box[] = dots.map((d) => ({ x0: d.x - radius - 1, y0: d.y - radius - 1, x1: d.x + radius + 1, y1: d.y + radius + 1 }));
  // Names in the open first, near their point; those in a crowd then find their way out with a thread.
  const crowd = new Map(ordered.map((c) => [c, ordered.filter((o) => o !== c && Math.hypot(o.x - c.x, o.y - c.y) < 60).length]));
  const queue = ordered.toSorted((a, b) => crowd.get(a)! - crowd.get(b)! || b.count - a.count || a.commune.localeCompare(b.commune, 'fr'));
  const named = ordered.length > 150 ? queue.toSorted((a, b) => b.count - a.count).slice(0, width < 400 ? 12 : 40) : queue;
  const placed = placeLabels(
    named.map((c) => ({ x: c.x, y: c.y, width: textWidth(c.commune, size, true) + 2, height: size * 1.08, radius: c.radius })),
    obstacles,
    { x0: 2, y0: 2, x1: width - 2, y1: inner + 2 * margin },
  );

  const around = (spec.neighbours ?? []).flatMap((g) => path(g) ?? []).join('');
  const ground = around === '' ? [] : [element('path', { d: around, fill: '#f8f6f1', stroke: LINE, 'stroke-width': 0.8 })];
  const threads: string[] = [];
  const names: string[] = [];
  for (const [n, cluster] of named.entries()) {
    const spot = placed[n];
    if (!spot) continue;
    if (spot.thread) threads.push(element('line', { x1: cluster.x, y1: cluster.y, x2: spot.thread[0], y2: spot.thread[1] }));
    names.push(label(spot.box.x0 + 1, spot.box.y1 - size * 0.26, cluster.commune));
  }
  const old = dots.filter((d) => !d.structure.isNew);
  const symbols = [
    group({ fill: accent.strong, stroke: '#ffffff', 'stroke-width': radius < 3 ? 0.7 : 1.2 }, old.map((d) => symbol(d.x, d.y, d.structure, radius))),
    group({ fill: '#ffffff', stroke: accent.strong, 'stroke-width': radius < 3 ? 1.3 : 2.2 }, dots.filter((d) => d.structure.isNew).map((d) => symbol(d.x, d.y, d.structure, radius))),
  ];

  const legend: string[] = [];
  let at = margin;
  let line = legendTop;
  const entry = (sample: MapStructure, second: string | undefined, words: string): void => {
    const room = LARGEST * 2 * (second === undefined ? 1 : 2.2);
    const long = room + 8 + textWidth(words, 13);
    if (at > margin && at + long > width) {
      at = margin;
      line += 20;
    }
    legend.push(group(sample.isNew ? { fill: '#ffffff', stroke: accent.strong, 'stroke-width': 2.2 } : { fill: accent.strong }, [symbol(at + LARGEST, line + 6, sample, LARGEST), ...(second === undefined ? [] : [symbol(at + LARGEST * 3.4, line + 6, { ...sample, kind: second }, LARGEST)])]), label(at + room + 8, line + 10.5, words));
    at += long + 24;
  };
  const kinds = [...new Set(spec.structures.map((s) => s.kind))].toSorted();
  for (const kind of kinds) entry({ name: '', commune: '', longitude: 0, latitude: 0, kind }, undefined, spec.kindLabels[kind] ?? kind);
  // One sample per shape that the new ones take on this map.
  const fresh = [...new Set(spec.structures.filter((s) => s.isNew).map((s) => s.kind))].toSorted();
  if (spec.structures.some((s) => s.isNew)) entry({ name: '', commune: '', longitude: 0, latitude: 0, kind: fresh[0] ?? 'CS', isNew: true }, fresh[1], width < 400 ? 'agréé dans l’année, pas encore interrogé' : 'agréé dans l’année, interrogé à partir de la campagne suivante');
  const height = line + 18;
  return {
    ...spec,
    width,
    height,
    svg: drawing({ ...spec, width, height }, ...ground, element('path', { d: path(shape) ?? '', fill: accent.pale, stroke: accent.strong, 'stroke-width': 1.4, 'stroke-linejoin': 'round' }), group({ stroke: INK_SOFT, 'stroke-width': 0.6 }, threads), ...symbols, group({ 'font-size': size, 'font-weight': 600, stroke: '#ffffff', 'stroke-width': 2.4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }, names), ...legend),
    table: spec.structures.length > LISTED ? byCommune(ordered) : {
      columns: ['Commune', 'Structure', 'Type'],
      rows: spec.structures.toSorted((a, b) => a.commune.localeCompare(b.commune, 'fr') || a.name.localeCompare(b.name, 'fr')).map((s) => [s.commune, s.name, s.kind]),
    },
  };
}
