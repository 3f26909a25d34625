import ndarray, { type NdArray } from 'ndarray';
import { borderPlane, type BorderOptions } from './border-plane.js';
import { cornerMeans } from './corner-means.js';
import { denseMap } from './dense-map.js';

/** How the table behind a part is found. */
export interface BackgroundOptions extends BorderOptions {
  /**
   * `corners` (default): the bilinear blend of the means of the four 2x2 corners, as the released code; `border`: the
   * plane that most of the border lies on, which a part that reaches into a corner does not tilt.
   */
  readonly fit?: BackgroundFit;
}

/** See {@link BackgroundOptions}. */
export type BackgroundFit = 'corners' | 'border';

/**
 * The depth that the background has, or would have behind the part.
 *
 * @param z depth [H,W], metres; 0, NaN and the infinities are missing
 * @returns [H,W], metres, everywhere finite; float64, so that a threshold on the distance to it is the released code's
 * @throws `background: ...` when two corners are missing under `corners`, or under `border` no plane goes through what was measured
 */
export function backgroundPlane(
  z: NdArray<Float32Array>,
  { fit = 'corners', ...border }: BackgroundOptions = {},
): NdArray<Float64Array> {
  if (fit !== 'corners' && fit !== 'border') throw new Error(`background: expected the fit corners or border, got ${String(fit)}`);
  const map = denseMap(z, 'background');
  const { height, width } = map;
  const out = new Float64Array(height * width);
  if (fit === 'border') {
    const { perColumn, perRow, constant } = borderPlane(map, border);
    for (let y = 0, to = 0; y < height; y++) {
      for (let x = 0, row = perRow * y + constant; x < width; x++) out[to++] = perColumn * x + row;
    }
    return ndarray(out, [height, width]);
  }
  const [topLeft, topRight, bottomLeft, bottomRight] = cornerMeans(map);
  for (let y = 0, to = 0; y < height; y++) {
    const down = height > 1 ? y / (height - 1) : 0;
    const left = topLeft * (1 - down) + bottomLeft * down;
    const right = topRight * (1 - down) + bottomRight * down;
    const slope = width > 1 ? (right - left) / (width - 1) : 0;
    for (let x = 0; x < width; x++) out[to++] = left + slope * x;
  }
  return ndarray(out, [height, width]);
}
