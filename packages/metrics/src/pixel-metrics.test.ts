import { mulberry32 } from '@blemish-tools/jest';
import fc from 'fast-check';
import { auPro } from './au-pro.js';
import { auroc } from './auroc.js';
import { averagePrecision } from './average-precision.js';
import { f1Max } from './f1-max.js';
import { createPixelEvaluation, pixelMetrics, type PixelMetrics } from './pixel-metrics.js';
import { prAuc } from './pr-auc.js';
import { proCurve } from './pro-curve.js';
import { labelledMaps } from './testing/arbitrary.js';
import { naiveAuroc, naiveAveragePrecision } from './testing/naive.js';

it('gives what the image metrics give for the pixels of all images in one row', () => {
  fc.assert(
    fc.property(labelledMaps(), (images) => {
      const scores = images.flatMap(({ map }) => [...map]);
      const labels = images.flatMap(({ mask }) => Array.from(mask, (value) => (value === 0 ? 0 : 1)));
      const actual = pixelMetrics(images, { limits: [0.05, 1] });
      expect(actual.auroc).toBeCloseTo(naiveAuroc(scores, labels), 12);
      expect(actual.auroc).toBe(auroc(scores, labels));
      expect(actual.ap).toBeCloseTo(naiveAveragePrecision(scores, labels), 12);
      expect(actual.ap).toBe(averagePrecision(scores, labels));
      expect(actual.prAuc).toBe(prAuc(scores, labels));
      expect(actual.f1Max).toEqual(f1Max(scores, labels));
      const curve = proCurve(images);
      expect(actual.auPro).toEqual([0.05, 1].map((limit) => ({ limit, value: auPro(curve, limit) })));
      expect([actual.pixels, actual.defectPixels]).toEqual([labels.length, labels.filter((label) => label === 1).length]);
    }),
  );
});

it('gives the same over several blocks of good pixels, with many ties', () => {
  const draw = mulberry32(5);
  const size = 1100; // 1.2 million pixels: more than one block
  const mask = Uint8Array.from({ length: size * size }, (_, i) => (i % size < 40 && i < size * 30 ? 1 : 0));
  const map = Float32Array.from(mask, (inside) => Math.floor(1000 * (draw() + 0.2 * inside)));
  const { auroc: value, components } = pixelMetrics([{ map, mask, shape: [size, size] }]);
  expect(components).toBe(1);
  expect(value).toBeCloseTo(aurocByLevels(map, mask, 1200), 12);
});

it('takes images one by one into its own memory, says what they are worth so far, and leaves out what it refuses', () => {
  fc.assert(
    fc.property(labelledMaps(), labelledMaps(), (images, more) => {
      const evaluation = createPixelEvaluation();
      for (const { map, mask, shape } of images) {
        const lent = { map: map.slice(), mask: mask.slice(), shape };
        evaluation.add(lent);
        lent.map.fill(9);
        lent.mask.fill(1);
        expect(() => evaluation.add({ ...lent, map: lent.map.fill(NaN) })).toThrow('expected finite scores');
      }
      expect(evaluation.metrics({ limits: [0.2] })).toEqual(pixelMetrics(images, { limits: [0.2] }));
      expect(evaluation.auPro(0.2)).toBe(pixelMetrics(images, { limits: [0.2] }).auPro[0]?.value);
      expect(evaluation.proCurve()).toEqual(proCurve(images));
      for (const image of more) evaluation.add(image);
      expect(rounded(evaluation.metrics())).toEqual(rounded(pixelMetrics([...images, ...more])));
    }),
  );
});

/** Sums that were taken in another order differ in the last bits. */
function rounded(metrics: PixelMetrics): string {
  return JSON.stringify(metrics, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value));
}

it('refuses maps without a defect by its own name', () => {
  const image = { map: Float32Array.of(1, 2), mask: Uint8Array.of(0, 0), shape: [1, 2] as const };
  expect(() => pixelMetrics([image])).toThrow('pixelMetrics: undefined without a defect: the masks of all 1 images are empty');
});

/** AUROC of whole-number scores from their two histograms. */
function aurocByLevels(map: ArrayLike<number>, mask: ArrayLike<number>, levels: number): number {
  const histograms = [new Float64Array(levels), new Float64Array(levels)] as const;
  for (let i = 0; i < map.length; i++) (histograms[mask[i] as 0 | 1][map[i] as number] as number)++;
  let below = 0;
  let won = 0;
  for (let level = 0; level < levels; level++) {
    won += (histograms[1][level] as number) * (below + (histograms[0][level] as number) / 2);
    below += histograms[0][level] as number;
  }
  return won / below / histograms[1].reduce((a, b) => a + b, 0);
}
