import * as tf from '@tensorflow/tfjs-core';
import ndarray from 'ndarray';
import { distancePerPosition } from '@blemish/student';
import { batchTensor } from '../batch-tensor.js';
import { sampleFeatures } from '../extract-features.js';
import type { HelperJob } from '../helpers.js';
import type { Sample } from '../sample.js';
import type { AstParts, AstWeights } from './ast-session.js';

/** What can be computed of one image alone: features and the teacher's output `[h,w,C]`, distances `[h*w]`. */
export type AstOutput = 'features' | 'teacherOutput' | 'distance';

/** Work on one image as plain data, so that another thread can do it. */
export interface AstJob extends HelperJob {
  /** What it starts from: levels as an ndarray holds them, or features. */
  readonly from: { readonly levels: Levels } | { readonly features: Float32Array };
  readonly want: readonly AstOutput[];
}

type Levels = Pick<Sample['image'], 'data' | 'shape' | 'stride' | 'offset'>;

/** What was wanted. */
export type AstJobResult = Readonly<Partial<Record<AstOutput, Float32Array>>>;

/** What of a detector a job takes. */
export type AstJobParts = Pick<AstParts, 'config' | 'extractor' | 'networks'>;

/** A job from a decoded image. */
export function jobOf({ id, image }: Sample, want: readonly AstOutput[]): AstJob {
  const { data, shape, stride, offset } = image;
  return { id, from: { levels: { data, shape, stride, offset } }, want };
}

/**
 * Does a job: one image at a time, so that its bits do not depend on its neighbours.
 *
 * @param weights those of the networks that it takes
 */
export async function doAstJob(parts: AstJobParts, weights: Partial<AstWeights>, { id, from, want }: AstJob): Promise<AstJobResult> {
  const features = 'features' in from ? from.features : await sampleFeatures(parts.extractor, { id, image: wrapped(from.levels) });
  const result: Partial<Record<AstOutput, Float32Array>> = {};
  if (want.includes('features')) result.features = features;
  if (want.includes('teacherOutput')) result.teacherOutput = await read(() => teacherOutput(parts, weights, features));
  if (want.includes('distance')) result.distance = await read(() => distance(parts, weights, features));
  return result;
}

/** ndarrays lose their methods between threads. */
function wrapped({ data, shape, stride, offset }: Levels): Sample['image'] {
  return ndarray(data, shape, stride, offset);
}

/** The teacher's output `[1,h,w,C]`. */
function teacherOutput({ extractor, networks }: AstJobParts, { teacher }: Partial<AstWeights>, features: Float32Array): tf.Tensor4D {
  if (teacher === undefined) throw new Error('ast: expected the teacher’s weights');
  return networks.teacher.forward(teacher, batchTensor([features], extractor.shape), networks.condition).z;
}

/** Distance between teacher and student at every position `[1,h,w]`. */
function distance({ config, extractor, networks }: AstJobParts, { teacher, student }: Partial<AstWeights>, features: Float32Array): tf.Tensor {
  if (teacher === undefined || student === undefined) throw new Error('ast: expected the weights of teacher and student');
  const x = batchTensor([features], extractor.shape); // [1,h,w,C]
  const { z } = networks.teacher.forward(teacher, x, networks.condition);
  const { y } = networks.student.apply(student, x, networks.condition, { training: false });
  return distancePerPosition(z, y, { reduction: config.distance });
}

async function read(compute: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(compute);
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
