import ndarray from 'ndarray';
import { createRandom, type Random } from '@blemish/layers';
import { mulberry32 } from '@blemish-tools/jest';
import { resizedCrop } from '../distil/resized-crop.js';
import { randomView } from './random-view.js';

const draw = mulberry32(3);
const image = ndarray(Uint8Array.from({ length: 50 * 70 * 3 }, () => 256 * draw()), [50, 70, 3]);
const settings = { view: 32, minScale: 1, maxScale: 2.5, grayProbability: 0, mirrorProbability: 0 };
const view = (changes: Partial<typeof settings> = {}, seed = 0): Float32Array => randomView(image, { ...settings, ...changes }, createRandom(seed));

/** A stream whose draws are all the least, or all the greatest. */
const always = (uint32: number): Random => ({ ...createRandom(0), uint32: () => uint32 });

it('is RGB in [0,1], the same for the same seed and no other', () => {
  const first = view();
  expect(first).toHaveLength(32 * 32 * 3);
  expect(Math.min(...first)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...first)).toBeLessThanOrEqual(1);
  expect(view()).toEqual(first);
  expect(view({}, 1)).not.toEqual(first);
});

it('reaches from the upper left of the smallest square to the lower right of the largest', () => {
  expect(randomView(image, { ...settings }, always(0))).toEqual(resizedCrop(image, { side: 32, top: 0, left: 0, size: 32 }));
  expect(randomView(image, settings, always(2 ** 32 - 1))).toEqual(resizedCrop(image, { side: 80, top: 48, left: 48, size: 32 }));
  expect(randomView(image, { ...settings, maxScale: 1 }, always(2 ** 32 - 1))).toEqual(resizedCrop(image, { side: 32, top: 0, left: 0, size: 32 }));
});

it('is mirrored left to right', () => {
  const [plain, mirrored] = [ndarray(view(), [32, 32, 3]), ndarray(view({ mirrorProbability: 1 }), [32, 32, 3])];
  for (let y = 0; y < 32; y++) for (let x = 0; x < 32; x++) for (let c = 0; c < 3; c++) expect(mirrored.get(y, x, c)).toBe(plain.get(y, 31 - x, c));
});

it('loses its colour to luminance', () => {
  const [plain, gray] = [view(), view({ grayProbability: 1 })];
  for (let i = 0; i < gray.length; i += 3) {
    const [r, g, b] = plain.subarray(i, i + 3) as unknown as [number, number, number];
    for (let c = 0; c < 3; c++) expect(gray[i + c]).toBeCloseTo(0.299 * r + 0.587 * g + 0.114 * b, 5);
  }
});

it('is mirrored and gray as often as asked for', () => {
  const share = (changes: Partial<typeof settings>): number => {
    const changed = Array.from({ length: 200 }, (_, seed) => Buffer.compare(Buffer.from(view(changes, seed).buffer), Buffer.from(view({}, seed).buffer)) !== 0);
    return changed.filter(Boolean).length / 200;
  };
  expect(Math.abs(share({ mirrorProbability: 0.3 }) - 0.3)).toBeLessThan(0.1); // three deviations of 200 draws
  expect(Math.abs(share({ grayProbability: 0.3 }) - 0.3)).toBeLessThan(0.1);
});
