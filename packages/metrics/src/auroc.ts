import { binarySteps } from './binary-steps.js';
import type { RankSteps } from './rank-steps.js';

/**
 * Area under the ROC curve: the chance that a defective image scores higher than a good one, ties counting half.
 * Equal to scikit-learn's `roc_auc_score`.
 *
 * @param scores larger is more anomalous
 * @param labels 1 defective, 0 good
 * @throws when only one class is there, or a score is not finite
 */
export function auroc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  return areaUnderRoc(binarySteps('auroc', scores, labels));
}

/** The same from ranked scores. */
export function areaUnderRoc(steps: RankSteps): number {
  const { truePositives, falseAbove, falsePositives, positives, negatives } = steps;
  let area = 0; // in units of pairs (positive, negative)
  let tp = 0;
  let fp = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const above = falseAbove[i] as number;
    const nextTp = truePositives[i] as number;
    const nextFp = falsePositives[i] as number;
    area += (above - fp) * tp + ((nextFp - above) * (tp + nextTp)) / 2; // across, then up the diagonal of the tied scores
    tp = nextTp;
    fp = nextFp;
  }
  area += (negatives - fp) * positives;
  return area / positives / negatives;
}
