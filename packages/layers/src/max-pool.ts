import * as tf from '@tensorflow/tfjs-core';
import { maxPoolGradient } from './max-pool-gradient.js';

/** The windows of `maxPool`. */
export interface MaxPoolOptions {
  /** Side of the square window. */
  readonly kernel: number;
  /** Positions from one window to the next. */
  readonly stride: number;
  /** Positions beyond each edge, which never are the largest. Default 0. */
  readonly pad?: number;
}

/** Less than any value of a map. */
const lowest = -3.4028234e38;

/** Backends whose own gradient holds; that of wasm (4.22) leaves most values at zero. */
const withGradient = new Set(['cpu', 'tensorflow']);

/**
 * The largest value in each window, as PyTorch's `MaxPool2d(kernel, stride, pad)`, with a gradient on every backend: it goes
 * to the first of the largest, row by row. The native engine pools with TensorFlow's paddings only, so the edges are put
 * around the map first, as far as windows reach.
 *
 * @param x [N,h,w,C]
 * @returns [N,h',w',C], h' = (h + 2 pad - kernel) / stride + 1, rounded down
 * @throws Error if no window fits
 */
export function maxPool(x: tf.Tensor4D, { kernel, stride, pad = 0 }: MaxPoolOptions): tf.Tensor4D {
  const [, height, width] = x.shape;
  const frame = (size: number): [number, number] => {
    const windows = Math.floor((size + 2 * pad - kernel) / stride) + 1;
    if (windows < 1) throw new Error(`maxPool: expected a map of at least ${kernel - 2 * pad} positions a side, got ${height}x${width}`);
    return [pad, Math.max((windows - 1) * stride + kernel - pad - size, 0)];
  };
  const [rows, columns] = [frame(height), frame(width)];
  const pool = (map: tf.Tensor4D): tf.Tensor4D => tf.maxPool(map, kernel, stride, 'valid');
  return tf.tidy(() => {
    const framed = pad === 0 ? x : (tf.pad(x, [[0, 0], rows, columns, [0, 0]], lowest) as tf.Tensor4D);
    if (withGradient.has(tf.getBackend())) return pool(framed);
    const custom = tf.customGrad((map, save) => {
      const value = pool(map as tf.Tensor4D);
      (save as tf.GradSaveFunc)([map as tf.Tensor4D, value]);
      return { value, gradFunc: (dy, saved) => maxPoolGradient(dy as tf.Tensor4D, saved as [tf.Tensor4D, tf.Tensor4D], { kernel, stride }) };
    });
    return custom(framed) as tf.Tensor4D;
  });
}
