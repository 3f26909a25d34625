import * as tf from '@tensorflow/tfjs-core';
import { likelihoodPerPosition } from '@blemish/flow';
import type { Params } from '@blemish/layers';
import { distancePerPosition } from '@blemish/student';
import { batchTensor } from '../batch-tensor.js';
import { sampleFeatures } from '../extract-features.js';
import type { NetworkWeights } from '../frame/networks.js';
import { readTensor } from '../frame/read-tensor.js';
import { sampleOf, type PartArrays, type PartJob } from '../frame/part-job.js';
import { joinInput, type AstInput } from './ast-input.js';
import type { AstParts } from './ast-parts.js';

/** What can be computed of one part alone: the backbone's features and the teacher's output `[h,w,C]`, the depth encoder's record, distances `[h*w]`. */
export type AstOutput = 'features' | 'depth' | 'teacherOutput' | 'distance';

/**
 * Does a job: one part at a time, so that its bits do not depend on its neighbours.
 *
 * @param weights those of the networks that it takes
 * @throws Error naming the part where an image or a depth map is missing
 */
export async function doAstJob(parts: AstParts, weights: NetworkWeights, job: PartJob): Promise<PartArrays> {
  const { extractor, depth: encoder } = parts;
  const { known } = job;
  const wants = (output: AstOutput): boolean => job.want.includes(output);
  const result: Partial<Record<AstOutput, Float32Array>> = {};
  const sample = sampleOf(job);
  const depth = encoder && (known['depth'] ?? encoder.encode(sample)); // before the backbone: it refuses in no time
  const features = extractor && (known['features'] ?? (await sampleFeatures(extractor, sample)));
  if (features !== undefined && wants('features')) result.features = features;
  if (depth !== undefined && wants('depth')) result.depth = depth;
  if (!wants('teacherOutput') && !wants('distance')) return result;
  const input = joinInput(parts, { features, depth });
  if (wants('teacherOutput')) result.teacherOutput = await readTensor(() => teacherOutput(parts, weights, input));
  if (wants('distance')) result.distance = await astDistance(parts, weights, input);
  return result;
}

/** The teacher's output `[1,h,w,C]`. */
function teacherOutput({ shape, networks }: AstParts, weights: NetworkWeights, { x }: AstInput): tf.Tensor4D {
  return networks.teacher.forward(learned(weights, 'teacher'), batchTensor([x], shape), networks.condition).z;
}

/** Distance between teacher and student at every position of one part, or the teacher's likelihood, `[h*w]`. */
export function astDistance(parts: AstParts, weights: NetworkWeights, input: AstInput): Promise<Float32Array> {
  return readTensor(() => distance(parts, weights, input));
}

function distance({ config, shape, networks }: AstParts, weights: NetworkWeights, { x: rows, mask: weight }: AstInput): tf.Tensor {
  const [h, w] = shape;
  const x = batchTensor([rows], shape); // [1,h,w,C]
  const mask = weight && tf.tensor3d(weight, [1, h, w]);
  const { z, logAbsDet } = networks.teacher.forward(learned(weights, 'teacher'), x, networks.condition);
  if (config.score.of === 'likelihood') return likelihoodPerPosition(z, logAbsDet, mask);
  const { y } = networks.student.apply(learned(weights, 'student'), x, networks.condition, { training: false });
  return distancePerPosition(z, y, { ...(mask && { mask }), reduction: config.distance });
}

/** The weights of one of both networks. */
export function learned(weights: NetworkWeights, network: 'teacher' | 'student'): Params {
  const params = weights[network];
  if (params === undefined) throw new Error(`ast: expected the ${network}’s weights`);
  return params;
}
