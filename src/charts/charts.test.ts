import { describe, expect, it } from 'vitest';
import { parseHTML } from 'linkedom';
import type { Chart } from './chart.ts';
import { departmentContours } from './geography/contours.ts';
import { departmentMap } from './department-map.ts';
import { dotStrip } from './dot-strip.ts';
import { placeLabels } from './label-placement.ts';
import { nationalMap } from './national-map.ts';
import { pairedBars } from './paired-bars.ts';
import { partsOfWhole } from './parts-of-whole.ts';
import { sortedBars } from './sorted-bars.ts';
import { wrap } from './text-width.ts';
import { waffle } from './waffle.ts';

const contours = departmentContours();
const words = (id: string) => ({ id, title: `Titre <${id}>`, subtitle: 'Mesure, base, année', source: 'Source', description: `Ce que montre « ${id} » & rien d’autre.` });
const three = [
  { label: 'Peu', value: 4, text: '4' },
  { label: 'Beaucoup', value: 36, text: '36' },
  { label: 'Accompagnement à la participation à des événements sur le territoire', value: 15, text: '15' },
];

const bars = sortedBars({ ...words('bars'), items: three, max: 36, level: 'department', columns: ['Action', 'Centres'] });
const map = departmentMap({
  ...words('map'),
  outline: contours.get('62')!.geometry,
  neighbours: [contours.get('59')!.geometry, contours.get('13')!.geometry],
  level: 'department',
  kindLabels: { CS: 'centre social', EVS: 'espace de vie sociale' },
  structures: ['A', 'B', 'C', 'D'].map((name, n) => ({ name, commune: n < 3 ? 'Lens' : 'Liévin', longitude: 2.8279, latitude: 50.433, kind: n === 3 ? 'EVS' : 'CS', isNew: n === 0 })),
});
const all: Chart[] = [
  bars,
  map,
  waffle({ ...words('waffle'), count: 29, total: 36, level: 'department', columns: ['avec', 'sans'] }),
  pairedBars({ ...words('pairs'), years: [2015, 2016], head: 'Poste', level: 'nation', items: [{ label: 'Pilotage', values: [null, { value: 17.5, text: '17,5 %' }] }] }),
  partsOfWhole({ ...words('parts'), items: three, level: 'region', columns: ['Part', '%'] }),
  dotStrip({ ...words('strip'), level: 'structure', marks: three.toSorted((a, b) => a.value - b.value), own: { label: 'vous', value: 12, text: '12' } }),
  nationalMap({ ...words('nation'), classes: ['interrogé', 'en test'], none: 'pas encore', column: 'Enquête', territories: [...contours].map(([code, c], n) => ({ code, name: code, geometry: c.geometry, class: n % 3 === 0 ? null : 0, text: 'interrogé' })) }),
];

describe('every chart', () => {
  it.each(all.map((chart) => [chart.id, chart] as const))('%s is an image with a name, a sentence and a table', (id, chart) => {
    const { document } = parseHTML(chart.svg);
    const svg = document.querySelector('svg')!;
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.getAttribute('aria-labelledby')).toBe(`${id}-t ${id}-d`);
    expect(document.getElementById(`${id}-t`)?.textContent).toBe(chart.title);
    expect(document.getElementById(`${id}-d`)?.textContent).toBe(chart.description);
    expect(chart.table.rows.length).toBeGreaterThan(0);
    for (const row of chart.table.rows) expect(row).toHaveLength(chart.table.columns.length);
    expect(chart.svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('sorted bars', () => {
  it('rank by value and keep the order of ties', () => {
    expect(bars.table.rows.map((r) => r[1])).toEqual(['36', '15', '4']);
  });
  it('wrap long labels instead of cutting them', () => {
    expect(wrap(three[2]!.label, 13, 300).length).toBe(2);
    expect(bars.svg).toContain('Accompagnement à la participation');
  });
});

describe('waffle', () => {
  it('refuses a count above its total', () => {
    expect(() => waffle({ ...words('w'), count: 37, total: 36, level: 'nation', columns: ['a', 'b'] })).toThrow();
  });
  it('stands for large totals by a hundred squares', () => {
    const large = waffle({ ...words('w'), count: 1850, total: 2065, level: 'nation', columns: ['a', 'b'] });
    expect(large.svg.match(/M[\d.]+ [\d.]+h/g)).toHaveLength(100);
  });
});

describe('map', () => {
  it('moves symbols of one place apart', () => {
    const dots = [...map.svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].slice(0, 3).map((m) => [Number(m[1]), Number(m[2])]);
    for (const [n, a] of dots.entries()) for (const b of dots.slice(n + 1)) expect(Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!)).toBeGreaterThan(10);
  });
  it('never lets a name cover another', () => {
    const items = Array.from({ length: 40 }, (_, n) => ({ x: 100 + (n % 7) * 14, y: 100 + Math.floor(n / 7) * 12, width: 60, height: 12, radius: 4 }));
    const boxes = placeLabels(items, [], { x0: 0, y0: 0, x1: 400, y1: 400 }).flatMap((p) => (p ? [p.box] : []));
    expect(boxes.length).toBeGreaterThan(10);
    for (const [n, a] of boxes.entries()) for (const b of boxes.slice(n + 1)) expect(a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1).toBe(false);
  });
});
