import ndarray, { type NdArray } from 'ndarray';
import { cleanDepth } from './clean-depth.js';

/** Level of what was not measured; what was begins well above it. */
const darkest = 40;

/**
 * A depth map as a gray picture for people: near is light, far is dark, missing is black. The range is that of the map
 * itself without its outermost hundredths, so that one stray point does not flatten the rest.
 *
 * @param z metres [H,W], 0 where nothing was measured
 * @returns levels [H,W,1]
 */
export function depthLevels(z: NdArray<Float32Array>): NdArray<Uint8Array> {
  const { data: values, shape } = cleanDepth(z);
  const [height, width] = shape as [number, number];
  const sorted = values.filter((value) => value !== 0).sort();
  const levels = new Uint8Array(values.length);
  if (sorted.length > 0) {
    const near = sorted[Math.floor(0.01 * (sorted.length - 1))] as number;
    const far = sorted[Math.ceil(0.99 * (sorted.length - 1))] as number;
    const range = Math.max(far - near, Number.MIN_VALUE);
    for (let i = 0; i < levels.length; i++) {
      const value = values[i] as number;
      if (value === 0) continue;
      const nearness = Math.min(1, Math.max(0, (far - value) / range));
      levels[i] = Math.round(darkest + (255 - darkest) * nearness);
    }
  }
  return ndarray(levels, [height, width, 1]);
}
