import type * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';

export const adamStepKernel = 'BlemishAdamStep';

/** The factors of a step of Adam, see `adamStep`. */
export interface AdamFactors {
  readonly beta1: number;
  readonly beta2: number;
  readonly a: number;
  readonly e: number;
  readonly l2: number;
}

/**
 * A step of Adam in one pass over its four tensors: with g' = g + l2 w
 *
 *   m' = beta1 m + g',  v' = beta2 v + g'²,  w' = w - a m' / (sqrt(v') + e)
 *
 * @returns [w', m', v'], or undefined where the backend has no kernel for it: then the formula's own operations serve
 */
export function adamStep(w: tf.Tensor, g: tf.Tensor, m: tf.Tensor, v: tf.Tensor, factors: AdamFactors): [tf.Tensor, tf.Tensor, tf.Tensor] | undefined {
  if (!hasKernel(adamStepKernel)) return undefined;
  return runKernel<[tf.Tensor, tf.Tensor, tf.Tensor]>(adamStepKernel, { w, g, m, v }, factors);
}
