import ndarray, { type NdArray } from 'ndarray';
import { denseMap } from './dense-map.js';

/**
 * Brings all ways of saying "no measurement" to one: NaN and the infinities become 0.
 *
 * @param z depth [H,W], metres
 * @returns a copy [H,W]; 0 = no measurement, everything else finite
 */
export function cleanDepth(z: NdArray<Float32Array>): NdArray<Float32Array> {
  const { data, height, width } = denseMap(z, 'cleanDepth');
  const out = new Float32Array(data.length);
  for (let i = 0; i < out.length; i++) {
    const value = data[i] as number;
    out[i] = value - value === 0 ? value : 0; // NaN and Infinity less themselves are NaN
  }
  return ndarray(out, [height, width]);
}
