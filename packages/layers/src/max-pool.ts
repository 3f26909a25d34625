import * as tf from '@tensorflow/tfjs-core';

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

/**
 * The largest value in each window, as PyTorch's `MaxPool2d(kernel, stride, pad)`. The native engine pools with TensorFlow's
 * paddings only, so the edges are put around the map first, as far as windows reach.
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
  return tf.tidy(() => tf.maxPool(pad === 0 ? x : tf.pad(x, [[0, 0], rows, columns, [0, 0]], lowest), kernel, stride, 'valid'));
}
