import * as tf from '@tensorflow/tfjs-core';
import { goldenArray, toNchw, toNhwc, type GoldenArray } from '@blemish-tools/jest';
import { valueAndGrads, type Params } from '@blemish/layers';
import { createConditionalFlow, type ConditionalFlow } from '../conditional-flow.js';
import { convSubNetwork } from '../conv-sub-network.js';
import { likelihoodPerPosition } from '../likelihood.js';
import type { Condition } from '../transform.js';

/** The architecture of the official `get_nf()`: kernels 3, 3, 3, 5. */
export function officialFlow(options: {
  channels: number;
  conditionChannels: number;
  hidden: number;
  clamp: number;
  permutations: readonly ArrayLike<number>[];
}): ConditionalFlow {
  const { hidden, ...rest } = options;
  return createConditionalFlow({ ...rest, subNetworks: [3, 3, 3, 5].map((kernel) => convSubNetwork({ hidden, kernel })) });
}

/** The four permutations that a golden file holds. */
export function goldenPermutations(arrays: ReadonlyMap<string, GoldenArray>): ArrayLike<number>[] {
  return [0, 1, 2, 3].map((k) => goldenArray(arrays, `perm_${k}`).data);
}

/** An NCHW array as an NHWC tensor. */
export function nhwc({ data, shape }: GoldenArray): tf.Tensor4D {
  const [n, c, h, w] = shape as [number, number, number, number];
  return tf.tensor4d(toNhwc(data, shape), [n, h, w, c]);
}

/** An NHWC tensor's values in NCHW order. */
export function nchw(tensor: tf.Tensor4D): Float32Array {
  return toNchw(tensor.dataSync(), tensor.shape);
}

/** Every array whose name begins with `prefix`, without it. */
export function* withPrefix(arrays: ReadonlyMap<string, GoldenArray>, prefix: string): Generator<[string, GoldenArray]> {
  for (const [name, array] of arrays) if (name.startsWith(prefix)) yield [name.slice(prefix.length), array];
}

/** Gradients of the mean likelihood loss with respect to the input (`x`) and every parameter. */
export function flowGradients(flow: ConditionalFlow, params: Params, x: tf.Tensor4D, condition?: Condition, mask?: tf.Tensor): Params {
  const { value, grads } = valueAndGrads(
    () => {
      const { z, logAbsDet } = flow.forward(params, x, condition);
      return tf.mean(likelihoodPerPosition(z, logAbsDet, mask));
    },
    { ...params, x },
  );
  value.dispose();
  return grads;
}
