import * as tf from '@tensorflow/tfjs-core';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './optimizer.js';

/** Settings of stochastic gradient descent. */
export interface SgdOptions {
  readonly learningRate: number;
  /** Share of the last step's direction that is kept. Default 0. */
  readonly momentum?: number;
  /** This much of the parameter is added to its gradient. Default 0. */
  readonly l2?: number;
}

/** Gradient descent with heavy-ball momentum and L2, as `torch.optim.SGD(momentum, weight_decay)`. */
export function createSgd({ learningRate, momentum = 0, l2 = 0 }: SgdOptions): Optimizer {
  // Notation: w: parameter; g: gradient; b: direction. b = momentum · b + g, w -= learningRate · b.
  return createOptimizer(momentum === 0 ? [] : ['momentum'], () => {
    const [rate, keep, decay] = [tf.scalar(learningRate), tf.scalar(momentum), tf.scalar(l2)];
    return (w, gradient, [old]) => {
      const g = l2 === 0 ? gradient : tf.add(gradient, tf.mul(w, decay));
      if (old === undefined) return [tf.sub(w, tf.mul(g, rate))];
      const b = tf.add(tf.mul(old, keep), g);
      return [tf.sub(w, tf.mul(b, rate)), b];
    };
  });
}
