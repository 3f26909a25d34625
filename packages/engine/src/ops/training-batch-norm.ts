import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';

/** A normalized batch and the statistics that it was normalized with; a type, not an interface, so that `tf.tidy` takes it. */
export type NormalizedBatch = {
  /** `scale * (x - mean) / sqrt(variance + epsilon) + offset`, of x's shape. */
  readonly y: tf.Tensor4D;
  /** Mean of each channel over batch and positions, `[C]`; a constant to the gradient. */
  readonly mean: tf.Tensor1D;
  /** Biased variance of each channel, `[C]`; a constant to the gradient. */
  readonly variance: tf.Tensor1D;
};

export const trainingBatchNormKernel = 'BlemishTrainingBatchNorm';
export const trainingBatchNormGradKernel = 'BlemishTrainingBatchNormGrad';

/**
 * Batch normalization with the batch's own statistics (Ioffe and Szegedy 2015), with gradients for x, scale and offset.
 *
 * @param x `[N,H,W,C]`
 * @param scale `[C]`, gamma
 * @param offset `[C]`, beta
 * @param epsilon added to the variance
 */
export function trainingBatchNorm(x: tf.Tensor4D, scale: tf.Tensor1D, offset: tf.Tensor1D, epsilon: number): NormalizedBatch {
  const channels = x.shape[3];
  if (scale.size !== channels || offset.size !== channels) {
    throw new Error(`trainingBatchNorm: expected scale and offset of ${channels} values, got [${scale.shape}] and [${offset.shape}]`);
  }
  if (!hasKernel(trainingBatchNormKernel)) return plainTrainingBatchNorm(x, scale, offset, epsilon);
  // What follows the first three is for the gradient, which keeps its own references.
  const [y, mean, variance, ...reserved] = runKernel<tf.Tensor[]>(trainingBatchNormKernel, { x, scale, offset }, { epsilon });
  tf.dispose(reserved);
  return { y: y as tf.Tensor4D, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
}

/** `trainingBatchNorm` of stock operations: the definition, and what backends without a kernel of ours run. */
export function plainTrainingBatchNorm(x: tf.Tensor4D, scale: tf.Tensor1D, offset: tf.Tensor1D, epsilon: number): NormalizedBatch {
  return tf.tidy(() => {
    const mean = tf.mean<tf.Tensor1D>(x, [0, 1, 2]);
    const centred = tf.sub(x, mean);
    const variance = tf.mean<tf.Tensor1D>(tf.square(centred), [0, 1, 2]);
    const y = tf.add<tf.Tensor4D>(tf.mul(centred, tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)))), offset);
    return { y, mean, variance };
  });
}

/** Registers the gradient with TensorFlow.js: one kernel gives all three. */
export function registerTrainingBatchNormGradient(): void {
  tf.registerGradient({
    kernelName: trainingBatchNormKernel,
    inputsToSave: ['x', 'scale'],
    // The mean, and what a backend reserves after the variance.
    outputsToSave: [false, true, true, true, true, true],
    gradFunc: (dy, saved, attributes) => {
      const [x, scale, mean, variance, ...reserved] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[]];
      const inputs = { dy: (dy as tf.Tensor[])[0] as tf.Tensor, x, scale, mean, variance, ...Object.fromEntries(reserved.map((r, i) => [`reserved${i}`, r])) };
      const [dx, dScale, dOffset] = runKernel<tf.Tensor[]>(trainingBatchNormGradKernel, inputs, attributes) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return { x: () => dx, scale: () => dScale, offset: () => dOffset };
    },
  });
}
