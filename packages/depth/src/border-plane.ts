import type { DenseMap } from './dense-map.js';
import { fitPlane, planeThrough, type Plane } from './fit-plane.js';
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
  const pixels = bandPixels(map, band);
  const total = pixels.length;
  const step = Math.max(1, total / compared);
  const sample = Int32Array.from({ length: Math.min(total, compared) }, (_, k) => pixels[Math.floor(k * step)] as number);
  const draw = seededIndex(seed);
  let best: Plane | undefined;
  let least = Infinity;
  for (let k = 0; k < draws && sample.length >= 3; k++) {
    const plane = planeThrough(map, pick(), pick(), pick());
    if (plane === undefined) continue;
    const cost = cutCost(map, sample, plane, tolerance, least);
    if (cost < least) [best, least] = [plane, cost];
  }
  if (best === undefined) {
    throw new Error(`background: expected three measured border pixels that span a plane, got ${total} measured in the band`);
  }
  for (let round = 0; round < 3; round++) best = fitPlane(map, pixels, best, tolerance) ?? best;
  return best;

  function pick(): number {
    return sample[draw(sample.length)] as number;
  }
}

/** Indices of the measured pixels of the band. */
function bandPixels({ data, height, width }: DenseMap<Float32Array>, band: number): Int32Array {
  const deep = Math.max(2, Math.round(band * Math.min(height, width)));
  const pixels: number[] = [];
  for (let y = 0, i = 0; y < height; y++) {
    const inner = y >= deep && y < height - deep;
    for (let x = 0; x < width; x++, i++) {
      if (inner && x === deep && x < width - deep) {
        i += width - deep - x;
        x = width - deep;
      }
      const value = data[i] as number;
      if (value !== 0 && value - value === 0) pixels.push(i);
    }
  }
  return Int32Array.from(pixels);
}

/** Sum of squared distances, each at most the tolerance's square; given up once it exceeds `limit`. */
function cutCost({ data, width }: DenseMap<Float32Array>, pixels: Int32Array, plane: Plane, tolerance: number, limit: number): number {
  const { perColumn, perRow, constant } = plane;
  const most = tolerance * tolerance;
  let cost = 0;
  for (let k = 0; k < pixels.length && cost < limit; k++) {
    const i = pixels[k] as number;
    const x = i % width;
    const distance = (data[i] as number) - perColumn * x - perRow * ((i - x) / width) - constant;
    cost += Math.min(distance * distance, most);
  }
  return cost;
}
