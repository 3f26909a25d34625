import * as tf from '@tensorflow/tfjs-core';

/**
 * `clamp · 0.636 · atan(s / clamp)`: s where it is small, and never beyond ±clamp (0.636 is just below 2/π).
 *
 * @param s any shape
 * @param clamp positive
 */
export function softClamp<T extends tf.Tensor>(s: T, clamp: number): T {
  return tf.mul<T>(tf.atan(tf.div(s, clamp)), 0.636 * clamp);
}
