/** The cover carries the territory itself: its outline and one light per structure. Pure ornament, so it has no words. */
import { geoMercator, geoPath } from 'd3-geo';
import { mergedContour } from '../../charts/geography/contours.ts';
import { ACCENTS, type Level } from '../../charts/palette.ts';
import { element } from '../../charts/svg.ts';
import type { PublicStructure } from './model.ts';

const SIZE = 600;

/** Beyond so many structures, lights shrink: a nation stays a map, not a cloud. */
const FULL_LIGHTS = 400;

/** Overseas départements are left out of a cover that has others: with them the map would be the globe. */
export function coverArt(level: Level, departments: readonly string[], structures: readonly PublicStructure[]): string {
  const accent = ACCENTS[level];
  const mainland = departments.filter((code) => code.length === 2);
  const contour = mergedContour(mainland.length > 0 ? mainland : departments);
  const parts: string[] = [];
  if (contour) {
    const projection = geoMercator().fitExtent([[10, 10], [SIZE - 10, SIZE - 10]], contour);
    parts.push(element('path', { d: geoPath(projection).digits(1)(contour) ?? '', fill: '#ffffff', 'fill-opacity': 0.1, stroke: accent.light, 'stroke-width': 1.5 }));
    const light = Math.min(1, Math.sqrt(FULL_LIGHTS / Math.max(1, structures.length)));
    for (const s of structures) {
      const [x, y] = (s.longitude === null || s.latitude === null ? null : projection([s.longitude, s.latitude])) ?? [-1, -1];
      if (x < 0 || y < 0 || x > SIZE || y > SIZE) continue;
      parts.push(element('circle', { cx: x, cy: y, r: 16 * light, fill: accent.light, 'fill-opacity': 0.22 * light }), element('circle', { cx: x, cy: y, r: 5 * light, fill: '#ffffff' }));
    }
  }
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${SIZE} ${SIZE}`, width: SIZE, height: SIZE }, ...parts);
}
