import ndarray, { type NdArray } from 'ndarray';
import { dense } from './dense.js';
import { heatColours } from './heat-colours.js';

/** How heat is laid over an image. */
export interface OverlayOptions {
  /** Map value that stays invisible, and everything below it. */
  readonly low: number;
  /** Map value of the hottest colour, and everything above it. */
  readonly high: number;
  /** Opacity of the heat where it covers fully, 0..1 (default 0.6). */
  readonly alpha?: number;
}

/**
 * Lays an anomaly map over its image as heat. The opacity rises with the heat and is full from half way between `low` and
 * `high`, so that a part without findings keeps its own colours.
 *
 * @param image levels [H,W,3], or [H,W,1] gray
 * @param map [H,W], at the image's own size
 * @returns a new RGB image [H,W,3]
 * @throws when the sizes differ, the map holds NaN, `low` is not below `high`, or `alpha` is not in 0..1
 */
export function overlay(image: NdArray<Uint8Array>, map: NdArray<Float32Array>, options: OverlayOptions): NdArray<Uint8Array> {
  const { low, high, alpha = 0.6 } = options;
  const { data, height, width, channels } = dense(image, 'overlay');
  if (channels !== 3 && channels !== 1) throw new Error(`overlay: expected an image of 1 or 3 channels, got ${channels}`);
  if (map.shape.length !== 2 || map.shape[0] !== height || map.shape[1] !== width) {
    throw new Error(`overlay: expected a map of [${height}, ${width}], the image's size, got [${map.shape.join(', ')}]`);
  }
  if (!(low < high)) throw new Error(`overlay: expected low below high, got ${low} and ${high}`);
  if (!(alpha >= 0 && alpha <= 1)) throw new Error(`overlay: expected alpha from 0 to 1, got ${alpha}`);
  const [rowStride, columnStride] = map.stride as [number, number];
  const out = new Uint8Array(height * width * 3);
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  const perLevel = 255 / (high - low);
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    for (let x = 0, at = map.offset + y * rowStride; x < width; x++, at += columnStride, from += channels, to += 3) {
      const value = map.data[at] as number;
      if (value !== value) throw new Error(`overlay: the map holds NaN at [${y}, ${x}]`);
      const heat = Math.min(255, Math.max(0, (value - low) * perLevel)); // 0..255
      const opacity = Math.min(alpha, heat * (alpha / 127.5));
      const colour = Math.floor(heat + 0.5) * 3;
      const [r, g, b] = [data[from] as number, data[from + green] as number, data[from + blue] as number];
      out[to] = r + opacity * ((heatColours[colour] as number) - r) + 0.5;
      out[to + 1] = g + opacity * ((heatColours[colour + 1] as number) - g) + 0.5;
      out[to + 2] = b + opacity * ((heatColours[colour + 2] as number) - b) + 0.5;
    }
  }
  return ndarray(out, [height, width, 3]);
}
