import ndarray, { type NdArray } from 'ndarray';
import { denseMap } from './dense-map.js';

/** How depth is centred. */
export interface CentreDepthOptions {
  /** Factor after the mean is taken off (default 100: metres become centimetres). */
  readonly scale?: number;
}

/**
 * Depth relative to the part: what is not foreground takes the foreground's mean, the mean is subtracted, the rest scaled.
 * So the background becomes 0, and so does a missing pixel that the mask holds (an enclosed hole).
 *
 * @param z depth [H,W], metres; 0, NaN and the infinities are missing
 * @param mask foreground where not 0, [H,W]
 * @returns [H,W], centimetres under the default scale
 * @throws `foreground: ...` when the mask holds no measured pixel
 */
export function centreDepth(z: NdArray<Float32Array>, mask: NdArray<Uint8Array>, { scale = 100 }: CentreDepthOptions = {}): NdArray<Float32Array> {
  if (!Number.isFinite(scale)) throw new Error(`centreDepth: expected a finite scale, got ${scale}`);
  const { data, height, width } = denseMap(z, 'centreDepth');
  const marked = denseMap(mask, 'centreDepth, mask');
  if (marked.height !== height || marked.width !== width) {
    throw new Error(`centreDepth: expected a mask of [${height}, ${width}], the map's size, got [${marked.height}, ${marked.width}]`);
  }
  const inside = marked.data;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (inside[i] === 0 || value === 0 || value - value !== 0) continue;
    sum += value;
    count++;
  }
  if (count === 0) throw new Error(`foreground: expected measured pixels that stand out of the background, got none of ${data.length}`);
  const mean = sum / count;
  const out = new Float32Array(data.length);
  for (let i = 0; i < out.length; i++) {
    const value = data[i] as number;
    if (inside[i] !== 0 && value !== 0 && value - value === 0) out[i] = (value - mean) * scale;
  }
  return ndarray(out, [height, width]);
}
