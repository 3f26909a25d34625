import * as tf from '@tensorflow/tfjs-core';
import { distancePerPosition } from '@blemish/student';
import { batchTensor } from '../batch-tensor.js';
import { valueOf } from '../in-order.js';
import type { AstSession, AstWeights } from './ast-session.js';
import type { AstTask } from './ast-tasks.js';
import { inputBatch } from './input-batch.js';
import { trainNetwork } from './train-network.js';

/**
 * Trains the student to give the teacher's outputs (Rudolph et al., WACV 2023, equation 5).
 *
 * @param teacherOutputs the frozen teacher's outputs of the images, `[h,w,C]`
 */
export function trainStudent(
  session: AstSession,
  weights: AstWeights,
  teacherOutputs: AstTask<Float32Array>,
): Promise<void> {
  const { config, shape, networks, samples, batch, options, losses } = session;
  const { student, condition } = networks;
  return trainNetwork({
    phase: 'student',
    config,
    specs: student.specs,
    params: weights.student,
    epochs: config.student.epochs,
    count: samples.length,
    batch,
    ...session.begin('student'),
    read: async (chosen) => ({
      inputs: await Promise.all(Array.from(chosen, (index) => valueOf(session.inputs, index))),
      outputs: await Promise.all(Array.from(chosen, (index) => valueOf(teacherOutputs, index))),
    }),
    async step(learner, { inputs, outputs }) {
      const { x, mask } = inputBatch(inputs, shape); // [N,h,w,C], [N,h,w]
      const z = batchTensor(outputs, shape); // [N,h,w,C]
      try {
        return await learner.step(() => {
          const { y, buffers } = student.apply(weights.student, x, condition, { training: true });
          return { loss: tf.mean(distancePerPosition(z, y, { ...(mask && { mask }), reduction: config.distance })) as tf.Scalar, buffers };
        });
      } finally {
        tf.dispose([x, z, ...(mask ? [mask] : [])]);
      }
    },
    losses,
    checkpoint: (position, optimizer) => session.checkpoint('student', weights, position, optimizer),
    options,
  });
}
