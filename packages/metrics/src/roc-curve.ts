import { argsort } from './argsort.js';
import { checkBinary } from './rank-binary.js';

/** A ROC curve from (0, 0) to (1, 1), one point a distinct score. */
export interface RocCurve {
  /** Share of the good ones with score >= threshold. */
  readonly fpr: Float64Array;
  /** Share of the defective ones with score >= threshold. */
  readonly tpr: Float64Array;
  /** Descending; the first is Infinity. */
  readonly thresholds: Float64Array;
}

/**
 * The ROC curve at every distinct score, none dropped (scikit-learn's with `drop_intermediate=False`).
 *
 * @param scores larger is more anomalous
 * @param labels 1 defective, 0 good
 * @throws when only one class is there, or a score is not finite
 */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): RocCurve {
  const positives = checkBinary('rocCurve', scores, labels);
  const { tp, fp, thresholds } = cumulate(scores, labels);
  return { fpr: fp.map((n) => n / (scores.length - positives)), tpr: tp.map((n) => n / positives), thresholds };
}

/** Counts of positives and negatives with score >= threshold, at Infinity and at every distinct score, descending. */
export function cumulate(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): { tp: Float64Array; fp: Float64Array; thresholds: Float64Array } {
  const values = Float64Array.from(scores);
  const order = argsort(values).reverse();
  const tp = [0];
  const fp = [0];
  const thresholds = [Infinity];
  for (const index of order) {
    const value = values[index] as number;
    const last = thresholds.length - 1;
    const tied = thresholds[last] === value;
    const at = tied ? last : last + 1;
    tp[at] = (tp[last] as number) + (labels[index] as number);
    fp[at] = (fp[last] as number) + 1 - (labels[index] as number);
    thresholds[at] = value;
  }
  return { tp: Float64Array.from(tp), fp: Float64Array.from(fp), thresholds: Float64Array.from(thresholds) };
}
