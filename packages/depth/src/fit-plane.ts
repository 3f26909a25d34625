/** A plane over pixel coordinates: z = perColumn * column + perRow * row + constant, in metres. */
export interface Plane {
  readonly perColumn: number;
  readonly perRow: number;
  readonly constant: number;
}

/** Measured pixels; arrays may be longer than `count`. */
export interface PlanePoints {
  /** Columns. */
  readonly xs: Float64Array;
  /** Rows. */
  readonly ys: Float64Array;
  /** Metres. */
  readonly zs: Float64Array;
  readonly count: number;
}

/** The plane through three of the points; undefined when they lie on one line. */
export function planeThrough({ xs, ys, zs }: PlanePoints, p: number, q: number, r: number): Plane | undefined {
  const [x, y, z] = [xs[p] as number, ys[p] as number, zs[p] as number];
  const [x1, y1, z1] = [(xs[q] as number) - x, (ys[q] as number) - y, (zs[q] as number) - z];
  const [x2, y2, z2] = [(xs[r] as number) - x, (ys[r] as number) - y, (zs[r] as number) - z];
  const determinant = x1 * y2 - x2 * y1; // twice the triangle's area, whole pixels
  if (determinant === 0) return undefined;
  const perColumn = (z1 * y2 - z2 * y1) / determinant;
  const perRow = (x1 * z2 - x2 * z1) / determinant;
  return { perColumn, perRow, constant: z - perColumn * x - perRow * y };
}

// x, y, z: deviations of column, row and height over the plane `near` from their means over the points within the tolerance
// sxx ...: sums of their products; the slopes that `near` lacks, (u, v), solve [sxx sxy; sxy syy] (u, v) = (sxz, syz)

/** Least squares over the points within `tolerance` of the plane `near`; undefined when they lie on one line. */
export function fitPlane({ xs, ys, zs, count }: PlanePoints, near: Plane, tolerance: number): Plane | undefined {
  const { perColumn: a, perRow: b, constant: c } = near;
  let n = 0;
  let [xMean, yMean, zMean] = [0, 0, 0];
  for (let k = 0; k < count; k++) {
    const distance = a * (xs[k] as number) + b * (ys[k] as number) + c - (zs[k] as number);
    if (!(distance < tolerance && distance > -tolerance)) continue;
    n++;
    xMean += xs[k] as number;
    yMean += ys[k] as number;
    zMean += distance;
  }
  if (n < 3) return undefined;
  xMean /= n;
  yMean /= n;
  zMean /= n;
  let [sxx, sxy, syy, sxz, syz] = [0, 0, 0, 0, 0];
  for (let k = 0; k < count; k++) {
    const distance = a * (xs[k] as number) + b * (ys[k] as number) + c - (zs[k] as number);
    if (!(distance < tolerance && distance > -tolerance)) continue;
    const x = (xs[k] as number) - xMean;
    const y = (ys[k] as number) - yMean;
    const z = zMean - distance;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
    sxz += x * z;
    syz += y * z;
  }
  const determinant = sxx * syy - sxy * sxy;
  if (!(determinant > 1e-9 * sxx * syy)) return undefined;
  const perColumn = (sxz * syy - syz * sxy) / determinant; // of what is left over `near`
  const perRow = (syz * sxx - sxz * sxy) / determinant;
  return { perColumn: a + perColumn, perRow: b + perRow, constant: c - zMean - perColumn * xMean - perRow * yMean };
}
