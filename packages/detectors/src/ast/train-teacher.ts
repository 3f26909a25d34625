import * as tf from '@tensorflow/tfjs-core';
import { likelihoodPerPosition } from '@blemish/flow';
import { valueOf } from '../in-order.js';
import type { AstSession, AstWeights } from './ast-session.js';
import { inputBatch } from './input-batch.js';
import { trainNetwork } from './train-network.js';

/** Trains the teacher by maximum likelihood on the features of good images (Rudolph et al., WACV 2023, equation 3). */
export function trainTeacher(session: AstSession, weights: AstWeights): Promise<void> {
  const { config, shape, networks, samples, batch, options, losses } = session;
  const { teacher, condition } = networks;
  return trainNetwork({
    phase: 'teacher',
    config,
    specs: teacher.specs,
    params: weights.teacher,
    epochs: config.teacher.epochs,
    count: samples.length,
    batch,
    ...session.begin('teacher'),
    read: (chosen) => Promise.all(Array.from(chosen, (index) => valueOf(session.inputs, index))),
    async step(learner, rows) {
      const { x, mask } = inputBatch(rows, shape); // [N,h,w,C], [N,h,w]
      try {
        return await learner.step(() => {
          const { z, logAbsDet } = teacher.forward(weights.teacher, x, condition);
          return tf.mean(likelihoodPerPosition(z, logAbsDet, mask)) as tf.Scalar;
        });
      } finally {
        tf.dispose(mask === undefined ? x : [x, mask]);
      }
    },
    losses,
    checkpoint: (position, optimizer) => session.checkpoint('teacher', weights, position, optimizer),
    options,
  });
}
