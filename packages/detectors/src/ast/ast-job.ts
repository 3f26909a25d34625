import * as tf from '@tensorflow/tfjs-core';
import ndarray, { type NdArray } from 'ndarray';
import { likelihoodPerPosition } from '@blemish/flow';
import { distancePerPosition } from '@blemish/student';
import { batchTensor } from '../batch-tensor.js';
import { sampleFeatures } from '../extract-features.js';
import type { HelperJob } from '../helpers.js';
import type { Sample } from '../sample.js';
import { joinInput, type AstInput, type InputParts } from './ast-input.js';
import type { AstParts, AstWeights } from './ast-session.js';

/** What can be computed of one part alone: the backbone's features and the teacher's output `[h,w,C]`, the depth encoder's record, distances `[h*w]`. */
export type AstOutput = 'features' | 'depth' | 'teacherOutput' | 'distance';

/** Work on one part as plain data, so that another thread can do it. */
export interface AstJob extends HelperJob {
  /** What it starts from: what was decoded, parts of the input that are known, or the whole input. */
  readonly from: InputParts & {
    readonly image?: Plain<Uint8Array>;
    readonly depthMap?: Plain<Float32Array>;
    readonly input?: AstInput;
  };
  readonly want: readonly AstOutput[];
}

/** An ndarray without its methods, which are lost between threads. */
type Plain<D> = { readonly data: D; readonly shape: number[]; readonly stride: number[]; readonly offset: number };

/** What was wanted. */
export type AstJobResult = Readonly<Partial<Record<AstOutput, Float32Array>>>;

/** What of a detector a job takes. */
export type AstJobParts = Pick<AstParts, 'config' | 'extractor' | 'depth' | 'shape' | 'networks'>;

/** A job from a decoded part, of which some of the input may be known. */
export function jobOf({ id, image, depth }: Sample, want: readonly AstOutput[], known: InputParts = {}): AstJob {
  return { id, from: { ...known, ...(image && { image: plain(image) }), ...(depth && { depthMap: plain(depth) }) }, want };
}

/**
 * Does a job: one part at a time, so that its bits do not depend on its neighbours.
 *
 * @param weights those of the networks that it takes
 * @throws Error naming the part where an image or a depth map is missing
 */
export async function doAstJob(parts: AstJobParts, weights: Partial<AstWeights>, { id, from, want }: AstJob): Promise<AstJobResult> {
  const { extractor, depth: encoder } = parts;
  const result: Partial<Record<AstOutput, Float32Array>> = {};
  let { input } = from;
  if (input === undefined) {
    const { image, depthMap } = from;
    const sample: Sample = { id, ...(image && { image: wrapped(image) }), ...(depthMap && { depth: wrapped(depthMap) }) };
    const depth = encoder && (from.depth ?? encoder.encode(sample)); // before the backbone: it refuses in no time
    const features = extractor && (from.features ?? (await sampleFeatures(extractor, sample)));
    if (features !== undefined && want.includes('features')) result.features = features;
    if (depth !== undefined && want.includes('depth')) result.depth = depth;
    if (!want.includes('teacherOutput') && !want.includes('distance')) return result;
    input = joinInput(parts, { features, depth });
  }
  const known = input;
  if (want.includes('teacherOutput')) result.teacherOutput = await read(() => teacherOutput(parts, weights, known));
  if (want.includes('distance')) result.distance = await read(() => distance(parts, weights, known));
  return result;
}

function plain<D extends Uint8Array | Float32Array>({ data, shape, stride, offset }: NdArray<D>): Plain<D> {
  return { data, shape, stride, offset };
}

function wrapped<D extends Uint8Array | Float32Array>({ data, shape, stride, offset }: Plain<D>): NdArray<D> {
  return ndarray(data, shape, stride, offset);
}

/** The teacher's output `[1,h,w,C]`. */
function teacherOutput({ shape, networks }: AstJobParts, { teacher }: Partial<AstWeights>, { x }: AstInput): tf.Tensor4D {
  if (teacher === undefined) throw new Error('ast: expected the teacher’s weights');
  return networks.teacher.forward(teacher, batchTensor([x], shape), networks.condition).z;
}

/** Distance between teacher and student at every position, or the teacher's likelihood, `[1,h,w]`. */
function distance({ config, shape, networks }: AstJobParts, { teacher, student }: Partial<AstWeights>, { x: rows, mask: weight }: AstInput): tf.Tensor {
  if (teacher === undefined || student === undefined) throw new Error('ast: expected the weights of teacher and student');
  const [h, w] = shape;
  const x = batchTensor([rows], shape); // [1,h,w,C]
  const mask = weight && tf.tensor3d(weight, [1, h, w]);
  const { z, logAbsDet } = networks.teacher.forward(teacher, x, networks.condition);
  if (config.score.of === 'likelihood') return likelihoodPerPosition(z, logAbsDet, mask);
  const { y } = networks.student.apply(student, x, networks.condition, { training: false });
  return distancePerPosition(z, y, { ...(mask && { mask }), reduction: config.distance });
}

async function read(compute: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(compute);
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
