import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel.js';
import { executeOne, type Attributes } from './execute.js';

const attributes: Attributes = { T: { type: 'float32' }, Tpaddings: { type: 'int32' }, mode: { string: 'SYMMETRIC' } };

/** A symmetric padding by one repeats the border; by p it is that p times over. */
export const replicatePad: Kernel<'x', { pad: number }> = ({ inputs, attrs, backend }) =>
  repeat('MirrorPad', inputs.x, attrs.pad, backend);

/** MirrorPadGrad is MirrorPad's transpose. */
export const replicatePadGrad: Kernel<'dy', { pad: number }> = ({ inputs, attrs, backend }) =>
  repeat('MirrorPadGrad', inputs.dy, attrs.pad, backend);

function repeat(operation: string, x: tf.Tensor, times: number, backend: tf.KernelBackend): tf.Tensor {
  return tf.tidy(() => {
    const paddings = tf.tensor2d([[0, 0], [1, 1], [1, 1], [0, 0]], [4, 2], 'int32');
    let y = x;
    for (let i = 0; i < times; i++) {
      const next = executeOne(backend, operation, attributes, [y, paddings]);
      if (y !== x) y.dispose();
      y = next;
    }
    return y;
  });
}
