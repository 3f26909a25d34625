import type { FeatureExtractor } from '../extract-features.js';

// Notation, for one level: u: the teacher's unit vector at a position of an image, or 0 where it has no direction; m: mean of u
// over all; r: mean of |u|², the share of positions with a direction; c: a unit vector.
// The mean of |u - c|² is r + 1 - 2 m·c, which is least for c = m / |m|: r + 1 - 2 |m|.

/** The loss of the best student that gives the same direction everywhere: what a student that learned nothing may reach. */
export interface ConstantLoss {
  /** Counts the teacher's maps of one image, one after the other. */
  add(features: Float32Array): void;
  /** The loss summed over levels, without the 1/2; 0 where nothing was counted. */
  value(): number;
}

/** Gathers the loss of a constant student over images. */
export function createConstantLoss({ shapes }: Pick<FeatureExtractor, 'shapes'>): ConstantLoss {
  const sums = shapes.map(([, , channels]) => new Float64Array(channels));
  const directions = shapes.map(() => 0); // positions that have one
  let images = 0;
  return {
    add(features) {
      images++;
      let at = 0;
      shapes.forEach(([h, w, channels], level) => {
        const sum = sums[level] as Float64Array;
        for (const end = at + h * w * channels; at < end; at += channels) {
          if (addUnit(sum, features, at)) directions[level] = (directions[level] as number) + 1;
        }
      });
    },
    value: () =>
      images === 0
        ? 0
        : shapes.reduce((total, [h, w], level) => total + 1 + ((directions[level] as number) - 2 * lengthOf(sums[level] as Float64Array)) / (images * h * w), 0),
  };
}

/** Adds the direction of the vector at `at`; false where it has none. */
function addUnit(sum: Float64Array, values: Float32Array, at: number): boolean {
  let square = 0;
  for (let c = 0; c < sum.length; c++) square += (values[at + c] as number) ** 2;
  const length = Math.sqrt(square);
  if (length === 0) return false;
  for (let c = 0; c < sum.length; c++) sum[c] = (sum[c] as number) + (values[at + c] as number) / length;
  return true;
}

function lengthOf(vector: Float64Array): number {
  let square = 0;
  for (const value of vector) square += value * value;
  return Math.sqrt(square);
}
