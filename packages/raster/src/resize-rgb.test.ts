import { mulberry32 } from '@blemish-tools/jest';
import fc from 'fast-check';
import { openKernels } from './open-kernels.js';
import { resizePlain } from './resize-plain.js';
import { resizeRgb } from './resize-rgb.js';

function noise(seed: number, height: number, width: number) {
  const draw = mulberry32(seed);
  // Black and white too: sums at both ends of the range.
  const data = Uint8Array.from({ length: height * width * 3 }, () => Math.min(255, Math.max(0, 400 * draw() - 70)));
  return { data, height, width, channels: 3 };
}

/** 0 where both give the same levels. */
function difference(image: ReturnType<typeof noise>, size: readonly [number, number]): number | undefined {
  const resized = resizeRgb(image, size);
  return resized && Buffer.compare(resized, resizePlain(image, size));
}

const side = fc.integer({ min: 1, max: 70 });

describe('resizeRgb', () => {
  it('gives the levels of the plain form, larger and smaller', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.integer(), (h, w, h2, w2, seed) => {
        expect(difference(noise(seed, h, w), [h2, w2])).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[number, number, [number, number]]>([
    [900, 900, [768, 768]], // the common case, in several strips
    [700, 500, [31, 17]],
    [40, 30, [500, 700]],
    [3, 40000, [2, 5]], // a row is longer than a strip
    [2000, 1, [3, 1]],
    [1, 1, [300, 400]],
  ])('gives them for %dx%d to %j', (h, w, size) => {
    expect(difference(noise(h + w, h, w), size)).toBe(0);
  });

  it('keeps white white and black black beside its neighbours in memory', () => {
    for (const level of [0, 255]) {
      const image = { ...noise(1, 33, 47), data: new Uint8Array(33 * 47 * 3).fill(level) };
      for (const size of [[20, 90], [90, 20], [33, 47]] as const) {
        resizeRgb(noise(2, 50, 60), [70, 80]); // leaves other levels in the memory
        expect(resizeRgb(image, size)?.every((value) => value === level)).toBe(true);
      }
    }
  });

  it('leaves to the plain form what would take too much memory', () => {
    expect(resizeRgb({ data: new Uint8Array(3 * 2 ** 23), height: 2 ** 21, width: 4, channels: 3 }, [1, 16])).toBeUndefined();
  });
});

it('openKernels has nothing to open where a module is not valid', () => {
  expect(openKernels(btoa('\0asm but of another kind'))).toBeUndefined();
});
