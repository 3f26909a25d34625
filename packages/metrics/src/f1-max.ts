import { binarySteps } from './binary-steps.js';
import type { RankSteps } from './rank-steps.js';

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
  return f1MaxOf(binarySteps('f1Max', scores, labels));
}

/** The same from ranked scores. Between two scores of positives F1 only falls: negatives come, no positive does. */
export function f1MaxOf(steps: RankSteps): F1Max {
  const { thresholds, truePositives, falsePositives, positives } = steps;
  let f1 = 0;
  let best = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const tp = truePositives[i] as number;
    const value = (2 * tp) / (positives + tp + (falsePositives[i] as number));
    if (value >= f1) {
      f1 = value;
      best = i;
    }
  }
  const tp = truePositives[best] as number;
  return { f1, threshold: thresholds[best] as number, precision: tp / (tp + (falsePositives[best] as number)), recall: tp / positives };
}
