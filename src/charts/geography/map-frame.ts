/** From places on the Earth to places on the paper: a frame around one territory, or the whole nation with its overseas insets. */
import { geoConicConformal, geoMercator, geoPath, type GeoProjection } from 'd3-geo';
import type { FeatureCollection } from 'geojson';
import { type Contour, departmentContours } from './contours.ts';

export interface MapFrame {
  /** In the units of the drawing. */
  readonly width: number;
  readonly height: number;
  /** `d` of an SVG path, coordinates to one decimal. Empty when nothing of the contour is inside. */
  readonly path: (contour: Contour) => string;
  /** Where a longitude and latitude (decimal degrees) fall, undefined outside the frame. */
  readonly point: (longitude: number, latitude: number) => readonly [number, number] | undefined;
}

export interface Inset {
  readonly code: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface NationFrame {
  readonly width: number;
  readonly height: number;
  readonly insets: readonly Inset[];
  /** Path of a département by its code, in its inset when it lies overseas. */
  readonly departmentPath: (code: string) => string;
  /** Centre of a département by its code, for a symbol or a label. */
  readonly centre: (code: string) => readonly [number, number] | undefined;
  readonly point: (longitude: number, latitude: number) => readonly [number, number] | undefined;
}

/** The projection of French official maps (Lambert 93 parallels), for anything in metropolitan France. */
const lambert = (): GeoProjection => geoConicConformal().parallels([44, 49]).rotate([-3, 0]);
const isMetropolitan = (contour: Contour): boolean => {
  const [[west]] = bounds(contour);
  return west > -6 && west < 12;
};

function bounds(contour: Contour): [[number, number], [number, number]] {
  const rings = contour.geometry.type === 'Polygon' ? [contour.geometry.coordinates] : contour.geometry.coordinates;
  const points = rings.flat(2);
  const xs = points.map((p) => p[0]!);
  const ys = points.map((p) => p[1]!);
  return [[Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]];
}

const oneDecimal = (d: string): string => d.replace(/\d+\.\d+/g, (n) => String(Math.round(Number(n) * 10) / 10));

/** A frame `width` wide around a contour; its height follows from the contour's shape, at most `maxHeight`. */
export function territoryFrame(contour: Contour, width: number, maxHeight = width * 1.2, padding = 8): MapFrame {
  const projection = isMetropolitan(contour) ? lambert() : geoMercator();
  projection.fitWidth(width - 2 * padding, contour);
  const [[, top], [, bottom]] = geoPath(projection).bounds(contour);
  const height = Math.min(maxHeight, Math.ceil(bottom - top) + 2 * padding);
  projection.fitExtent([[padding, padding], [width - padding, height - padding]], contour);
  const draw = geoPath(projection);
  return {
    width,
    height,
    path: (c) => oneDecimal(draw(c) ?? ''),
    point: (longitude, latitude) => inside(projection([longitude, latitude]), 0, 0, width, height),
  };
}

function inside(at: readonly [number, number] | null, x: number, y: number, width: number, height: number): readonly [number, number] | undefined {
  if (!at || at[0] < x || at[0] > x + width || at[1] < y || at[1] > y + height) return undefined;
  return [Math.round(at[0] * 10) / 10, Math.round(at[1] * 10) / 10];
}

const OVERSEAS: readonly (readonly [code: string, label: string])[] = [
  ['971', 'Guadeloupe'],
  ['972', 'Martinique'],
  ['973', 'Guyane'],
  ['974', 'La Réunion'],
  ['976', 'Mayotte'],
];

/** The 101 départements: metropolitan France above, the five overseas in a row of insets below, each at a scale of its own. */
export function nationFrame(width: number): NationFrame {
  const contours = departmentContours();
  const overseas = new Map(OVERSEAS);
  const metropolitan: FeatureCollection = { type: 'FeatureCollection', features: [...contours].filter(([code]) => !overseas.has(code)).map(([, c]) => c) };
  const main = lambert().fitWidth(width, metropolitan);
  const [[, top], [, bottom]] = geoPath(main).bounds(metropolitan);
  const mainHeight = Math.ceil(bottom - top);
  main.fitExtent([[0, 0], [width, mainHeight]], metropolitan);

  const gap = width * 0.02;
  const side = (width - gap * (OVERSEAS.length - 1)) / OVERSEAS.length;
  const insets = OVERSEAS.map(([code, label], i): Inset => ({ code, label, x: i * (side + gap), y: mainHeight + gap, width: side, height: side * 0.8 }));
  const pad = side * 0.08;
  const projections = new Map<string, GeoProjection>(
    insets.map((inset) => [
      inset.code,
      geoMercator().fitExtent([[inset.x + pad, inset.y + pad], [inset.x + inset.width - pad, inset.y + inset.height * 0.8]], contours.get(inset.code)!),
    ]),
  );
  const projectionOf = (code: string): GeoProjection => projections.get(code) ?? main;
  return {
    width,
    height: Math.ceil(mainHeight + gap + side * 0.8),
    insets,
    departmentPath: (code) => {
      const contour = contours.get(code);
      return contour ? oneDecimal(geoPath(projectionOf(code))(contour) ?? '') : '';
    },
    centre: (code) => {
      const contour = contours.get(code);
      return contour && geoPath(projectionOf(code)).centroid(contour);
    },
    point: (longitude, latitude) => {
      for (const inset of insets) {
        const at = inside(projectionOf(inset.code)([longitude, latitude]), inset.x, inset.y, inset.width, inset.height);
        const [[west, south], [east, north]] = bounds(contours.get(inset.code)!);
        if (at && longitude > west - 1 && longitude < east + 1 && latitude > south - 1 && latitude < north + 1) return at;
      }
      return inside(main([longitude, latitude]), 0, 0, width, mainHeight);
    },
  };
}
