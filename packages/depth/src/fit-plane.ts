import type { DenseMap } from './dense-map.js';

/** A plane over pixel coordinates: z = perColumn * column + perRow * row + constant, in metres. */
export interface Plane {
  readonly perColumn: number;
  readonly perRow: number;
  readonly constant: number;
}

/** The plane through three pixels; undefined when they lie on one line. */
export function planeThrough({ data, width }: DenseMap<Float32Array>, p: number, q: number, r: number): Plane | undefined {
  const [x, y, z] = [p % width, Math.floor(p / width), data[p] as number];
  const [x1, y1, z1] = [(q % width) - x, Math.floor(q / width) - y, (data[q] as number) - z];
  const [x2, y2, z2] = [(r % width) - x, Math.floor(r / width) - y, (data[r] as number) - z];
  const determinant = x1 * y2 - x2 * y1; // twice the triangle's area, whole pixels
  if (determinant === 0) return undefined;
  const perColumn = (z1 * y2 - z2 * y1) / determinant;
  const perRow = (x1 * z2 - x2 * z1) / determinant;
  return { perColumn, perRow, constant: z - perColumn * x - perRow * y };
}

// x, y, z: deviations from the means over the pixels that lie on `near`
// sxx ...: sums of their products; the slopes (a, b) solve [sxx sxy; sxy syy] (a, b) = (sxz, syz)

/** Least squares over those of `pixels` within `tolerance` of the plane `near`; undefined when they lie on one line. */
export function fitPlane({ data, width }: DenseMap<Float32Array>, pixels: Int32Array, near: Plane, tolerance: number): Plane | undefined {
  let [count, xMean, yMean, zMean] = [0, 0, 0, 0];
  let [sxx, sxy, syy, sxz, syz] = [0, 0, 0, 0, 0];
  for (const i of pixels) {
    const column = i % width;
    const row = (i - column) / width;
    const depth = data[i] as number;
    if (Math.abs(near.perColumn * column + near.perRow * row + near.constant - depth) > tolerance) continue;
    count++; // means and sums in one pass (Welford)
    const [x, y, z] = [column - xMean, row - yMean, depth - zMean];
    xMean += x / count;
    yMean += y / count;
    zMean += z / count;
    sxx += x * (column - xMean);
    sxy += x * (row - yMean);
    syy += y * (row - yMean);
    sxz += x * (depth - zMean);
    syz += y * (depth - zMean);
  }
  const determinant = sxx * syy - sxy * sxy;
  if (count < 3 || !(determinant > 1e-9 * sxx * syy)) return undefined;
  const perColumn = (sxz * syy - syz * sxy) / determinant;
  const perRow = (syz * sxx - sxz * sxy) / determinant;
  return { perColumn, perRow, constant: zMean - perColumn * xMean - perRow * yMean };
}
