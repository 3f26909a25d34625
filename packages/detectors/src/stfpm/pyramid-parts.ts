import * as tf from '@tensorflow/tfjs-core';
import type { Params } from '@blemish/layers';
import { pyramidMap } from '@blemish/student';
import { featureCount, imageInput, inputFeatures, keptInput, type FeatureExtractor, type MapShape } from '../extract-features.js';
import type { NetworkWeights } from '../frame/networks.js';
import { sampleOf, type PartArrays, type PartJob } from '../frame/part-job.js';
import { readTensor } from '../frame/read-tensor.js';
import { furtherTask, keptTask, type KeptArray, type PartTask } from '../frame/part-tasks.js';
import type { FeatureStore, SampleSource } from '../sample.js';
import type { PyramidConfig } from './pyramid-config.js';
import type { PyramidBatch, PyramidLearner } from './pyramid-learner.js';
import type { PyramidScorer } from './pyramid-scorer.js';

/** What a detector is made of whose student learns a frozen teacher's maps at several levels. */
export interface PyramidParts {
  readonly config: PyramidConfig;
  /** The teacher. */
  readonly extractor: FeatureExtractor;
  readonly student: PyramidLearner;
  /** The student as scoring applies it. */
  readonly scorer: PyramidScorer;
}

/** Images in [0,1] `[h*w*3]` and the teacher's maps, one after the other. */
export type PyramidArray = 'input' | 'features' | 'map';

/** Does a job: one part at a time, so that its bits do not depend on its neighbours. */
export async function doPyramidJob(parts: PyramidParts, weights: NetworkWeights, job: PartJob): Promise<PartArrays> {
  const { config, extractor } = parts;
  const wants = (array: PyramidArray): boolean => job.want.includes(array);
  const result: Partial<Record<PyramidArray, Float32Array>> = {};
  const input = job.known['input'] ?? imageInput(sampleOf(job), config.imageSize);
  const features = job.known['features'] ?? (await inputFeatures(extractor, input));
  if (wants('input')) result.input = input;
  if (wants('features')) result.features = features;
  if (wants('map')) result.map = await fusedMap(parts, student(weights), { input, features });
  return result;
}

/** The student's weights. */
export function student({ student: params }: NetworkWeights): Params {
  if (params === undefined) throw new Error('pyramid: expected the student’s weights');
  return params;
}

/** Arrays of each part: the image as networks take it and the teacher's maps, which is all that training takes. */
export function pyramidArrays(
  parts: PyramidParts,
  samples: SampleSource,
  stores: { readonly input: FeatureStore | undefined; readonly features: FeatureStore | undefined },
  weights: NetworkWeights = {},
): PartTask<PartArrays> {
  const { config, extractor } = parts;
  const kept: readonly KeptArray[] = [
    keptInput(config.imageSize, stores.input),
    { name: 'features', key: `features/${extractor.key}`, of: 'image', length: featureCount(extractor), store: stores.features },
  ];
  return keptTask(kept, samples, (job) => doPyramidJob(parts, weights, job));
}

/** The map of each part, `[size*size]`. */
export function pyramidMaps(parts: PyramidParts, weights: NetworkWeights, samples: SampleSource, store: FeatureStore | undefined): PartTask<Float32Array> {
  const arrays = pyramidArrays(parts, samples, { input: undefined, features: store }, weights);
  return furtherTask(arrays, samples, 'map', (job) => doPyramidJob(parts, weights, job), (map) => Promise.resolve(map));
}

/** Stacks the arrays of some parts; the caller disposes the tensors. */
export function pyramidBatch({ config, extractor }: Pick<PyramidParts, 'config' | 'extractor'>, rows: readonly PartArrays[]): PyramidBatch {
  const [h, w] = config.imageSize;
  let at = 0;
  const of = (name: PyramidArray, shape: MapShape, from: number): tf.Tensor4D => stacked(rows.map((row) => row[name] ?? new Float32Array()), shape, from);
  return {
    images: of('input', [h, w, 3], 0),
    teacher: extractor.shapes.map((shape) => {
      const level = of('features', shape, at);
      at += shape[0] * shape[1] * shape[2];
      return level;
    }),
  };
}

function stacked(rows: readonly Float32Array[], [h, w, c]: MapShape, from: number): tf.Tensor4D {
  const size = h * w * c;
  const data = new Float32Array(rows.length * size);
  rows.forEach((row, n) => data.set(row.subarray(from, from + size), n * size));
  return tf.tensor4d(data, [rows.length, h, w, c]);
}

function fusedMap(parts: PyramidParts, params: Params, row: PartArrays): Promise<Float32Array> {
  return readTensor(() => {
    const batch = pyramidBatch(parts, [row]);
    return pyramidMap(batch.teacher, parts.scorer.levels(params, batch), { ...parts.config.map, half: true });
  });
}
