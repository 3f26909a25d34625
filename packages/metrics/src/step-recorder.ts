/**
 * How positives and negatives lie between each other: one step at each distinct score of a positive, from the highest down.
 * Between two of these scores only negatives fall, so every curve runs along a straight line there; what the steps hold is
 * enough for each exact metric. They come in batches: the first `count` values of each array.
 */
export interface Steps {
  readonly count: number;
  /** The distinct scores of positives, descending. */
  readonly thresholds: Float64Array;
  /** Positives with score >= threshold. */
  readonly truePositives: Uint32Array;
  /** Negatives with score > threshold. */
  readonly falseAbove: Uint32Array;
  /** Negatives with score >= threshold. */
  readonly falsePositives: Uint32Array;
  /** Weight of the positives with score >= threshold; the weight of all is 1. */
  readonly covered: Float64Array;
  /** The lowest score of the negatives between this threshold and the one before it; NaN where there is none. */
  readonly lowestAbove: Float64Array;
}

/** Is told a ranking from the highest score down, and makes steps of it. */
export interface StepRecorder {
  /** Negatives between two steps; `lowest` is the lowest score of them. */
  negatives(count: number, lowest: number): void;
  /** A distinct score of positives: how many have it, what they weigh together, and how many negatives have it. */
  step(threshold: number, positives: number, weight: number, ties: number): void;
  /** Nothing follows. */
  end(): void;
}

/** Steps of a batch, at most. */
export const BATCH = 1024;

/**
 * @param positives number of all
 * @param take is given each batch, whose arrays are used again for the next one
 */
export function createStepRecorder(positives: number, take: (steps: Steps) => void): StepRecorder {
  const thresholds = new Float64Array(BATCH);
  const truePositives = new Uint32Array(BATCH);
  const falseAbove = new Uint32Array(BATCH);
  const falsePositives = new Uint32Array(BATCH);
  const covered = new Float64Array(BATCH);
  const lowestAbove = new Float64Array(BATCH);
  let count = 0;
  let tp = 0;
  let fp = 0;
  let passed = 0; // negatives told of so far
  // Weight so far, what rounding has taken from it (Kahan), and the lowest score of the negatives told of last: in an array,
  // since V8 allocates each new value of a number that outlives a call.
  const state = Float64Array.of(0, 0, NaN);

  function end(): void {
    if (count > 0) take({ count, thresholds, truePositives, falseAbove, falsePositives, covered, lowestAbove });
    count = 0;
  }
  return {
    negatives(more, lowest) {
      passed += more;
      state[2] = lowest;
    },
    step(threshold, more, weight, ties) {
      const sum = state[0] as number;
      const added = weight - (state[1] as number);
      const next = sum + added;
      state[1] = next - sum - added;
      state[0] = next;
      tp += more;
      thresholds[count] = threshold + 0; // -0 becomes 0
      truePositives[count] = tp;
      falseAbove[count] = passed;
      lowestAbove[count] = passed > fp ? (state[2] as number) : NaN;
      fp = passed += ties;
      falsePositives[count] = fp;
      covered[count] = tp === positives ? 1 : Math.min(next, 1);
      if (++count === BATCH) end();
    },
    end,
  };
}
