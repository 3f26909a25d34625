import * as tf from '@tensorflow/tfjs-core';

/**
 * A map as the four maps of its even and odd rows and columns, zeros at the end where a side is odd.
 *
 * @param x [N,h,w,C]
 * @returns [4N,ceil(h/2),ceil(w/2),C], the phases outermost
 */
export function splitPhases(x: tf.Tensor4D): tf.Tensor4D {
  const [, h, w] = x.shape;
  return tf.spaceToBatchND(x, [2, 2], [[0, h % 2], [0, w % 2]]);
}

/** The inverse of `splitPhases`, with whatever the zeros have become: [4N,h,w,C] to [N,2h,2w,C]. */
export function joinPhases(x: tf.Tensor4D): tf.Tensor4D {
  return tf.batchToSpaceND(x, [2, 2], [[0, 0], [0, 0]]);
}
