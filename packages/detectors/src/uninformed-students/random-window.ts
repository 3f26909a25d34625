import type { Random } from '@blemish/layers';
import type { Size } from '../sample.js';

/**
 * A square window, anywhere in an image that is reflected at its edges.
 *
 * @param image `[h*w*3]`
 * @param pad pixels that the image is continued by at each edge, fewer than it has
 * @param edge of the window, at most that of the continued image
 * @returns `[edge*edge*3]`
 */
export function randomWindow(image: Float32Array, [h, w]: Size, pad: number, edge: number, random: Random): Float32Array {
  const top = Math.floor(draw(random) * (h + 2 * pad - edge + 1)) - pad;
  const left = Math.floor(draw(random) * (w + 2 * pad - edge + 1)) - pad;
  const window = new Float32Array(edge * edge * 3);
  for (let y = 0, to = 0; y < edge; y++) {
    const row = reflected(top + y, h) * w;
    for (let x = 0; x < edge; x++, to += 3) {
      const from = 3 * (row + reflected(left + x, w));
      window[to] = image[from] as number;
      window[to + 1] = image[from + 1] as number;
      window[to + 2] = image[from + 2] as number;
    }
  }
  return window;
}

/** A number in [0,1). */
function draw(random: Random): number {
  return random.uint32() / 2 ** 32;
}

/** The pixel that stands at `i`, the edge itself not repeated. */
function reflected(i: number, side: number): number {
  if (i < 0) return -i;
  return i < side ? i : 2 * (side - 1) - i;
}
