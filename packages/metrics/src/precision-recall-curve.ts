import { checkBinary } from './rank-binary.js';
import { cumulate } from './roc-curve.js';

/** A precision-recall curve from recall 0 (precision 1 by definition) to recall 1, one point a distinct score. */
export interface PrecisionRecallCurve {
  /** Share of those with score >= threshold that are defective. */
  readonly precision: Float64Array;
  /** Share of the defective ones with score >= threshold. */
  readonly recall: Float64Array;
  /** Descending; the first is Infinity. */
  readonly thresholds: Float64Array;
}

/**
 * Precision and recall at every distinct score: scikit-learn's `precision_recall_curve` read backwards.
 *
 * @param scores larger is more anomalous
 * @param labels 1 defective, 0 good
 * @throws when only one class is there, or a score is not finite
 */
export function precisionRecallCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): PrecisionRecallCurve {
  const positives = checkBinary('precisionRecallCurve', scores, labels);
  const { tp, fp, thresholds } = cumulate(scores, labels);
  const precision = tp.map((n, i) => (i === 0 ? 1 : n / (n + (fp[i] as number))));
  return { precision, recall: tp.map((n) => n / positives), thresholds };
}
