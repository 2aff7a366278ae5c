/** Notes, keys, letters and signs. */
import { paint } from './paint.ts';
import { circle, disc, ellipse, line, polygon, reach, rect, type Point, without } from './shapes.ts';

const INK = '#1d2433';
const PAPER = '#f4efe4';

/** A half note on the middle line, with a dot in the space above. */
export function note() {
  const lines = [105, 165, 225, 285, 345].map((y) => rect(90, y - 2, 540, 4));
  const head = without(ellipse([335, 225], [46, 32], -24), ellipse([335, 225], [38, 17], -32));
  return paint(PAPER, [[INK, ...lines, head, rect(372, 50, 8, 165), disc(420, 195, 11)]]);
}

const KEY = 60;
const LEFT = 60;

/** From C to the E of the next octave; the sixth white key is marked. */
export function piano() {
  const whites = Array.from({ length: 10 }, (_, i) => rect(LEFT + KEY * i + 2, 40, KEY - 4, 370));
  const blacks = [1, 2, 4, 5, 6, 8, 9].map((i) => rect(LEFT + KEY * i - 19, 40, 38, 225));
  return paint('#4a5266', [
    ['#fbf8f1', ...whites],
    ['#e2574c', ...whites.slice(5, 6)],
    ['#14171f', ...blacks],
  ]);
}

/** The dots 1, 2 and 3 of six. */
export function braille() {
  const rows = [105, 225, 345];
  return paint('#2c3a57', [
    ['#4d5d80', ...rows.map((y) => disc(425, y, 26))],
    ['#ffd75e', ...rows.map((y) => disc(295, y, 44))],
  ]);
}

export function peace() {
  const centre: Point = [360, 225];
  const arms = [90, 135, 45].map((angle) => line(30, centre, reach(centre, 180, angle)));
  const upper = line(30, centre, reach(centre, 180, 270));
  return paint('#f6c945', [['#22252e', circle(30, ...centre, 180), upper, ...arms]]);
}

export function ankh() {
  const loop = without(ellipse([360, 125], [78, 98]), ellipse([360, 122], [40, 58]));
  return paint('#20504f', [
    [
      '#e8b64c',
      loop,
      polygon([340, 205], [380, 205], [392, 425], [328, 425]),
      polygon([345, 232], [215, 212], [215, 272], [345, 252]),
      polygon([375, 232], [505, 212], [505, 272], [375, 252]),
      rect(340, 215, 40, 54),
    ],
  ]);
}

/** Seen from a corner: three above, one at the left, two at the right. */
export function die() {
  const at = (right: number, left: number, up: number): Point => [
    360 + (right - left) * 150,
    225 + (right + left) * 82 - up * 172 + 5,
  ];
  const face = (...corners: readonly Point[]) => polygon(...corners);
  const pip = (x: number, y: number, tilt: number, tall: number) => ellipse([x, y], [22, tall], tilt);
  const mid = (a: Point, b: Point, share = 0.5): Point => [
    a[0] + (b[0] - a[0]) * share,
    a[1] + (b[1] - a[1]) * share,
  ];
  const [back, right, left, front] = [at(0, 0, 1), at(1, 0, 1), at(0, 1, 1), at(1, 1, 1)];
  const [downRight, downLeft, downFront] = [at(1, 0, 0), at(0, 1, 0), at(1, 1, 0)];
  const twos = [mid(right, downFront, 0.27), mid(right, downFront, 0.73)];
  const threes = [mid(back, front, 0.22), mid(back, front), mid(back, front, 0.78)];
  return paint('#2f6f62', [
    ['#fffdf6', face(back, right, front, left)],
    ['#e3dccb', face(left, front, downFront, downLeft)],
    ['#cfc6b1', face(front, right, downRight, downFront)],
    ['#9b927d', line(3, left, front, right), line(3, front, downFront)],
    [
      '#c8303c',
      ...threes.map(([x, y]) => pip(x, y, 0, 13)),
      pip(...mid(left, downFront), 62, 15),
      ...twos.map(([x, y]) => pip(x, y, -62, 15)),
    ],
  ]);
}
