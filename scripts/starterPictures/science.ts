/** Stars, a circle, an atom and the Moon. */
import { type Layer, paint } from './paint.ts';
import { circle, common, disc, ellipse, line, type Point, reach, rect, without } from './shapes.ts';

const NIGHT = '#101a33';
const INK = '#1d2433';
const PAPER = '#f4efe4';

/** Right ascension in hours, declination in degrees, magnitude: of α, β, γ, δ and ε Cassiopeiae, along the W. */
const CASSIOPEIA = [
  [0.153, 59.15, 2.3],
  [0.675, 56.54, 2.2],
  [0.945, 60.72, 2.2],
  [1.43, 60.24, 2.7],
  [1.907, 63.67, 3.4],
] as const;

/** As in the sky: east is left of north. */
function place([hours, degrees]: readonly [number, number, number]): Point {
  const shrink = Math.cos((60 * Math.PI) / 180);
  return [360 - (hours - 1.03) * 15 * 40 * shrink, 225 - (degrees - 60.1) * 38];
}

export function cassiopeia() {
  const stars = CASSIOPEIA.map(place);
  return paint(NIGHT, [
    ['#44557f', line(4, ...stars)],
    ['#ffffff', ...CASSIOPEIA.map((star, i) => disc(...(stars[i] ?? [0, 0]), 19 - 3.6 * star[2]))],
  ]);
}

export function chord() {
  const centre: Point = [360, 225];
  return paint(PAPER, [
    [INK, circle(8, ...centre, 180), disc(...centre, 8)],
    ['#d92b3a', line(10, reach(centre, 180, 205), reach(centre, 180, 335))],
  ]);
}

/** Two electrons on the inner shell, four on the outer. */
export function carbon() {
  const centre: Point = [360, 225];
  const on = (radius: number, ...angles: readonly number[]) =>
    angles.map((angle) => disc(...reach(centre, radius, angle), 17));
  return paint(PAPER, [
    ['#8a93a6', circle(4, ...centre, 95), circle(4, ...centre, 185)],
    ['#d9822b', disc(...centre, 40)],
    ['#1f6fb2', ...on(95, 90, 270), ...on(185, 45, 135, 225, 315)],
  ]);
}

/** The bright edge is the disc's own right half, the inner one half an ellipse. */
export function moon() {
  const [x, y, radius] = [360, 225, 180];
  const right = common(disc(x, y, radius), rect(x, 0, 360, 450));
  const layers: readonly Layer[] = [
    ['#1b2746', disc(x, y, radius)],
    ['#f3e9c8', without(right, ellipse([x, y], [120, radius]))],
  ];
  return paint('#0a1020', layers);
}
