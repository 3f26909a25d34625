import * as tf from '@tensorflow/tfjs-core';
import { centredWindows, hashWeights, type NamedWeights } from '@blemish/features';
import { replaceParams } from '@blemish/layers';
import { runFit, type Fitted, type FitSession, type StoredFitOptions } from '../frame/fit-session.js';
import type { PartArrays } from '../frame/part-job.js';
import type { PartTask } from '../frame/part-tasks.js';
import { splitImages, type ImageSplit } from '../frame/split-images.js';
import { valueOf } from '../in-order.js';
import type { SampleSource } from '../sample.js';
import { fieldScores } from './field-scores.js';
import { fieldNames, fieldSpecs, fieldWeights, type Field } from './field.js';
import { createRunningMoments } from './running-moments.js';
import { studentsPhase, trainStudents } from './train-students.js';
import type { UninformedConfig } from './uninformed-config.js';
import { inputsTask, type UninformedParts } from './uninformed-job.js';

/**
 * Trains the students of each receptive field, one field after the other.
 *
 * @param teachers weights of the teachers by the names that they have in files
 * @throws Error for fewer than 2 images, a loss that is not finite, a checkpoint of another run; the signal's reason
 */
export async function fitUninformed(parts: UninformedParts, teachers: Readonly<Record<string, NamedWeights>>, samples: SampleSource, options: StoredFitOptions): Promise<Fitted> {
  const { config, fields } = parts;
  const networks = Object.assign({}, ...fields.map(fieldSpecs)) as ReturnType<typeof fieldSpecs>;
  const held = (field: Field): string[] => [fieldNames(field).students, fieldNames(field).statistics];
  const phases = fields.map((field, i) => ({ name: studentsPhase(field), holds: fields.slice(0, i + 1).flatMap(held) }));
  const hashes: string[] = [];
  for (const weights of Object.values(teachers)) hashes.push(await hashWeights(weights));
  const { train, heldOut } = splitOf(config, samples.length);
  return runFit({ config, networks, phases, given: teachers, teacher: hashes.join(' '), trained: train.length }, samples, options, async (session) => {
    const inputs = inputsTask(parts, samples, options.scratch ?? options.store);
    await session.timed('images', () => {
      samples.prefetch?.(Array.from({ length: samples.length }, (_, index) => index));
      return session.eachImage('images', inputs, undefined);
    });
    for (const field of fields) {
      const phase = studentsPhase(field);
      if (session.isOver(phase)) continue;
      if (!session.isResumed(phase)) await session.timed(`teacher ${field.size}`, () => measureTeacher(parts, field, session, inputs, train));
      await session.timed(phase, () => trainStudents(config, field, session, inputs, train));
      await session.timed(`scores ${field.size}`, () => measureScores(parts, field, session, inputs, heldOut));
    }
    return [];
  });
}

/** Divides images as a configuration asks for, by its seed: at least one is held out, which scores are normalised on, and one trained on. */
export function splitOf({ heldOut, seed }: Pick<UninformedConfig, 'heldOut' | 'seed'>, count: number): ImageSplit {
  if (count < 2) throw new Error(`fit: expected at least 2 good images, one of them to hold out, got ${count}`);
  return splitImages(Math.min(count - 1, Math.max(1, Math.round(heldOut * count))), seed, count);
}

/** Finds mean and deviation of the teacher's descriptors over the images that are trained on. */
async function measureTeacher(parts: UninformedParts, field: Field, session: FitSession, inputs: PartTask<PartArrays>, images: readonly number[]): Promise<void> {
  const { teacher, statistics } = fieldWeights(field, session.weights);
  const { scoreStride } = field.settings;
  const moments = createRunningMoments(field.descriptor.channels);
  await eachInput(parts, session, `teacher ${field.size}`, inputs, images, async (x) => {
    const descriptors = tf.tidy(() => field.descriptor.windows(teacher, centredWindows(field.descriptor, x, scoreStride), scoreStride));
    moments.add((await descriptors.data()) as Float32Array);
    descriptors.dispose();
  });
  const { mean, deviation } = moments.result();
  replaceParams(statistics, { mean: tf.tensor1d(mean), deviation: tf.tensor1d(deviation) });
}

/** Finds mean and deviation of both scores over held-out images. */
async function measureScores(parts: UninformedParts, field: Field, session: FitSession, inputs: PartTask<PartArrays>, images: readonly number[]): Promise<void> {
  const weights = fieldWeights(field, session.weights);
  const moments = { error: createRunningMoments(1), variance: createRunningMoments(1) };
  await eachInput(parts, session, `scores ${field.size}`, inputs, images, async (x) => {
    const scores = fieldScores(field, weights, x);
    moments.error.add((await scores.error.data()) as Float32Array);
    moments.variance.add((await scores.variance.data()) as Float32Array);
    tf.dispose([scores.error, scores.variance]);
  });
  const both = ({ mean, deviation }: ReturnType<(typeof moments)['error']['result']>): tf.Tensor => tf.tensor1d([mean[0] as number, deviation[0] as number]);
  replaceParams(weights.statistics, { error: both(moments.error.result()), variance: both(moments.variance.result()) });
}

/** Some images one after the other as tensors `[1,H,W,3]`, with progress and a way out. */
async function eachInput({ config }: UninformedParts, { options }: FitSession, phase: string, inputs: PartTask<PartArrays>, images: readonly number[], use: (x: tf.Tensor4D) => Promise<void>): Promise<void> {
  const [h, w] = config.imageSize;
  for (const [done, index] of images.entries()) {
    options.signal?.throwIfAborted();
    const { input = new Float32Array() } = await valueOf(inputs, index);
    const x = tf.tensor4d(input, [1, h, w, 3]);
    try {
      await use(x);
    } finally {
      x.dispose();
    }
    options.onProgress?.({ phase, done: done + 1, total: images.length, unit: 'images' });
  }
}
