import type { NdArray } from 'ndarray';
import { checkCloud } from './check-cloud.js';

/**
 * The depth of an organised cloud.
 *
 * @param cloud x, y, z in metres, [H,W,3]
 * @returns z [H,W], a view of the cloud's memory
 */
export function zOf(cloud: NdArray<Float32Array>): NdArray<Float32Array> {
  checkCloud(cloud, 'zOf');
  return cloud.pick(null, null, 2);
}
