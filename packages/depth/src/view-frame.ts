import type { DenseCloud } from './dense-cloud.js';
import type { Rotation } from './view-rotation.js';

/** Where a rotated cloud stands on a picture. */
export interface ViewFrame {
  /** Pixels a metre. */
  readonly scale: number;
  /** Pixel column of a rotated point is scale * x + left, its row scale * y + top. */
  readonly left: number;
  readonly top: number;
}

/** Points looked at: enough for a frame. */
const looked = 2 ** 15;

/** Share of points that may fall outside on each side: stray ones. */
const stray = 0.002;

/** Share of the picture that the cloud may fill. */
const filled = 0.94;

/** Fits a rotated cloud into a picture; undefined when the cloud holds no measurement. */
export function viewFrame({ data }: DenseCloud<Float32Array>, r: Rotation, picture: readonly [number, number]): ViewFrame | undefined {
  const [rows, columns] = picture;
  const [us, vs]: [number[], number[]] = [[], []];
  const points = data.length / 3;
  const stride = Math.max(1, points / looked);
  for (let k = 0; k < points; k += stride) {
    const at = Math.floor(k) * 3;
    const [x, y, z] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    if (z === 0 || !Number.isFinite(x + y + z)) continue;
    us.push(r[0] * x + r[1] * y + r[2] * z);
    vs.push(r[3] * x + r[4] * y + r[5] * z);
  }
  if (us.length === 0) return undefined;
  const [xs, ys] = [Float64Array.from(us).sort(), Float64Array.from(vs).sort()];
  const [x0, x1, y0, y1] = [quantile(xs, stray), quantile(xs, 1 - stray), quantile(ys, stray), quantile(ys, 1 - stray)];
  const scale = filled * Math.min(columns / Math.max(x1 - x0, 1e-6), rows / Math.max(y1 - y0, 1e-6));
  return {
    scale,
    left: (columns - scale * (x0 + x1)) / 2,
    top: (rows - scale * (y0 + y1)) / 2,
  };
}

/** Of sorted values. */
function quantile(values: Float64Array, share: number): number {
  return values[Math.round(share * (values.length - 1))] as number;
}
