import { mulberry32 } from '@blemish-tools/jest';
import ndarray, { type NdArray } from 'ndarray';

/** What is drawn. */
export interface DrawnPartOptions {
  readonly seed?: number;
  /** Share of pixels without measurement (default 0.04). */
  readonly missing?: number;
  /** Table: [metres a column, metres a row, metres at the first pixel]. */
  readonly table?: readonly [number, number, number];
  /** Half the table's noise in metres (default 0.0003). */
  readonly noise?: number;
}

/** A dome 30 mm high on a tilted table, with noise and gaps. */
export function drawnPart(height: number, width: number, options: DrawnPartOptions = {}): NdArray<Float32Array> {
  const { seed = 1, missing = 0.04, table = [2e-5, -3e-5, 0.6], noise = 0.0003 } = options;
  const draw = mulberry32(seed);
  const z = new Float32Array(height * width);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [u, v] = [(x / width - 0.5) / 0.3, (y / height - 0.5) / 0.3];
      const inside = u * u + v * v;
      const part = inside < 1 ? 0.01 + 0.02 * Math.sqrt(1 - inside) : 0;
      const depth = table[2] + table[0] * x + table[1] * y - part + noise * (2 * draw() - 1);
      z[i] = draw() < missing ? 0 : depth;
    }
  }
  return ndarray(z, [height, width]);
}

/** The same values behind strides: every second pixel, columns first, of a larger array. */
export function strided<D extends Float32Array | Uint8Array>(map: NdArray<D>): NdArray<D> {
  const [height, width] = map.shape as [number, number];
  const data: Float32Array | Uint8Array = new (map.data.constructor as new (length: number) => D)(2 * height * width + 5).fill(9);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[5 + 2 * y + 2 * height * x] = map.data[y * width + x] as number;
  return ndarray(data as D, [height, width], [2, 2 * height], 5);
}
