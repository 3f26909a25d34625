import * as tf from '@tensorflow/tfjs-core';
import { createAdam } from '@blemish/layers';
import { distancePerPosition } from '@blemish/student';
import { batchTensor } from '../batch-tensor.js';
import type { FitSession } from '../frame/fit-session.js';
import type { PartTask } from '../frame/part-tasks.js';
import { trainNetwork } from '../frame/train-network.js';
import { valueOf } from '../in-order.js';
import type { AstInput } from './ast-input.js';
import { learned } from './ast-job.js';
import type { AstParts } from './ast-parts.js';
import { inputBatch } from './input-batch.js';

/**
 * Trains the student to give the teacher's outputs (Rudolph et al., WACV 2023, equation 5).
 *
 * @param teacherOutputs the frozen teacher's outputs of the images, `[h,w,C]`
 */
export function trainStudent(
  { config, shape, networks }: AstParts,
  session: FitSession,
  inputs: PartTask<AstInput>,
  teacherOutputs: PartTask<Float32Array>,
): Promise<void> {
  const { student, condition } = networks;
  const params = learned(session.weights, 'student');
  return trainNetwork({
    session,
    phase: 'student',
    seed: config.seed,
    optimizer: createAdam(config.optimizer),
    specs: student.specs,
    params,
    epochs: config.student.epochs,
    read: async (chosen) => ({
      rows: await Promise.all(Array.from(chosen, (index) => valueOf(inputs, index))),
      outputs: await Promise.all(Array.from(chosen, (index) => valueOf(teacherOutputs, index))),
    }),
    async step(learner, { rows, outputs }) {
      const { x, mask } = inputBatch(rows, shape); // [N,h,w,C], [N,h,w]
      const z = batchTensor(outputs, shape); // [N,h,w,C]
      try {
        return await learner.step(() => {
          const { y, buffers } = student.apply(params, x, condition, { training: true });
          return { loss: tf.mean(distancePerPosition(z, y, { ...(mask && { mask }), reduction: config.distance })) as tf.Scalar, buffers };
        });
      } finally {
        tf.dispose([x, z, ...(mask ? [mask] : [])]);
      }
    },
  });
}
