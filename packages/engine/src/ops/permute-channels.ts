import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';

export const permuteChannelsKernel = 'BlemishPermuteChannels';

/**
 * Reorders the last axis: channel i of the result is channel `permutation[i]` of x. The gradient goes back by the
 * inverse permutation.
 *
 * @param x any shape of at least one axis, `[...,C]`
 * @param permutation the numbers 0 to C-1 in some order
 */
export function permuteChannels<T extends tf.Tensor>(x: T, permutation: Int32Array): T {
  const inverse = invertPermutation(permutation);
  const channels = x.shape[x.rank - 1];
  if (permutation.length !== channels) {
    throw new Error(`permuteChannels: expected a permutation of ${channels} channels, got ${permutation.length} values`);
  }
  if (!hasKernel(permuteChannelsKernel)) return plainPermuteChannels(x, permutation);
  return runKernel<T>(permuteChannelsKernel, { x }, { permutation, inverse });
}

/**
 * The permutation that undoes another: `inverse[permutation[i]] = i`.
 *
 * @throws Error where a value is missing, repeated or out of range
 */
export function invertPermutation(permutation: Int32Array): Int32Array {
  const inverse = new Int32Array(permutation.length).fill(-1);
  permutation.forEach((from, to) => {
    if (inverse[from] !== -1) throw new Error(`permutation: expected each of 0 to ${permutation.length - 1} once, got ${from} at ${to}`);
    inverse[from] = to;
  });
  return inverse;
}

/** `permuteChannels` of stock operations. */
export function plainPermuteChannels<T extends tf.Tensor>(x: T, permutation: Int32Array): T {
  const gather = (tensor: tf.Tensor, by: Int32Array): tf.Tensor =>
    tf.tidy(() => tf.gather(tensor, tf.tensor1d(by, 'int32'), tensor.rank - 1));
  const op = tf.customGrad((tensor) => ({
    value: gather(tensor as tf.Tensor, permutation),
    gradFunc: (dy: tf.Tensor) => gather(dy, invertPermutation(permutation)),
  }));
  return op(x) as T;
}

/** Registers the gradient with TensorFlow.js. */
export function registerPermuteChannelsGradient(): void {
  tf.registerGradient({
    kernelName: permuteChannelsKernel,
    gradFunc: (dy, _saved, attributes) => {
      const { permutation, inverse } = attributes as unknown as { permutation: Int32Array; inverse: Int32Array };
      return {
        x: () => runKernel<tf.Tensor>(permuteChannelsKernel, { x: dy as tf.Tensor }, { permutation: inverse, inverse: permutation }),
      };
    },
  });
}
