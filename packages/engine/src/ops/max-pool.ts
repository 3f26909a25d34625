import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/kernel.js';
import { maxPoolGradient } from './max-pool-gradient.js';

export const maxPoolKernel = 'BlemishMaxPool';
export const maxPoolGradKernel = 'BlemishMaxPoolGrad';

/** The windows of `maxPool`. */
export interface MaxPoolOptions {
  /** Side of the square window. */
  readonly kernel: number;
  /** Positions from one window to the next. */
  readonly stride: number;
  /** Positions beyond each edge, which never are the largest; at most half the window. Default 0. */
  readonly pad?: number;
}

/** What the kernels are told. */
export type MaxPoolAttributes = Required<MaxPoolOptions>;

/** Less than any value of a map. */
const lowest = -3.4028234e38;

/** Backends whose own gradient holds; that of wasm (4.22) leaves most values at zero. */
const withGradient = new Set(['cpu', 'tensorflow']);

/**
 * The largest value in each window, as PyTorch's `MaxPool2d(kernel, stride, pad)`, with a gradient on every backend: it goes
 * to the first of the largest, row by row.
 *
 * @param x [N,h,w,C]
 * @returns [N,h',w',C], h' = (h + 2 pad - kernel) / stride + 1, rounded down
 * @throws Error if no window fits, or padding is more than half of one
 */
export function maxPool(x: tf.Tensor4D, { kernel, stride, pad = 0 }: MaxPoolOptions): tf.Tensor4D {
  const [, height, width] = x.shape;
  if (2 * pad > kernel) throw new Error(`maxPool: expected padding of at most half the window of ${kernel}, got ${pad}`);
  if (Math.min(height, width) + 2 * pad < kernel) throw new Error(`maxPool: expected a map of at least ${kernel - 2 * pad} positions a side, got ${height}x${width}`);
  const attributes = { kernel, stride, pad };
  return hasKernel(maxPoolKernel) ? runKernel<tf.Tensor4D>(maxPoolKernel, { x }, attributes) : plainMaxPool(x, attributes);
}

/** `maxPool` of stock operations, which know TensorFlow's paddings only: edges are put around the map first, as far as windows reach. */
export function plainMaxPool(x: tf.Tensor4D, { kernel, stride, pad }: MaxPoolAttributes): tf.Tensor4D {
  const [, height, width] = x.shape;
  const frame = (size: number): [number, number] => {
    const windows = Math.floor((size + 2 * pad - kernel) / stride) + 1;
    return [pad, Math.max((windows - 1) * stride + kernel - pad - size, 0)];
  };
  const pool = (map: tf.Tensor4D): tf.Tensor4D => tf.maxPool(map, kernel, stride, 'valid');
  return tf.tidy(() => {
    const framed = pad === 0 ? x : (tf.pad(x, [[0, 0], frame(height), frame(width), [0, 0]], lowest) as tf.Tensor4D);
    if (withGradient.has(tf.getBackend())) return pool(framed);
    const custom = tf.customGrad((map, save) => {
      const value = pool(map as tf.Tensor4D);
      (save as tf.GradSaveFunc)([map as tf.Tensor4D, value]);
      return { value, gradFunc: (dy, saved) => maxPoolGradient(dy as tf.Tensor4D, saved as [tf.Tensor4D, tf.Tensor4D], { kernel, stride }) };
    });
    return custom(framed) as tf.Tensor4D;
  });
}

/** Registers the gradient of the kernel with TensorFlow.js. */
export function registerMaxPoolGradient(): void {
  tf.registerGradient({
    kernelName: maxPoolKernel,
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, [x, y], attributes) => ({
      x: () => runKernel<tf.Tensor>(maxPoolGradKernel, { x: x as tf.Tensor, y: y as tf.Tensor, dy: dy as tf.Tensor }, attributes),
    }),
  });
}
