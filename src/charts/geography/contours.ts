/**
 * Contours of départements and regions as GeoJSON, from one small topology in which a shared border is drawn once
 * (Natural Earth admin-1, public domain; see scripts/reference/build-contours.ts).
 */
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { feature, merge } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import data from './departments.topo.json' with { type: 'json' };

export type Contour = Feature<Polygon | MultiPolygon>;

const topology = data as unknown as Topology<{ departments: GeometryCollection }>;
let decoded: ReadonlyMap<string, Contour> | undefined;

/** Contour of each of the 101 départements by its code (`62`, `2A`, `974`), in the order of the codes. */
export function departmentContours(): ReadonlyMap<string, Contour> {
  if (!decoded) {
    const collection = feature(topology, topology.objects.departments);
    decoded = new Map(collection.features.map((f) => [String(f.id), f as Contour]));
  }
  return decoded;
}

/** One contour around several départements (a region, an inter-departmental area), without their inner borders. Unknown codes are left out. */
export function mergedContour(departmentCodes: readonly string[]): Contour | undefined {
  const wanted = new Set(departmentCodes);
  const parts = topology.objects.departments.geometries.filter((g) => wanted.has(String(g.id)));
  if (parts.length === 0) return undefined;
  return { type: 'Feature', properties: {}, geometry: merge(topology, parts as never) };
}
