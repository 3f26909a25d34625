import { binarySteps } from './binary-steps.js';
import type { RankSteps } from './rank-steps.js';

/**
 * Average precision: the precision at each threshold, weighted by the recall it adds; no interpolation.
 * Equal to scikit-learn's `average_precision_score`, but one class only is an error, never 0 or 1.
 *
 * @param scores larger is more anomalous
 * @param labels 1 defective, 0 good
 * @throws when only one class is there, or a score is not finite
 */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  return averagePrecisionOf(binarySteps('averagePrecision', scores, labels));
}

/** The same from ranked scores. */
export function averagePrecisionOf(steps: RankSteps): number {
  const { truePositives, falsePositives, positives } = steps;
  let sum = 0;
  let before = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const tp = truePositives[i] as number;
    sum += ((tp - before) * tp) / (tp + (falsePositives[i] as number));
    before = tp;
  }
  return sum / positives;
}
