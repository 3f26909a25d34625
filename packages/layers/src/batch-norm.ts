import * as tf from '@tensorflow/tfjs-core';
import { fusedBatchNorm } from '@blemish/engine';
import { getParam, type Params } from './params.js';

/** Settings of batch normalisation; the defaults are PyTorch's. */
export interface BatchNormOptions {
  /** True: normalise by the batch and return new running statistics. False: normalise by the running statistics. */
  readonly training: boolean;
  /** Added to the variance. Default 1e-5. */
  readonly epsilon?: number;
  /** Share of the batch in the new running statistics. Default 0.1. */
  readonly momentum?: number;
  /** Slope below zero of a LeakyReLU that follows. Default 1, which is none. */
  readonly slope?: number;
  /** Added after that, of x's shape. Default: nothing. */
  readonly residual?: tf.Tensor4D;
}

/** The normalised map, and in training the layer's new buffers by full name (empty otherwise). */
export interface BatchNormResult {
  readonly y: tf.Tensor4D;
  readonly buffers: Params;
}

/**
 * Batch normalisation over all positions of a batch, as PyTorch's `BatchNorm2d`: it normalises by the biased variance,
 * but the running variance takes the unbiased one.
 *
 * @param x [N,h,w,C]
 * @param prefix layer with `weight`, `bias`, `running_mean` and `running_var`, each [C]
 * @throws Error in training with a single value per channel, whose variance is not defined
 */
export function batchNorm(x: tf.Tensor4D, params: Readonly<Params>, prefix: string, options: BatchNormOptions): BatchNormResult {
  const { training, epsilon = 1e-5, momentum = 0.1, slope = 1, residual } = options;
  const around = { epsilon, slope, ...(residual === undefined ? {} : { residual }) };
  const get = (name: string): tf.Tensor1D => getParam(params, `${prefix}.${name}`);
  const [scale, offset, runningMean, runningVar] = [get('weight'), get('bias'), get('running_mean'), get('running_var')];
  if (!training) {
    const { y } = tf.tidy(() => ({ y: fusedBatchNorm(x, scale, offset, { mean: runningMean, variance: runningVar }, around).y }));
    return { y, buffers: {} };
  }

  const count = x.shape[0] * x.shape[1] * x.shape[2]; // values per channel
  if (count < 2) throw new Error(`${prefix}: expected at least 2 values per channel in training, got ${count}`);
  const { y, ...buffers } = tf.tidy(() => {
    const { y, mean, variance } = fusedBatchNorm(x, scale, offset, undefined, around);
    const unbiased = tf.mul(variance, count / (count - 1)); // [C]
    const blend = (old: tf.Tensor, fresh: tf.Tensor): tf.Tensor => tf.add(tf.mul(old, 1 - momentum), tf.mul(fresh, momentum));
    return {
      y,
      [`${prefix}.running_mean`]: blend(runningMean, mean),
      [`${prefix}.running_var`]: blend(runningVar, unbiased),
    };
  });
  return { y: y as tf.Tensor4D, buffers };
}
