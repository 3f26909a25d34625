import { rankBinary } from './rank-binary.js';
import type { StepFold, Totals } from './ranking.js';

/**
 * Area under the ROC curve: the chance that a defective image scores higher than a good one, ties counting half.
 * Equal to scikit-learn's `roc_auc_score`.
 *
 * @param scores larger is more anomalous
 * @param labels 1 defective, 0 good
 * @throws when only one class is there, or a score is not finite
 */
export function auroc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  return rankBinary('auroc', scores, labels, foldAuroc);
}

/** The same from ranked scores. */
export function foldAuroc(totals: Totals): StepFold<number> {
  const positives = totals.positives.count;
  const negatives = totals.negatives.count;
  let area = 0; // in units of pairs (positive, negative)
  let tp = 0;
  let fp = 0;
  return {
    take({ count, truePositives, falseAbove, falsePositives }) {
      for (let i = 0; i < count; i++) {
        const above = falseAbove[i] as number;
        const nextTp = truePositives[i] as number;
        const nextFp = falsePositives[i] as number;
        area += (above - fp) * tp + ((nextFp - above) * (tp + nextTp)) / 2; // across, then up the diagonal of the tied scores
        tp = nextTp;
        fp = nextFp;
      }
    },
    value: () => (area + (negatives - fp) * positives) / positives / negatives,
  };
}
