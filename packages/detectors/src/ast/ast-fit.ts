import * as tf from '@tensorflow/tfjs-core';
import { likelihoodPerPosition } from '@blemish/flow';
import {
  createRandom,
  disposeParams,
  initParams,
  paramsFromArrays,
  paramsToArrays,
  type OptimizerState,
  type Params,
} from '@blemish/layers';
import { hashWeights } from '@blemish/features';
import { distancePerPosition } from '@blemish/student';
import { batchTensor } from '../batch-tensor.js';
import { contentHash } from '../content-hash.js';
import type { EpochLoss, FitOptions, FitPhase, FitReport } from '../detector.js';
import { storedFeatures, type FeatureExtractor } from '../extract-features.js';
import type { FeatureStore, SampleSource } from '../sample.js';
import { phaseStart, type PhasePosition } from '../train-epochs.js';
import { readAstCheckpoint, writeAstCheckpoint, type AstCheckpoint } from './ast-checkpoint.js';
import type { AstConfig } from './ast-config.js';
import type { AstNetworks } from './ast-networks.js';
import { trainNetwork } from './train-network.js';

/** Weights of both networks; the caller disposes them. */
export interface AstWeights {
  readonly teacher: Params;
  readonly student: Params;
}

/** What a fit needs beside the images. */
export interface AstFitParts {
  readonly config: AstConfig;
  readonly extractor: FeatureExtractor;
  readonly networks: AstNetworks;
}

/**
 * Trains teacher, then student (Rudolph et al., WACV 2023, sections 3.2 and 3.3). Features and, once the teacher is
 * frozen, its outputs are computed once an image.
 *
 * @param samples good images
 * @returns the weights, owned by the caller, and the report
 * @throws Error without images, for a loss that is not finite, for a checkpoint of another run; the signal's reason
 */
export async function fitAst(
  { config, extractor, networks }: AstFitParts,
  samples: SampleSource,
  options: FitOptions & { readonly store: FeatureStore },
): Promise<{ weights: AstWeights; report: FitReport }> {
  const { store, scratch = store, onProgress, onCheckpoint, resumeFrom, signal } = options;
  const count = samples.length;
  if (count === 0) throw new Error('fit: expected at least 1 good image, got none');
  const batch = Math.min(config.batch, count);
  const notes = batch < config.batch ? [`${count} images are fewer than a batch of ${config.batch}: trained with batches of ${batch}`] : [];
  const { teacher, student, condition } = networks;
  const data = await contentHash((await Promise.all(indices(count).map((i) => samples.contentKey(i)))).join(' '));
  const resumed = resumeFrom === undefined ? undefined : readAstCheckpoint(resumeFrom, config, data);
  const losses: EpochLoss[] = [...(resumed?.header.losses ?? [])];
  const seconds: Partial<Record<FitPhase, number>> = {};
  const features = (index: number): Promise<Float32Array> => storedFeatures(extractor, samples, index, store);

  async function timed<T>(phase: FitPhase, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    seconds[phase] = (performance.now() - start) / 1000;
    return result;
  }

  /** Calls `visit` for every image in order, with progress and a way out. */
  async function eachImage(phase: FitPhase, visit: (index: number) => Promise<void>): Promise<void> {
    for (let index = 0; index < count; index++) {
      signal?.throwIfAborted();
      await visit(index);
      onProgress?.({ phase, done: index + 1, total: count, unit: 'images' });
    }
  }

  const random = createRandom(config.seed).derive('weights');
  const weights: { teacher: Params; student: Params } = {
    teacher: resumed ? paramsFromArrays(resumed.teacher, teacher.specs) : initParams(teacher.specs, random.derive('teacher')),
    student: resumed?.student
      ? paramsFromArrays(resumed.student, student.specs)
      : initParams(student.specs, random.derive('student')),
  };

  async function checkpoint(phase: 'teacher' | 'student', position: PhasePosition, optimizer: OptimizerState): Promise<void> {
    if (onCheckpoint === undefined) return;
    await onCheckpoint(
      writeAstCheckpoint({
        header: { config, data, phase, position, optimizerSteps: optimizer.steps, losses },
        teacher: await paramsToArrays(weights.teacher, teacher.specs),
        student: phase === 'student' ? await paramsToArrays(weights.student, student.specs) : undefined,
        optimizer: optimizer.arrays as AstCheckpoint['optimizer'],
      }),
    );
  }

  /** Where a phase starts: at the checkpoint, where that belongs to it. */
  function start(phase: 'teacher' | 'student'): { from: PhasePosition; optimizerState: OptimizerState | undefined } {
    if (resumed?.header.phase !== phase) return { from: phaseStart, optimizerState: undefined };
    const { position, optimizerSteps } = resumed.header;
    return { from: position, optimizerState: { steps: optimizerSteps, arrays: resumed.optimizer } };
  }

  try {
    await timed('features', () => {
      samples.prefetch?.(indices(count));
      return eachImage('features', async (index) => void (await features(index)));
    });

    if (resumed?.header.phase !== 'student') {
      await timed('teacher', () =>
        trainNetwork({
          phase: 'teacher',
          config,
          specs: teacher.specs,
          params: weights.teacher,
          epochs: config.teacher.epochs,
          count,
          batch,
          ...start('teacher'),
          read: async (chosen) => Promise.all([...chosen].map(features)),
          step: async (learner, rows) => {
            const x = batchTensor(rows, extractor.shape); // [N,h,w,C]
            try {
              return await learner.step(() => {
                const { z, logAbsDet } = teacher.forward(weights.teacher, x, condition);
                return tf.mean(likelihoodPerPosition(z, logAbsDet)) as tf.Scalar;
              });
            } finally {
              x.dispose();
            }
          },
          losses,
          checkpoint: (position, optimizer) => checkpoint('teacher', position, optimizer),
          options,
        }),
      );
      await checkpoint('student', phaseStart, { steps: 0, arrays: new Map() });
    }

    const teacherKey = await hashWeights(await paramsToArrays(weights.teacher, teacher.specs));
    async function teacherOutput(index: number): Promise<Float32Array> {
      const key = `teacher/${teacherKey}/${extractor.key}/${await samples.contentKey(index)}`;
      const kept = await scratch.get(key);
      const x = batchTensor([await features(index)], extractor.shape); // [1,h,w,C]
      if (kept?.length === x.size) {
        x.dispose();
        return kept;
      }
      const z = tf.tidy(() => teacher.forward(weights.teacher, x, condition).z);
      const output = (await z.data()) as Float32Array;
      tf.dispose([x, z]);
      await scratch.put(key, output);
      return output;
    }
    await timed('teacher outputs', () => eachImage('teacher outputs', async (index) => void (await teacherOutput(index))));

    await timed('student', () =>
      trainNetwork({
        phase: 'student',
        config,
        specs: student.specs,
        params: weights.student,
        epochs: config.student.epochs,
        count,
        batch,
        ...start('student'),
        read: async (chosen) =>
          Promise.all([Promise.all([...chosen].map(features)), Promise.all([...chosen].map(teacherOutput))]),
        step: async (learner, [rows, outputs]) => {
          const x = batchTensor(rows, extractor.shape); // [N,h,w,C]
          const z = batchTensor(outputs, extractor.shape); // [N,h,w,C]
          try {
            return await learner.step(() => {
              const { y, buffers } = student.apply(weights.student, x, condition, { training: true });
              return { loss: tf.mean(distancePerPosition(z, y, { reduction: config.distance })) as tf.Scalar, buffers };
            });
          } finally {
            tf.dispose([x, z]);
          }
        },
        losses,
        checkpoint: (position, optimizer) => checkpoint('student', position, optimizer),
        options,
      }),
    );
  } catch (error) {
    disposeParams(weights.teacher);
    disposeParams(weights.student);
    throw error;
  }
  return { weights, report: { losses, batch, notes, seconds } };
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
