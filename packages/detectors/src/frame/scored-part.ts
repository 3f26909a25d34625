import ndarray from 'ndarray';
import type { ScoredSample, ScoreReduction } from '../detector.js';
import type { Size } from '../sample.js';

/** What a system made of one part. */
export interface RawMap {
  /** The values of which `mean` is the mean. */
  readonly values: Float32Array;
  /** The map at any size. */
  readonly enlarge: (size: Size) => Float32Array;
}

/** How scores come of a map. */
export interface ScoreSettings {
  readonly reduction: ScoreReduction;
  /** Edge of the square map whose maximum is the score `max`. */
  readonly maxSize: number;
}

/**
 * Scores and map of one part. The scores do not depend on the size of the map: `mean` is the mean of the values, `max` the
 * maximum of the map brought to a fixed size.
 *
 * @throws Error naming the part where a value is not finite
 */
export function scoredPart(id: string, { values, enlarge }: RawMap, { reduction, maxSize }: ScoreSettings, mapSize: Size): ScoredSample {
  let sum = 0;
  for (const value of values) sum += value;
  if (!Number.isFinite(sum)) throw new Error(`${id}: its distances are not finite (their sum is ${sum}); the image or the model is damaged`);
  let max = -Infinity;
  for (const value of enlarge([maxSize, maxSize])) max = Math.max(max, value);
  const scores = { mean: sum / values.length, max };
  return { id, score: scores[reduction], scores, map: ndarray(enlarge(mapSize), [...mapSize]) };
}
