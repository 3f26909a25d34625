import { rankBinary } from './rank-binary.js';
import type { StepFold, Totals } from './ranking.js';

/** The best F1 over all thresholds, and what that threshold gives. */
export interface F1Max {
  /** Harmonic mean of precision and recall. */
  readonly f1: number;
  /** Score from which on (score >= threshold) an image or pixel counts as defective. */
  readonly threshold: number;
  /** Share of those above the threshold that are defective. */
  readonly precision: number;
  /** Share of the defective ones that lie above the threshold. */
  readonly recall: number;
}

/**
 * The largest F1 that any threshold reaches; of equal ones the lowest threshold. The threshold is chosen with the
 * labels in hand: report the F1, but run a machine on a threshold chosen from good images.
 *
 * @param scores larger is more anomalous
 * @param labels 1 defective, 0 good
 * @throws when only one class is there, or a score is not finite
 */
export function f1Max(scores: ArrayLike<number>, labels: ArrayLike<number>): F1Max {
  return rankBinary('f1Max', scores, labels, foldF1Max);
}

/** The same from ranked scores. Between two scores of positives F1 only falls: negatives come, no positive does. */
export function foldF1Max(totals: Totals): StepFold<F1Max> {
  const positives = totals.positives.count;
  let best: F1Max = { f1: 0, threshold: NaN, precision: NaN, recall: 0 };
  return {
    take({ count, thresholds, truePositives, falsePositives }) {
      let { f1 } = best;
      let at = -1;
      for (let i = 0; i < count; i++) {
        const tp = truePositives[i] as number;
        const value = (2 * tp) / (positives + tp + (falsePositives[i] as number));
        if (value < f1) continue;
        f1 = value;
        at = i;
      }
      if (at < 0) return;
      const tp = truePositives[at] as number;
      best = { f1, threshold: thresholds[at] as number, precision: tp / (tp + (falsePositives[at] as number)), recall: tp / positives };
    },
    value: () => best,
  };
}
