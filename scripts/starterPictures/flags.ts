/** Flags as their countries' laws draw them, and a sign of the Vienna Convention. */
import { type Layer, paint } from './paint.ts';
import { type Point, polygon, rect, type Shape } from './shapes.ts';

const GROUND = '#3a4150';
const WHITE = '#ffffff';

/** A flag in the middle, this large in its own units; a shape is given in these. */
function flag(
  [across, down]: Point,
  layersOf: (at: (x: number, y: number) => Point, box: Box) => readonly Layer[],
) {
  const unit = Math.min(640 / across, 370 / down);
  const [left, top] = [360 - (unit * across) / 2, 225 - (unit * down) / 2];
  const at = (x: number, y: number): Point => [left + unit * x, top + unit * y];
  const box = (x: number, y: number, w: number, h: number) => rect(...at(x, y), unit * w, unit * h);
  return paint(GROUND, layersOf(at, box));
}
type Box = (x: number, y: number, width: number, height: number) => Shape;

export const iceland = () =>
  flag([25, 18], (_, box) => [
    ['#02529c', box(0, 0, 25, 18)],
    [WHITE, box(7, 0, 4, 18), box(0, 7, 25, 4)],
    ['#dc1e35', box(8, 0, 2, 18), box(0, 8, 25, 2)],
  ]);

export const czechia = () =>
  flag([6, 4], (at, box) => [
    [WHITE, box(0, 0, 6, 2)],
    ['#d7141a', box(0, 2, 6, 2)],
    ['#11457e', polygon(at(0, 0), at(3, 2), at(0, 4))],
  ]);

/** Five rays from the lower corner, through thirds of the upper and of the far side. */
export const seychelles = () =>
  flag([6, 3], (at) => [
    ['#003d88', polygon(at(0, 3), at(0, 0), at(2, 0))],
    ['#fcd955', polygon(at(0, 3), at(2, 0), at(4, 0))],
    ['#d92223', polygon(at(0, 3), at(4, 0), at(6, 0), at(6, 1))],
    [WHITE, polygon(at(0, 3), at(6, 1), at(6, 2))],
    ['#007336', polygon(at(0, 3), at(6, 2), at(6, 3))],
  ]);

const diamond = (half: number) =>
  polygon([360, 225 - half], [360 + half, 225], [360, 225 + half], [360 - half, 225]);

export const priority = () =>
  paint('#9fb6c9', [
    ['#1d2433', diamond(196)],
    [WHITE, diamond(190)],
    ['#f7b500', diamond(128)],
  ]);
