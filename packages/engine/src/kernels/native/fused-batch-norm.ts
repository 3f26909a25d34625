import * as tf from '@tensorflow/tfjs-core';
import type { FusedBatchNormAttributes } from '../../ops/fused-batch-norm.js';
import type { Kernel } from '../kernel.js';
import { execute, type Attributes } from './execute.js';

/** Gives y, and the mean and biased variance that it was normalised by. */
export const fusedBatchNorm: Kernel<'x' | 'scale' | 'offset', FusedBatchNormAttributes> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const { x, scale, offset } = inputs;
    const none = tf.tensor1d([]);
    const { mean = none, variance = none, residual = none } = inputs as { readonly mean?: tf.Tensor; readonly variance?: tf.Tensor; readonly residual?: tf.Tensor };
    return execute(backend, 'BlemishNativeBatchNorm', attributes(attrs), [x, scale, offset, mean, variance, residual, tf.tensor1d([attrs.slope])], 3);
  });

/** Gives the gradients of x, scale and offset. */
export const fusedBatchNormGrad: Kernel<'dy' | 'x' | 'scale' | 'offset' | 'mean' | 'variance', FusedBatchNormAttributes> = ({ inputs, attrs, backend }) =>
  tf.tidy(() => {
    const { dy, x, scale, offset, mean, variance } = inputs;
    return execute(backend, 'BlemishNativeBatchNormGrad', attributes(attrs), [dy, x, scale, offset, mean, variance, tf.tensor1d([attrs.slope])], 3);
  });

function attributes({ epsilon, training }: FusedBatchNormAttributes): Attributes {
  return { settings: { int: [training ? 1 : 0] }, number: { float: epsilon } };
}
