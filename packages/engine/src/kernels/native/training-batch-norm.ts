import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel.js';
import { execute, type Attributes } from './execute.js';

/** FusedBatchNormV3 in training: y, the mean, the biased variance, then the three tensors it reserves for the gradient. */
export const trainingBatchNorm: Kernel<'x' | 'scale' | 'offset', { epsilon: number }> = ({ inputs, attrs, backend }) => {
  const { x, scale, offset } = inputs;
  const n = x.size / scale.size;
  return tf.tidy(() => {
    const none = tf.tensor1d([]);
    const [y, mean, unbiased, ...reserved] = execute(backend, 'FusedBatchNormV3', attributes(attrs.epsilon), [x, scale, offset, none, none], 6) as [
      tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[],
    ];
    return [y, mean, n > 1 ? tf.mul(unbiased, (n - 1) / n) : unbiased, ...reserved];
  });
};

/** FusedBatchNormGradV3: the gradients of x, scale and offset. */
export const trainingBatchNormGrad: Kernel<'dy' | 'x' | 'scale' | 'reserved0' | 'reserved1' | 'reserved2', { epsilon: number }> = ({ inputs, attrs, backend }) => {
  const { dy, x, scale, reserved0, reserved1, reserved2 } = inputs;
  const [dx, dScale, dOffset, ...rest] = execute(backend, 'FusedBatchNormGradV3', attributes(attrs.epsilon), [dy, x, scale, reserved0, reserved1, reserved2], 5) as [
    tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[],
  ];
  tf.dispose(rest);
  return [dx, dScale, dOffset];
};

function attributes(epsilon: number): Attributes {
  return {
    T: { type: 'float32' },
    U: { type: 'float32' },
    epsilon: { float: epsilon },
    data_format: { string: 'NHWC' },
    is_training: { bool: true },
  };
}
