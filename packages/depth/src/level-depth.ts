import ndarray, { type NdArray } from 'ndarray';
import { denseMap } from './dense-map.js';

/**
 * Depth with the background's slope taken off, as if the sensor looked straight down on the table: a part on a tilted table, or
 * under a sensor that leans, gives the same depth in the middle and at its ends.
 *
 * @param z depth [H,W], metres; 0, NaN and the infinities are missing
 * @param background [H,W], metres, of {@link backgroundPlane}
 * @returns [H,W], metres: the distance to the background, counted from the background's mean distance; 0 where missing
 * @throws Error for a background of another size than the map
 */
export function levelDepth(z: NdArray<Float32Array>, background: NdArray<Float64Array>): NdArray<Float32Array> {
  const { data, height, width } = denseMap(z, 'levelDepth');
  const plane = denseMap(background, 'levelDepth, background');
  if (plane.height !== height || plane.width !== width) {
    throw new Error(`levelDepth: expected a background of [${height}, ${width}], the map's size, got [${plane.height}, ${plane.width}]`);
  }
  let sum = 0;
  for (const value of plane.data) sum += value;
  const mean = sum / plane.data.length;
  const out = new Float32Array(data.length);
  for (let i = 0; i < out.length; i++) {
    const value = data[i] as number;
    if (value !== 0 && value - value === 0) out[i] = value - (plane.data[i] as number) + mean;
  }
  return ndarray(out, [height, width]);
}
