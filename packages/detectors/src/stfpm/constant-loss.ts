import type { FeatureExtractor } from '../extract-features.js';

// Notation, for one level: u: the teacher's unit vector at a position of an image; m: mean of u over all; c: a unit vector.
// The mean of |u - c|² is 2 - 2 m·c, which is least for c = m / |m|: 2 - 2 |m|.

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
  let images = 0;
  return {
    add(features) {
      images++;
      let at = 0;
      shapes.forEach(([h, w, channels], level) => {
        const sum = sums[level] as Float64Array;
        for (const end = at + h * w * channels; at < end; at += channels) addUnit(sum, features, at);
      });
    },
    value: () =>
      images === 0
        ? 0
        : shapes.reduce((total, [h, w], level) => total + 2 - (2 * lengthOf(sums[level] as Float64Array)) / (images * h * w), 0),
  };
}

/** Adds the direction of the vector at `at`. */
function addUnit(sum: Float64Array, values: Float32Array, at: number): void {
  let square = 0;
  for (let c = 0; c < sum.length; c++) square += (values[at + c] as number) ** 2;
  const scale = 1 / Math.max(Math.sqrt(square), 1e-12);
  for (let c = 0; c < sum.length; c++) sum[c] = (sum[c] as number) + (values[at + c] as number) * scale;
}

function lengthOf(vector: Float64Array): number {
  let square = 0;
  for (const value of vector) square += value * value;
  return Math.sqrt(square);
}
