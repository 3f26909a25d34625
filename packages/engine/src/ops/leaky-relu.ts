import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';

export const leakyReluKernel = 'BlemishLeakyRelu';
export const leakyReluGradKernel = 'BlemishLeakyReluGrad';

/**
 * `x` where positive, `alpha * x` elsewhere; with alpha 0 the ReLU. Its gradient (alpha at 0) is taken from the output,
 * so that the input need not be kept for the way back.
 *
 * @param x any shape
 * @param alpha slope of the negative side, at least 0
 */
export function leakyRelu<T extends tf.Tensor>(x: T, alpha: number): T {
  if (!(alpha >= 0)) throw new Error(`leakyRelu: expected a slope of at least 0, got ${alpha}`);
  if (!hasKernel(leakyReluKernel)) return plainLeakyRelu(x, alpha);
  return runKernel<T>(leakyReluKernel, { x }, { alpha });
}

/** The ReLU, `max(x, 0)`, as `leakyRelu` of slope 0. */
export function relu<T extends tf.Tensor>(x: T): T {
  return leakyRelu(x, 0);
}

/** `leakyRelu` of stock operations. */
export function plainLeakyRelu<T extends tf.Tensor>(x: T, alpha: number): T {
  return tf.leakyRelu(x, alpha);
}

/** Registers the gradient with TensorFlow.js. */
export function registerLeakyReluGradient(): void {
  tf.registerGradient({
    kernelName: leakyReluKernel,
    outputsToSave: [true],
    gradFunc: (dy, [y], attributes) => ({
      x: () => runKernel<tf.Tensor>(leakyReluGradKernel, { dy: dy as tf.Tensor, y: y as tf.Tensor }, attributes),
    }),
  });
}
