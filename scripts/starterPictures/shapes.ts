/** Plain shapes: whether a point is in one, and where it lies. Lengths are pixels of the picture, angles degrees, clockwise from three o'clock. */

export type Point = readonly [x: number, y: number];

export interface Shape {
  readonly holds: (x: number, y: number) => boolean;
  /** Nothing of it lies outside. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

export function rect(x: number, y: number, width: number, height: number): Shape {
  const [right, bottom] = [x + width, y + height];
  return {
    holds: (px, py) => px >= x && px < right && py >= y && py < bottom,
    box: { left: x, top: y, right, bottom },
  };
}

export function disc(x: number, y: number, radius: number): Shape {
  return ellipse([x, y], [radius, radius]);
}

/** Turned by `tilt`. */
export function ellipse([x, y]: Point, [across, down]: Point, tilt = 0): Shape {
  const [cos, sin] = turn(tilt);
  return {
    holds(px, py) {
      const [dx, dy] = [px - x, py - y];
      return ((dx * cos + dy * sin) / across) ** 2 + ((dy * cos - dx * sin) / down) ** 2 <= 1;
    },
    box: around([[x, y]], Math.max(across, down)),
  };
}

/** By the even-odd rule. */
export function polygon(...points: readonly Point[]): Shape {
  const edges = points.map((point, i) => edge(point, points[(i + 1) % points.length] ?? point));
  return {
    holds(x, y) {
      let isIn = false;
      for (const { x1, y1, dx, dy } of edges)
        if (y1 > y !== y1 + dy > y && x < (dx * (y - y1)) / dy + x1) isIn = !isIn;
      return isIn;
    },
    box: around(points, 0),
  };
}

/** A line through all points, with round ends. */
export function line(width: number, ...points: readonly Point[]): Shape {
  const square = (width / 2) ** 2;
  const edges = points.slice(1).map((point, i) => edge(points[i] ?? point, point));
  return {
    holds(x, y) {
      for (const one of edges) if (squareTo(one, x, y) <= square) return true;
      return false;
    },
    box: around(points, width / 2),
  };
}

export function circle(width: number, x: number, y: number, radius: number): Shape {
  return arc(width, [x, y], radius, [0, 360]);
}

export function arc(width: number, [x, y]: Point, radius: number, [from, to]: Point): Shape {
  return {
    holds(px, py) {
      const [dx, dy] = [px - x, py - y];
      if (Math.abs(Math.sqrt(dx * dx + dy * dy) - radius) > width / 2) return false;
      const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
      return (((angle - from) % 360) + 360) % 360 <= to - from;
    },
    box: around([[x, y]], radius + width / 2),
  };
}

/** What is in the first and in none of the others. */
export function without(whole: Shape, ...parts: readonly Shape[]): Shape {
  return { ...whole, holds: (x, y) => whole.holds(x, y) && !parts.some((part) => part.holds(x, y)) };
}

/** What is in both. */
export function common(one: Shape, other: Shape): Shape {
  return { ...one, holds: (x, y) => one.holds(x, y) && other.holds(x, y) };
}

/** So far from a point in that direction. */
export function reach([x, y]: Point, length: number, angle: number): Point {
  const [cos, sin] = turn(angle);
  return [x + length * cos, y + length * sin];
}

function turn(angle: number): Point {
  return [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
}

interface Edge {
  readonly x1: number;
  readonly y1: number;
  readonly dx: number;
  readonly dy: number;
}

function edge([x1, y1]: Point, [x2, y2]: Point): Edge {
  return { x1, y1, dx: x2 - x1, dy: y2 - y1 };
}

/** The square of the distance from an edge to a point. */
function squareTo({ x1, y1, dx, dy }: Edge, x: number, y: number): number {
  const along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1);
  const at = along < 0 ? 0 : along > 1 ? 1 : along;
  return (x - x1 - at * dx) ** 2 + (y - y1 - at * dy) ** 2;
}

function around(points: readonly Point[], margin: number): Shape['box'] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return {
    ...{ left: Math.min(...xs) - margin, right: Math.max(...xs) + margin },
    ...{ top: Math.min(...ys) - margin, bottom: Math.max(...ys) + margin },
  };
}
