import { createDigitCounter, type DigitCounter } from './count-digit.js';
import { createDigitMerger, FEW, mergeExactly, type DigitMerger } from './merge-digit.js';
import { DIGITS, digitFromTop, startOf, type ScoreBlock } from './score-block.js';
import type { ScoreBlocks } from './score-blocks.js';
import { createStepRecorder, type Steps } from './step-recorder.js';

/** How many positives and negatives there are. */
export interface Totals {
  readonly positives: { readonly count: number };
  readonly negatives: { readonly count: number };
}

/** Positives to be ranked against negatives. */
export interface Ranking extends Totals {
  readonly positives: ScoreBlocks;
  readonly negatives: ScoreBlocks;
  /** The weight of a positive of each group; that of all positives together is 1. */
  readonly weights: Float64Array;
}

/** Something that is computed from steps, batch by batch. */
export interface StepFold<T> {
  take(steps: Steps): void;
  /** Whether no further step would change the value; absent where each does. */
  complete?(): boolean;
  /** After the last batch. */
  value(): T;
}

/**
 * Ranks positives against negatives and gives the steps to each of `folds`, in scratch memory of fixed size. Time is linear
 * in both for float32 scores.
 *
 * Digit by digit, from the highest down: negatives of a digit that no positive has are only counted. Where both have it, many
 * float32 scores are counted value by value, few are sorted; where float64 ones are among them, they are sorted as such.
 *
 * @returns the lowest negative score, unless all folds were complete before
 */
export function rank({ positives, negatives, weights }: Ranking, folds: readonly Pick<StepFold<unknown>, 'take' | 'complete'>[]): number {
  const recorder = createStepRecorder(positives.count, (steps) => {
    for (const fold of folds) fold.take(steps);
  });
  const high = positives.seal();
  const low = negatives.seal();
  const hits = countDigits(high);
  const others = countDigits(low);
  const single = [...high, ...low].every(({ bits }) => bits !== undefined);
  let count: DigitCounter | undefined;
  let merge: DigitMerger | undefined;
  let lowest = -1; // the lowest digit of a negative so far
  let passed = 0; // negatives since the last digit of a positive
  for (let place = 0; place < DIGITS; place++) {
    const digit = digitFromTop(place);
    const p = hits[digit] as number;
    const n = others[digit] as number;
    if (p > 0) {
      if (passed > 0) recorder.negatives(passed, lowestOf(low, lowest));
      passed = 0;
      if (!single) mergeExactly(digit, high, low, weights, recorder);
      else if (p + n <= FEW) (merge ??= createDigitMerger(weights))(digit, high, low, recorder);
      else (count ??= createDigitCounter(weights))(digit, high, low, recorder);
      if (folds.every((fold) => fold.complete?.())) break;
    } else passed += n;
    if (n > 0) lowest = digit;
  }
  recorder.end();
  return lowestOf(low, lowest);
}

function countDigits(blocks: readonly ScoreBlock[]): Uint32Array {
  const counts = new Uint32Array(DIGITS);
  for (const { ends } of blocks) {
    let start = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const end = ends[digit] as number;
      (counts[digit] as number) += end - start;
      start = end;
    }
  }
  return counts;
}

function lowestOf(blocks: readonly ScoreBlock[], digit: number): number {
  let lowest = Infinity;
  for (const block of blocks) {
    const end = block.ends[digit] as number;
    for (let i = startOf(block, digit); i < end; i++) lowest = Math.min(lowest, block.scores[i] as number);
  }
  return lowest + 0; // -0 becomes 0
}
