import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel.js';
import { executeOne } from './execute.js';

/** y[...,i] = x[...,permutation[i]]. */
export const permuteChannels: Kernel<'x', { permutation: Int32Array }> = ({ inputs: { x }, attrs: { permutation }, backend }) =>
  tf.tidy(() =>
    executeOne(
      backend,
      'GatherV2',
      { Tparams: { type: 'float32' }, Tindices: { type: 'int32' }, Taxis: { type: 'int32' }, batch_dims: { int: 0 } },
      [x, tf.tensor1d(permutation, 'int32'), tf.scalar(x.rank - 1, 'int32')],
    ),
  );
