import * as tf from '@tensorflow/tfjs-core';
import { toNchw, toNhwc, type GoldenArray } from '@blemish-tools/jest';

/** An NCHW array as an NHWC tensor. */
export function nhwc({ data, shape }: GoldenArray): tf.Tensor4D {
  const [n, c, h, w] = shape as [number, number, number, number];
  return tf.tensor4d(toNhwc(data, shape), [n, h, w, c]);
}

/** An NHWC tensor's values in NCHW order. */
export function nchw(tensor: tf.Tensor4D): Float32Array {
  return toNchw(tensor.dataSync(), tensor.shape);
}

/** A golden mask [N,1,h,w] as [N,h,w]. */
export function maskTensor({ data, shape }: GoldenArray): tf.Tensor3D {
  const [n, , h, w] = shape as [number, number, number, number];
  return tf.tensor3d(Float32Array.from(data), [n, h, w]);
}

/** Every array whose name begins with `prefix`, without it. */
export function* withPrefix(arrays: ReadonlyMap<string, GoldenArray>, prefix: string): Generator<[string, GoldenArray]> {
  for (const [name, array] of arrays) if (name.startsWith(prefix)) yield [name.slice(prefix.length), array];
}
