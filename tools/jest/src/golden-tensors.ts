import * as tf from '@tensorflow/tfjs-core';
import { toNchw, toNhwc } from './nchw.js';
import type { GoldenArray } from './read-golden.js';
import { seededArray, type SeededArray } from './seeded-array.js';

/** An NCHW array as an NHWC tensor. */
export function nhwcTensor({ data, shape }: GoldenArray): tf.Tensor4D {
  const [n, c, h, w] = shape as [number, number, number, number];
  return tf.tensor4d(toNhwc(data, shape), [n, h, w, c]);
}

/** An NHWC tensor's values in NCHW order. */
export function nchwValues(tensor: tf.Tensor4D): Float32Array {
  return toNchw(tensor.dataSync(), tensor.shape);
}

/** A mask [N,1,h,w] as [N,h,w]. */
export function maskTensor({ data, shape }: GoldenArray): tf.Tensor3D {
  const [n, , h, w] = shape as [number, number, number, number];
  return tf.tensor3d(Float32Array.from(data), [n, h, w]);
}

/** The mask of the real-size files, 24x24: random, nothing in the first four rows, all in the middle. */
export function realSizeMask(described: SeededArray): tf.Tensor3D {
  const { data, shape } = seededArray(described);
  const values = Float32Array.from(data as Float32Array, (value, i) => {
    const [row, column] = [Math.floor(i / 24), i % 24];
    if (row < 4) return 0;
    return row >= 10 && row < 20 && column >= 6 && column < 18 ? 1 : value;
  });
  return maskTensor({ data: values, shape });
}

/** Every array whose name begins with `prefix`, without it. */
export function* withPrefix(arrays: ReadonlyMap<string, GoldenArray>, prefix: string): Generator<[string, GoldenArray]> {
  for (const [name, array] of arrays) if (name.startsWith(prefix)) yield [name.slice(prefix.length), array];
}
