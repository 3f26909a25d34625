import { checkSize } from './check-size.js';

/** The two taps of each output pixel of one side, which may be the same, and the weight of the second. */
interface LinearTaps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Resizes a map linearly along each side without antialiasing, as PyTorch's `interpolate(mode='bilinear',
 * align_corners=False)` does: pixels' centres are aligned.
 *
 * @param map values [h,w], row-major
 * @param shape [h, w]
 * @param outShape [height, width] of the result
 * @throws when the shape does not fit the map, or a side is not a whole number above 0
 */
export function upsampleBilinear(map: Float32Array, shape: readonly [number, number], outShape: readonly [number, number]): Float32Array {
  checkSize(shape, 'upsampleBilinear, shape');
  checkSize(outShape, 'upsampleBilinear, outShape');
  const [h, w] = shape;
  const [height, width] = outShape;
  if (map.length !== h * w) throw new Error(`upsampleBilinear: expected ${h * w} values for [${h}, ${w}], got ${map.length}`);
  const rows = linearTaps(h, height);
  const { first, second, weight } = linearTaps(w, width);
  const out = new Float32Array(height * width);
  for (let y = 0, to = 0; y < height; y++) {
    const top = (rows.first[y] as number) * w;
    const bottom = (rows.second[y] as number) * w;
    const down = rows.weight[y] as number;
    for (let x = 0; x < width; x++) {
      const left = first[x] as number;
      const right = second[x] as number;
      const across = weight[x] as number;
      const upper = (map[top + left] as number) * (1 - across) + (map[top + right] as number) * across;
      const lower = (map[bottom + left] as number) * (1 - across) + (map[bottom + right] as number) * across;
      out[to++] = upper * (1 - down) + lower * down;
    }
  }
  return out;
}

/** The scale is rounded to float32 and the position is not, as in PyTorch: at a step in depth it shows. */
function linearTaps(inSize: number, outSize: number): LinearTaps {
  const first = new Int32Array(outSize);
  const second = new Int32Array(outSize);
  const weight = new Float64Array(outSize);
  const scale = Math.fround(inSize / outSize);
  for (let i = 0; i < outSize; i++) {
    const position = Math.max(0, scale * (i + 0.5) - 0.5);
    const p = Math.min(Math.trunc(position), inSize - 1);
    first[i] = p;
    second[i] = Math.min(p + 1, inSize - 1);
    weight[i] = Math.fround(position - p);
  }
  return { first, second, weight };
}
