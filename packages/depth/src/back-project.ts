import type { NdArray } from 'ndarray';
import { denseMap } from './dense-map.js';
import { resizeDepth } from './resize-depth.js';
import { zOf } from './z-of.js';

/**
 * Carries an anomaly map onto the points it was computed from.
 *
 * @param map scores [h,w], of any size: read bilinearly at each point's pixel
 * @param cloud x, y, z in metres, [H,W,3]; z = 0, NaN and the infinities are missing
 * @returns a score for each point, [H*W] row by row; 0 where it is missing
 * @throws when the map holds NaN or an infinity
 */
export function backProject(map: NdArray<Float32Array>, cloud: NdArray<Float32Array>): Float32Array {
  const z = denseMap(zOf(cloud), 'backProject');
  const { data, width } = denseMap(map, 'backProject, map');
  const bad = data.findIndex((score) => !Number.isFinite(score));
  if (bad >= 0) throw new Error(`backProject: the map holds ${data[bad]} at [${Math.floor(bad / width)}, ${bad % width}]`);
  const scores = resizeDepth(map, [z.height, z.width]).data;
  for (let i = 0; i < scores.length; i++) {
    const depth = z.data[i] as number;
    if (depth === 0 || depth - depth !== 0) scores[i] = 0;
  }
  return scores;
}
