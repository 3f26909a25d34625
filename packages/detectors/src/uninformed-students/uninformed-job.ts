import * as tf from '@tensorflow/tfjs-core';
import { getParam } from '@blemish/layers';
import { imageInput, keptInput } from '../extract-features.js';
import type { NetworkWeights } from '../frame/networks.js';
import { sampleOf, type PartArrays, type PartJob } from '../frame/part-job.js';
import { readTensor } from '../frame/read-tensor.js';
import { furtherTask, keptTask, type PartTask } from '../frame/part-tasks.js';
import type { FeatureStore, SampleSource } from '../sample.js';
import { fieldScores } from './field-scores.js';
import { fieldWeights, type Field } from './field.js';
import type { UninformedConfig } from './uninformed-config.js';

/** What a detector of uninformed students is made of. */
export interface UninformedParts {
  readonly config: UninformedConfig;
  readonly fields: readonly Field[];
}

/** The image in [0,1] `[h*w*3]`; the map of all fields together. */
type UninformedArray = 'input' | 'map';

/** Does a job: one part at a time, so that its bits do not depend on its neighbours. */
export async function doUninformedJob(parts: UninformedParts, weights: NetworkWeights, job: PartJob): Promise<PartArrays> {
  const { config } = parts;
  const result: Partial<Record<UninformedArray, Float32Array>> = {};
  const input = job.known['input'] ?? imageInput(sampleOf(job), config.imageSize);
  if (job.want.includes('input')) result.input = input;
  if (job.want.includes('map')) result.map = await fusedMap(parts, weights, input);
  return result;
}

/** Images as networks take them. */
export function inputsTask(parts: UninformedParts, samples: SampleSource, store: FeatureStore | undefined, weights: NetworkWeights = {}): PartTask<PartArrays> {
  return keptTask([keptInput(parts.config.imageSize, store)], samples, (job) => doUninformedJob(parts, weights, job));
}

/** The map of each part. */
export function mapsTask(parts: UninformedParts, weights: NetworkWeights, samples: SampleSource): PartTask<Float32Array> {
  const inputs = inputsTask(parts, samples, undefined, weights);
  return furtherTask(inputs, samples, 'map', (job) => doUninformedJob(parts, weights, job), (map) => Promise.resolve(map));
}

/** Height and width of the map. */
export function mapSize({ imageSize: [h, w], mapStride }: UninformedConfig): readonly [number, number] {
  return [Math.ceil(h / mapStride), Math.ceil(w / mapStride)];
}

/** A field's scores by what they are on held-out good images, added (equation 10), each field brought to one size, and their mean. */
function fusedMap({ config, fields }: UninformedParts, weights: NetworkWeights, input: Float32Array): Promise<Float32Array> {
  const [h, w] = config.imageSize;
  const [height, width] = mapSize(config);
  return readTensor(() => {
    const images = tf.tensor4d(input, [1, h, w, 3]);
    const maps = fields.map((field) => {
      const own = fieldWeights(field, weights);
      const scores = fieldScores(field, own, images);
      const normalised = (['error', 'variance'] as const)
        .filter((name) => config.score.of === 'both' || config.score.of === name)
        .map((name) => {
          const [mean, deviation] = tf.split(getParam(own.statistics, name), 2) as [tf.Tensor, tf.Tensor];
          return tf.div<tf.Tensor3D>(tf.sub(scores[name], mean), deviation);
        });
      return tf.image.resizeBilinear(tf.expandDims<tf.Tensor4D>(tf.addN(normalised), 3), [height, width], false, true); // [1,height,width,1]
    });
    return tf.div(tf.addN(maps), maps.length);
  });
}
