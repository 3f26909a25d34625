import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';

export const swishKernel = 'BlemishSwish';

/** swish(x) = x sigmoid(x), same shape; no gradient. */
export function swish<T extends tf.Tensor>(x: T): T {
  return hasKernel(swishKernel) ? runKernel<T>(swishKernel, { x }, {}) : tf.tidy(() => tf.mul<T>(x, tf.sigmoid(x)));
}
