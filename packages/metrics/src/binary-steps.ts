import { rankSteps, type RankSteps } from './rank-steps.js';

/**
 * Checks scores and labels of whole images (or anything else that is good or defective) and ranks them.
 *
 * @param metric the name that errors begin with
 * @param labels 1 defective, 0 good
 */
export function binarySteps(metric: string, scores: ArrayLike<number>, labels: ArrayLike<number>): RankSteps {
  const defective = checkBinary(metric, scores, labels);
  const positives = new Float64Array(defective);
  const negatives = new Float64Array(scores.length - defective);
  let p = 0;
  let n = 0;
  for (let i = 0; i < scores.length; i++) {
    if (labels[i] === 1) positives[p++] = scores[i] as number;
    else negatives[n++] = scores[i] as number;
  }
  return rankSteps(positives, [negatives]);
}

/** Throws unless scores are finite, labels are 0 or 1, and both occur; returns how many are 1. */
export function checkBinary(metric: string, scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  if (scores.length !== labels.length) {
    throw new Error(`${metric}: expected one label a score, got ${scores.length} scores and ${labels.length} labels`);
  }
  if (scores.length === 0) throw new Error(`${metric}: expected scores of good and defective images, got none`);
  let defective = 0;
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) throw new Error(`${metric}: expected finite scores, got ${scores[i]} at index ${i}`);
    if (labels[i] !== 0 && labels[i] !== 1) throw new Error(`${metric}: expected labels 0 or 1, got ${labels[i]} at index ${i}`);
    defective += labels[i] as number;
  }
  if (defective === 0) throw new Error(`${metric}: undefined with one class only: all ${scores.length} labels are 0 (good)`);
  if (defective === scores.length) {
    throw new Error(`${metric}: undefined with one class only: all ${scores.length} labels are 1 (defective)`);
  }
  return defective;
}
