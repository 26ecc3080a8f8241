/**
 * Where the names of places go on a map so that none covers another, a symbol or the edge: each name tries positions around its point, near
 * first, then farther with a thread back to the point. Greedy, most important place first; a name that finds no room is left out (and stays in the table).
 */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Named {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Half-size of the symbols at the point. */
  readonly radius: number;
}

export interface Placed {
  /** Left end of the base line is at (x0, y1 - descent); the caller writes the text inside the box. */
  readonly box: Box;
  /** End of the thread on the box, when the name stands apart from its point. */
  readonly thread: readonly [number, number] | null;
}

const overlaps = (a: Box, b: Box): boolean => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
const inside = (a: Box, frame: Box): boolean => a.x0 >= frame.x0 && a.x1 <= frame.x1 && a.y0 >= frame.y0 && a.y1 <= frame.y1;

/** East first, as one reads; then west, north, south, then between. */
const ANGLES = [0, 180, 315, 45, 225, 135, 270, 90, 338, 22, 202, 158, 292, 248, 68, 112].map((d) => (d * Math.PI) / 180);

function candidate(item: Named, angle: number, distance: number): Box {
  const reach = item.radius + distance;
  const cx = Math.cos(angle);
  const cy = Math.sin(angle);
  const px = item.x + cx * reach;
  const py = item.y + cy * reach;
  // The box touches the ray's end with the side that faces the point.
  const x0 = Math.abs(cx) < 0.4 ? px - item.width / 2 : cx > 0 ? px : px - item.width;
  const y0 = Math.abs(cy) < 0.2 ? py - item.height / 2 : cy > 0 ? py - (1 - Math.abs(cy)) * item.height * 0.5 : py - item.height + (1 - Math.abs(cy)) * item.height * 0.5;
  return { x0, y0, x1: x0 + item.width, y1: y0 + item.height };
}

const crosses = (a: readonly [number, number], b: readonly [number, number], box: Box): boolean => {
  for (let k = 1; k < 10; k++) {
    const x = a[0] + ((b[0] - a[0]) * k) / 10;
    const y = a[1] + ((b[1] - a[1]) * k) / 10;
    if (x > box.x0 && x < box.x1 && y > box.y0 && y < box.y1) return true;
  }
  return false;
};

/** One entry per item, in the order given (which is the order of importance); null where no room was found. */
export function placeLabels(items: readonly Named[], obstacles: readonly Box[], frame: Box, reach = 90): (Placed | null)[] {
  const taken: Box[] = [...obstacles];
  const threads: (readonly [readonly [number, number], readonly [number, number]])[] = [];
  return items.map((item) => {
    for (let distance = 3; distance <= reach; distance += distance < 12 ? 4 : 8) {
      for (const angle of ANGLES) {
        const box = candidate(item, angle, distance);
        if (!inside(box, frame) || taken.some((t) => overlaps(box, t)) || threads.some(([a, b]) => crosses(a, b, box))) continue;
        const end: readonly [number, number] = [Math.min(Math.max(item.x, box.x0), box.x1), Math.min(Math.max(item.y, box.y0), box.y1)];
        const apart = distance > 12;
        if (apart && taken.some((t) => !(item.x > t.x0 && item.x < t.x1 && item.y > t.y0 && item.y < t.y1) && crosses([item.x, item.y], end, t))) continue;
        taken.push(box);
        if (apart) threads.push([[item.x, item.y], end]);
        return { box, thread: apart ? end : null };
      }
    }
    return null;
  });
}
