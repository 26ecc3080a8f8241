/**
 * The same départements for a map of the whole country on a screen: borders with fewer points (Douglas-Peucker on the arcs of the topology, so that
 * neighbours keep one border), a tenth of the weight.
 */
import type { MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Contour } from './contours.ts';
import data from './departments.topo.json' with { type: 'json' };

type Point = readonly [number, number];

/** Largest distance, in degrees, between a border and its coarse drawing: under a pixel when France is 520 units wide. */
const TOLERANCE = 0.018;

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  return length === 0 ? Math.hypot(x - ax, y - ay) : Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
}

/** Ends are kept; between them, only the points that stand out. */
function thin(points: readonly Point[], tolerance: number): Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return [...points];
  let far = 0;
  let at = 0;
  for (let n = 1; n < points.length - 1; n++) {
    const d = distance(points[n]!, first, last);
    if (d > far) {
      far = d;
      at = n;
    }
  }
  if (far <= tolerance) return [first, last];
  return [...thin(points.slice(0, at + 1), tolerance).slice(0, -1), ...thin(points.slice(at), tolerance)];
}

/** Rings of fewer than four points enclose nothing: the isles that vanish at this size. */
function withoutSpecks(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const kept = polygons.map((rings) => rings.filter((ring) => ring.length >= 4)).filter((rings) => rings.length > 0);
  return { type: 'MultiPolygon', coordinates: kept };
}

let decoded: ReadonlyMap<string, Contour> | undefined;

/** Coarse contour of each of the 101 départements by its code. */
export function coarseContours(): ReadonlyMap<string, Contour> {
  if (decoded) return decoded;
  const topology = data as unknown as Topology<{ departments: GeometryCollection }>;
  const { scale, translate } = topology.transform!;
  // Arcs are written as differences of whole numbers; thinned ones are written as plain degrees, without a transform.
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    const points = arc.map(([dx, dy]): Point => {
      x += dx!;
      y += dy!;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
    // Overseas départements fill a frame of their own and are drawn larger.
    const overseas = points[0]![1] < 40 || points[0]![0] < -20;
    return thin(points, overseas ? TOLERANCE / 3 : TOLERANCE).map(([px, py]) => [px, py]);
  });
  const { transform: _, ...plain } = { ...topology, arcs };
  const collection = feature(plain as Topology<{ departments: GeometryCollection }>, topology.objects.departments);
  decoded = new Map(collection.features.map((f) => [String(f.id), { ...f, geometry: withoutSpecks(f.geometry as Polygon | MultiPolygon) } as Contour]));
  return decoded;
}
