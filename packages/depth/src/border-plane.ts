import type { DenseMap } from './dense-map.js';
import { fitPlane, planeThrough, type Plane, type PlanePoints } from './fit-plane.js';
import { seededIndex } from './seeded-index.js';

/** How the plane of the border is searched. */
export interface BorderOptions {
  /** Width of the border band as a share of the shorter side, at least two pixels (default 0.05). */
  readonly band?: number;
  /** Distance in metres up to which a pixel lies on the plane (default 0.003: the noise of a sensor, less than a part's height). */
  readonly tolerance?: number;
  /** Planes tried (default 300: if only a third of the border is table, all are wrong once in 80,000 times). */
  readonly draws?: number;
  /** Which pixels the planes are drawn through; the same seed gives the same plane (default 0). */
  readonly seed?: number;
}

/** Border pixels that candidates are compared on; more do not change which wins. */
const compared = 2048;

/**
 * The plane that most of the border band lies on. Candidates go through three random pixels of it (RANSAC); the one with
 * the smallest sum of squared distances, each cut off at the tolerance (MSAC, Torr and Zisserman 2000), is then fitted to
 * all that lies on it by least squares. Linear in the number of pixels.
 *
 * @throws `background: ...` when the band holds no three measured pixels that span a plane
 */
export function borderPlane(map: DenseMap<Float32Array>, options: BorderOptions): Plane {
  const { band = 0.05, tolerance = 0.003, draws = 300, seed = 0 } = options;
  if (!(band > 0 && band <= 1)) throw new Error(`background: expected a band above 0 and at most 1, got ${band}`);
  if (!(tolerance > 0 && tolerance < Infinity)) throw new Error(`background: expected a tolerance in metres above 0, got ${tolerance}`);
  if (!(Number.isInteger(draws) && draws > 0)) throw new Error(`background: expected a whole number of draws above 0, got ${draws}`);
  const points = bandPoints(map, band);
  const sample = thinned(points, compared);
  const draw = seededIndex(seed);
  let best: Plane | undefined;
  let least = Infinity;
  for (let k = 0; k < draws && sample.count >= 3; k++) {
    const plane = planeThrough(sample, draw(sample.count), draw(sample.count), draw(sample.count));
    if (plane === undefined) continue;
    const cost = cutCost(sample, plane, tolerance, least);
    if (cost < least) [best, least] = [plane, cost];
  }
  if (best === undefined) {
    throw new Error(`background: expected three measured border pixels that span a plane, got ${points.count} measured in the band`);
  }
  for (let round = 0; round < 3; round++) best = fitPlane(points, best, tolerance) ?? best;
  return best;
}

/** The measured pixels of the band. */
function bandPoints({ data, height, width }: DenseMap<Float32Array>, band: number): PlanePoints {
  const deep = Math.max(2, Math.round(band * Math.min(height, width)));
  const most = height * width - Math.max(0, height - 2 * deep) * Math.max(0, width - 2 * deep);
  const [xs, ys, zs] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  let count = 0;
  for (let y = 0; y < height; y++) {
    const inner = y >= deep && y < height - deep;
    for (let x = 0; x < width; x++) {
      if (inner && x === deep && x < width - deep) x = width - deep; // across the middle
      const z = data[y * width + x] as number;
      if (z === 0 || z - z !== 0) continue;
      xs[count] = x;
      ys[count] = y;
      zs[count++] = z;
    }
  }
  return { xs, ys, zs, count };
}

/** At most `most` of the points, evenly spread over their order. */
function thinned({ xs, ys, zs, count }: PlanePoints, most: number): PlanePoints {
  const kept = Math.min(count, most);
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: kept }, (_, k) => values[Math.floor((k * count) / kept)] as number);
  return { xs: pick(xs), ys: pick(ys), zs: pick(zs), count: kept };
}

/** Sum of squared distances, each at most the tolerance's square; given up once it exceeds `limit`. */
function cutCost({ xs, ys, zs, count }: PlanePoints, plane: Plane, tolerance: number, limit: number): number {
  const { perColumn, perRow, constant } = plane;
  const most = tolerance * tolerance;
  let cost = 0;
  for (let k = 0; k < count && cost < limit; k++) {
    const distance = (zs[k] as number) - perColumn * (xs[k] as number) - perRow * (ys[k] as number) - constant;
    const square = distance * distance;
    cost += square < most ? square : most;
  }
  return cost;
}
