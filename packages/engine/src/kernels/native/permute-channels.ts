import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel.js';

/** y[...,i] = x[...,permutation[i]]: a gather of whole rows between two transposes, which beats one of single values. */
export const permuteChannels: Kernel<'x', { permutation: Int32Array }> = ({ inputs: { x }, attrs: { permutation } }) =>
  tf.tidy(() => {
    const c = permutation.length;
    const rows = tf.transpose(tf.reshape(x, [x.size / c, c])); // [C,P]
    const moved = tf.gather(rows, tf.tensor1d(permutation, 'int32')); // [C,P]
    // Freed memory is warm memory for what comes next.
    rows.dispose();
    return tf.reshape(tf.transpose(moved), x.shape);
  });
