import { checkSize } from './check-size.js';

// a = -0.75: the cubic's slope at distance 1
// t in [0,1): how far an output pixel's centre lies past input pixel p; its four taps are p-1 .. p+2
// a tap beyond the edge reads the edge's own value
const a = -0.75;

/** Four taps for each output pixel of one side. */
interface CubicTaps {
  /** Input pixels, clamped to the image, [out, 4]. */
  readonly index: Int32Array;
  /** Their weights, which sum to 1, [out, 4]. */
  readonly weight: Float64Array;
}

/**
 * Resizes a map by cubic convolution without antialiasing, as PyTorch's `interpolate(mode='bicubic',
 * align_corners=False)` does (Keys 1981 with a = -0.75). Separable, summed in float64.
 *
 * @param map values [h,w], row-major
 * @param shape [h, w]
 * @param outShape [height, width] of the result
 * @returns [height, width]; it may overshoot the map's own range, as cubics do
 * @throws when the shape does not fit the map, or a side is not a whole number above 0
 */
export function upsampleBicubic(
  map: Float32Array,
  shape: readonly [number, number],
  outShape: readonly [number, number],
): Float32Array {
  checkSize(shape, 'upsampleBicubic, shape');
  checkSize(outShape, 'upsampleBicubic, outShape');
  const [h, w] = shape;
  const [height, width] = outShape;
  if (map.length !== h * w) throw new Error(`upsampleBicubic: expected ${h * w} values for [${h}, ${w}], got ${map.length}`);
  const { index, weight } = cubicTaps(w, width);
  const rows = new Float64Array(h * width); // [h,width]
  for (let y = 0; y < h; y++) {
    for (let x = 0, k = 0; x < width; x++, k += 4) {
      let sum = 0;
      for (let tap = k; tap < k + 4; tap++) sum += (map[y * w + (index[tap] as number)] as number) * (weight[tap] as number);
      rows[y * width + x] = sum;
    }
  }
  return cubicColumns(rows, width, cubicTaps(h, height), height);
}

/** [h,width] -> [height,width] */
function cubicColumns(rows: Float64Array, width: number, taps: CubicTaps, height: number): Float32Array {
  const out = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    const [i0, i1, i2, i3] = taps.index.subarray(y * 4, y * 4 + 4) as unknown as [number, number, number, number];
    const [w0, w1, w2, w3] = taps.weight.subarray(y * 4, y * 4 + 4) as unknown as [number, number, number, number];
    for (let x = 0, to = y * width; x < width; x++) {
      out[to++] =
        (rows[i0 * width + x] as number) * w0 +
        (rows[i1 * width + x] as number) * w1 +
        (rows[i2 * width + x] as number) * w2 +
        (rows[i3 * width + x] as number) * w3;
    }
  }
  return out;
}

function cubicTaps(inSize: number, outSize: number): CubicTaps {
  const index = new Int32Array(outSize * 4);
  const weight = new Float64Array(outSize * 4);
  for (let i = 0; i < outSize; i++) {
    const position = ((i + 0.5) * inSize) / outSize - 0.5;
    const p = Math.floor(position);
    const t = position - p;
    weight.set([outer(t + 1), inner(t), inner(1 - t), outer(2 - t)], i * 4);
    for (let k = 0; k < 4; k++) index[i * 4 + k] = Math.min(Math.max(p - 1 + k, 0), inSize - 1);
  }
  return { index, weight };
}

/** The cubic for distances up to 1. */
function inner(x: number): number {
  return ((a + 2) * x - (a + 3)) * x * x + 1;
}

/** The cubic for distances from 1 to 2. */
function outer(x: number): number {
  return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
}
