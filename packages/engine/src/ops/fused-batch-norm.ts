import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';
import { leakyRelu } from './leaky-relu.js';
import { trainingBatchNorm, type NormalizedBatch } from './training-batch-norm.js';

export const fusedBatchNormKernel = 'BlemishFusedBatchNorm';
export const fusedBatchNormGradKernel = 'BlemishFusedBatchNormGrad';

/** Statistics of a map's channels, `[C]` each; the variance is the biased one. */
export interface ChannelStatistics {
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/** What stands around the normalisation. */
export interface FusedBatchNormOptions {
  /** Added to the variance. */
  readonly epsilon: number;
  /** Slope below zero of a LeakyReLU that follows; 1 is none. */
  readonly slope: number;
  /** Added after that, of x's shape. */
  readonly residual?: tf.Tensor4D;
}

/** What the kernels are told. */
export interface FusedBatchNormAttributes {
  readonly epsilon: number;
  readonly slope: number;
  readonly training: boolean;
}

/**
 * Batch normalization (Ioffe and Szegedy 2015), a LeakyReLU and a sum, in as few passes as the backend has operations for;
 * with gradients for x, scale, offset and the residual.
 *
 * @param x `[N,H,W,C]`
 * @param scale `[C]`, gamma
 * @param offset `[C]`, beta
 * @param statistics what to normalise by; undefined: the batch's own, which are returned. Constants to the gradient
 * @returns y, and the statistics
 */
export function fusedBatchNorm(
  x: tf.Tensor4D,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  statistics: ChannelStatistics | undefined,
  { epsilon, slope, residual }: FusedBatchNormOptions,
): NormalizedBatch {
  if (hasKernel(fusedBatchNormKernel)) {
    const inputs = { x, scale, offset, ...statistics, ...(residual === undefined ? {} : { residual }) };
    const attributes: FusedBatchNormAttributes = { epsilon, slope, training: statistics === undefined };
    const [y, mean, variance] = runKernel<[tf.Tensor4D, tf.Tensor1D, tf.Tensor1D]>(fusedBatchNormKernel, inputs, attributes);
    return { y, mean, variance };
  }
  return tf.tidy(() => {
    const { y: z, mean, variance } =
      statistics === undefined
        ? trainingBatchNorm(x, scale, offset, epsilon)
        : { y: tf.batchNorm(x, statistics.mean, statistics.variance, offset, scale, epsilon) as tf.Tensor4D, mean: tf.clone(statistics.mean), variance: tf.clone(statistics.variance) };
    const activated = slope === 1 ? z : leakyRelu(z, slope);
    return { y: residual === undefined ? activated : tf.add<tf.Tensor4D>(activated, residual), mean, variance };
  });
}

/** Registers the gradient with TensorFlow.js: one kernel gives that of x, scale and offset. */
export function registerFusedBatchNormGradient(): void {
  tf.registerGradient({
    kernelName: fusedBatchNormKernel,
    inputsToSave: ['x', 'scale', 'offset'],
    outputsToSave: [false, true, true],
    gradFunc: (dys, saved, attributes) => {
      const [x, scale, offset, mean, variance] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      const dy = (dys as tf.Tensor[])[0] as tf.Tensor;
      const [dx, dScale, dOffset] = runKernel<[tf.Tensor, tf.Tensor, tf.Tensor]>(fusedBatchNormGradKernel, { dy, x, scale, offset, mean, variance }, attributes);
      return { x: () => dx, scale: () => dScale, offset: () => dOffset, residual: () => tf.clone(dy) };
    },
  });
}
