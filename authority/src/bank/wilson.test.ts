import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgedQuality, wilsonLower } from './wilson.ts';

test.each([
  [0, 0, 0],
  [1, 0, 206],
  [10, 0, 722],
  [0, 10, 0],
  [5, 5, 236],
  [90, 10, 825],
  [900_000, 100_000, 899],
])('[Q59] the lower bound of %i hits and %i misses is %i thousandths', (hits, misses, bound) => {
  expect(wilsonLower(hits, misses)).toBe(bound);
});

test('[Q59] the integers agree with the formula in floating point to a thousandth', () => {
  fc.assert(
    fc.property(fc.nat(5_000), fc.nat(5_000), (up, down) => {
      const n = up + down || 1;
      const [p, z2] = [up / n, 3.8416];
      const bound = (p + z2 / 2 / n - Math.sqrt(((p * (1 - p)) / n + z2 / 4 / n / n) * z2)) / (1 + z2 / n);
      expect(Math.abs(wilsonLower(up, down) - (up + down === 0 ? 0 : bound * 1_000))).toBeLessThanOrEqual(
        1.001,
      );
    }),
  );
});

test('[Q59] a 👍 never lowers a quality, a 👎 never raises it, and it stays within 0 to 1000', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.nat(400), fc.nat(400), (base, up, down) => {
      const now = judgedQuality(base, { up, down });
      expect(judgedQuality(base, { up: up + 1, down })).toBeGreaterThanOrEqual(now);
      expect(judgedQuality(base, { up, down: down + 1 })).toBeLessThanOrEqual(now);
      expect(now).toBeGreaterThanOrEqual(0);
      expect(now).toBeLessThanOrEqual(1_000);
    }),
  );
});

test('[Q59] without votes a question is as good as it came, and few votes do not move it', () => {
  expect(judgedQuality(650, { up: 0, down: 0 })).toBe(650);
  expect(judgedQuality(500, { up: 3, down: 0 })).toBe(500);
  expect(judgedQuality(500, { up: 4, down: 0 })).toBe(510);
  expect(judgedQuality(500, { up: 0, down: 4 })).toBe(490);
});
