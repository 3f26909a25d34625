import { argsort } from './argsort.js';
import { scoresLike, type Scores } from './scores.js';
import { sortScores } from './sort-scores.js';

/**
 * How positives and negatives lie between each other, at every distinct score of a positive, from the highest down.
 *
 * Between two of these scores only negatives fall, so every curve runs along a straight line there; what the steps hold
 * is enough for each exact metric, and its size depends on the positives alone.
 */
export interface RankSteps {
  /** Number of positives. */
  readonly positives: number;
  /** Number of negatives. */
  readonly negatives: number;
  /** [m] The distinct scores of positives, descending. */
  readonly thresholds: Scores;
  /** [m] Positives with score >= threshold. */
  readonly truePositives: Uint32Array;
  /** [m] Negatives with score > threshold. */
  readonly falseAbove: Uint32Array;
  /** [m] Negatives with score >= threshold. */
  readonly falsePositives: Uint32Array;
  /** [m] Weight of the positives with score >= threshold; the weight of all is 1. */
  readonly covered: Float64Array;
  /** [m] The lowest negative score between this threshold and the one before it; NaN where there is none. */
  readonly lowestAbove: Scores;
  /** The lowest score of a negative. */
  readonly lowestNegative: number;
}

/**
 * Ranks positives against negatives. Linear in both: negatives pass through block by block, none is kept.
 *
 * @param positives scores, at least one, all finite
 * @param negatives blocks of scores; each is sorted in place before the next is asked for
 * @param weightOf the weight of the positive at an index, all together 1; equal weights by default
 */
export function rankSteps(
  positives: Scores,
  negatives: Iterable<Scores>,
  weightOf: (index: number) => number = () => 1 / positives.length,
): RankSteps {
  const order = argsort(positives);
  let size = 0;
  for (let i = 0; i < order.length; i++) if (i === 0 || score(i) !== score(i - 1)) size++;
  const thresholds = scoresLike([positives], size);
  const truePositives = new Uint32Array(size);
  const covered = new Float64Array(size);
  let step = -1;
  let sum = 0;
  let lost = 0; // Kahan: what rounding has taken from the sum so far
  for (let i = order.length - 1; i >= 0; i--) {
    if (i === order.length - 1 || score(i) !== score(i + 1)) thresholds[++step] = score(i);
    const weight = weightOf(order[i] as number) - lost;
    const next = sum + weight;
    lost = next - sum - weight;
    sum = next;
    truePositives[step] = order.length - i;
    covered[step] = Math.min(sum, 1);
  }
  covered[size - 1] = 1;

  const between = new Uint32Array(size + 1); // [i] strictly between threshold i-1 and threshold i; [m] below the last
  const equal = new Uint32Array(size);
  const lowest = scoresLike([positives], size + 1).fill(NaN);
  let scratch = scoresLike([positives], 0);
  let total = 0;
  for (const block of negatives) {
    if (scratch.length < block.length) scratch = scoresLike([block], block.length);
    sortScores(block, scratch);
    countBlock(block, thresholds, between, equal, lowest);
    total += block.length;
  }
  let passed = 0;
  for (let i = 0; i < size; i++) {
    passed = between[i] = passed + (between[i] as number); // becomes falseAbove
    passed = equal[i] = passed + (equal[i] as number); // becomes falsePositives
  }
  return {
    positives: positives.length,
    negatives: total,
    thresholds,
    truePositives,
    falseAbove: between.subarray(0, size),
    falsePositives: equal,
    covered,
    lowestAbove: lowest.subarray(0, size),
    lowestNegative: lowest[size] as number,
  };

  function score(rank: number): number {
    return positives[order[rank] as number] as number;
  }
}

/** Walks an ascending block and the descending thresholds together, once. */
function countBlock(block: Scores, thresholds: Scores, between: Uint32Array, equal: Uint32Array, lowest: Scores): void {
  const size = thresholds.length;
  let at = block.length - 1;
  for (let step = 0; step <= size && at >= 0; step++) {
    const threshold = step < size ? (thresholds[step] as number) : -Infinity;
    const first = at;
    while (at >= 0 && (block[at] as number) > threshold) at--;
    if (at < first) {
      (between[step] as number) += first - at;
      const least = block[at + 1] as number;
      if (!((lowest[step] as number) <= least)) lowest[step] = least;
    }
    const tied = at;
    while (at >= 0 && block[at] === threshold) at--;
    if (at < tied) (equal[step] as number) += tied - at;
  }
}
