import ndarray from 'ndarray';
import { upsampleBicubic } from '@blemish/raster';
import type { ScoredSample } from '../detector.js';
import type { Size } from '../sample.js';
import type { AstParts } from './ast-session.js';

/**
 * Scores and map from the distances of one image. The scores do not depend on the size of the map: `mean` is the mean
 * distance, `max` the maximum of the distances brought to a fixed size.
 *
 * @param distance `[h*w]`
 * @param mapSize size of the map asked for
 */
export function astScore({ config, extractor }: Pick<AstParts, 'config' | 'extractor'>, id: string, distance: Float32Array, mapSize: Size): ScoredSample {
  const [h, w] = extractor.shape;
  const { reduction, maxSize } = config.score;
  let sum = 0;
  for (const value of distance) sum += value;
  if (!Number.isFinite(sum)) throw new Error(`${id}: its distances are not finite (their sum is ${sum}); the image or the model is damaged`);
  const fixed = upsampleBicubic(distance, [h, w], [maxSize, maxSize]);
  let max = -Infinity;
  for (const value of fixed) max = Math.max(max, value);
  const scores = { mean: sum / distance.length, max };
  const map = ndarray(upsampleBicubic(distance, [h, w], mapSize), [...mapSize]);
  return { id, score: scores[reduction], scores, map };
}
