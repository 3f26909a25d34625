import type { NdArray } from 'ndarray';
import { denseMap } from './dense-map.js';

/** How far away and how large what a depth map shows is, in metres. */
export interface DepthExtent {
  /** Median distance of what was measured. */
  readonly distance: number;
  /** Between the 5th and the 95th percentile of the distances: without outliers. */
  readonly relief: number;
  /** Between the smallest and the largest distance. */
  readonly range: number;
}

/** So many values, evenly spread over the map, give the percentiles: enough to tell a unit. */
const sampled = 4096;

/**
 * The extent of a depth map; undefined where nothing was measured.
 *
 * @param z depth [H,W], metres; 0, NaN and the infinities are missing
 * @throws Error for a map of another rank or without pixels
 */
export function depthExtent(z: NdArray<Float32Array>): DepthExtent | undefined {
  const { data } = denseMap(z, 'depthExtent');
  let [least, most, count] = [Infinity, -Infinity, 0];
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (value === 0 || value - value !== 0) continue;
    count++;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (count === 0) return undefined;
  const step = Math.ceil(count / sampled);
  const some = new Float32Array(Math.ceil(count / step));
  for (let i = 0, seen = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (value === 0 || value - value !== 0) continue;
    if (seen % step === 0) some[seen / step] = value;
    seen++;
  }
  some.sort();
  const at = (share: number): number => some[Math.round(share * (some.length - 1))] as number;
  return { distance: Math.abs(at(0.5)), relief: at(0.95) - at(0.05), range: most - least };
}
