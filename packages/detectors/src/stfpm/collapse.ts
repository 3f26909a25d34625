import { valueOf } from '../in-order.js';
import type { NetworkWeights } from '../frame/networks.js';
import type { PartArrays } from '../frame/part-job.js';
import type { PartTask } from '../frame/part-tasks.js';
import type { ImageSplit } from '../frame/split-images.js';
import { createConstantLoss } from './constant-loss.js';
import { doPyramidJob, student, type PyramidParts } from './pyramid-parts.js';
import { measuredLoss } from './train-pyramid-student.js';

/** Good images that a student is judged by at most. */
const judgedImages = 16;

/** A student is taken for collapsed above this share of what one that gives the same direction everywhere reaches. */
const leastProgress = 0.9;

/** A map is taken for one without structure below this deviation, as a share of its mean. */
const leastDeviation = 1e-3;

/**
 * Refuses a student that learned nothing: its loss with running statistics, on held-out images where there are any, is
 * that of a constant one on the same images; or its maps are flat. Such a model gives scores that mean nothing.
 */
export async function refuseCollapsed(parts: PyramidParts, weights: NetworkWeights, arrays: PartTask<PartArrays>, { train, heldOut }: ImageSplit): Promise<void> {
  const images = (heldOut.length > 0 ? heldOut : train).slice(0, judgedImages);
  const fail = (what: string): Error =>
    new Error(`${parts.config.kind}: the student collapsed, or was trained too briefly: ${what}; more epochs, more images, another seed or another learning rate may help`);
  const constant = createConstantLoss(parts.extractor);
  for (const index of images) {
    const known = await valueOf(arrays, index);
    const { map = new Float32Array() } = await doPyramidJob(parts, weights, { id: String(index), known, want: ['map'] });
    if (!(deviation(map) >= leastDeviation)) throw fail(`the map of a good image is flat (its values deviate by ${(100 * deviation(map)).toPrecision(2)} %)`);
    constant.add(known['features'] ?? new Float32Array());
  }
  const [loss, limit] = [await measuredLoss(parts, student(weights), arrays, images, false), constant.value()];
  // Written so that NaN is refused, too.
  if (!(loss <= leastProgress * limit)) {
    throw fail(`its loss on ${images.length} good images is ${loss.toPrecision(4)}, a student that gives the same everywhere reaches ${limit.toPrecision(4)}`);
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
