import { binarySteps } from './binary-steps.js';
import type { RankSteps } from './rank-steps.js';

/**
 * Trapezoid area under the precision-recall curve, from (recall 0, precision 1) on: some papers' "AUPR". It is too
 * hopeful between thresholds (a constant score gets (1 + share of defects) / 2): `averagePrecision` is the better number.
 *
 * @param scores larger is more anomalous
 * @param labels 1 defective, 0 good
 * @throws when only one class is there, or a score is not finite
 */
export function prAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  return areaUnderPr(binarySteps('prAuc', scores, labels));
}

/** The same from ranked scores. */
export function areaUnderPr(steps: RankSteps): number {
  const { truePositives, falseAbove, falsePositives, positives } = steps;
  let sum = 0;
  let tp = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const above = falseAbove[i] as number;
    const nextTp = truePositives[i] as number;
    const left = tp + above === 0 ? 1 : tp / (tp + above); // the lowest threshold that still has the recall before
    const right = nextTp / (nextTp + (falsePositives[i] as number));
    sum += ((nextTp - tp) * (left + right)) / 2;
    tp = nextTp;
  }
  return sum / positives;
}
