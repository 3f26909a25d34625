import fc from 'fast-check';
import { auroc } from './auroc.js';
import { rocCurve } from './roc-curve.js';
import { labelledScores } from './testing/arbitrary.js';
import { naiveAuroc } from './testing/naive.js';

it('is the share of pairs in the right order, ties half', () => {
  fc.assert(
    fc.property(labelledScores(6), ({ scores, labels }) => {
      expect(auroc(scores, labels)).toBeCloseTo(naiveAuroc(scores, labels), 12);
    }),
  );
});

it('is the trapezoid area under rocCurve, which runs from (0, 0) to (1, 1)', () => {
  fc.assert(
    fc.property(labelledScores(6), ({ scores, labels }) => {
      const { fpr, tpr, thresholds } = rocCurve(scores, labels);
      let area = 0;
      for (let i = 1; i < fpr.length; i++) {
        area += (((fpr[i] as number) - (fpr[i - 1] as number)) * ((tpr[i] as number) + (tpr[i - 1] as number))) / 2;
      }
      expect(area).toBeCloseTo(auroc(scores, labels), 12);
      expect([fpr[0], tpr[0], thresholds[0], fpr.at(-1), tpr.at(-1)]).toEqual([0, 0, Infinity, 1, 1]);
      expect([...thresholds.subarray(1)]).toEqual([...new Set(scores)].sort((a, b) => b - a));
    }),
  );
});

it('does not see a rising transform, nor the order of the images', () => {
  fc.assert(
    fc.property(labelledScores(20), ({ scores, labels }) => {
      const expected = auroc(scores, labels);
      expect(auroc(scores.map((s) => Math.exp(s) - 3), labels)).toBe(expected);
      expect(auroc([...scores].reverse(), [...labels].reverse())).toBe(expected);
    }),
  );
});

it('turns into its complement when scores or classes are turned over', () => {
  fc.assert(
    fc.property(labelledScores(6), ({ scores, labels }) => {
      const expected = 1 - auroc(scores, labels);
      expect(auroc(scores.map((s) => -s), labels)).toBeCloseTo(expected, 12);
      expect(auroc(scores, labels.map((label) => 1 - label))).toBeCloseTo(expected, 12);
    }),
  );
});

it('counts 0 and -0 as tied', () => {
  expect(auroc([0, -0], [1, 0])).toBe(0.5);
  expect(auroc([-0, 0], [1, 0])).toBe(0.5);
});

it('compares scores as they are stored: float64 neighbours are tied once they are float32', () => {
  const scores = [1 + 2 ** -40, 1];
  expect(auroc(scores, [1, 0])).toBe(1);
  expect(auroc(Float32Array.from(scores), [1, 0])).toBe(0.5);
});

it.each<[string, number[], number[], string]>([
  ['one class: good', [1, 2], [0, 0], 'auroc: undefined with one class only: all 2 labels are 0 (good)'],
  ['one class: defective', [1, 2], [1, 1], 'auroc: undefined with one class only: all 2 labels are 1 (defective)'],
  ['nothing', [], [], 'auroc: expected scores of good and defective images, got none'],
  ['a label too few', [1, 2], [1], 'auroc: expected one label a score, got 2 scores and 1 labels'],
  ['NaN', [1, NaN], [0, 1], 'auroc: expected finite scores, got NaN at index 1'],
  ['another label', [1, 2], [0, 2], 'auroc: expected labels 0 or 1, got 2 at index 1'],
])('refuses %s by name', (_, scores, labels, message) => {
  expect(() => auroc(scores, labels)).toThrow(new Error(message));
});
