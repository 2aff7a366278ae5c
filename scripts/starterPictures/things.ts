/** A court, a board, a weather map, a leaf, noodles and glasses. */
import { type Layer, paint } from './paint.ts';
import { disc, line, type Point, polygon, rect, reach, type Shape } from './shapes.ts';

/** 23.77 m by 10.97 m, the singles court 8.23 m wide, the service lines 6.40 m from the net. */
export function tennis() {
  const metre = 24;
  const at = (x: number, y: number): Point => [360 + metre * x, 225 + metre * y];
  const [end, side, inner, service] = [23.77 / 2, 10.97 / 2, 8.23 / 2, 6.4];
  const along = (y: number, to: number) => line(5, at(-to, y), at(to, y));
  const across = (x: number, to: number) => line(5, at(x, -to), at(x, to));
  return paint('#2e6b4a', [
    ['#3f78b5', rect(...at(-end, -side), 2 * end * metre, 2 * side * metre)],
    ['#ffffff', ...[-side, side, -inner, inner].map((y) => along(y, end))],
    [
      '#ffffff',
      ...[-end, end].map((x) => across(x, side)),
      ...[-service, service].map((x) => across(x, inner)),
    ],
    ['#ffffff', along(0, service)],
    ['#1d2433', line(7, at(0, -side - 0.9), at(0, side + 0.9))],
  ]);
}

const SQUARE = 50;
const squareAt = (column: number, row: number): Point => [160 + SQUARE * column, 25 + SQUARE * row];

/** From the fourth column and fifth row two steps one way and one to the side. */
export function knight() {
  const squares = Array.from({ length: 64 }, (_, i): Point => [i % 8, Math.floor(i / 8)]);
  const dark = squares.filter(([x, y]) => (x + y) % 2 === 1);
  const reached = squares.filter(([x, y]) => Math.abs(x - 3) * Math.abs(y - 4) === 2);
  const middle = ([x, y]: Point): Point => squareAt(x + 0.5, y + 0.5);
  const board: readonly Layer[] = [
    ['#e9d9b8', rect(...squareAt(0, 0), 8 * SQUARE, 8 * SQUARE)],
    ['#a9774d', ...dark.map(([x, y]) => rect(...squareAt(x, y), SQUARE, SQUARE))],
    ['#2456c4', rect(...squareAt(3, 4), SQUARE, SQUARE)],
    ['#d4282f', ...reached.map((square) => disc(...middle(square), 15))],
  ];
  return paint('#37302a', board);
}

/** Triangles along a bent line, on the side to which the front moves. */
export function front() {
  const centre: Point = [360, 690];
  const points = Array.from({ length: 61 }, (_, i) => reach(centre, 430, 232 + (i * 76) / 60));
  const teeth = [238, 250, 262, 274, 286, 298].map((angle) =>
    polygon(reach(centre, 430, angle - 3.6), reach(centre, 500, angle), reach(centre, 430, angle + 3.6)),
  );
  return paint('#e8efe6', [['#1f5fc4', line(12, ...points), ...teeth]]);
}

/** A fan with a wavy edge, cleft in the middle. */
export function ginkgo() {
  const foot: Point = [360, 330];
  const edge = Array.from({ length: 81 }, (_, i): Point => {
    const angle = 188 + (i * 164) / 80;
    const off = Math.abs(angle - 270);
    const wave = 7 * Math.sin((angle * Math.PI) / 9) - (off < 7 ? 13 * (7 - off) : 0);
    return reach(foot, 262 - 0.35 * off + wave, angle);
  });
  const veins = [200, 216, 232, 248, 262, 278, 292, 308, 324, 340].map((angle) =>
    line(3, reach(foot, 24, angle), reach(foot, 196, angle)),
  );
  return paint('#eef3f7', [
    ['#8a8f2e', line(13, [360, 326], [366, 380], [384, 432])],
    ['#d8b62c', polygon(foot, ...edge)],
    ['#b8962a', ...veins],
  ]);
}

/** Pinched in the middle, the two ends cut in teeth. */
export function farfalle() {
  const bow = (x: number, y: number, tilt: number): readonly Shape[] => {
    const spot = (across: number, down: number): Point => reach(reach([x, y], across, tilt), down, tilt + 90);
    const teeth = (side: number) =>
      Array.from({ length: 9 }, (_, i) => spot(side * (i % 2 === 0 ? 172 : 154), side * (96 - 24 * i)));
    return [polygon(spot(0, -30), ...teeth(1).toReversed(), spot(0, 30), ...teeth(-1).toReversed())];
  };
  const [x, y] = [360, 225];
  const fold = (...points: readonly Point[]) => line(7, ...points.map(([dx, dy]): Point => [x + dx, y + dy]));
  return paint('#7a2f2a', [
    ['#f0cf7a', ...bow(x, y, -9)],
    ['#cfa54b', fold([-42, -6], [0, -12], [42, -20]), fold([-40, 22], [0, 8], [44, 2])],
    ['#fbe3a0', fold([-120, -10], [-60, 2]), fold([60, -14], [122, -30])],
  ]);
}

/** Red before the left eye, cyan before the right, as whoever wears them has it: seen from behind. */
export function glasses() {
  const frame = polygon([70, 150], [650, 150], [630, 300], [400, 300], [360, 235], [320, 300], [90, 300]);
  const left = polygon([120, 180], [315, 180], [300, 272], [130, 272]);
  const right = polygon([405, 180], [600, 180], [590, 272], [420, 272]);
  const shine = (x: number) => line(6, [x, 196], [x + 62, 196]);
  return paint('#20242f', [
    ['#f2ede0', frame],
    ['#e0382e', left],
    ['#22b8c9', right],
    ['#ffffff', shine(140), shine(425)],
  ]);
}
