import { zerosEnd } from './copy-scores.js';
import { firstNotFinite } from './first-not-finite.js';
import { FEW, mergeDown } from './merge-digit.js';
import { rank, type StepFold, type Totals } from './ranking.js';
import { createScoreBlocks } from './score-blocks.js';
import type { Scores } from './scores.js';
import { createStepRecorder } from './step-recorder.js';

/**
 * Ranks the scores of whole images (or anything else that is good or defective) and computes a metric from that.
 *
 * @param metric the name that errors begin with
 * @param labels 1 defective, 0 good
 */
export function rankBinary<T>(
  metric: string,
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  createFold: (totals: Totals) => StepFold<T>,
): T {
  const defective = checkBinary(metric, scores, labels);
  if (scores.length <= FEW) return rankFew(scores, labels, defective, createFold);
  const values: Scores = scores instanceof Float32Array || scores instanceof Float64Array ? scores : Float64Array.from(scores);
  const positives = createScoreBlocks();
  const negatives = createScoreBlocks();
  positives.addLabelled(values, labels, 'other');
  negatives.addLabelled(values, labels, 'zero');
  const fold = createFold({ positives, negatives });
  rank({ positives, negatives, weights: Float64Array.of(1 / defective) }, [fold]);
  return fold.value();
}

/** Digits would take longer than to sort a few scores at once. */
function rankFew<T>(scores: ArrayLike<number>, labels: ArrayLike<number>, defective: number, createFold: (totals: Totals) => StepFold<T>): T {
  const values = Float64Array.from(scores);
  const positives = values.filter((_, i) => labels[i] === 1);
  const negatives = values.filter((_, i) => labels[i] === 0);
  const fold = createFold({ positives: { count: positives.length }, negatives: { count: negatives.length } });
  const recorder = createStepRecorder(defective, (steps) => fold.take(steps));
  const weights = new Float64Array(defective).fill(1 / defective);
  mergeDown(positives.sort(), weights, positives.length, negatives.sort(), negatives.length, recorder);
  recorder.end();
  return fold.value();
}

/** Throws unless scores are finite, labels are 0 or 1, and both occur; returns how many are 1. */
export function checkBinary(metric: string, scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  if (scores.length !== labels.length) {
    throw new Error(`${metric}: expected one label a score, got ${scores.length} scores and ${labels.length} labels`);
  }
  if (scores.length === 0) throw new Error(`${metric}: expected scores of good and defective images, got none`);
  const wrong = firstNotFinite(scores);
  if (wrong >= 0) throw new Error(`${metric}: expected finite scores, got ${scores[wrong]} at index ${wrong}`);
  let defective = 0;
  for (let i = zerosEnd(labels, 0, labels.length); i < labels.length; i = zerosEnd(labels, i, labels.length)) {
    for (; i < labels.length && labels[i] !== 0; i++) {
      if (labels[i] !== 1) throw new Error(`${metric}: expected labels 0 or 1, got ${labels[i]} at index ${i}`);
      defective++;
    }
  }
  if (defective === 0) throw new Error(`${metric}: undefined with one class only: all ${scores.length} labels are 0 (good)`);
  if (defective === scores.length) {
    throw new Error(`${metric}: undefined with one class only: all ${scores.length} labels are 1 (defective)`);
  }
  return defective;
}
