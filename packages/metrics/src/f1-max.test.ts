import fc from 'fast-check';
import { f1Max } from './f1-max.js';
import { labelledScores } from './testing/arbitrary.js';
import { naiveOperatingPoints } from './testing/naive.js';

it('is the best of all thresholds, with what that threshold gives', () => {
  fc.assert(
    fc.property(labelledScores(6), ({ scores, labels }) => {
      const best = f1Max(scores, labels);
      const points = naiveOperatingPoints(scores, labels);
      expect(best.f1).toBeCloseTo(Math.max(...points.map(({ f1 }) => f1)), 12);
      const point = points.find(({ threshold }) => threshold === best.threshold);
      expect(best.precision).toBe(point?.precision);
      expect(best.recall).toBe(point?.recall);
      expect(point?.f1).toBeCloseTo(best.f1, 12);
    }),
  );
});

it('is never below calling everything defective', () => {
  fc.assert(
    fc.property(labelledScores(6), ({ scores, labels }) => {
      const share = labels.filter((label) => label === 1).length / labels.length;
      expect(f1Max(scores, labels).f1).toBeGreaterThanOrEqual((2 * share) / (1 + share) - 1e-12);
    }),
  );
});

it('takes the lowest of equally good thresholds', () => {
  // at 5: one of two found, none wrong, F1 = 2/3; at 1: both found, two wrong, F1 = 4/6
  expect(f1Max([5, 3, 2, 1], [1, 0, 0, 1])).toEqual({ f1: 2 / 3, threshold: 1, precision: 0.5, recall: 1 });
});

it('refuses one class only', () => {
  expect(() => f1Max([1, 2], [1, 1])).toThrow('f1Max: undefined with one class only: all 2 labels are 1 (defective)');
});
