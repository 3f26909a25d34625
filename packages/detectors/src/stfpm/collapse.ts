import { valueOf } from '../in-order.js';
import type { NetworkWeights } from '../frame/networks.js';
import type { PartArrays } from '../frame/part-job.js';
import type { PartTask } from '../frame/part-tasks.js';
import { doPyramidJob, student, type PyramidParts } from './pyramid-parts.js';
import { measuredLoss, type PyramidSplit } from './train-pyramid-student.js';

/** Good images that a student is judged by at most. */
const judgedImages = 16;

/** A student is taken for collapsed above this share of what one that gives the same direction everywhere reaches. */
const leastProgress = 0.9;

/** A map is taken for one without structure below this deviation, as a share of its mean. */
const leastDeviation = 1e-3;

/**
 * Refuses a student that learned nothing: its loss with running statistics, on held-out images where there are any, is
 * that of a constant one; or its maps are flat. Such a model gives scores that mean nothing.
 *
 * @param constantLoss of the best constant student, without the 1/2
 */
export async function refuseCollapsed(parts: PyramidParts, weights: NetworkWeights, arrays: PartTask<PartArrays>, { train, heldOut }: PyramidSplit, constantLoss: number): Promise<void> {
  const images = (heldOut.length > 0 ? heldOut : train).slice(0, judgedImages);
  const fail = (what: string): Error =>
    new Error(`${parts.config.kind}: the student collapsed: ${what}; another seed, a smaller learning rate or more images may help`);
  const loss = await measuredLoss(parts, student(weights), arrays, images, false);
  // Written so that NaN is refused, too.
  if (!(loss <= leastProgress * constantLoss)) {
    throw fail(`its loss on ${images.length} good images is ${loss.toPrecision(4)}, a student that gives the same everywhere reaches ${constantLoss.toPrecision(4)}`);
  }
  for (const index of images) {
    const known = await valueOf(arrays, index);
    const { map = new Float32Array() } = await doPyramidJob(parts, weights, { id: String(index), known, want: ['map'] });
    if (!(deviation(map) >= leastDeviation)) throw fail(`the map of a good image is flat (its values deviate by ${(100 * deviation(map)).toPrecision(2)} %)`);
  }
}

/** Standard deviation as a share of the mean. */
function deviation(values: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean)) / mean;
}
