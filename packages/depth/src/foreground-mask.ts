import ndarray, { type NdArray } from 'ndarray';
import { denseMap } from './dense-map.js';

/**
 * Marks what stands out of the background, on either side: a hole in the table counts as much as a part on it.
 *
 * @param z depth [H,W], metres; 0, NaN and the infinities are missing and never foreground
 * @param background its depth [H,W], metres
 * @param threshold metres (default 0.007)
 * @returns 1 where |background - z| > threshold, else 0, [H,W]
 */
export function foregroundMask(
  z: NdArray<Float32Array>,
  background: NdArray<Float64Array> | NdArray<Float32Array>,
  threshold = 0.007,
): NdArray<Uint8Array> {
  if (!(threshold >= 0 && threshold < Infinity)) throw new Error(`foreground: expected a threshold in metres of at least 0, got ${threshold}`);
  const { data, height, width } = denseMap(z, 'foreground');
  const plane = denseMap<Float64Array | Float32Array>(background as NdArray<Float64Array | Float32Array>, 'foreground, background');
  if (plane.height !== height || plane.width !== width) {
    throw new Error(`foreground: expected a background of [${height}, ${width}], the map's size, got [${plane.height}, ${plane.width}]`);
  }
  const behind = plane.data;
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < mask.length; i++) {
    const value = data[i] as number;
    const distance = Math.abs((behind[i] as number) - value);
    mask[i] = value !== 0 && distance > threshold && distance < Infinity ? 1 : 0;
  }
  return ndarray(mask, [height, width]);
}
