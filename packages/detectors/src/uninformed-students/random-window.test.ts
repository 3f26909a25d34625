import fc from 'fast-check';
import { createRandom } from '@blemish/layers';
import { randomWindow } from './random-window.js';

/** Every pixel of the image, reflected at its edges, tells its own row and column. */
function reflectedImage(h: number, w: number, pad: number): number[][][] {
  const mirror = (side: number): number[] => {
    const inner = Array.from({ length: side }, (_, i) => i);
    const before = inner.slice(1, pad + 1).reverse();
    const after = inner.slice(side - 1 - pad, side - 1).reverse();
    return [...before, ...inner, ...after];
  };
  return mirror(h).map((y) => mirror(w).map((x) => [y, x, 7]));
}

const image = (h: number, w: number): Float32Array => Float32Array.from(reflectedImage(h, w, 0).flat(2));

it('is a square of the image reflected at its edges', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 2 }), fc.nat(99), fc.nat(99), (h, w, pad, seed, extra) => {
      const edge = 1 + (extra % (Math.min(h, w) + 2 * pad));
      const whole = reflectedImage(h, w, pad);
      const window = randomWindow(image(h, w), [h, w], pad, edge, createRandom(seed));
      const squares = Array.from({ length: h + 2 * pad - edge + 1 }, (_, top) =>
        Array.from({ length: w + 2 * pad - edge + 1 }, (__, left) => whole.slice(top, top + edge).flatMap((row) => row.slice(left, left + edge).flat())),
      ).flat();
      expect(squares).toContainEqual(Array.from(window));
    }),
  );
});

it('may lie anywhere', () => {
  const random = createRandom(1);
  const windows = new Set(Array.from({ length: 600 }, () => randomWindow(image(5, 4), [5, 4], 2, 6, random).join(' ')));
  expect(windows.size).toBe(4 * 3);
});

it('depends on the stream alone', () => {
  const window = (seed: number): Float32Array => randomWindow(image(9, 9), [9, 9], 3, 5, createRandom(seed));
  expect(window(4)).toEqual(window(4));
  expect(window(4)).not.toEqual(window(5));
});
