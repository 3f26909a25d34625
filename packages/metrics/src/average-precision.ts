import { rankBinary } from './rank-binary.js';
import type { StepFold, Totals } from './ranking.js';

/**
 * Average precision: the precision at each threshold, weighted by the recall it adds; no interpolation.
 * Equal to scikit-learn's `average_precision_score`, but one class only is an error, never 0 or 1.
 *
 * @param scores larger is more anomalous
 * @param labels 1 defective, 0 good
 * @throws when only one class is there, or a score is not finite
 */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  return rankBinary('averagePrecision', scores, labels, foldAveragePrecision);
}

/** The same from ranked scores. */
export function foldAveragePrecision({ positives }: Totals): StepFold<number> {
  let total = 0;
  let found = 0;
  return {
    take({ count, truePositives, falsePositives }) {
      let sum = total;
      let before = found;
      for (let i = 0; i < count; i++) {
        const tp = truePositives[i] as number;
        sum += ((tp - before) * tp) / (tp + (falsePositives[i] as number));
        before = tp;
      }
      total = sum;
      found = before;
    },
    value: () => total / positives.count,
  };
}
