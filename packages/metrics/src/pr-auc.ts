import { rankBinary } from './rank-binary.js';
import type { StepFold, Totals } from './ranking.js';

/**
 * Trapezoid area under the precision-recall curve, from (recall 0, precision 1) on: some papers' "AUPR". It is too
 * hopeful between thresholds (a constant score gets (1 + share of defects) / 2): `averagePrecision` is the better number.
 *
 * @param scores larger is more anomalous
 * @param labels 1 defective, 0 good
 * @throws when only one class is there, or a score is not finite
 */
export function prAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  return rankBinary('prAuc', scores, labels, foldPrAuc);
}

/** The same from ranked scores. */
export function foldPrAuc({ positives }: Totals): StepFold<number> {
  let total = 0;
  let found = 0;
  return {
    take({ count, truePositives, falseAbove, falsePositives }) {
      let sum = total;
      let tp = found;
      for (let i = 0; i < count; i++) {
        const above = falseAbove[i] as number;
        const nextTp = truePositives[i] as number;
        const left = tp + above === 0 ? 1 : tp / (tp + above); // the lowest threshold that still has the recall before
        const right = nextTp / (nextTp + (falsePositives[i] as number));
        sum += ((nextTp - tp) * (left + right)) / 2;
        tp = nextTp;
      }
      total = sum;
      found = tp;
    },
    value: () => total / positives.count,
  };
}
