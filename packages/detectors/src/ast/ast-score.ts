import ndarray from 'ndarray';
import { resizeMask, upsampleBicubic } from '@blemish/raster';
import type { ScoredSample } from '../detector.js';
import type { Size } from '../sample.js';
import type { AstParts } from './ast-session.js';
import type { AstDistances } from './ast-tasks.js';

/**
 * Scores and map from the distances of one part. The scores do not depend on the size of the map: `mean` is the mean
 * distance over all positions, `max` the maximum of the distances brought to a fixed size, over the foreground.
 *
 * @param distances `[h*w]`, weighted
 * @param mapSize size of the map asked for
 */
export function astScore(parts: Pick<AstParts, 'config' | 'depth' | 'shape'>, id: string, distances: AstDistances, mapSize: Size): ScoredSample {
  const { distance } = distances;
  const { reduction, maxSize } = parts.config.score;
  let sum = 0;
  for (const value of distance) sum += value;
  if (!Number.isFinite(sum)) throw new Error(`${id}: its distances are not finite (their sum is ${sum}); the image or the model is damaged`);
  const fixed = enlarged(parts, distances, [maxSize, maxSize]);
  let max = -Infinity;
  for (const value of fixed) max = Math.max(max, value);
  const scores = { mean: sum / distance.length, max };
  const map = ndarray(enlarged(parts, distances, mapSize), [...mapSize]);
  return { id, score: scores[reduction], scores, map };
}

/** Distances at a size, cut to the foreground; or, as the released code does it, weighted once more and not cut. */
function enlarged({ config, depth, shape }: Pick<AstParts, 'config' | 'depth' | 'shape'>, { distance, mask, foreground }: AstDistances, size: Size): Float32Array {
  const [h, w] = shape;
  if (mask !== undefined && config.score.masking === 'official') {
    return upsampleBicubic(distance.map((value, i) => value * (mask[i] as number)), [h, w], size);
  }
  const map = upsampleBicubic(distance, [h, w], size);
  if (foreground === undefined || depth === undefined) return map;
  const cut = resizeMask(foreground, [depth.size, depth.size], size);
  for (let i = 0; i < map.length; i++) if (cut[i] === 0) map[i] = 0;
  return map;
}
