import * as tf from '@tensorflow/tfjs-core';
import { invertPermutation, permuteChannels } from '@blemish/engine';
import type { Transform } from './transform.js';

/**
 * A fixed reordering of channels: channel i of the result is channel `permutation[i]` of the input. Volume stays.
 *
 * @throws Error if it is not a permutation of 0 ... C-1
 */
export function permute(permutation: ArrayLike<number>): Transform {
  const order = Int32Array.from(permutation);
  const inverse = invertPermutation(order);
  return {
    specs: {},
    forward(_params, x) {
      if (x.shape[3] !== order.length) throw new Error(`permute: expected ${order.length} channels, got ${x.shape[3]}`);
      return { z: permuteChannels(x, order), logAbsDet: tf.zeros([x.shape[0], x.shape[1], x.shape[2]]) };
    },
    inverse: (_params, z) => permuteChannels(z, inverse),
  };
}
