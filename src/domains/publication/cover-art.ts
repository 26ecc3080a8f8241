/** The cover carries the territory itself: its outline and one light per structure. Pure ornament, so it has no words. */
import { geoMercator, geoPath } from 'd3-geo';
import { mergedContour } from '../../charts/geography/contours.ts';
import { ACCENTS, type Level } from '../../charts/palette.ts';
import { element } from '../../charts/svg.ts';
import type { PublicStructure } from './model.ts';

const SIZE = 600;

export function coverArt(level: Level, departments: readonly string[], structures: readonly PublicStructure[]): string {
  const accent = ACCENTS[level];
  const contour = mergedContour(departments);
  const parts: string[] = [];
  if (contour) {
    const projection = geoMercator().fitExtent([[10, 10], [SIZE - 10, SIZE - 10]], contour);
    parts.push(element('path', { d: geoPath(projection).digits(1)(contour) ?? '', fill: '#ffffff', 'fill-opacity': 0.1, stroke: accent.light, 'stroke-width': 1.5 }));
    for (const s of structures) {
      const point = s.longitude === null || s.latitude === null ? null : projection([s.longitude, s.latitude]);
      if (!point) continue;
      parts.push(element('circle', { cx: point[0], cy: point[1], r: 16, fill: accent.light, 'fill-opacity': 0.22 }), element('circle', { cx: point[0], cy: point[1], r: 5, fill: '#ffffff' }));
    }
  }
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${SIZE} ${SIZE}`, width: SIZE, height: SIZE }, ...parts);
}
