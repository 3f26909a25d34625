import { mulberry32 } from '@blemish-tools/jest';
import fc from 'fast-check';
import { auPro } from './au-pro.js';
import { equidistantProCurve } from './equidistant-pro-curve.js';
import type { LabelledMap } from './labelled-map.js';
import { proCurve } from './pro-curve.js';
import { labelledMaps } from './testing/arbitrary.js';
import { heightAt, naiveProCurve } from './testing/naive.js';

it('is the curve of maps thresholded afresh at every distinct score', () => {
  fc.assert(
    fc.property(labelledMaps(), fc.double({ min: 0.001, max: 1, noNaN: true }), (images, limit) => {
      const curve = proCurve(images);
      const naive = naiveProCurve(images);
      expect(auPro(curve, limit)).toBeCloseTo(auPro(naive, limit), 12);
      const between = Math.sqrt(2) / 3 + 1e-4; // irrational: never a point's own FPR
      expect(heightAt(curve, between)).toBeCloseTo(heightAt(naive, between), 12);
    }),
  );
});

it('runs from (0, 0) to (1, 1), never falls, and gives at each threshold the rates of that threshold', () => {
  fc.assert(
    fc.property(labelledMaps(), (images) => {
      const { fpr, pro, thresholds } = proCurve(images);
      expect([fpr[0], pro[0], thresholds[0], fpr.at(-1), pro.at(-1)]).toEqual([0, 0, Infinity, 1, 1]);
      const good = images.flatMap(({ map, mask }) => [...map].filter((_, i) => mask[i] === 0));
      for (let i = 1; i < fpr.length; i++) {
        expect(thresholds[i]).toBeLessThan(thresholds[i - 1] as number);
        expect(fpr[i]).toBeGreaterThanOrEqual(fpr[i - 1] as number);
        expect(pro[i]).toBeGreaterThanOrEqual(pro[i - 1] as number);
        expect(fpr[i]).toBe(good.filter((score) => score >= (thresholds[i] as number)).length / good.length);
      }
    }),
  );
});

it('does not see a rising transform, the order of images, or a transposed image', () => {
  fc.assert(
    fc.property(labelledMaps(), (images) => {
      const expected = auPro(proCurve(images), 0.3);
      const risen = images.map((image) => ({ ...image, map: Float64Array.from(image.map, (s) => Math.exp(3 * s)) }));
      expect(auPro(proCurve(risen), 0.3)).toBeCloseTo(expected, 12);
      expect(auPro(proCurve([...images].reverse()), 0.3)).toBeCloseTo(expected, 12);
      expect(auPro(proCurve(images.map(transpose)), 0.3)).toBeCloseTo(expected, 12);
    }),
  );
});

it('gives the complement when the scores are turned over, over the whole range', () => {
  fc.assert(
    fc.property(labelledMaps(), (images) => {
      const over = images.map((image) => ({ ...image, map: image.map.map((s) => -s) }));
      expect(auPro(proCurve(over), 1)).toBeCloseTo(1 - auPro(proCurve(images), 1), 12);
    }),
  );
});

it('counts a component of one pixel as much as one of nine', () => {
  const mask = Uint8Array.of(1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0);
  const found = Float32Array.from(mask, (_, i) => (i === 0 ? 1 : 0)); // [3,6]: only the single pixel is found
  const { fpr, pro } = proCurve([{ map: found, mask, shape: [3, 6] }]);
  expect([...fpr]).toEqual([0, 0, 1]);
  expect([...pro]).toEqual([0, 0.5, 1]);
});

it.each([0.01, 0.05, 0.3, 1])('scores a constant map limit / 2 and a perfect one 1, limit %d', (limit) => {
  const mask = Uint8Array.of(0, 0, 1, 1, 0, 0, 0, 0, 1);
  expect(auPro(proCurve([{ map: new Float32Array(9).fill(7), mask, shape: [3, 3] }]), limit)).toBeCloseTo(limit / 2, 15);
  expect(auPro(proCurve([{ map: Float32Array.from(mask), mask, shape: [3, 3] }]), limit)).toBe(1);
});

it('pools float32 and float64 maps without rounding', () => {
  const images = [
    { map: Float64Array.of(1 + 2 ** -40, 0), mask: Uint8Array.of(1, 0), shape: [1, 2] as const },
    { map: Float32Array.of(1, 1), mask: Uint8Array.of(0, 0), shape: [1, 2] as const },
  ];
  expect(auPro(proCurve(images), 0.3)).toBe(1);
});

it('approaches the sampled curve as its positions become dense', () => {
  const draw = mulberry32(11);
  const images = Array.from({ length: 3 }, (): LabelledMap => {
    const mask = Uint8Array.from({ length: 400 }, (_, i) => (i % 20 < 6 && i < 120 ? 1 : 0));
    return { map: Float32Array.from(mask, (inside) => draw() + 0.4 * inside), mask, shape: [20, 20] };
  });
  const exact = auPro(proCurve(images), 0.3);
  const apart = [10, 100, 1000].map((count) => Math.abs(auPro(equidistantProCurve(images, count), 0.3) - exact));
  expect(apart[2]).toBeLessThan(2e-3);
  expect(apart[2]).toBeLessThan(apart[0] as number);
});

const good: LabelledMap = { map: Float32Array.of(1, 2), mask: Uint8Array.of(0, 0), shape: [1, 2] };
it.each<[string, LabelledMap[], string]>([
  ['no image', [], 'expected maps and masks, got 0 images without a pixel'],
  ['no defect', [good, good], 'undefined without a defect: the masks of all 2 images are empty'],
  ['no good pixel', [{ ...good, mask: Uint8Array.of(1, 1) }], 'undefined without a good pixel: all 2 pixels of 1 images are defect'],
  ['NaN', [good, { ...good, map: Float32Array.of(0, NaN) }], 'image 1: expected finite scores, got NaN at index 1'],
  ['an infinite score', [{ ...good, map: Float64Array.of(-Infinity, 0) }], 'image 0: expected finite scores, got -Infinity at index 0'],
  ['a map of another size', [{ ...good, map: Float32Array.of(1) }], 'image 0: expected 1 x 2 scores, got 1'],
  ['a mask of another size', [{ ...good, mask: Uint8Array.of(1) }], 'image 0: expected 1 x 2 mask values, got 1'],
])('refuses %s by name', (_, images, message) => {
  expect(() => proCurve(images)).toThrow(new Error(`proCurve: ${message}`));
  expect(() => equidistantProCurve(images)).toThrow(new Error(`equidistantProCurve: ${message}`));
});

function transpose({ map, mask, shape: [height, width] }: LabelledMap): LabelledMap {
  const from = Array.from({ length: map.length }, (_, i) => (i % height) * width + Math.floor(i / height));
  return {
    map: Float64Array.from(from, (i) => map[i] as number),
    mask: Uint8Array.from(from, (i) => mask[i] as number),
    shape: [width, height],
  };
}
