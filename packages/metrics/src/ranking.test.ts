import { mulberry32 } from '@blemish-tools/jest';
import fc from 'fast-check';
import { auroc } from './auroc.js';
import { averagePrecision } from './average-precision.js';
import { f1Max } from './f1-max.js';
import { FEW } from './merge-digit.js';
import type { Scores } from './scores.js';
import { sortedReference } from './testing/sorted-reference.js';

/** Ways to draw a score from two numbers in [0, 1): what lands in one digit is much, little, all tied or all distinct. */
const draws: Readonly<Record<string, (a: number, b: number) => number>> = {
  'in one digit': (a) => 1 + a / 1000,
  'in one digit, negative': (a) => -1 - a / 1000,
  'over a few digits': (a, b) => a + b - 1,
  'over all magnitudes': (a, b) => (a < 0.5 ? -1 : 1) * 2 ** (250 * b - 125),
  'denormal': (a) => (a - 0.5) * 1e-40,
  'of few levels, 0 and -0 among them': (a, b) => (b < 0.3 ? -0 : Math.round(6 * a - 3) / 2),
  constant: () => 7,
  'rising': (a, b) => Math.round(300 * a) + b / 4,
};

describe.each(Object.entries(draws))('many scores %s', (_, draw) => {
  it.each<[string, (values: number[]) => Scores]>([
    ['float32', (values) => Float32Array.from(values)],
    ['float64', (values) => Float64Array.from(values)],
  ])('have the metrics of a plain sort, %s', (_kind, make) => {
    const one = fc.record({ seed: fc.nat(), count: fc.integer({ min: 2, max: 3 * FEW }), share: fc.double({ min: 0.01, max: 0.99, noNaN: true }) });
    fc.assert(
      fc.property(one, ({ seed, count, share }) => {
        const random = mulberry32(seed);
        const scores = make(Array.from({ length: count }, () => draw(random(), random())));
        const labels = Uint8Array.from({ length: count }, (_value, i) => (i === 0 ? 1 : i === 1 ? 0 : random() < share ? 1 : 0));
        const expected = sortedReference(Array.from(scores), Array.from(labels));
        const best = f1Max(scores, labels);
        expect(auroc(scores, labels)).toBeCloseTo(expected.auroc, 12);
        expect(averagePrecision(scores, labels)).toBeCloseTo(expected.ap, 12);
        expect(best.f1).toBe(expected.f1);
        expect(best.threshold).toBe(expected.threshold + 0);
      }),
      { numRuns: 6 },
    );
  });
});

it('ranks float64 scores that float32 would round to infinity', () => {
  const scores = Float64Array.of(1e300, 2e300, -1e300, -2e300, 1e38);
  expect(auroc(scores, [1, 0, 0, 0, 0])).toBe(0.75);
  expect(auroc(scores, [0, 0, 1, 0, 0])).toBe(0.25);
});

it('ranks float64 scores that float32 would take for equal, or for 0', () => {
  expect(auroc(Float64Array.of(1e-300, 0, -1e-300), [1, 0, 0])).toBe(1);
  expect(auroc(Float64Array.of(-1e-300, 0, 1e-300), [1, 0, 0])).toBe(0);
  expect(auroc(Float64Array.of(-1e-300, -1e-45), [1, 0])).toBe(1);
});
