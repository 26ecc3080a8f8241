import { expect, it } from 'vitest';
import { coverArt } from './cover-art.ts';
import type { PublicStructure } from './model.ts';

const at = (longitude: number, latitude: number): PublicStructure => ({ kind: 'CS', name: 'Centre', commune: '', communeName: '', longitude, latitude, status: 'counted' }) as unknown as PublicStructure;
const lights = (svg: string): number => [...svg.matchAll(/<circle/g)].length / 2;
/** Width of the outline, in the 600 of the drawing. */
const outlineWidth = (svg: string): number => {
  const xs = [...(/ d="([^"]*)"/.exec(svg)?.[1] ?? '').matchAll(/[ML]?(-?[\d.]+),(-?[\d.]+)/g)].map((m) => Number(m[1]));
  return Math.max(...xs) - Math.min(...xs);
};

it('shows the mainland at full size when overseas départements belong to the territory too', () => {
  const svg = coverArt('nation', ['62', '13', '29', '67', '974', '972'], [at(2.8, 50.4), at(55.5, -21.1)]);
  expect(outlineWidth(svg)).toBeGreaterThan(450);
  expect(lights(svg)).toBe(1);
});
it('shows an overseas département by itself', () => {
  const svg = coverArt('department', ['974'], [at(55.5, -21.1)]);
  expect([outlineWidth(svg) > 300, lights(svg)]).toEqual([true, 1]);
});
