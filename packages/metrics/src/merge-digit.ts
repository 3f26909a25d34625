import { argsort } from './argsort.js';
import { DIGITS, startOf, type ScoreBlock } from './score-block.js';
import { sortHalves } from './sort-halves.js';
import type { StepRecorder } from './step-recorder.js';

/** `createDigitMerger` takes as many scores of a digit on either side: an index of 13 bits rides on each key. */
export const FEW = 1 << 13;

/** Ranks few float32 scores of one digit: sorts both sides by the 16 bits that are left, and walks them together. */
export type DigitMerger = (digit: number, positives: readonly ScoreBlock[], negatives: readonly ScoreBlock[], recorder: StepRecorder) => void;

/** @param weights of a positive of each group */
export function createDigitMerger(weights: Float64Array): DigitMerger {
  const keys = new Int32Array(FEW); // the 16 bits, then the place among the gathered
  const scratch = new Int32Array(FEW);
  const bits = new Int32Array(FEW);
  const values = new Float32Array(bits.buffer);
  const high = new Float64Array(FEW);
  const low = new Float64Array(FEW);
  const gathered = new Float64Array(FEW);
  const weight = new Float64Array(FEW);
  return (digit, positives, negatives, recorder) => {
    const p = gather(positives, digit);
    gatherWeights(positives, digit, weights, gathered);
    sort(p, digit, high);
    for (let i = 0; i < p; i++) weight[i] = gathered[(keys[i] as number) & (FEW - 1)] as number;
    const n = gather(negatives, digit);
    sort(n, digit, low);
    mergeDown(high, weight, p, low, n, recorder);
  };

  function gather(blocks: readonly ScoreBlock[], digit: number): number {
    const flip = flipOf(digit);
    let at = 0;
    for (const block of blocks) {
      const from = block.bits as Int32Array;
      const end = block.ends[digit] as number;
      for (let i = startOf(block, digit); i < end; i++) {
        keys[at] = ((((from[i] as number) & 0xffff) ^ flip) << 13) | at;
        at++;
      }
    }
    return at;
  }

  function sort(count: number, digit: number, into: Float64Array): void {
    const flip = flipOf(digit);
    sortHalves(keys, count, scratch);
    for (let i = 0; i < count; i++) bits[i] = (digit << 16) | (((keys[i] as number) >>> 13) ^ flip);
    for (let i = 0; i < count; i++) into[i] = values[i] as number;
  }
}

/** Ranks scores of one digit among which are float64 ones, of which more than 16 bits are left: sorts them by comparison. */
export function mergeExactly(
  digit: number,
  positives: readonly ScoreBlock[],
  negatives: readonly ScoreBlock[],
  weights: Float64Array,
  recorder: StepRecorder,
): void {
  const high = collect(positives, digit);
  const gathered = new Float64Array(high.length);
  gatherWeights(positives, digit, weights, gathered);
  const order = argsort(high);
  const low = collect(negatives, digit).sort();
  mergeDown(
    high.map((_, i) => high[order[i] as number] as number),
    high.map((_, i) => gathered[order[i] as number] as number),
    high.length,
    low,
    low.length,
    recorder,
  );
}

/**
 * Ranks scores that are sorted, by walking both sides together from the top.
 *
 * @param high the first `p` are the positives, ascending; `weight` is of each
 * @param low the first `n` are the negatives, ascending
 */
export function mergeDown(high: Float64Array, weight: Float64Array, p: number, low: Float64Array, n: number, recorder: StepRecorder): void {
  let at = n - 1;
  for (let i = p - 1; i >= 0; ) {
    const threshold = high[i] as number;
    const first = at;
    while (at >= 0 && (low[at] as number) > threshold) at--;
    if (at < first) recorder.negatives(first - at, low[at + 1] as number);
    const tied = at;
    while (at >= 0 && low[at] === threshold) at--;
    const last = i;
    let sum = 0;
    for (; i >= 0 && high[i] === threshold; i--) sum += weight[i] as number;
    recorder.step(threshold, last - i, sum, tied - at);
  }
  if (at >= 0) recorder.negatives(at + 1, low[0] as number);
}

function gatherWeights(blocks: readonly ScoreBlock[], digit: number, weights: Float64Array, into: Float64Array): void {
  let at = 0;
  for (const block of blocks) {
    const { groups, firstGroup, ends } = block;
    const end = ends[digit] as number;
    for (let i = startOf(block, digit); i < end; i++) into[at++] = weights[firstGroup + (groups.length === 0 ? 0 : (groups[i] as number))] as number;
  }
}

function collect(blocks: readonly ScoreBlock[], digit: number): Float64Array {
  const parts = blocks.map((block) => block.scores.subarray(startOf(block, digit), block.ends[digit]));
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Of a negative number, the larger bits are the lower score. */
function flipOf(digit: number): number {
  return digit < DIGITS / 2 ? 0 : 0xffff;
}
