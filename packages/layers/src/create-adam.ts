import type * as tf from '@tensorflow/tfjs-core';
import { adamStep, type AdamFactors } from '@blemish/engine';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './optimizer.js';
import type { UpdateRule } from './update-rule.js';

/** Settings of Adam. */
export interface AdamOptions {
  /** Largest movement of a parameter in a step, about; may be a function of the step, counted from 1. */
  readonly learningRate: number | ((step: number) => number);
  /** How slowly the mean of the gradients forgets. Default 0.9. */
  readonly beta1?: number;
  /** How slowly the mean of their squares forgets. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment. Default 1e-8. */
  readonly epsilon?: number;
  /** This much of the parameter is added to its gradient, before the moments (L2, not AdamW). Default 0. */
  readonly l2?: number;
}

/**
 * Adam (Kingma and Ba 2015) with L2 added to the gradient, as `torch.optim.Adam(weight_decay)`.
 *
 * All factors of a step are computed in float64 from the step's number alone, so that a restored optimiser takes the very
 * steps that one never stopped takes.
 */
export function createAdam(options: AdamOptions): Optimizer {
  return createOptimizer(adamRule(options));
}

/** The formula of Adam. */
export function adamRule({ learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, l2 = 0 }: AdamOptions): UpdateRule {
  // Notation: w: parameter; g: gradient; t: step.
  //   m = beta1 m + (1-beta1) g,  v = beta2 v + (1-beta2) g²
  //   w -= learningRate · m/(1-beta1^t) / (sqrt(v/(1-beta2^t)) + epsilon)
  // Kept are M = m/(1-beta1) and V = v/(1-beta2), which saves two passes over every parameter:
  //   M = beta1 M + g,  V = beta2 V + g²,  w -= a · M / (sqrt(V) + e)
  const factors = (t: number): AdamFactors => {
    const scale = Math.sqrt((1 - beta2 ** t) / (1 - beta2)); // sqrt(V) / scale = sqrt(v/(1-beta2^t))
    const rate = typeof learningRate === 'number' ? learningRate : learningRate(t);
    const a = ((rate * (1 - beta1)) / (1 - beta1 ** t)) * scale;
    return { beta1, beta2, a, e: epsilon * scale, l2 };
  };
  return {
    slots: ['m', 'v'],
    at(ops, t) {
      const { a, e } = factors(t);
      return (w, gradient, slots) => {
        const [oldM, oldV] = slots as [typeof w, typeof w];
        const g = l2 === 0 ? gradient : ops.add(gradient, ops.scale(w, l2));
        const m = ops.add(ops.scale(oldM, beta1), g);
        const v = ops.add(ops.scale(oldV, beta2), ops.square(g));
        return [ops.sub(w, ops.scale(ops.div(m, ops.shift(ops.sqrt(v), e)), a)), m, v];
      };
    },
    fused(t) {
      const step = factors(t);
      return (w, gradient, [m, v]) => adamStep(w, gradient, m as tf.Tensor, v as tf.Tensor, step);
    },
  };
}
