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
  let before = { tp: 0, fp: 0 };
  return {
    take({ count, truePositives, falseAbove, falsePositives }) {
      let sum = area; // V8 allocates each new value of a number that outlives the call
      let { tp, fp } = before;
      for (let i = 0; i < count; i++) {
        const above = falseAbove[i] as number;
        const nextTp = truePositives[i] as number;
        const nextFp = falsePositives[i] as number;
        sum += (above - fp) * tp + ((nextFp - above) * (tp + nextTp)) / 2; // across, then up the diagonal of the tied scores
        tp = nextTp;
        fp = nextFp;
      }
      area = sum;
      before = { tp, fp };
    },
    value: () => (area + (negatives - before.fp) * positives) / positives / negatives,
  };
}
