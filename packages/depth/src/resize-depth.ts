import ndarray, { type NdArray } from 'ndarray';
import { denseMap } from './dense-map.js';

/** The two input pixels an output pixel is blended from along one side, and the second one's weight. */
interface LinearTaps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Resizes a map bilinearly without antialiasing, as PyTorch's `interpolate(mode='bilinear', align_corners=False)`: each
 * output pixel reads two rows and two columns, however far the map shrinks.
 *
 * @param map [H,W], float32
 * @param outShape [height, width] of the result, whole pixels above 0
 * @returns [height, width]
 */
export function resizeDepth(map: NdArray<Float32Array>, outShape: readonly [number, number]): NdArray<Float32Array> {
  const { data, height: h, width: w } = denseMap(map, 'resizeDepth');
  const [height, width] = outShape;
  if (outShape.length !== 2 || !outShape.every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw new Error(`resizeDepth: expected [height, width] in whole pixels above 0, got [${outShape.join(', ')}]`);
  }
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
      const upper = (data[top + left] as number) * (1 - across) + (data[top + right] as number) * across;
      const lower = (data[bottom + left] as number) * (1 - across) + (data[bottom + right] as number) * across;
      out[to++] = upper * (1 - down) + lower * down;
    }
  }
  return ndarray(out, [height, width]);
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
