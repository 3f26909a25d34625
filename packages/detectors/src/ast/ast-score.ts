import { resizeMask, upsampleBicubic } from '@blemish/raster';
import type { ScoredSample } from '../detector.js';
import { scoredPart } from '../frame/scored-part.js';
import type { Size } from '../sample.js';
import type { AstParts } from './ast-parts.js';
import type { AstDistances } from './ast-tasks.js';

/**
 * Scores and map from the distances of one part; `max` is that over the foreground.
 *
 * @param distances `[h*w]`, weighted
 * @param mapSize size of the map asked for
 */
export function astScore(parts: Pick<AstParts, 'config' | 'depth' | 'shape'>, id: string, distances: AstDistances, mapSize: Size): ScoredSample {
  return scoredPart(id, { values: distances.distance, enlarge: (size) => enlarged(parts, distances, size) }, parts.config.score, mapSize);
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
