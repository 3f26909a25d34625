import * as tf from '@tensorflow/tfjs-core';
import { likelihoodPerPosition } from '@blemish/flow';
import { createAdam } from '@blemish/layers';
import type { FitSession } from '../frame/fit-session.js';
import type { PartTask } from '../frame/part-tasks.js';
import { trainNetwork } from '../frame/train-network.js';
import { valueOf } from '../in-order.js';
import type { AstInput } from './ast-input.js';
import { learned } from './ast-job.js';
import type { AstParts } from './ast-parts.js';
import { inputBatch } from './input-batch.js';

/** Trains the teacher by maximum likelihood on the features of good images (Rudolph et al., WACV 2023, equation 3). */
export function trainTeacher({ config, shape, networks }: AstParts, session: FitSession, inputs: PartTask<AstInput>): Promise<void> {
  const { teacher, condition } = networks;
  const params = learned(session.weights, 'teacher');
  return trainNetwork({
    session,
    phase: 'teacher',
    seed: config.seed,
    optimizer: createAdam(config.optimizer),
    specs: teacher.specs,
    params,
    epochs: config.teacher.epochs,
    read: (chosen) => Promise.all(Array.from(chosen, (index) => valueOf(inputs, index))),
    async step(learner, rows) {
      const { x, mask } = inputBatch(rows, shape); // [N,h,w,C], [N,h,w]
      try {
        return await learner.step(() => {
          const { z, logAbsDet } = teacher.forward(params, x, condition);
          return tf.mean(likelihoodPerPosition(z, logAbsDet, mask)) as tf.Scalar;
        });
      } finally {
        tf.dispose(mask === undefined ? x : [x, mask]);
      }
    },
  });
}
