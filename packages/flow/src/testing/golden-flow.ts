import * as tf from '@tensorflow/tfjs-core';
import { goldenArray, type GoldenArray } from '@blemish-tools/jest';
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
