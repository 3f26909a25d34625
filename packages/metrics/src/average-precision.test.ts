import fc from 'fast-check';
import { averagePrecision } from './average-precision.js';
import { prAuc } from './pr-auc.js';
import { precisionRecallCurve } from './precision-recall-curve.js';
import { labelledScores } from './testing/arbitrary.js';
import { naiveAveragePrecision, naiveOperatingPoints } from './testing/naive.js';

it('is the sum of precision times added recall over all thresholds', () => {
  fc.assert(
    fc.property(labelledScores(6), ({ scores, labels }) => {
      expect(averagePrecision(scores, labels)).toBeCloseTo(naiveAveragePrecision(scores, labels), 12);
    }),
  );
});

it('lies between 0 and 1, is 1 when classes are apart, and does not see a rising transform', () => {
  fc.assert(
    fc.property(labelledScores(20), ({ scores, labels }) => {
      const value = averagePrecision(scores, labels);
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThanOrEqual(1);
      expect(averagePrecision(scores.map((s, i) => s + 100 * (labels[i] as number)), labels)).toBe(1);
      expect(averagePrecision(scores.map((s) => s ** 3 + s), labels)).toBe(value);
    }),
  );
});

it('gives equal scores the share of defects', () => {
  expect(averagePrecision([2, 2, 2, 2], [1, 0, 0, 0])).toBe(0.25);
  expect(prAuc([2, 2, 2, 2], [1, 0, 0, 0])).toBe(0.625);
});

it('has every distinct score on its curve, and prAuc is the area under it', () => {
  fc.assert(
    fc.property(labelledScores(6), ({ scores, labels }) => {
      const { precision, recall, thresholds } = precisionRecallCurve(scores, labels);
      const points = naiveOperatingPoints(scores, labels);
      expect([...thresholds]).toEqual([Infinity, ...points.map(({ threshold }) => threshold)]);
      expect([...precision]).toEqual([1, ...points.map((point) => point.precision)]);
      expect([...recall]).toEqual([0, ...points.map((point) => point.recall)]);
      let area = 0;
      for (let i = 1; i < recall.length; i++) {
        area += (((recall[i] as number) - (recall[i - 1] as number)) * ((precision[i] as number) + (precision[i - 1] as number))) / 2;
      }
      expect(prAuc(scores, labels)).toBeCloseTo(area, 12);
    }),
  );
});

it('refuses one class only, where scikit-learn says 0 or 1', () => {
  expect(() => averagePrecision([1, 2], [0, 0])).toThrow('averagePrecision: undefined with one class only: all 2 labels are 0 (good)');
  expect(() => prAuc([1, 2], [1, 1])).toThrow('prAuc: undefined with one class only: all 2 labels are 1 (defective)');
  expect(() => precisionRecallCurve([1], [1])).toThrow('precisionRecallCurve: undefined with one class only');
});
