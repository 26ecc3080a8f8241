import { describe, expect, it } from 'vitest';
import { departmentContours, mergedContour } from './contours.ts';
import { nationFrame, territoryFrame } from './map-frame.ts';

describe('contours', () => {
  it('hold the 101 départements, overseas and Corsica included', () => {
    const codes = [...departmentContours().keys()];
    expect(codes).toHaveLength(101);
    expect(codes).toEqual(expect.arrayContaining(['01', '2A', '2B', '62', '95', '971', '976']));
  });

  it('merge départements into a region without inner borders', () => {
    const nord = mergedContour(['59', '62'])!;
    const alone = JSON.stringify(departmentContours().get('59')!.geometry).length + JSON.stringify(departmentContours().get('62')!.geometry).length;
    expect(JSON.stringify(nord.geometry).length).toBeLessThan(alone);
    expect(mergedContour(['XX'])).toBeUndefined();
  });
});

describe('map frames', () => {
  it('place Arras inside Pas-de-Calais, at its south-east, and Marseille outside', () => {
    const frame = territoryFrame(departmentContours().get('62')!, 600);
    const [x, y] = frame.point(2.7772, 50.291)!;
    expect(x).toBeGreaterThan(350);
    expect(y).toBeGreaterThan(frame.height / 2);
    expect(frame.point(5.37, 43.3)).toBeUndefined();
  });

  it('place each overseas département in its inset and draw all 101', () => {
    const frame = nationFrame(500);
    for (const code of departmentContours().keys()) {
      expect(frame.departmentPath(code)).toMatch(/^M/);
      const [x, y] = frame.centre(code)!;
      expect(x > 0 && x < frame.width && y > 0 && y < frame.height).toBe(true);
    }
    const saintDenis = frame.point(55.45, -20.88)!;
    const reunion = frame.insets.find((i) => i.code === '974')!;
    expect(saintDenis[0] > reunion.x && saintDenis[0] < reunion.x + reunion.width && saintDenis[1] > reunion.y).toBe(true);
    expect(frame.point(2.35, 48.85)![1]).toBeLessThan(reunion.y);
  });
});
