import type { StepRecorder } from './step-recorder.js';
import { DIGITS, startOf, type ScoreBlock } from './score-block.js';

/**
 * Ranks many float32 scores of one digit, without sorting: counts how often each of the values occurs that are left, and
 * goes through them from the highest down.
 */
export type DigitCounter = (digit: number, positives: readonly ScoreBlock[], negatives: readonly ScoreBlock[], recorder: StepRecorder) => void;

/** Values of the lower 16 bits of a float32. */
const LOWS = 1 << 16;

/** @param weights of a positive of each group */
export function createDigitCounter(weights: Float64Array): DigitCounter {
  const positive = { counts: new Uint32Array(LOWS), weights: new Float64Array(LOWS) };
  const negative = new Uint32Array(LOWS);
  return (digit, positives, negatives, recorder) => {
    for (const block of negatives) count(block, digit, negative);
    for (const block of positives) {
      if (block.groups.length === 0) addAlike(block, digit, positive.counts, positive.weights, weights[block.firstGroup] as number);
      else addWeighted(block, digit, positive.counts, positive.weights, weights);
    }
    takeDown(digit, positive.counts, positive.weights, negative, recorder);
    negative.fill(0);
  };
}

function count(block: ScoreBlock, digit: number, counts: Uint32Array): void {
  const bits = block.bits as Int32Array;
  const end = block.ends[digit] as number;
  let i = startOf(block, digit);
  for (const whole = end - ((end - i) % 4); i < whole; i += 4) {
    (counts[(bits[i] as number) & 0xffff] as number)++;
    (counts[(bits[i + 1] as number) & 0xffff] as number)++;
    (counts[(bits[i + 2] as number) & 0xffff] as number)++;
    (counts[(bits[i + 3] as number) & 0xffff] as number)++;
  }
  for (; i < end; i++) (counts[(bits[i] as number) & 0xffff] as number)++;
}

function addAlike(block: ScoreBlock, digit: number, counts: Uint32Array, sums: Float64Array, weight: number): void {
  const bits = block.bits as Int32Array;
  const end = block.ends[digit] as number;
  for (let i = startOf(block, digit); i < end; i++) {
    const low = (bits[i] as number) & 0xffff;
    (counts[low] as number)++;
    (sums[low] as number) += weight;
  }
}

function addWeighted(block: ScoreBlock, digit: number, counts: Uint32Array, sums: Float64Array, weights: Float64Array): void {
  const { groups, firstGroup } = block;
  const bits = block.bits as Int32Array;
  const end = block.ends[digit] as number;
  for (let i = startOf(block, digit); i < end; i++) {
    const low = (bits[i] as number) & 0xffff;
    (counts[low] as number)++;
    (sums[low] as number) += weights[firstGroup + (groups[i] as number)] as number;
  }
}

/** What it has read of the positives is 0 afterwards. */
function takeDown(digit: number, counts: Uint32Array, weights: Float64Array, negative: Uint32Array, recorder: StepRecorder): void {
  const flip = digit < DIGITS / 2 ? LOWS - 1 : 0; // of a negative number, the larger bits are the lower score
  let between = 0;
  for (let rank = 0; rank < LOWS; rank++) {
    const low = rank ^ flip;
    if ((rank & 3) === 0 && noneOfFour(counts, low)) {
      between += (negative[low] as number) + (negative[low ^ 1] as number) + (negative[low ^ 2] as number) + (negative[low ^ 3] as number);
      rank += 3;
      continue;
    }
    const positives = counts[low] as number;
    if (positives === 0) {
      between += negative[low] as number;
      continue;
    }
    if (between > 0) recorder.negatives(between, scoreOf(digit, lowestBefore(rank, flip, negative)));
    between = 0;
    recorder.step(scoreOf(digit, low), positives, weights[low] as number, negative[low] as number);
    counts[low] = 0;
    weights[low] = 0;
  }
  if (between > 0) recorder.negatives(between, scoreOf(digit, lowestBefore(LOWS, flip, negative)));
}

/** Of the four values whose bits differ in the last two alone. */
function noneOfFour(counts: Uint32Array, low: number): boolean {
  return ((counts[low] as number) | (counts[low ^ 1] as number) | (counts[low ^ 2] as number) | (counts[low ^ 3] as number)) === 0;
}

function lowestBefore(rank: number, flip: number, negative: Uint32Array): number {
  let at = rank - 1;
  while (negative[at ^ flip] === 0) at--;
  return at ^ flip;
}

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

function scoreOf(digit: number, low: number): number {
  bits[0] = (digit << 16) | low;
  return float[0] as number;
}
